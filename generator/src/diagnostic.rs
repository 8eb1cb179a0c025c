//! What an editor is told about the content: where, what, and what to do.
//!
//! A diagnostic is a value that stages collect, so that an editor sees every problem of every file at once. Both
//! languages stand side by side at the place where the problem is found.

mod closest;
mod fix;
mod print;
mod days;

use std::ops::Range;

use serde::Serialize;

use crate::source::SourceFile;

pub use fix::{Edit, Fix, Mended, apply};
pub use print::{summary, to_full_text, to_github, to_json, to_text};

pub(crate) use closest::{closest, only_close, without_lookalikes};
pub(crate) use days::{date_in_words, in_words, month_in_words, month_of};

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
    /// What mends it, where one answer is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Whether it stops publishing as soon as the page is no draft any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_draft: bool,
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
    /// Where it begins, in bytes of the text without a byte order mark.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
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
            start: 0,
            end: 0,
        }
    }

    /// The same part of the file, by bytes; empty where the file as a whole is meant.
    pub(crate) fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }

    /// A part of a file, by bytes.
    pub fn span(file: &SourceFile, span: &Range<usize>) -> Place {
        Place::span_after(file, span, &mut Reached::default())
    }

    /// The same for many parts one after another: `reached` says how far the file was read for the last one, so that
    /// a long line with many parts is not read again for each.
    pub(crate) fn span_after(
        file: &SourceFile,
        span: &Range<usize>,
        reached: &mut Reached,
    ) -> Place {
        let text = &file.text;
        let start = floor_boundary(text, span.start);
        reached.go_on_to(start, text);
        let (line_start, line_end) = (reached.line_start, reached.line_end);
        let end = floor_boundary(text, span.end).clamp(start, line_end);
        let (head, tail) = (&text[line_start..start], text[start..line_end].trim_end());
        let shown_head = last_characters(head, AROUND);
        let shown_tail = first_characters(tail, 2 * AROUND);
        let mark = |shown: &str, whole: &str| if shown.len() < whole.len() { "…" } else { "" };
        let (cut, more) = (mark(shown_head, head), mark(shown_tail, tail));
        Place {
            file: file.path.clone(),
            line: reached.breaks + 1,
            column: reached.column + 1,
            width: text[start..end]
                .trim_end()
                .chars()
                .count()
                .clamp(1, 2 * AROUND),
            before: cut.chars().count() + shown_head.chars().count(),
            excerpt: format!("{cut}{shown_head}{shown_tail}{more}"),
            start,
            end,
        }
    }
}

/// How far a file was read on the search for places, from its beginning.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reached {
    at: usize,
    /// The line breaks before.
    breaks: usize,
    /// The characters of the line before.
    column: usize,
    line_start: usize,
    /// Where the line ends; 0 as long as that was not looked for.
    line_end: usize,
}

impl Reached {
    fn go_on_to(&mut self, start: usize, text: &str) {
        if start < self.at {
            *self = Reached::default();
        }
        let passed = &text[self.at..start];
        if let Some(newline) = passed.rfind('\n') {
            self.breaks += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
            self.line_start = self.at + newline + 1;
            self.line_end = 0;
            self.column = text[self.line_start..start].chars().count();
        } else {
            self.column += passed.chars().count();
        }
        self.at = start;
        if self.line_end < start || self.line_end == 0 {
            let rest = memchr::memchr(b'\n', &text.as_bytes()[start..]);
            self.line_end = rest.map_or(text.len(), |length| start + length);
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
            fix: None,
            in_draft: false,
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
            fix: None,
            in_draft: false,
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

    /// The same with what mends it: this part of the text becomes another one.
    #[must_use]
    pub fn edit(self, part: &Range<usize>, with: impl Into<String>) -> Diagnostic {
        self.maybe_fix(Some(Fix::Edits(vec![Edit::new(part, with)])))
    }

    /// The same with what mends it: all of these edits.
    #[must_use]
    pub fn edits(self, edits: Vec<Edit>) -> Diagnostic {
        let fix = (!edits.is_empty()).then_some(Fix::Edits(edits));
        self.maybe_fix(fix)
    }

    /// The same with what mends it, if that is certain.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Diagnostic {
        self.fix = fix;
        self
    }

    /// The same as something that does not stop publishing as long as the page is a draft.
    #[must_use]
    pub(crate) fn softened(self) -> Diagnostic {
        let in_draft = self.in_draft || self.is_error();
        Diagnostic {
            severity: if self.is_error() {
                Severity::Warning
            } else {
                self.severity
            },
            in_draft,
            ..self
        }
    }

    /// Whether it stops publishing.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A name in content, and what people read in its place: `rsvp („Запази място“)`.
pub(crate) fn titled(name: &str, title: &str) -> Text {
    if title.is_empty() {
        return Text::new(name, name);
    }
    Text::new(format!("{name} („{title}“)"), format!("{name} (“{title}”)"))
}

/// Several of them, one after another.
pub(crate) fn listed(texts: &[Text]) -> Text {
    let all = |of: fn(&Text) -> &str| texts.iter().map(of).collect::<Vec<_>>().join(", ");
    Text::new(all(|text| &text.bg), all(|text| &text.en))
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

#[cfg(test)]
mod tests {
    use super::{Place, Reached, SourceFile};

    #[test]
    fn a_place_is_the_same_however_far_the_file_was_read_before() {
        let text = "първи ред\n\nвтори, с [връзка](а) и [друга](б)\nтрети\n";
        let file = SourceFile::new("a.md", text.as_bytes().to_vec());
        let mut reached = Reached::default();
        for at in (0..text.len()).chain([3, 40, 12]) {
            let part = at..at + 6;
            let once = Place::span(&file, &part);
            assert_eq!(Place::span_after(&file, &part, &mut reached), once, "{at}");
        }
        let place = Place::span(&file, &(text.find("друга").unwrap()..text.len()));
        assert_eq!((place.line, place.column), (3, 25));
    }
}
