//! A style sheet in parts, as far as one must know them to leave out what means nothing.

use std::ops::Range;

/// A part of a style sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// White space.
    Space,
    /// `/* … */`
    Comment,
    /// A text in quotes.
    Quoted,
    /// `url(…)`
    Url,
    /// Any other character.
    Other(char),
}

/// The parts of a style sheet, in their order, and where they stand. What is not closed goes on to the end.
pub(super) fn tokens(css: &str) -> impl Iterator<Item = (Token, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &css[at..];
        let first = rest.chars().next()?;
        let (token, length) = if let Some(inside) = rest.strip_prefix("/*") {
            let end = inside.find("*/").map_or(rest.len(), |end| end + 4);
            (Token::Comment, end)
        } else if first.is_ascii_whitespace() {
            let end = rest.find(|character: char| !character.is_ascii_whitespace());
            (Token::Space, end.unwrap_or(rest.len()))
        } else if matches!(first, '"' | '\'') {
            (Token::Quoted, quoted(rest, first))
        } else if let Some(length) = url(css, at) {
            (Token::Url, length)
        } else {
            (Token::Other(first), first.len_utf8())
        };
        let span = at..at + length;
        at = span.end;
        Some((token, span))
    })
}

/// The length of a text in quotes, with them.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == quote && !escaped {
            return at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

/// The length of `url(…)`, when one begins here and ends.
fn url(css: &str, at: usize) -> Option<usize> {
    let rest = css[at..].strip_prefix("url(")?;
    let is_part = |before: char| before.is_alphanumeric() || before == '-' || before == '_';
    if css[..at].ends_with(is_part) {
        return None;
    }
    let space = rest.len() - rest.trim_start().len();
    let inside = match rest.trim_start().chars().next()? {
        quote @ ('"' | '\'') => space + quoted(&rest[space..], quote),
        _ => 0,
    };
    let end = rest[inside..].find(')')?;
    Some("url(".len() + inside + end + 1)
}
