//! Looks in raw bytes for what people typed, in whichever way programs write text.
//!
//! A text is looked for word by word, each in UTF-8 and UTF-16, in base64 of all three alignments, in hexadecimal, with the
//! escapes of JSON, of addresses, of HTML and of quoted-printable, in small letters and in capitals. Words that are too
//! short to be anybody's are left out.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Fewer characters than these may stand in any file by accident.
const SHORTEST: usize = 5;

/// What people typed, in all its forms.
pub(crate) struct Typed(Vec<(String, Vec<u8>)>);

impl Typed {
    pub(crate) fn new(texts: &[&str]) -> Typed {
        let words = texts.iter().flat_map(|text| words(text));
        Typed(words.flat_map(|word| forms(&word)).collect())
    }

    /// Which of it stands in these bytes, and in which form.
    pub(crate) fn found_in(&self, bytes: &[u8]) -> Vec<&str> {
        // Every place at which a form may begin, once, for all forms.
        let mut beginnings: BTreeMap<[u8; 4], Vec<&(String, Vec<u8>)>> = BTreeMap::new();
        for form in &self.0 {
            let beginning = form.1[..4].try_into().unwrap();
            beginnings.entry(beginning).or_default().push(form);
        }
        let mut found = Vec::new();
        for (place, four) in bytes.windows(4).enumerate() {
            for (name, form) in beginnings.get(four).into_iter().flatten() {
                if bytes[place..].starts_with(form) && !found.contains(&name.as_str()) {
                    found.push(name);
                }
            }
        }
        found
    }
}

/// The words of a text, and its digits together, as numbers are kept.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    words.push(digits.trim_start_matches('0').to_owned());
    words.retain(|word| word.chars().count() >= SHORTEST);
    words
}

fn forms(word: &str) -> Vec<(String, Vec<u8>)> {
    let mut forms = Vec::new();
    for (letters, word) in [
        ("as typed", word.to_owned()),
        ("in small letters", word.to_lowercase()),
        ("in capitals", word.to_uppercase()),
    ] {
        let mut add = |name: &str, form: Vec<u8>| {
            // What looks the same in two forms is looked for once.
            if !forms.iter().any(|(_, other)| *other == form) {
                forms.push((format!("{word} {letters}, {name}"), form));
            }
        };
        let bytes = word.as_bytes();
        add("UTF-8", bytes.to_vec());
        add("UTF-16, little end first", utf_16(&word, u16::to_le_bytes));
        add("UTF-16, big end first", utf_16(&word, u16::to_be_bytes));
        for before in 0..3 {
            let base64 = base64_behind(before, bytes);
            add("base64", base64.clone().into_bytes());
            add(
                "base64 of addresses",
                base64.replace('+', "-").replace('/', "_").into_bytes(),
            );
        }
        let hexadecimal = each(bytes, |text, byte| write!(text, "{byte:02x}"));
        add("hexadecimal", hexadecimal.to_uppercase().into_bytes());
        add("hexadecimal", hexadecimal.into_bytes());
        let json = escaped(&word, |text, unit| write!(text, "\\u{unit:04x}"));
        add(
            "JSON",
            json.to_uppercase().replace("\\U", "\\u").into_bytes(),
        );
        add("JSON", json.into_bytes());
        for (name, sign) in [("percent", '%'), ("quoted-printable", '=')] {
            let form = each(bytes, |text, byte| match byte {
                b if b.is_ascii_alphanumeric() => write!(text, "{}", char::from(b)),
                b => write!(text, "{sign}{b:02X}"),
            });
            add(name, form.clone().into_bytes());
            add(name, form.to_lowercase().into_bytes());
        }
        add(
            "HTML",
            escaped(&word, |text, unit| write!(text, "&#{unit};")).into_bytes(),
        );
        add(
            "HTML",
            escaped(&word, |text, unit| write!(text, "&#x{unit:x};")).into_bytes(),
        );
        // As `{:?}` of Rust writes what it takes for bytes.
        let listed = each(bytes, |text, byte| write!(text, "{byte}, "));
        add("a list of bytes", listed.trim_end_matches(", ").into());
        let quoted = each(bytes, |text, byte| match byte {
            b if b.is_ascii_alphanumeric() => write!(text, "{}", char::from(b)),
            b => write!(text, "\\x{b:02x}"),
        });
        add("escaped bytes", quoted.clone().into_bytes());
        add("escaped bytes", quoted.replace("\\x", "\\\\x").into_bytes());
    }
    forms
}

