//! A text in Markdown and where it stands in its file.

use std::ops::Range;

use crate::source::SourceFile;

/// A text in Markdown: what stands below the fields of a file, or a value of one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) source: &'a str,
    origin: Origin,
}

#[derive(Clone, Copy, Debug)]
enum Origin {
    /// It stands in the file as it is, from here.
    At(usize),
    /// It stands in the file in another form: quoted, or indented.
    Within { start: usize, end: usize },
}

impl<'a> Text<'a> {
    /// A part of a file.
    pub(super) fn part(file: &'a SourceFile, part: &Range<usize>) -> Text<'a> {
        Text {
            file,
            source: file.slice(part),
            origin: Origin::At(part.start),
        }
    }

    /// A value that was read from a part of a file.
    pub(super) fn value(file: &'a SourceFile, text: &'a str, part: &Range<usize>) -> Text<'a> {
        let origin = match file.slice(part).find(text) {
            Some(at) => Origin::At(part.start + at),
            None => Origin::Within {
                start: part.start,
                end: part.end,
            },
        };
        Text {
            file,
            source: text,
            origin,
        }
    }

    /// Where a part of the text stands in the file.
    pub(super) fn span(&self, part: &Range<usize>) -> Range<usize> {
        match self.origin {
            Origin::At(start) => start + part.start..start + part.end,
            Origin::Within { start, end } => start..end,
        }
    }

    /// Where a part of the text stands in the file letter by letter; nothing where it stands there in another form.
    pub(super) fn exact(&self, part: &Range<usize>) -> Option<Range<usize>> {
        match self.origin {
            Origin::At(start) => Some(start + part.start..start + part.end),
            Origin::Within { .. } => None,
        }
    }

    /// A part of the text.
    pub(super) fn slice(&self, part: &Range<usize>) -> &'a str {
        self.source.get(part.clone()).unwrap_or_default()
    }
}
