//! Markdown to HTML, by our own writer over pulldown-cmark's events.
//!
//! In: the text of a content file. Out: a [`Body`], in which links to other pages and what components show of the site
//! are still open: they are known once the whole site is. Raw HTML and template code are refused, so a text can never
//! break a page.

mod body;
mod plain;
mod locale;
mod typography;
mod text;
mod writer;
mod links;
mod addresses;
mod leftovers;
mod components;

use std::ops::Range;

pub use body::{Body, Heading, Link, Mark, Piece, PlainSection, Target, plain_text};
pub use components::{
    COMPONENTS, Component, ComponentContent, ComponentKind, ComponentLink, ComponentName,
    GalleryPicture, Parameter, ParameterKind, Question, TimetableRow,
};
pub use locale::Locale;
pub use typography::{Typography, in_data};
pub(crate) use writer::{escape, escaped};

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use text::Text;

/// Reads the text in a part of a file.
pub(crate) fn read(
    file: &SourceFile,
    part: &Range<usize>,
    locale: &Locale<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let mut body = Body::default();
    body.pieces = writer::write_page(Text::part(file, part), locale, &mut body, diagnostics);
    body
}