fn each(bytes: &[u8], write: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write(&mut text, *byte).unwrap();
        text
    })
}

/// ASCII as it is, and the code units of all else in another way.
fn escaped(word: &str, write: impl Fn(&mut String, u16) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for unit in word.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => text.push(char::from(byte)),
            _ => write(&mut text, unit).unwrap(),
        }
    }
    text
}

fn utf_16(word: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    word.encode_utf16().flat_map(bytes).collect()
}

/// The digits that stand for these bytes alone when so many others, modulo three, come before them (RFC 4648, 4).
fn base64_behind(before: usize, bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = std::iter::repeat_n(0, before)
        .chain(bytes.iter().copied())
        .flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1))
        .collect();
    let digits = bits.chunks_exact(6).map(|digit| {
        let value = digit
            .iter()
            .fold(0, |value, bit| value << 1 | usize::from(*bit));
        char::from(DIGITS[value])
    });
    digits.skip((before * 8).div_ceil(6)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPED: &str = "Тайнка O'Reilly-Tainkova";

    /// What programs make of a text.
    fn written(text: &str) -> Vec<(&'static str, Vec<u8>)> {
        let json = |text: &str| {
            let text = escaped(text, |text, unit| write!(text, "\\u{unit:04X}"));
            format!("{{\"name\":\"{text}\"}}").into_bytes()
        };
        let base64 = |text: &str| {
            let padded = format!("{text}\0\0");
            base64_behind(0, padded.as_bytes()).into_bytes()
        };
        vec![
            ("plain", text.into()),
            ("capitals", text.to_uppercase().into()),
            ("small letters", text.to_lowercase().into()),
            ("UTF-16", utf_16(text, u16::to_le_bytes)),
            ("UTF-16", utf_16(text, u16::to_be_bytes)),
            ("base64", base64(text)),
            ("base64", base64(&format!("a{text}"))),
            ("base64", base64(&format!("ab{text}"))),
            ("base64", base64(&format!("{{\"name\":\"{text}\"}}"))),
            (
                "hexadecimal",
                each(text.as_bytes(), |to, byte| write!(to, "{byte:02X}")).into(),
            ),
            ("JSON", json(text)),
            (
                "an address",
                form_urlencoded::byte_serialize(text.as_bytes())
                    .collect::<String>()
                    .into(),
            ),
            (
                "bytes for debugging",
                format!("{:?}", text.as_bytes()).into(),
            ),
            ("a string for debugging", format!("{text:?}").into()),
            (
                "bytes escaped",
                text.as_bytes().escape_ascii().to_string().into(),
            ),
        ]
    }

    #[test]
    fn people_are_found_in_every_way_of_writing() {
        for text in [TYPED, "Тайнка", "Tainkova", "tainkova"] {
            let typed = Typed::new(&[text]);
            for (name, bytes) in written(text) {
                let file = [b"\0\x01...".as_slice(), &bytes, b"...\xff"].concat();
                assert!(!typed.found_in(&file).is_empty(), "{text} as {name}");
            }
        }
    }

    #[test]
    fn a_number_is_found_however_it_is_set() {
        let typed = Typed::new(&["0877 111 222"]);
        for kept in ["+359877111222", "0877111222", "877111222"] {
            assert!(!typed.found_in(kept.as_bytes()).is_empty(), "{kept}");
        }
    }

    #[test]
    fn nobody_is_found_where_nobody_is() {
        let typed = Typed::new(&[TYPED, "0877 111 222"]);
        for (_, bytes) in written("Някой друг, Somebody Else 0999 333 444 и още думи")
        {
            assert_eq!(typed.found_in(&bytes), Vec::<&str>::new());
        }
    }
}
