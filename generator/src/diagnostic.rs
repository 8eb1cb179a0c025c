//! What an editor is told about the content: where, what, and what to do.
//!
//! A diagnostic is a value that stages collect, so that an editor sees every problem of every file at once. Both
//! languages stand side by side at the place where the problem is found.

mod closest;
mod days;

use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use crate::source::SourceFile;

pub(crate) use closest::{closest, without_lookalikes};
pub(crate) use days::{date_in_words, in_words, month_of};

/// One problem in the content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    /// Stays the same across releases, such as `M02`.
    pub code: &'static str,
    /// Whether it stops publishing.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub hint: Option<Text>,
}

/// Whether a problem stops publishing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// It is published all the same.
    Warning,
    /// Nothing is wrong; it is good to know.
    Note,
}

/// Where a problem is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 for the file as a whole.
    pub column: usize,
    /// The number of characters, within the line.
    pub width: usize,
    /// The line, or of a long one what stands around the problem.
    pub excerpt: String,
    /// How many characters of the excerpt stand before the problem.
    pub before: usize,
}

/// A value and where it was written, for what can only be judged once the whole site is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

/// A text in the languages that messages come in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Text {
    /// Bulgarian.
    pub bg: String,
    /// English.
    pub en: String,
}

/// The language of messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MessageLanguage {
    /// Bulgarian.
    #[default]
    Bg,
    /// English.
    En,
}

impl Text {
    /// The text in both languages, Bulgarian first.
    pub fn new(bg: impl Into<String>, en: impl Into<String>) -> Text {
        Text {
            bg: bg.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    pub fn in_language(&self, language: MessageLanguage) -> &str {
        match language {
            MessageLanguage::Bg => &self.bg,
            MessageLanguage::En => &self.en,
        }
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(path: impl Into<String>) -> Place {
        Place {
            file: path.into(),
            line: 0,
            column: 0,
            width: 0,
            excerpt: String::new(),
            before: 0,
        }
    }

    /// A part of a file, by bytes.
    pub fn span(file: &SourceFile, span: &Range<usize>) -> Place {
        Place::span_after(file, span, &mut (0, 0))
    }

    /// The same for many parts one after another: `known` says how many line breaks there are before which byte, and is
    /// brought up to this part.
    pub(crate) fn span_after(
        file: &SourceFile,
        span: &Range<usize>,
        known: &mut (usize, usize),
    ) -> Place {
        let text = &file.text;
        let start = floor_boundary(text, span.start);
        let (from, lines) = if known.0 <= start { *known } else { (0, 0) };
        let lines = lines + memchr::memchr_iter(b'\n', &text.as_bytes()[from..start]).count();
        *known = (start, lines);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        let end = floor_boundary(text, span.end).clamp(start, line_end);
        let (head, tail) = (&text[line_start..start], text[start..line_end].trim_end());
        let shown_head = last_characters(head, AROUND);
        let shown_tail = first_characters(tail, 2 * AROUND);
        let mark = |shown: &str, whole: &str| if shown.len() < whole.len() { "…" } else { "" };
        let (cut, more) = (mark(shown_head, head), mark(shown_tail, tail));
        Place {
            file: file.path.clone(),
            line: lines + 1,
            column: head.chars().count() + 1,
            width: text[start..end]
                .trim_end()
                .chars()
                .count()
                .clamp(1, 2 * AROUND),
            before: cut.chars().count() + shown_head.chars().count(),
            excerpt: format!("{cut}{shown_head}{shown_tail}{more}"),
        }
    }
}

/// How many characters of a long line are shown around a problem.
const AROUND: usize = 50;

fn first_characters(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or(text, |(end, _)| &text[..end])
}

fn last_characters(text: &str, count: usize) -> &str {
    let cut = text.char_indices().rev().nth(count.saturating_sub(1));
    cut.map_or(text, |(start, _)| &text[start..])
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

impl Diagnostic {
    /// A problem that stops publishing.
    pub fn error(code: &'static str, place: Place, message: Text) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            place,
            message,
            hint: None,
        }
    }

    /// A problem that does not stop publishing.
    pub fn warning(code: &'static str, place: Place, message: Text) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Warning,
            place,
            message,
            hint: None,
        }
    }

    /// Something to know that is no problem.
    pub fn note(code: &'static str, place: Place, message: Text) -> Diagnostic {
        Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::warning(code, place, message)
        }
    }

    /// The same with what to do.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Diagnostic {
        self.hint = Some(hint);
        self
    }

