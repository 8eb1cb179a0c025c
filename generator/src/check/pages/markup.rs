//! A page in tags and text. It knows as much of HTML as our own pages use, and reads one in a few microseconds.

use memchr::memchr;

/// A part of a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    /// `<a href="…">`; its attributes are in [`Parts::attributes`].
    Open(Tag<'a>),
    /// `</a>`
    Close(&'a str),
    /// What stands between tags; of a script, a style sheet or a title all that is in it.
    Text(&'a str),
}

/// The beginning of an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// All of it, as it is written.
    pub(super) written: &'a str,
}

/// An attribute and its value; without one it is empty.
pub(super) type Attribute<'a> = (&'a str, &'a str);

/// The parts of a page, in their order.
pub(super) struct Parts<'a> {
    page: &'a str,
    at: usize,
    /// The element that has begun, if all in it is text.
    raw: Option<&'a str>,
    attributes: Vec<Attribute<'a>>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(page: &'a str) -> Parts<'a> {
        Parts {
            page,
            at: 0,
            raw: None,
            attributes: Vec::with_capacity(8),
        }
    }

    /// The attributes of the tag that was read last.
    pub(super) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// The next part.
    pub(super) fn next(&mut self) -> Option<Part<'a>> {
        loop {
            let rest = &self.page[self.at..];
            let first = rest.bytes().next()?;
            if let Some(name) = self.raw.take() {
                let end = end_of_raw(rest, name);
                if end > 0 {
                    return Some(self.text(end));
                }
            } else if first != b'<' {
                let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                return Some(self.text(end));
            }
            match rest.as_bytes().get(1) {
                Some(b'!') => {
                    self.at += match rest.strip_prefix("<!--") {
                        Some(inside) => inside.find("-->").map_or(rest.len(), |end| end + 7),
                        None => rest.find('>').map_or(rest.len(), |end| end + 1),
                    };
                }
                Some(b'/') => {
                    let end = memchr(b'>', rest.as_bytes()).unwrap_or(rest.len());
                    self.at += (end + 1).min(rest.len());
                    return Some(Part::Close(rest[2..end].trim_ascii()));
                }
                _ => return Some(Part::Open(self.tag())),
            }
        }
    }

    fn text(&mut self, end: usize) -> Part<'a> {
        let text = &self.page[self.at..self.at + end];
        self.at += end;
        Part::Text(text)
    }

    /// Reads a tag and its attributes, past its end.
    fn tag(&mut self) -> Tag<'a> {
        let start = self.at;
        let bytes = self.page.as_bytes();
        self.at += 1;
        let name = self.word(|byte| is_space(byte) || matches!(byte, b'>' | b'/'));
        self.attributes.clear();
        while let Some(&byte) = bytes.get(self.at) {
            if byte == b'>' {
                self.at += 1;
                break;
            }
            if is_space(byte) || matches!(byte, b'/' | b'=' | b'"' | b'\'') {
                self.at += 1;
                continue;
            }
            let attribute = self.word(|byte| is_space(byte) || matches!(byte, b'=' | b'>' | b'/'));
            let value = if bytes.get(self.at) == Some(&b'=') {
                self.at += 1;
                self.value()
            } else {
                ""
            };
            self.attributes.push((attribute, value));
        }
        if matches!(name, "script" | "style" | "textarea" | "title") {
            self.raw = Some(name);
        }
        Tag {
            name,
            written: &self.page[start..self.at],
        }
    }

    fn value(&mut self) -> &'a str {
        let rest = &self.page[self.at..];
        match rest.bytes().next() {
            Some(quote @ (b'"' | b'\'')) => {
                let inside = &rest[1..];
                let end = memchr(quote, inside.as_bytes()).unwrap_or(inside.len());
                self.at += (end + 2).min(rest.len());
                &inside[..end]
            }
            _ => self.word(|byte| is_space(byte) || byte == b'>'),
        }
    }

    /// What comes before such a byte, all of which are ASCII.
    fn word(&mut self, is_end: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.page[self.at..];
        let end = rest.bytes().position(is_end).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

fn end_of_raw(rest: &str, name: &str) -> usize {
    rest.match_indices("</")
        .find(|(at, _)| rest[at + 2..].starts_with(name))
        .map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let mut parts = Parts::of(page);
        let mut told = Vec::new();
        while let Some(part) = parts.next() {
            told.push(match part {
                Part::Open(tag) => {
                    let attributes = parts.attributes().iter();
                    let attributes = attributes.map(|(name, value)| format!(" {name}={value}"));
                    format!("<{}{}", tag.name, attributes.collect::<String>())
                }
                Part::Close(name) => format!("/{name}"),
                Part::Text(text) => text.to_owned(),
            });
        }
        told
    }

    #[test]
    fn a_page_is_tags_and_text() {
        assert_eq!(
            told(
                "<!doctype html><p class=\"a > b\" hidden id='c'>x<br/>y</p><!-- <b> --><script>if (a<b) \"</p>\"</script>"
            ),
            [
                "<p class=a > b hidden= id=c",
                "x",
                "<br",
                "y",
                "/p",
                "<script",
                "if (a<b) \"</p>\"",
                "/script"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn anything_ends(page in "[<>/!a\"'= \\-ж]{0,60}") {
            proptest::prop_assert!(told(&page).len() <= page.len());
        }
    }
}
