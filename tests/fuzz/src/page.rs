//! What holds for a file of the site: its format is in order, and it runs and loads only what a template says.

use generator::output::OutputFile;
use scraper::{ElementRef, Html, Node};

/// Panics unless a file of this name can have this content.
pub(crate) fn holds(file: &OutputFile) {
    let path = &file.path;
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let text = || std::str::from_utf8(&file.bytes).unwrap_or_else(|_| panic!("{path} is no text"));
    match ending {
        "html" if path.starts_with("site/") => page(path, text()),
        "xml" | "xsl" => {
            if let Err(fault) = roxmltree::Document::parse(text()) {
                panic!("{path}: {fault}\n{}", text());
            }
        }
        "json" | "webmanifest" => {
            if let Err(fault) = serde_json::from_str::<serde_json::Value>(text()) {
                panic!("{path}: {fault}\n{}", text());
            }
        }
        "ics" => calendar(path, text()),
        _ => {}
    }
}

fn page(path: &str, text: &str) {
    let html = Html::parse_document(text);
    assert!(html.errors.is_empty(), "{path}: {:?}\n{text}", html.errors);
    for node in html.tree.nodes() {
        if let Some(element) = ElementRef::wrap(node) {
            let fault = fault(&element);
            assert!(fault.is_none(), "{path}: {fault:?}\n{}", element.html());
        }
        if let Node::Comment(comment) = node.value() {
            panic!("{path}: a comment nobody wrote: {:?}", &**comment);
        }
    }
}

/// What an element does that no page of ours may do.
fn fault(element: &ElementRef<'_>) -> Option<String> {
    let value = element.value();
    match value.name() {
        "script" => match (value.attr("type"), value.attr("src")) {
            (Some("application/ld+json"), None) => {
                let data: String = element.text().collect();
                if let Err(fault) = serde_json::from_str::<serde_json::Value>(&data) {
                    return Some(format!("linked data that cannot be read: {fault}"));
                }
            }
            (_, Some(source)) if source.starts_with("/assets/") => {}
            _ => return Some("a script".to_owned()),
        },
        "style" | "iframe" | "object" | "embed" | "base" | "applet" | "frame" => {
            return Some("an element that loads or restyles".to_owned());
        }
        _ => {}
    }
    value.attrs().find_map(|(name, value)| {
        let forbidden = name.starts_with("on") || name == "style" || name == "srcdoc";
        let is_address = matches!(name, "href" | "src" | "action" | "formaction" | "poster");
        let runs = is_address && !is_harmless(value);
        (forbidden || runs).then(|| format!("{name}={value:?}"))
    })
}

/// Whether an address leads somewhere and runs nothing: browsers drop spaces and control characters before they look.
fn is_harmless(address: &str) -> bool {
    let seen: String = address.chars().filter(|sign| *sign > ' ').collect();
    let Some((scheme, _)) = seen.split_once(':') else {
        return true;
    };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let known = ["http", "https", "mailto", "tel", "webcal"];
    !is_scheme || known.contains(&scheme.to_ascii_lowercase().as_str())
}

fn calendar(path: &str, text: &str) {
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{path}:\n{text}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{path}: a line of {} bytes", line.len());
        assert!(!line.contains(['\n', '\r']), "{path}: {line:?}");
    }
    let count = |words: &str| {
        text.split("\r\n")
            .filter(|line| line.starts_with(words))
            .count()
    };
    assert_eq!(count("BEGIN:"), count("END:"), "{path}:\n{text}");
}
