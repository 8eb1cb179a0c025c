//! Addresses of the web in running text.

use std::ops::Range;

/// How an address in running text begins.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// The first address in a text. A sign that ends the sentence is no part of it, nor is a bracket that opened before it.
pub(in crate::parse::markdown) fn address(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let start = from + next_beginning(&text[from..])?;
        let rest = &text[start..];
        let inside = text[..start].ends_with(|before: char| before.is_alphanumeric());
        let end = rest
            .find(|character: char| {
                character.is_whitespace() || "<>\"'„“”‚‘’«»`".contains(character)
            })
            .unwrap_or(rest.len());
        let address = without_end_of_sentence(&rest[..end]);
        let is_whole = BEGINNINGS
            .iter()
            .any(|beginning| address.strip_prefix(beginning).is_some_and(has_host));
        if !inside && is_whole {
            return Some(start..start + address.len());
        }
        from = start + 1;
    }
}

fn next_beginning(text: &str) -> Option<usize> {
    let scheme = text.find("://").and_then(|at| {
        let head = &text[..at];
        ["https", "http"]
            .iter()
            .find(|scheme| head.ends_with(*scheme))
            .map(|scheme| at - scheme.len())
    });
    let www = text.find("www.");
    match (scheme, www) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && host.starts_with(char::is_alphanumeric)
}

fn without_end_of_sentence(address: &str) -> &str {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '*', '_']);
        let unopened = shorter.ends_with(')') && !shorter.contains('(');
        let shorter = if unopened {
            &shorter[..shorter.len() - 1]
        } else {
            shorter
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, found) in [
            (
                "виж https://example.org/a?b=1.",
                Some("https://example.org/a?b=1"),
            ),
            ("(www.example.org)", Some("www.example.org")),
            (
                "https://bg.wikipedia.org/wiki/A_(b), и",
                Some("https://bg.wikipedia.org/wiki/A_(b)"),
            ),
            ("awww. и http:// и ftp://a.b", None),
        ] {
            assert_eq!(address(text).map(|range| &text[range]), found, "{text}");
        }
    }
}
