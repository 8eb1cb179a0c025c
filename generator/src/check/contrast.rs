//! Colours that text is read in, against those it stands on (WCAG 2.1, 1.4.3 and 1.4.11), in light and in dark.
//!
//! A theme says in its style sheets what stands on what, in comments: `/* contrast 4.5: text soft on page box */` means
//! `--color-text` and `--color-soft` on `--color-page` and on `--color-box`, at least 4.5 to 1.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Text, closest, did_you_mean};
use crate::source::{SourceFile, Theme};

/// A colour in light and in dark, and where it is written.
struct Token<'a> {
    colours: [[u8; 3]; 2],
    file: &'a SourceFile,
    span: Range<usize>,
}

/// Reports colours that are too near to one another, and names that no colour has.
pub(crate) fn check(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) {
    let mut tokens = BTreeMap::new();
    // What the site says itself is what is seen.
    for file in theme.own_styles().chain(&theme.styles) {
        for (name, token) in defined(file) {
            // Later ones are for special cases, such as paper.
            tokens.entry(name).or_insert(token);
        }
    }
    for file in &theme.styles {
        for promise in promises(file) {
            judge(file, &promise, &tokens, diagnostics);
        }
    }
}

/// What a comment promises: names with their places.
struct Promise<'a> {
    least: f64,
    inks: Vec<(&'a str, usize)>,
    grounds: Vec<(&'a str, usize)>,
}

fn promises(file: &SourceFile) -> impl Iterator<Item = Promise<'_>> {
    const MARK: &str = "/* contrast ";
    file.text.match_indices(MARK).filter_map(|(at, _)| {
        let begin = at + MARK.len();
        let end = begin + file.text[begin..].find("*/")?;
        let (least, names) = file.text[begin..end].split_once(':')?;
        let offset = begin + least.len() + 1;
        let mut words = names.split_ascii_whitespace().map(|word| {
            (
                word,
                offset + (word.as_ptr() as usize - names.as_ptr() as usize),
            )
        });
        Some(Promise {
            least: least.trim().parse().ok()?,
            inks: words
                .by_ref()
                .take_while(|(word, _)| *word != "on")
                .collect(),
            grounds: words.collect(),
        })
    })
}

fn judge(
    file: &SourceFile,
    promise: &Promise<'_>,
    tokens: &BTreeMap<&str, Token<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let names: Vec<&str> = tokens.keys().copied().collect();
    for (name, at) in promise.inks.iter().chain(&promise.grounds) {
        if !tokens.contains_key(name) {
            diagnostics.push(
                Diagnostic::error(
                    "H11",
                    Place::span(file, &(*at..at + name.len())),
                    Text::new(
                        format!("няма цвят --color-{name}, записан с #"),
                        format!("there is no colour --color-{name} written with #"),
                    ),
                )
                .maybe_hint(closest(name, &names).map(did_you_mean)),
            );
        }
    }
    for (ink, _) in &promise.inks {
        for (ground, _) in &promise.grounds {
            let (Some(above), Some(below)) = (tokens.get(ink), tokens.get(ground)) else {
                continue;
            };
            for (mode, scheme) in [("светло", "light"), ("тъмно", "dark")]
                .into_iter()
                .enumerate()
            {
                let found = ratio(above.colours[mode], below.colours[mode]);
                if found < promise.least {
                    diagnostics.push(too_near(above, [ink, ground], scheme, found, promise.least));
                }
            }
        }
    }
}

fn too_near(
    token: &Token<'_>,
    [ink, ground]: [&str; 2],
    (bg, en): (&str, &str),
    found: f64,
    least: f64,
) -> Diagnostic {
    Diagnostic::error(
        "H11",
        Place::span(token.file, &token.span),
        Text::new(
            format!("{ink} върху {ground} ({bg}): контраст {found:.2}, а трябва поне {least}"),
            format!(
                "{ink} on {ground} ({en}): the contrast is {found:.2} and should be {least} or more"
            ),
        ),
    )
    .hint(Text::new(
        "направете единия цвят по-тъмен или другия по-светъл",
        "make one colour darker or the other one lighter",
    ))
}

/// `--color-x: #abc;` and `--color-x: light-dark(#abc, #def);`
fn defined(file: &SourceFile) -> impl Iterator<Item = (&str, Token<'_>)> {
    const PREFIX: &str = "--color-";
    file.text.match_indices(PREFIX).filter_map(|(at, _)| {
        let rest = &file.text[at + PREFIX.len()..];
        let (name, value) = rest.split_once(':')?;
        let is_name = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let value = value.split(';').next()?;
        if name.is_empty() || !is_name(name) {
            return None;
        }
        let mut found = value
            .match_indices('#')
            .map(|(at, _)| colour(&value[at + 1..]));
        let light = found.next()??;
        let dark = found.next().flatten().unwrap_or(light);
        let start = at + PREFIX.len() + name.len() + 1;
        let space = value.len() - value.trim_start().len();
        let token = Token {
            colours: [light, dark],
            file,
            span: start + space..start + value.trim_end().len(),
        };
        Some((name, token))
    })
}

/// `abc` or `aabbcc`; a colour that shines through is none to judge.
fn colour(digits: &str) -> Option<[u8; 3]> {
    let end = digits.find(|character: char| !character.is_ascii_hexdigit());
    let digits = &digits[..end.unwrap_or(digits.len())];
    let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
    match digits.len() {
        3 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 => Some([
            digit(0)? * 16 + digit(1)?,
            digit(2)? * 16 + digit(3)?,
            digit(4)? * 16 + digit(5)?,
        ]),
        _ => None,
    }
}

/// The contrast of two colours, from 1 to 21.
fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let of = |a: &str, b: &str| (ratio(colour(a).unwrap(), colour(b).unwrap()) * 100.0).round();
        assert!((of("000", "ffffff") - 2100.0).abs() < f64::EPSILON);
        // Known values of the checker of WebAIM.
        assert!((of("767676", "fff") - 454.0).abs() < f64::EPSILON);
        assert!((of("777", "fff") - 448.0).abs() < f64::EPSILON);
    }
}
