//! `_headers`: what hosts put on every answer, from the one policy in `forms`.
//!
//! Hosts join the values of all rules that fit an address, so no header may be in two rules for one file. Pages therefore
//! say nothing of how long they may be kept: hosts of static sites have browsers ask every time, as we want it.

use forms::{
    COMMON_HEADERS, CONTENT_SECURITY_POLICY, CONTENT_TYPES, EDITOR, EDITOR_HEADERS, EDITOR_POLICY,
    KEPT, STRICT_TRANSPORT_SECURITY,
};

/// Endings whose content type hosts do not know by themselves; none is the end of another one.
const NAMED: [&str; 3] = [".ics", "/feed.xml", "/feed.json"];

/// The text of the file, for a site with an editor's page or without.
pub(super) fn headers(has_editor: bool) -> String {
    let mut text = String::from("/*\n");
    let mut say = |name: &str, value: &str| text.push_str(&format!("  {name}: {value}\n"));
    say("content-security-policy", CONTENT_SECURITY_POLICY);
    say("strict-transport-security", STRICT_TRANSPORT_SECURITY);
    for (name, value) in COMMON_HEADERS {
        say(name, value);
    }
    for (folder, kept) in KEPT {
        text.push_str(&format!("{folder}*\n  cache-control: {kept}\n"));
    }
    let types = CONTENT_TYPES.iter();
    for (end, content_type) in types.filter(|(end, _)| NAMED.contains(end)) {
        let said = format!("  content-type: {content_type}\n");
        if end.starts_with('/') {
            // A star between two slashes stands for a folder at least, and so not for that of the site itself.
            text.push_str(&format!("{end}\n{said}"));
        }
        text.push_str(&format!("/*{end}\n{said}"));
    }
    if has_editor {
        text.push_str(&format!("{EDITOR}*\n"));
        let policy = [("content-security-policy", EDITOR_POLICY)];
        for (name, value) in policy.into_iter().chain(EDITOR_HEADERS) {
            // Taken back first, or it would be joined to that of all files.
            text.push_str(&format!("  ! {name}\n  {name}: {value}\n"));
        }
    }
    text
}
