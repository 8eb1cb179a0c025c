//! How long a text takes to read.

use forms::Strings;

use crate::parse::markdown::{Body, Piece};

/// Words a minute where a language's texts do not say it.
const WORDS_PER_MINUTE: usize = 200;

/// How long a text takes to read, in words; empty for a page without a text.
pub(super) fn time(body: &Body, strings: &Strings) -> String {
    let words = words(body);
    if words == 0 {
        return String::new();
    }
    let speed = strings.text("reading.words_per_minute").parse();
    let speed = speed.ok().filter(|speed| *speed > 0);
    let minutes = words.div_ceil(speed.unwrap_or(WORDS_PER_MINUTE));
    strings.count(
        "reading.minutes",
        u32::try_from(minutes).unwrap_or(u32::MAX),
    )
}

/// The words of a text: runs of letters and digits outside tags.
fn words(body: &Body) -> usize {
    let mut words = 0;
    let (mut in_tag, mut in_word) = (false, false);
    for piece in &body.pieces {
        // An address stands inside a tag.
        let Piece::Html(html) = piece else {
            continue;
        };
        // Bytes, since every letter of every page comes here: only at the beginning of a word it matters which one it is.
        for (at, byte) in html.bytes().enumerate() {
            match byte {
                b'<' => (in_tag, in_word) = (true, false),
                b'>' => in_tag = false,
                _ if in_tag => {}
                // A hyphen or an apostrophe joins what stands on its sides; a space ends a word.
                b' ' | b'\n' | b'\t' => in_word = false,
                0xa0 if at > 0 && html.as_bytes()[at - 1] == 0xc2 => in_word = false,
                _ if in_word => {}
                _ if begins_word(html, at) => {
                    in_word = true;
                    words += 1;
                }
                _ => {}
            }
        }
    }
    words
}

/// Whether a letter or digit begins at a byte.
fn begins_word(html: &str, at: usize) -> bool {
    match html.as_bytes()[at] {
        byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        // Cyrillic.
        0xd0 | 0xd1 => true,
        _ => html
            .get(at..)
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric)),
    }
}
