//! The fields at the top of a file and the text below them.

use crate::diagnostic::{Diagnostic, Edit, Place, Text};
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

/// What programs write before a text that nobody sees.
const UNSEEN: [char; 3] = ['\u{feff}', '\u{200b}', '\u{a0}'];

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
    let mut end = start;
    let mut after_gap = false;
    while let Some(line) = lines.next() {
        let text = file.slice(&line);
        if text.trim_end() == "---" {
            return Some(Parts {
                fields: start..line.start,
                body: lines.at..file.text.len(),
            });
        }
        if is_dashes(text) {
            diagnostics.push(closed_otherwise(file, &line));
            return None;
        }
        if is_field(text) {
            end = line.end;
            last_field = line;
        } else if text.trim().is_empty() {
            after_gap = true;
        } else if text.starts_with([' ', '\t', '-', '#']) {
            end = line.end;
        } else if after_gap {
            // The text has begun; a line of hyphens further down is a rule in it.
            break;
        }
    }
    diagnostics.push(not_closed(file, &last_field, end));
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

/// Whether a line is what programs make of three hyphens, or one that was typed in haste.
fn is_dashes(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line != "-" && line.chars().all(|sign| "-–—".contains(sign))
}

fn newline(file: &SourceFile) -> &'static str {
    if file.text.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// A line without its end.
fn bare(file: &SourceFile, line: &Span) -> Span {
    line.start..line.start + file.slice(line).trim_end().len()
}

fn not_closed(file: &SourceFile, last_field: &Span, end: usize) -> Diagnostic {
    let newline = newline(file);
    // Where the last line has no end, it gets one.
    let before = if file.text[..end].ends_with('\n') {
        ""
    } else {
        newline
    };
    Diagnostic::error(
        "F03",
        Place::span(file, &bare(file, last_field)),
        Text::new(
            "полетата най-горе не са затворени",
            "the fields at the top are never closed",
        ),
    )
    .hint(Text::new(
        "добавете ред с --- след този ред, преди текста",
        "add a line with --- after this line, before the text",
    ))
    .edit(&(end..end), format!("{before}---{newline}"))
}

fn closed_otherwise(file: &SourceFile, line: &Span) -> Diagnostic {
    let line = bare(file, line);
    let written = file.slice(&line);
    Diagnostic::error(
        "F03",
        Place::span(file, &line),
        Text::new(
            "полетата най-горе се затварят с ред от точно три дефиса: ---",
            "the fields at the top are closed by a line of exactly three hyphens: ---",
        ),
    )
    .hint(Text::new(
        format!("тук е „{written}“; напишете ---"),
        format!("here it is “{written}”; type ---"),
    ))
    .edit(&line, "---")
}

fn not_opened(file: &SourceFile, first: &Span) -> Diagnostic {
    let line = file.slice(first).trim_end().to_owned();
    let hint = if is_dashes(&line) {
        Text::new(
            format!("тук първият ред е „{line}“; напишете --- преди и след полетата"),
            format!("here the first line is “{line}”; type --- before and after the fields"),
        )
    } else {
        Text::new(
            "напишете --- преди и след полетата",
            "type --- before and after the fields",
        )
    };
    Diagnostic::error(
        "F02",
        Place::span(file, first),
        Text::new(
            "страницата трябва да започва с ред от точно три дефиса: ---",
            "the page must start with a line of exactly three hyphens: ---",
        ),
    )
    .hint(hint)
    .edits(opening(file, first))
}

/// What opens the fields, where it is certain that there are some.
fn opening(file: &SourceFile, first: &Span) -> Vec<Edit> {
    let text = &file.text;
    let rest = text.trim_start_matches(|sign: char| sign.is_whitespace() || UNSEEN.contains(&sign));
    let lead = text.len() - rest.len();
    if lead > 0 && rest.lines().next().is_some_and(is_dashes) {
        return vec![Edit::new(&(0..lead), "")];
    }
    let lines = LineSpans { text, at: 0 };
    if is_dashes(file.slice(first)) {
        let mut edits = vec![Edit::new(&bare(file, first), "---")];
        let closing = lines.skip(1).find(|line| is_dashes(file.slice(line)));
        // Without a line that closes them nobody knows where the fields end; that is then said by itself.
        let closing = closing.map(|line| bare(file, &line));
        let other = closing.filter(|closing| file.slice(closing) != "---");
        edits.extend(other.map(|closing| Edit::new(&closing, "---")));
        return edits;
    }
    let closed = || {
        let mut below = lines.skip_while(|line| {
            let text = file.slice(line);
            is_field(text) || text.starts_with([' ', '-', '#']) && !is_dashes(text)
        });
        below
            .next()
            .is_some_and(|line| is_dashes(file.slice(&line)))
    };
    if is_field(file.slice(first)) && closed() {
        return vec![Edit::new(&(0..0), format!("---{}", newline(file)))];
    }
    Vec::new()
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
