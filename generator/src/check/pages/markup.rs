//! A page in tags and text. It knows as much of HTML as our own pages use, and reads one in a few microseconds.

/// A part of a page.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// `<a href="…">`
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
    /// All its attributes, as they are written.
    attributes: &'a str,
    /// All of it, as it is written.
    pub(super) written: &'a str,
}

/// Elements whose content is text, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The parts of a page, in their order.
pub(super) fn parts(page: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        loop {
            let rest = page.get(at..).filter(|rest| !rest.is_empty())?;
            if let Some(name) = raw.take() {
                let end = end_of_raw(rest, name);
                at += end;
                if end > 0 {
                    return Some(Part::Text(&rest[..end]));
                }
                continue;
            }
            if !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                at += end;
                return Some(Part::Text(&rest[..end]));
            }
            if rest.starts_with("<!") {
                at += match rest.strip_prefix("<!--") {
                    Some(inside) => inside.find("-->").map_or(rest.len(), |end| end + 7),
                    None => rest.find('>').map_or(rest.len(), |end| end + 1),
                };
                continue;
            }
            if let Some(inside) = rest.strip_prefix("</") {
                let end = inside.find('>').unwrap_or(inside.len());
                at += (end + 3).min(rest.len());
                return Some(Part::Close(inside[..end].trim()));
            }
            let end = end_of_tag(rest);
            at += end;
            let written = &rest[..end];
            let inside = written[1..].trim_end_matches(['>', '/']);
            let split = inside
                .find(|character: char| character.is_ascii_whitespace())
                .unwrap_or(inside.len());
            let (name, attributes) = inside.split_at(split);
            raw = RAW.contains(&name).then_some(name);
            return Some(Part::Open(Tag {
                name,
                attributes,
                written,
            }));
        }
    })
}

/// The length of a tag, past the `>` that is in no value.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn end_of_raw(rest: &str, name: &str) -> usize {
    rest.match_indices("</")
        .find(|(at, _)| rest[at + 2..].starts_with(name))
        .map_or(rest.len(), |(at, _)| at)
}

impl<'a> Tag<'a> {
    /// The attributes with their values; one without has an empty value.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_ascii_start();
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .find(|character: char| character == '=' || character.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let name = &rest[..end];
            rest = &rest[end..];
            let Some(after) = rest.strip_prefix('=') else {
                return Some((name, ""));
            };
            let (value, length) = value(after);
            rest = &after[length..];
            Some((name, value))
        })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

/// A value, without its quotes, and the length of what is written.
fn value(after: &str) -> (&str, usize) {
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inside = &after[1..];
            let end = inside.find(quote).unwrap_or(inside.len());
            (&inside[..end], (end + 2).min(after.len()))
        }
        _ => {
            let end = after
                .find(|character: char| character.is_ascii_whitespace())
                .unwrap_or(after.len());
            (&after[..end], end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let parts = parts(page).map(|part| match part {
            Part::Open(tag) => {
                let attributes = tag
                    .attributes()
                    .map(|(name, value)| format!(" {name}={value}"));
                format!("<{}{}", tag.name, attributes.collect::<String>())
            }
            Part::Close(name) => format!("/{name}"),
            Part::Text(text) => text.to_owned(),
        });
        parts.collect()
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
