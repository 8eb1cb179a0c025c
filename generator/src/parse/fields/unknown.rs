//! A field that nobody asked for, and the one that was probably meant.

use crate::diagnostic::{Diagnostic, Place, Text, did_you_mean, without_lookalikes};
use crate::model::names_called;
use crate::parse::meant::{Meant, meant};
use crate::parse::yaml::Key;
use crate::source::SourceFile;

/// Names a field that is none of those that can be there. `there` are those that are, which nobody meant again.
pub(super) fn unknown(file: &SourceFile, key: &Key, known: &[&str], there: &[&str]) -> Diagnostic {
    let latin = without_lookalikes(&key.text);
    let called = names_called(&key.text).find(|name| known.contains(name));
    let called = called.map(|word| Meant {
        word,
        certain: true,
    });
    let found = called.or_else(|| meant(&key.text, known));
    let hint = found.map_or_else(
        || {
            Text::new(
                format!("тук може да има: {}", known.join(", ")),
                format!("there can be: {}", known.join(", ")),
            )
        },
        |meant| did_you_mean(meant.word),
    );
    let message = match found {
        Some(meant) if latin != key.text && meant.word == latin => {
            let letters: Vec<char> = key.text.chars().filter(|sign| !sign.is_ascii()).collect();
            let letters: String = letters.iter().collect();
            Text::new(
                format!(
                    "в името на полето „{}“ има буква на кирилица: „{letters}“",
                    key.text
                ),
                format!(
                    "the name of the field “{}” has a Cyrillic letter in it: “{letters}”",
                    key.text
                ),
            )
        }
        Some(meant)
            if !key.text.is_ascii() && names_called(&key.text).any(|name| name == meant.word) =>
        {
            Text::new(
                format!(
                    "имената на полетата са на английски: „{}“ е {}",
                    key.text, meant.word
                ),
                format!(
                    "the names of fields are English: “{}” is {}",
                    key.text, meant.word
                ),
            )
        }
        _ => Text::new(
            format!("непознато поле „{}“", key.text),
            format!("unknown field “{}”", key.text),
        ),
    };
    let found = found.filter(|meant| meant.certain && !there.contains(&meant.word));
    let diagnostic = Diagnostic::error("V01", Place::span(file, &key.span), message).hint(hint);
    match found {
        Some(meant) => diagnostic.edit(&key.span, meant.word),
        None => diagnostic,
    }
}
