//! Markdown to HTML, by our own writer over pulldown-cmark's events.
//!
//! In: the text of a content file. Out: a [`Body`], in which links to other pages are still open: where they lead is
//! known once the whole site is. Raw HTML and template code are refused, so a text can never break a page.

mod body;
mod plain;
mod links;
mod typography;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

pub use body::{Body, Heading, Link, Piece, PlainSection, Target};
pub use typography::Typography;

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// Reads the text in a part of a file.
pub(crate) fn read(
    file: &SourceFile,
    part: Range<usize>,
    typography: &Typography,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let text = file.slice(&part);
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(text, options)
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + part.start..range.end + part.start))
        .collect();
    writer::write(file, &events, typography, diagnostics)
}
