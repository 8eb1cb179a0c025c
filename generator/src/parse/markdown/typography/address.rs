//! Addresses of the web in running text.

use std::ops::Range;

/// How an address in running text begins.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// The first address in a text. A sign that ends the sentence is no part of it, nor is a bracket that opened before it.
/// Every byte is looked at a fixed number of times, whatever the text is made of.
pub(in crate::parse::markdown) fn address(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let start = next_beginning(text, from)?;
        if text[..start].ends_with(|before: char| before.is_alphanumeric()) {
            from = start + 1;
            continue;
        }
        let rest = &text[start..];
        let end = rest
            .find(|character: char| {
                character.is_whitespace() || "<>\"'„“”‚‘’«»`".contains(character)
            })
            .unwrap_or(rest.len());
        let address = without_end_of_sentence(&rest[..end]);
        let is_whole = BEGINNINGS
            .iter()
            .any(|beginning| address.strip_prefix(beginning).is_some_and(has_host));
        if is_whole {
            return Some(start..start + address.len());
        }
        from = start + end;
    }
}

/// Where `https://`, `http://` or `www.` stands next.
fn next_beginning(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr2(b':', b'w', bytes.get(at..)?)?;
        if bytes[at..].starts_with(b"www.") {
            return Some(at);
        }
        if bytes[at..].starts_with(b"://") {
            let scheme = ["https", "http"]
                .into_iter()
                .find(|scheme| bytes[from..at].ends_with(scheme.as_bytes()));
            if let Some(scheme) = scheme {
                return Some(at - scheme.len());
            }
        }
        at += 1;
    }
}

fn has_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.') && host.starts_with(char::is_alphanumeric)
}

fn without_end_of_sentence(address: &str) -> &str {
    let opens = address.contains('(');
    address.trim_end_matches(|sign: char| ".,;:!?…*_".contains(sign) || (sign == ')' && !opens))
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
