//! The names of custom properties, as short as they can be. They are long for those who write them, and a fifth of the style
//! sheet; browsers keep every one of them.
//!
//! One name becomes another wherever it stands, so what a site's own style sheet says of a theme's property holds.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::{Token, tokens};

/// The style sheet with `--a` for the name that is used most, `--b` for the next.
pub(super) fn shortened(css: &str) -> String {
    let places = names(css);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &places {
        *uses.entry(&css[place.clone()]).or_default() += 1;
    }
    let mut by_use: Vec<(&str, usize)> = uses.into_iter().collect();
    by_use.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let short: BTreeMap<&str, String> = by_use
        .iter()
        .zip(0..)
        .map(|((name, _), number)| (*name, short(number)))
        .collect();

    let (mut written, mut at) = (String::with_capacity(css.len()), 0);
    for place in places {
        written.push_str(&css[at..place.start]);
        written.push_str(&short[&css[place.clone()]]);
        at = place.end;
    }
    written.push_str(&css[at..]);
    written
}

/// `--a` to `--z`, then `--ba`, `--bb` and so on: the number with letters for digits.
fn short(number: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    loop {
        letters.extend(char::from_digit(10 + rest % 26, 36));
        rest /= 26;
        if rest == 0 {
            break;
        }
    }
    letters.push('-');
    letters.push('-');
    letters.into_iter().rev().collect()
}

/// Where the names stand: neither in quotes nor behind a word (`.card--wide`), and not those of classes.
fn names(css: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (token, span) in tokens(css) {
        let is_inside = found.last().is_some_and(|last| span.start < last.end);
        if token != Token::Other('-') || is_inside {
            continue;
        }
        let before = css[..span.start].chars().next_back();
        let is_behind = before.is_some_and(|before| is_part(before) || matches!(before, '.' | '#'));
        let rest = &css[span.start..];
        let length = rest.find(|part| !is_part(part)).unwrap_or(rest.len());
        if rest.starts_with("--") && length > "--".len() && !is_behind {
            found.push(span.start..span.start + length);
        }
    }
    found
}

/// What a name is made of. A backslash may be followed by anything.
fn is_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '\\') || !character.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_wherever_it_stands() {
        for (css, less) in [
            (
                ":root{--wide:1px;--narrow:2px}a{width:var(--narrow)}",
                ":root{--b:1px;--a:2px}a{width:var(--a)}",
            ),
            (
                "a{--x-1:var(--y,calc(-1 * var(--x-1)))}",
                "a{--a:var(--b,calc(-1 * var(--a)))}",
            ),
            (
                ".card--wide{content:\"--wide\"}.--own{--wide:0}",
                ".card--wide{content:\"--wide\"}.--own{--a:0}",
            ),
            ("a{b:c -- d}", "a{b:c -- d}"),
        ] {
            assert_eq!(shortened(css), less);
        }
    }

    #[test]
    fn many_names_stay_apart() {
        let css: Vec<String> = (0..800)
            .map(|number| format!("--name-{number}:0;"))
            .collect();
        let css = css.concat();
        let less = shortened(&css);
        let apart: std::collections::BTreeSet<&str> = less.split(';').collect();
        assert_eq!(apart.len(), 801, "and what follows the last semicolon");
    }
}
