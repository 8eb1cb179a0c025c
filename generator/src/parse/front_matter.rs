//! The fields at the top of a file and the text below them.

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::yaml::Span;
use crate::source::SourceFile;

/// The two parts of a content file.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The lines between the two lines of three hyphens.
    pub(crate) fields: Span,
    /// Everything below.
    pub(crate) body: Span,
}

/// Finds the fields and the text.
pub(crate) fn split(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Parts> {
    let mut lines = LineSpans {
        text: &file.text,
        at: 0,
    };
    let first = lines.next().unwrap_or(0..0);
    if file.slice(&first).trim_end() != "---" {
        diagnostics.push(not_opened(file, &first));
        return None;
    }
    let start = lines.at;
    let mut last_field = first;
    let mut after_gap = false;
    while let Some(line) = lines.next() {
        let text = file.slice(&line);
        if text.trim_end() == "---" {
            return Some(Parts {
                fields: start..line.start,
                body: lines.at..file.text.len(),
            });
        }
        if is_field(text) {
            last_field = line;
        } else if text.trim().is_empty() {
            after_gap = true;
        } else if after_gap && !text.starts_with([' ', '\t', '-', '#']) {
            // The text has begun; a line of hyphens further down is a rule in it.
            break;
        }
    }
    let end = last_field.start + file.slice(&last_field).trim_end().len();
    diagnostics.push(
        Diagnostic::error(
            "F03",
            Place::span(file, &(last_field.start..end)),
            Text::new(
                "полетата най-горе не са затворени",
                "the fields at the top are never closed",
            ),
        )
        .hint(Text::new(
            "добавете ред с --- след този ред, преди текста",
            "add a line with --- after this line, before the text",
        )),
    );
    None
}

fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .trim_start()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    })
}

fn not_opened(file: &SourceFile, first: &Span) -> Diagnostic {
    let line = file.slice(first).trim_end().to_owned();
    let dashes = !line.is_empty() && line.chars().all(|character| "-–—".contains(character));
    Diagnostic::error(
        "F02",
        Place::span(file, first),
        Text::new(
            "страницата трябва да започва с ред от точно три дефиса: ---",
            "the page must start with a line of exactly three hyphens: ---",
        ),
    )
    .hint(if dashes {
        Text::new(
            format!("тук първият ред е „{line}“; напишете --- преди и след полетата"),
            format!("here the first line is “{line}”; type --- before and after the fields"),
        )
    } else {
        Text::new(
            "напишете --- преди и след полетата",
            "type --- before and after the fields",
        )
    })
}

/// The lines of a text, each with its end.
struct LineSpans<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for LineSpans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let line = self.at..self.at + length;
        self.at += length;
        Some(line)
    }
}
