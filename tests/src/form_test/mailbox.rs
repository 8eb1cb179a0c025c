//! Mail, as the person who gets it opens it.
#![allow(clippy::disallowed_methods, reason = "SHELL: reads mail from a folder")]

use std::fs;
use std::path::Path;

use mail_parser::{Address, Message, MessageParser, MimeHeaders};
use walkdir::WalkDir;

/// A mail that was sent.
pub(crate) struct Mail {
    /// The last part of its identity: what it is about.
    pub(crate) kind: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// The type and the text of the calendar file that is attached.
    pub(crate) calendar: Option<(String, String)>,
    /// The picture that its text shows as `cid:ticket`.
    pub(crate) ticket: Option<Vec<u8>>,
    /// The head as it travels.
    pub(crate) head: String,
}

impl Mail {
    /// Everything that a person may read in it.
    pub(crate) fn everything(&self) -> String {
        let calendar = self.calendar.as_ref().map_or("", |(_, text)| text);
        let parts = [
            &self.from,
            &self.subject,
            &self.text,
            &self.html,
            &unfolded(calendar),
        ];
        parts.map(String::as_str).join("\n")
    }

    /// The path of the registration's own page.
    pub(crate) fn link(&self) -> &str {
        let start = self.text.find("/forms/r/").unwrap();
        self.text[start..].split_whitespace().next().unwrap()
    }
}

/// Every mail in a folder and those below it.
pub(crate) fn mails_in(folder: &Path) -> Vec<Mail> {
    let files = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| mail(&fs::read(entry.path()).unwrap()))
        .collect()
}

/// The lines of a calendar file as they were before they were folded.
pub(crate) fn unfolded(calendar: &str) -> String {
    calendar.replace("\r\n ", "")
}

fn mail(bytes: &[u8]) -> Mail {
    let message = MessageParser::default().parse(bytes).unwrap();
    let calendar = message
        .attachments()
        .find(|part| part.attachment_name() == Some("event.ics"));
    let head = String::from_utf8(bytes.to_vec()).unwrap();
    Mail {
        kind: kind(&message),
        from: message.from().map(named).unwrap_or_default(),
        to: message.to().map(named).unwrap_or_default(),
        subject: message.subject().unwrap().to_owned(),
        text: message.body_text(0).unwrap().into_owned(),
        html: message.body_html(0).unwrap().into_owned(),
        calendar: calendar.map(|part| {
            let kind = part.content_type().unwrap();
            let method = kind.attribute("method").unwrap_or_default();
            let media_type = format!(
                "{}/{} {method}",
                kind.ctype(),
                kind.subtype().unwrap_or_default()
            );
            (
                media_type,
                String::from_utf8(part.contents().to_vec()).unwrap(),
            )
        }),
        ticket: message
            .parts
            .iter()
            .find(|part| part.content_id() == Some("ticket"))
            .map(|part| part.contents().to_vec()),
        head: head.split("\r\n\r\n").next().unwrap().to_owned(),
    }
}

/// Names and addresses, without what only machines read.
fn named(address: &Address<'_>) -> String {
    let people = address.iter().map(|person| match person.name() {
        Some(name) => format!("{name} <{}>", person.address().unwrap_or_default()),
        None => person.address().unwrap_or_default().to_owned(),
    });
    people.collect::<Vec<_>>().join(", ")
}

fn kind(message: &Message<'_>) -> String {
    let id = message.message_id().unwrap();
    let (left, _) = id.split_once('@').unwrap();
    left.rsplit_once('.').unwrap().1.to_owned()
}
