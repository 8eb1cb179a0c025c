//! The text of a page, as the stages after know it: HTML with gaps, and what stands in it.

use std::ops::Range;

use crate::diagnostic::{Place, Placed};
use crate::parse::markdown::plain::{self, Plain};
use crate::parse::markdown::{Component, ComponentContent, Question};

/// The text of a page.
#[derive(Debug, Default)]
pub struct Body {
    /// The HTML, with gaps for addresses.
    pub pieces: Vec<Piece>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// What it links to, in order.
    pub links: Vec<Link>,
    /// Its components, in order.
    pub components: Vec<Component>,
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
    /// This component.
    Component(usize),
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
    /// Where the address stands in the file, in bytes; `None` where that cannot be told.
    pub at: Option<Range<usize>>,
}

/// A link that leads to another file of the site.
#[derive(Debug)]
pub struct Link {
    /// What was written.
    pub target: Target,
    /// Where it was written.
    pub place: Place,
    /// Where its address stands in the file letter by letter, if it does.
    pub at: Option<Range<usize>>,
}

/// Where a link leads, as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The path below `content/`, such as `pages/kontakti.md`; empty for the same page.
    pub path: String,
    /// The heading on that page; may be empty.
    pub anchor: String,
}

/// What stands under one heading, without markup: for search, excerpts and feeds.
#[derive(Debug)]
pub struct PlainSection<'a> {
    /// The heading; absent for what stands before the first one.
    pub heading: Option<&'a Heading>,
    /// The text, words separated by single spaces.
    pub text: String,
}

impl Body {
    /// The text without markup, heading by heading. The first section has no heading, and may be empty.
    ///
    /// Worked out from the HTML when it is asked for: most builds of a page never ask.
    pub fn sections(&self) -> Vec<PlainSection<'_>> {
        let mut headings = self.headings.iter();
        let mut sections = Vec::new();
        let mut section = PlainSection {
            heading: None,
            text: String::new(),
        };
        let mut plain = Plain::default();
        for piece in &self.pieces {
            match piece {
                Piece::Html(html) => plain.read(html, |part| match part {
                    plain::Part::Heading => {
                        let next = PlainSection {
                            heading: headings.next(),
                            text: String::new(),
                        };
                        sections.push(std::mem::replace(&mut section, next));
                    }
                    part => add(&part, &mut section.text),
                }),
                Piece::Component(index) => {
                    for text in self.components[*index].content.texts() {
                        add(&plain::Part::Gap, &mut section.text);
                        section.text.push_str(&text);
                        add(&plain::Part::Gap, &mut section.text);
                    }
                }
                // A caption stands under its picture, and is read as a paragraph of its own.
                Piece::Picture(index) => {
                    let caption = &self.pictures[*index].caption;
                    if !caption.is_empty() {
                        add(&plain::Part::Gap, &mut section.text);
                        section.text.push_str(caption);
                        add(&plain::Part::Gap, &mut section.text);
                    }
                }
                Piece::Address(_) => {}
            }
        }
        sections.push(section);
        for section in &mut sections {
            section.text.truncate(section.text.trim_end().len());
        }
        sections
    }

    /// Every question with its answer, for data on the page.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.components
            .iter()
            .filter_map(|component| match &component.content {
                ComponentContent::Questions { questions } => Some(questions),
                _ => None,
            })
            .flatten()
    }
}

/// HTML without its markup.
pub fn plain_text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    let mut plain = Plain::default();
    for piece in pieces {
        if let Piece::Html(html) = piece {
            plain.read(html, |part| add(&part, &mut text));
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn add(part: &plain::Part<'_>, text: &mut String) {
    match part {
        plain::Part::Text(words) => text.push_str(words),
        plain::Part::Gap if !text.is_empty() && !text.ends_with(' ') => text.push(' '),
        plain::Part::Gap | plain::Part::Heading => {}
    }
}