    /// The same with what to do, if that is known.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<Text>) -> Diagnostic {
        self.hint = hint;
        self
    }

    /// Whether it stops publishing.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// „може би …“
pub(crate) fn did_you_mean(meant: &str) -> Text {
    Text::new(
        format!("може би  {meant}"),
        format!("did you mean  {meant}"),
    )
}

/// Whether anything stops publishing.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Brings diagnostics into the order of files and lines.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    diagnostics.dedup();
}

/// Every diagnostic as text for a terminal, with a last line that counts them.
pub fn to_text(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        block(&mut text, diagnostic, language);
    }
    if !diagnostics.is_empty() {
        text.push_str(&summary(diagnostics, language));
        text.push('\n');
    }
    text
}

/// Every diagnostic as a JSON list, in both languages.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    serde_json::to_string_pretty(diagnostics).unwrap_or_default() + "\n"
}

/// Every diagnostic as a workflow command, which GitHub shows at the line.
pub fn to_github(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let mut text = String::new();
    for Diagnostic {
        code,
        severity,
        place,
        message,
        hint,
    } in diagnostics
    {
        let level = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let hint = hint
            .as_ref()
            .map(|hint| format!("%0A{}", command_text(hint.in_language(language))))
            .unwrap_or_default();
        let message = command_text(message.in_language(language));
        let Place {
            file, line, column, ..
        } = place;
        let place = match line {
            0 => file.clone(),
            line => format!("{file},line={line},col={column}"),
        };
        text.push_str(&format!(
            "::{level} file={place},title={code}::{message}{hint}\n"
        ));
    }
    text
}

/// Text inside a workflow command, which ends with the line.
fn command_text(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn block(text: &mut String, diagnostic: &Diagnostic, language: MessageLanguage) {
    let Diagnostic {
        code,
        severity,
        place,
        message,
        hint,
    } = diagnostic;
    let (severity, hint_word) = match (language, severity) {
        (MessageLanguage::Bg, Severity::Error) => ("грешка", "помощ"),
        (MessageLanguage::Bg, Severity::Warning) => ("внимание", "помощ"),
        (MessageLanguage::Bg, Severity::Note) => ("бележка", "помощ"),
        (MessageLanguage::En, Severity::Error) => ("error", "help"),
        (MessageLanguage::En, Severity::Warning) => ("warning", "help"),
        (MessageLanguage::En, Severity::Note) => ("note", "help"),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{severity}[{code}]: {}",
        message.in_language(language)
    );
    if place.line == 0 {
        let _ = writeln!(text, " --> {}", place.file);
    } else {
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(
            text,
            "{gutter}--> {}:{}:{}",
            place.file, place.line, place.column
        );
        let _ = writeln!(text, "{number} | {}", place.excerpt.replace('\t', "→"));
        let _ = writeln!(
            text,
            "{gutter} | {}{}",
            " ".repeat(place.before),
            "^".repeat(place.width)
        );
    }
    if let Some(hint) = hint {
        let _ = writeln!(text, "  = {hint_word}: {}", hint.in_language(language));
    }
    text.push('\n');
}

/// „3 грешки и 1 предупреждение в 2 файла“
pub fn summary(diagnostics: &[Diagnostic], language: MessageLanguage) -> String {
    let of = |severity| {
        let found = diagnostics.iter().map(|diagnostic| diagnostic.severity);
        found.filter(|found| *found == severity).count()
    };
    let counted = [Severity::Error, Severity::Warning, Severity::Note].map(of);
    let [errors, warnings, notes] = counted;
    let mut files: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.place.file.as_str())
        .collect();
    files.sort_unstable();
    files.dedup();
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let (counts, joint, place) = match language {
        MessageLanguage::Bg => (
            [
                count(errors, "грешка", "грешки"),
                count(warnings, "предупреждение", "предупреждения"),
                count(notes, "бележка", "бележки"),
            ],
            " и ",
            format!(" в {}", count(files.len(), "файл", "файла")),
        ),
        MessageLanguage::En => (
            [
                count(errors, "error", "errors"),
                count(warnings, "warning", "warnings"),
                count(notes, "note", "notes"),
            ],
            " and ",
            format!(" in {}", count(files.len(), "file", "files")),
        ),
    };
    let shown: Vec<&str> = counts
        .iter()
        .zip(counted)
        .filter(|(_, n)| *n > 0)
        .map(|(count, _)| count.as_str())
        .collect();
    shown.join(joint) + &place
}
