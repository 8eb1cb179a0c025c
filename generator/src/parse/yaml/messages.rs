//! What is said of values on one line that YAML would read otherwise than they look.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::yaml::node::{Key, Span};
use crate::source::SourceFile;

pub(super) fn left_over(file: &SourceFile, whole: &Span, rest: Span, quoted: bool) -> Diagnostic {
    let inner = file.slice(whole);
    let place = Place::span(file, &rest);
    if !quoted {
        return must_be_quoted(file, whole, inner.chars().next().unwrap_or('['));
    }
    let text = typographic(inner.trim_start_matches('"').trim_end_matches('"'));
    Diagnostic::error(
        "M05",
        place,
        Text::new(
            "текстът свършва при кавичката преди това място, а остатъкът от реда е излишен",
            "the text ends at the quote before this place; the rest of the line is left over",
        ),
    )
    .hint(suggestion(&format!("\"{text}\"")))
}

/// Straight quotes inside a text, as a typist means them.
pub(super) fn typographic(text: &str) -> String {
    let mut open = false;
    text.chars()
        .map(|character| match character {
            '"' => {
                open = !open;
                if open { '„' } else { '“' }
            }
            other => other,
        })
        .collect()
}

pub(super) fn suggestion(text: &str) -> Text {
    Text::new(format!("може би  {text}"), format!("did you mean  {text}"))
}

pub(super) fn must_be_quoted(file: &SourceFile, span: &Span, sign: char) -> Diagnostic {
    let text = file.slice(span);
    Diagnostic::error(
        "M06",
        Place::span(file, span),
        Text::new(
            format!("текст, който започва с {sign}, се огражда в кавички"),
            format!("a text that starts with {sign} must be in quotes"),
        ),
    )
    .hint(suggestion(&format!("\"{}\"", text.replace('"', ""))))
}

pub(super) fn swallowed(file: &SourceFile, span: &Span, line: &str, at: usize) -> Diagnostic {
    let kept = line[..at].trim_end();
    Diagnostic::error(
        "M07",
        Place::span(file, &(span.start + at..span.end)),
        Text::new(
            format!("всичко след # се пренебрегва: текстът би станал само „{kept}“"),
            format!("everything after # is ignored: the text would be just “{kept}”"),
        ),
    )
    .hint(suggestion(&format!("\"{}\"", line.replace('"', ""))))
}

/// What is said of more levels than that.
pub(super) fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::error(
        "M15",
        place,
        Text::new(
            "твърде много нива едно в друго",
            "too many levels inside one another",
        ),
    )
}

/// A field that is there already.
pub(super) fn twice(file: &SourceFile, first: &Key, second: &Key) -> Diagnostic {
    let (name, line) = (&second.text, Place::span(file, &first.span).line);
    Diagnostic::error(
        "M10",
        Place::span(file, &second.span),
        Text::new(
            format!("полето „{name}“ се среща втори път (първо на ред {line})"),
            format!("the field “{name}” is here for the second time (first on line {line})"),
        ),
    )
    .hint(Text::new("оставете само едното", "keep one of the two"))
}

/// What is said of a line that is no field.
pub(super) fn no_colon(file: &SourceFile, span: &Span, line: &str) -> Diagnostic {
    let is_name = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    if let Some((name, value)) = line
        .split_once('=')
        .filter(|(name, _)| is_name(name.trim()))
    {
        let at = span.start + name.len();
        let field = format!("{}: {}", name.trim(), value.trim());
        return Diagnostic::error(
            "M09",
            Place::span(file, &(at..at + 1)),
            Text::new("използвайте двоеточие, а не =", "use a colon, not ="),
        )
        .hint(suggestion(&field));
    }
    let hint = Text::new(
        "сложете интервал след двоеточието",
        "put a space after the colon",
    );
    Diagnostic::error(
        "M12",
        Place::span(file, span),
        Text::new(
            "тук се очаква „поле: стойност“",
            "“field: value” is expected here",
        ),
    )
    .maybe_hint(line.contains(':').then_some(hint))
}
