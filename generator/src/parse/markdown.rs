//! Markdown to HTML, by our own writer over pulldown-cmark's events.
//!
//! In: the text of a content file. Out: a [`Body`], in which links to other pages are still open: where they lead is
//! known once the whole site is. Raw HTML and template code are refused, so a text can never break a page.

mod links;
mod typography;
mod writer;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

pub use typography::Typography;
pub(crate) use writer::escape;

use crate::diagnostic::{Diagnostic, Place, Placed};
use crate::source::SourceFile;

/// The text of a page.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML, with gaps for addresses.
    pub pieces: Vec<Piece>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// What it links to, in order.
    pub links: Vec<Link>,
    /// Its pictures, in order.
    pub pictures: Vec<Mark>,
}

/// A part of the HTML of a text.
#[derive(Debug)]
pub enum Piece {
    /// HTML as it is.
    Html(String),
    /// The address of this link.
    Address(usize),
    /// This picture: how it is drawn depends on what was made of its file.
    Picture(usize),
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// The `id`, for links to it.
    pub id: String,
    /// The text.
    pub text: String,
    /// 2 to 6.
    pub level: u8,
}

/// A picture in a text.
#[derive(Debug)]
pub struct Mark {
    /// Its file, such as `media/ekip.jpg`.
    pub src: Placed<String>,
    /// What can be seen in it; `None` where it was said to be only decoration.
    pub alt: Option<String>,
    /// What stands under it; may be empty.
    pub caption: String,
}

/// A link that leads to another file of the site.
#[derive(Debug)]
pub struct Link {
    /// What was written.
    pub target: Target,
    /// Where it was written.
    pub place: Place,
}

/// Where a link leads, as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The path below `content/`, such as `pages/kontakti.md`; empty for the same page.
    pub path: String,
    /// The heading on that page; may be empty.
    pub anchor: String,
}

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
