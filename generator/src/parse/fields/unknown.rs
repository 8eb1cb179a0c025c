//! A field that nobody asked for, and the one that was probably meant.

use crate::diagnostic::{Diagnostic, Place, Text, closest, did_you_mean, without_lookalikes};
use crate::model::names_called;
use crate::parse::yaml::Key;
use crate::source::SourceFile;

/// Names a field that is none of those that can be there.
pub(super) fn unknown(file: &SourceFile, key: &Key, known: &[&str]) -> Diagnostic {
    let latin = without_lookalikes(&key.text);
    let called = names_called(&key.text).find(|name| known.contains(name));
    let hint = called.or_else(|| closest(&latin, known)).map_or_else(
        || {
            Text::new(
                format!("тук може да има: {}", known.join(", ")),
                format!("there can be: {}", known.join(", ")),
            )
        },
        did_you_mean,
    );
    let message = if latin != key.text && known.contains(&latin.as_str()) {
        Text::new(
            format!("в името на полето „{}“ има буква на кирилица", key.text),
            format!(
                "the name of the field “{}” has a Cyrillic letter in it",
                key.text
            ),
        )
    } else {
        Text::new(
            format!("непознато поле „{}“", key.text),
            format!("unknown field “{}”", key.text),
        )
    };
    Diagnostic::error("V01", Place::span(file, &key.span), message).hint(hint)
}
