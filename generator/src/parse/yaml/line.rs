//! The lines of the fields, and what can be seen of a line by itself.

use crate::diagnostic::Diagnostic;
use crate::parse::yaml::messages;
use crate::parse::yaml::node::Span;
use crate::source::SourceFile;

/// A line that says something, with its indentation in spaces.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) indent: usize,
    /// From its first to its last character that is no space.
    pub(super) span: Span,
    /// The whole line without its end.
    pub(super) whole: Span,
    pub(super) blank: bool,
    pub(super) comment: bool,
}

/// Every line of a part of the fields.
pub(super) fn lines(
    file: &SourceFile,
    part: &Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Line> {
    let mut start = part.start;
    let mut lines = Vec::new();
    for raw in file.slice(part).split_inclusive('\n') {
        let text = raw.trim_end_matches(['\n', '\r']);
        let content = text.trim_start_matches([' ', '\t', NO_BREAK]);
        let indent = text.len() - content.len();
        let trimmed = content.trim_end_matches([' ', '\t']);
        let span = start + indent..start + indent + trimmed.len();
        let columns = text[..indent]
            .chars()
            .map(|space| if space == '\t' { 2 } else { 1 })
            .sum();
        if !trimmed.is_empty() {
            let indentation = start..start + indent;
            diagnostics.extend(messages::indentation(file, &indentation, columns));
        }
        lines.push(Line {
            indent: columns,
            whole: start..start + text.len(),
            blank: trimmed.is_empty(),
            comment: trimmed.starts_with('#'),
            span,
        });
        start += raw.len();
    }
    // Blank lines and comments stay: inside a `|` text they are part of it.
    while lines.last().is_some_and(|line| line.blank) {
        lines.pop();
    }
    lines
}

/// A space at which no line breaks; word processors put it where nobody sees it.
pub(super) const NO_BREAK: char = '\u{a0}';

/// Whether a line is an item of a list.
pub(super) fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// Whether a line is an item of a list, or would be one with a space behind its hyphen.
pub(super) fn seems_item(text: &str) -> bool {
    let glued = |rest: &str| {
        rest.starts_with(|sign: char| sign.is_alphabetic() || "\"„“\u{a0}".contains(sign))
    };
    is_item(text) || text.strip_prefix('-').is_some_and(glued)
}

/// Where the colon after a field's name stands: before a space or at the end of the line, outside quotes.
pub(super) fn key_end(line: &str) -> Option<usize> {
    let from = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line[1..].find(quote)? + 2,
        _ => 0,
    };
    let at = line[from..].find(':')? + from;
    let after = &line[at + 1..];
    let spaced = |sign: char| matches!(sign, ' ' | '\t') || is_odd(sign);
    (after.is_empty() || after.starts_with(spaced)).then_some(at)
}

/// A space that is none for YAML, as word processors put it.
pub(super) fn is_odd(sign: char) -> bool {
    matches!(
        sign,
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}'
    )
}

/// A name without the quotes around it.
pub(super) fn unquoted(name: &str) -> String {
    name.trim_matches(['"', '\'']).to_owned()
}
