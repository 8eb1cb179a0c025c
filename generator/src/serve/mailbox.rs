//! `/__mail/`: every mail that the forms would have sent.

#![expect(
    clippy::disallowed_methods,
    reason = "the preview's mailbox is a folder"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::inject::document;
use crate::parse::markdown::escaped;

/// The list of mails, the latest first.
pub(super) fn list(folder: &Path) -> String {
    let mut rows = String::new();
    for (name, bytes) in mails(folder) {
        let Some(message) = MessageParser::default().parse(&bytes) else {
            continue;
        };
        rows.push_str(&format!(
            "<li><a href=\"/__mail/{}\">{}</a><br>{}</li>\n",
            escaped(&name),
            escaped(message.subject().unwrap_or("–")),
            escaped(&recipient(&message)),
        ));
    }
    let body = if rows.is_empty() {
        "<p>Още няма писма. / No mail yet.</p>".to_owned()
    } else {
        format!("<ul>\n{rows}</ul>")
    };
    document(
        "Писма / Mail",
        &format!("<main class=\"preview-mail\"><h1>Писма / Mail</h1>\n{body}</main>"),
    )
}

/// One mail: its head, its text, its HTML, and what is attached.
pub(super) fn show(folder: &Path, name: &str) -> Option<String> {
    let bytes = read(folder, name)?;
    let message = MessageParser::default().parse(&bytes)?;
    let subject = message.subject().unwrap_or("–");
    let text = message.body_text(0).unwrap_or_default();
    let mut body = format!(
        "<main class=\"preview-mail\"><p><a href=\"/__mail/\">Писма / Mail</a></p><h1>{}</h1>\n<dl><dt>До / To</dt><dd>{}</dd></dl>\n<pre>{}</pre>\n",
        escaped(subject),
        escaped(&recipient(&message)),
        escaped(&text)
    );
    let name = escaped(name);
    if let Some(part) = message.html_body.first() {
        body.push_str(&format!("<h2>HTML</h2>\n<iframe title=\"HTML\" sandbox src=\"/__mail/{name}/{part}\"></iframe>\n"));
    }
    for index in &message.attachments {
        let Some(part) = message.parts.get(usize::try_from(*index).ok()?) else {
            continue;
        };
        let title = escaped(part.attachment_name().unwrap_or("–"));
        let content = escaped(&String::from_utf8_lossy(part.contents()));
        body.push_str(&format!("<h2><a href=\"/__mail/{name}/{index}\" download=\"{title}\">{title}</a></h2>\n<pre>{content}</pre>\n"));
    }
    Some(document(subject, &(body + "</main>")))
}

/// One part of a mail, with its type.
pub(super) fn part(folder: &Path, name: &str, index: usize) -> Option<(String, Vec<u8>)> {
    let bytes = read(folder, name)?;
    let message = MessageParser::default().parse(&bytes)?;
    let part = message.parts.get(index)?;
    let content_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| {
            format!(
                "{}/{}; charset=utf-8",
                kind.ctype(),
                kind.subtype().unwrap_or("plain")
            )
        },
    );
    Some((content_type, part.contents().to_vec()))
}

fn recipient(message: &Message<'_>) -> String {
    message
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address())
        .unwrap_or("–")
        .to_owned()
}

fn mails(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(SystemTime, String, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "eml")
        })
        .filter_map(|entry| {
            let changed = entry
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok()?;
            Some((changed, entry.file_name().into_string().ok()?, entry.path()))
        })
        .collect();
    found.sort();
    found.reverse();
    found
        .into_iter()
        .filter_map(|(_, name, path)| Some((name, fs::read(path).ok()?)))
        .collect()
}

/// The bytes of a mail, by the name that the list gave it.
fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    mails(folder)
        .into_iter()
        .find(|(known, _)| known == name)
        .map(|(_, bytes)| bytes)
}
