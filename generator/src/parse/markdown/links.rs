//! Links and pictures: where they lead, as they are written.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::{Events, Writer, escape, plain_text};
use super::{Link, Mark, Piece, Target};
use crate::diagnostic::{Place, Placed, Text, did_you_mean};

/// What an address elsewhere may begin with. Others could run a script.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

impl Writer<'_> {
    pub(super) fn link(&mut self, address: &str, range: &Range<usize>) {
        self.html.push_str("<a href=\"");
        match target(address, &self.file.path) {
            Some(target) => {
                self.gap(target, range);
                self.html.push_str("\">");
            }
            None => {
                if !SCHEMES
                    .iter()
                    .any(|scheme| address.len() > scheme.len() && address.starts_with(scheme))
                {
                    self.refuse_link(address, range);
                }
                escape(address, &mut self.html);
                self.html.push_str(if address.starts_with("http") {
                    "\" rel=\"external\">"
                } else {
                    "\">"
                });
            }
        }
    }

    fn refuse_link(&mut self, address: &str, range: &Range<usize>) {
        let hint = if address.starts_with("www.") {
            did_you_mean(&format!("https://{address}"))
        } else if address.contains('@') && !address.contains(':') {
            did_you_mean(&format!("mailto:{address}"))
        } else {
            Text::new(
                "връзките започват с https://, mailto:, tel: или / и път на файл",
                "links begin with https://, mailto:, tel:, or / and the path of a file",
            )
        };
        let message = Text::new(
            "такава връзка не се допуска",
            "a link like this is not allowed",
        );
        self.report("L07", range, message, hint);
    }

    pub(super) fn image(
        &mut self,
        address: &str,
        caption: &str,
        range: &Range<usize>,
        following: &Events<'_>,
    ) {
        let description = plain_text(following);
        let alt = Some(description).filter(|text| !text.trim().is_empty());
        if alt.is_none() && !is_said_to_be_empty(self.file.slice(range)) {
            self.report(
                "L05",
                range,
                Text::new("снимката няма описание", "the picture has no description"),
                Text::new(
                    "опишете в квадратните скоби какво се вижда: ![Описание](/media/file.jpg), или оставете в тях интервал, ако е само за украса",
                    "say in the square brackets what it shows: ![Description](/media/file.jpg), or leave a space in them if it is only decoration",
                ),
            );
        }
        match target(address, &self.file.path) {
            Some(target) => {
                self.close_piece();
                let index = self.body.pictures.len();
                self.body.pieces.push(Piece::Picture(index));
                self.body.pictures.push(Mark {
                    src: Placed {
                        value: target.path,
                        place: Place::span(self.file, range),
                    },
                    alt,
                    caption: caption.to_owned(),
                });
            }
            None => self.report(
                "L06",
                range,
                Text::new(
                    "снимките се пазят при нас, в content/media",
                    "pictures are kept with us, in content/media",
                ),
                Text::new(
                    "запишете файла там и напишете /media/име",
                    "save the file there and write /media/name",
                ),
            ),
        }
    }

    /// Leaves a gap for an address that is known later.
    fn gap(&mut self, target: Target, range: &Range<usize>) {
        self.close_piece();
        self.body.pieces.push(Piece::Address(self.body.links.len()));
        self.body.links.push(Link {
            target,
            place: Place::span(self.file, range),
        });
    }
}

/// Whether the square brackets of a picture hold nothing but space, by which one says that it is only decoration.
fn is_said_to_be_empty(written: &str) -> bool {
    let inside = written
        .strip_prefix("![")
        .and_then(|rest| rest.split_once(']'));
    inside.is_some_and(|(inside, _)| !inside.is_empty() && inside.trim().is_empty())
}

/// Whether the paragraph that begins or ends here is nothing but a picture with a caption, which makes it a figure.
pub(super) fn is_captioned(events: &Events<'_>, index: usize) -> bool {
    let event = |at: usize| events.get(at).map(|(event, _)| event);
    let first = if matches!(event(index), Some(Event::Start(_))) {
        index + 1
    } else {
        let opened = events[..index]
            .iter()
            .rposition(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
        opened.map_or(index, |opened| opened + 1)
    };
    let Some(Event::Start(Tag::Image { title, .. })) = event(first) else {
        return false;
    };
    let mut depth = 0;
    let last = events[first..].iter().position(|(event, _)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    !title.is_empty()
        && last.is_some_and(|last| {
            matches!(event(first + last + 1), Some(Event::End(TagEnd::Paragraph)))
        })
}

/// The file of this site that an address means; `None` for an address elsewhere.
fn target(address: &str, from: &str) -> Option<Target> {
    let scheme = address
        .split_once(':')
        .is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let elsewhere = address.is_empty() || address.starts_with("//") || address.starts_with("www.");
    if scheme || elsewhere || address.contains('@') {
        return None;
    }
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let path = match path.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None if path.is_empty() => String::new(),
        None => beside(path, from.strip_prefix("content/").unwrap_or(from)),
    };
    Some(Target {
        path,
        anchor: anchor.to_owned(),
    })
}

/// A path as seen from the folder of a file.
fn beside(path: &str, from: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop();
            }
            part => folders.push(part),
        }
    }
    folders.join("/")
}
