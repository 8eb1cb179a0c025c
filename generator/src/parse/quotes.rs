//! Quotes around a whole text, which belong to the handwriting and not to what is written.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::yaml::Span;
use crate::source::SourceFile;

/// What people put before and behind a text.
const PAIRS: [(&str, &str); 13] = [
    ("„", "“"),
    ("„", "”"),
    ("„", "\""),
    ("“", "”"),
    ("”", "”"),
    ("«", "»"),
    (",,", "''"),
    (",,", "\""),
    (",,", "“"),
    ("''", "''"),
    ("\"", "\""),
    ("‘", "’"),
    ("'", "'"),
];

/// The text without the quotes around it; `None` where there are none, or where others are inside.
pub(crate) fn without(text: &str) -> Option<&str> {
    let inside = PAIRS.iter().find_map(|(open, close)| {
        let inside = text.trim().strip_prefix(open)?.strip_suffix(close)?;
        Some(inside.trim()).filter(|inside| !inside.is_empty())
    })?;
    let is_quote = |sign: char| "„“”«»\"‘".contains(sign);
    // An apostrophe may stand in a word, and one at the beginning need not be a quote.
    let apostrophes = if text.trim().starts_with('\'') {
        "'"
    } else {
        "''"
    };
    let apart = !inside.contains(is_quote) && !inside.contains(apostrophes);
    apart.then_some(inside)
}

/// What is said of a text that stands in quotes which visitors would see.
pub(super) fn around(file: &SourceFile, name: &str, span: &Span, inside: &str) -> Diagnostic {
    let better = quoted(inside);
    Diagnostic::warning(
        "M03",
        Place::span(file, span),
        Text::new(
            format!("„{name}“ е цялото в кавички и те ще се виждат на сайта"),
            format!("“{name}” stands in quotes as a whole, and visitors will see them"),
        ),
    )
    .hint(Text::new(
        format!("може би  {name}: {better}  (кавички „ “ вътре в текста са наред)"),
        format!("did you mean  {name}: {better}  (quotes „ “ inside the text are fine)"),
    ))
    .edit(span, better)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_a_text_are_found_and_those_inside_are_left() {
        for text in [
            "„Ден на отворените врати“",
            "\"Ден на отворените врати\"",
            "''Ден на отворените врати''",
            ",,Ден на отворените врати''",
            " «Ден на отворените врати» ",
        ] {
            assert_eq!(without(text), Some("Ден на отворените врати"), "{text}");
        }
        for text in [
            "Ден „на“ отворените",
            "„Ден“ и „нощ“",
            "„Дом на учителя“, Пловдив",
            "„“",
            "“",
            "'n' Roll'",
        ] {
            assert_eq!(without(text), None, "{text}");
        }
    }
}
