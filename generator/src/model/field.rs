//! One field: what it is called, what can stand in it, what it is for.

use super::{Section, Words};

/// A field of a kind, or of a field that has fields itself.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// What can stand in it.
    pub value: ValueKind,
    /// Whether it must be there, in the file that says it.
    pub required: bool,
    /// Whether every language says it, or only the main one.
    pub said: Said,
    /// More characters than this are too many for a list or a search result: a warning.
    pub max: Option<u16>,
    /// What it is called in front of editors.
    pub label: Words,
    /// What it is for and how it is written.
    pub help: Words,
    /// A value as it stands in a file.
    pub example: &'static str,
}

/// Where a field is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// In the file of each language: what visitors read.
    PerLanguage,
    /// Only in the file of the main language: what is the same everywhere.
    Once,
    /// Only in the files of the other languages.
    InTranslations,
}

/// What can stand in a field.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ValueKind {
    /// A line of text.
    Text,
    /// Some sentences.
    LongText,
    /// `true` or `false`.
    YesNo,
    /// A whole number of at least so many.
    Whole {
        /// The smallest.
        min: u32,
    },
    /// A day.
    Day,
    /// A day, or a day and a time.
    Moment,
    /// A day and a time.
    DateTime,
    /// One of a closed set of words.
    OneOf(&'static [Choice]),
    /// A list of texts.
    Texts,
    /// A list of days.
    Days,
    /// A list of topics from `site.yaml`.
    Tags,
    /// The file name, without its ending, of something in another folder of content.
    Reference(Section),
    /// The file name, without its ending, of a form.
    Form,
    /// A page, such as `pages/kontakti`.
    Page,
    /// A segment of an address.
    Address,
    /// A list of paths on this site, each beginning with `/`.
    Paths,
    /// An address on another site.
    Link,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
    /// A file in `content/media`.
    Media,
    /// Fields of its own.
    Map(&'static [Field]),
}

/// One of the words that a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The word.
    pub value: &'static str,
    /// What it means.
    pub label: Words,
}

impl Field {
    /// A field that may be left out and is said in every language.
    pub(super) const fn new(
        name: &'static str,
        value: ValueKind,
        label: Words,
        help: Words,
        example: &'static str,
    ) -> Field {
        Field {
            name,
            value,
            required: false,
            said: Said::PerLanguage,
            max: None,
            label,
            help,
            example,
        }
    }

    /// The same, as one that must be there.
    pub(super) const fn required(self) -> Field {
        Field {
            required: true,
            ..self
        }
    }

    /// The same, said only in the main language.
    pub(super) const fn once(self) -> Field {
        Field {
            said: Said::Once,
            ..self
        }
    }

    /// The same, said only in the other languages.
    pub(super) const fn in_translations(self) -> Field {
        Field {
            said: Said::InTranslations,
            ..self
        }
    }

    /// The same, with so many characters at most.
    pub(super) const fn at_most(self, max: u16) -> Field {
        Field {
            max: Some(max),
            ..self
        }
    }

    /// The same, called and explained otherwise.
    pub(super) const fn called(self, label: Words, help: Words, example: &'static str) -> Field {
        Field {
            label,
            help,
            example,
            ..self
        }
    }

    /// The fields that stand inside it.
    pub fn inside(&self) -> &'static [Field] {
        match self.value {
            ValueKind::Map(fields) => fields,
            _ => &[],
        }
    }
}
