//! The fields of a file as its kind declares them, read and judged.

use forms::{Moment, Slug};
use jiff::civil::Date;

use super::{loose, rules, values};
use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::model::{Field, Rule, Said, Section, ValueKind};
use crate::parse::fields::{Fields, Spanned};
use crate::parse::wall_time::WallClock;
use crate::parse::yaml::Span;

/// How the files of a language are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// Whether this file says what is the same in every language.
    pub(super) original: bool,
    /// The main language, in its own words.
    pub(super) main_language: &'a str,
    /// By what dates are understood.
    pub(super) clock: WallClock<'a>,
}

/// What stood in the fields that a kind declares, to be taken field by field.
pub(super) struct Record<'a> {
    fields: Fields<'a>,
    values: Vec<(&'static Field, Spanned<Read<'a>>)>,
}

/// What was read.
pub(super) enum Read<'a> {
    Text(String),
    Yes(bool),
    Whole(u32),
    Moment(Moment),
    Choice(&'static str),
    Slug(Slug),
    Texts(Vec<Spanned<String>>),
    Days(Vec<Spanned<Date>>),
    Inside(Record<'a>),
}

/// What a page says of another file of content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The folder of the file.
    pub section: Section,
    /// Its name without language and ending, as it was written.
    pub stem: Placed<String>,
}

/// Reads every field that is declared, and reports everything else that is there.
pub(super) fn read<'a>(
    mut fields: Fields<'a>,
    declared: impl Iterator<Item = &'static Field>,
    reading: Reading<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Record<'a> {
    let mut values = Vec::new();
    let declared: Vec<&'static Field> = declared.collect();
    for field in declared.iter().copied() {
        if !reading.original && field.said == Said::Once {
            if fields.node(field.name).is_some() {
                diagnostics.push(said_elsewhere(&fields, field.name, reading.main_language));
            }
            continue;
        }
        if reading.original && field.said == Said::InTranslations {
            continue;
        }
        if field.required {
            fields.require(field.name, diagnostics);
        }
        if let Some(value) = values::read(&mut fields, field, reading, diagnostics) {
            values.push((field, value));
        }
    }
    loose::report(&mut fields, &declared, diagnostics);
    fields.finish(diagnostics);
    Record { fields, values }
}

/// A date that stood in two files would one day differ.
fn said_elsewhere(fields: &Fields<'_>, name: &str, main_language: &str) -> Diagnostic {
    Diagnostic::error(
        "T03",
        fields.place_of(name),
        Text::new(
            format!("„{name}“ се пише само в основния файл"),
            format!("“{name}” is written in the main file only"),
        ),
    )
    .hint(Text::new(
        format!("изтрийте този ред: стойността идва от файла на езика „{main_language}“"),
        format!(
            "delete this line: the value comes from the file in the language “{main_language}”"
        ),
    ))
}

impl<'a> Record<'a> {
    /// Judges what was read by rules between fields.
    pub(super) fn judge(
        &self,
        rules: impl Iterator<Item = &'static Rule>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        rules::judge(self, rules, diagnostics);
    }

    /// What stands in a field; a field inside a field is written `registration.form`.
    pub(super) fn at(&self, path: &str) -> Option<&Spanned<Read<'a>>> {
        let (name, rest) = match path.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (path, None),
        };
        let (_, found) = self.values.iter().find(|(field, _)| field.name == name)?;
        match (rest, &found.value) {
            (None, _) => Some(found),
            (Some(rest), Read::Inside(record)) => record.at(rest),
            _ => None,
        }
    }

    /// Where the texts stand that every language says in its own words, with the names of their fields.
    pub(super) fn words(&self) -> Vec<(&'static str, Span)> {
        let mut words = Vec::new();
        for (field, found) in &self.values {
            match (&found.value, field.value) {
                (Read::Inside(record), _) => words.extend(record.words()),
                _ if field.said != Said::PerLanguage => {}
                (Read::Texts(texts), ValueKind::Texts) => {
                    words.extend(texts.iter().map(|text| (field.name, text.span.clone())));
                }
                (Read::Text(_), ValueKind::Text | ValueKind::LongText) => {
                    words.push((field.name, found.span.clone()));
                }
                _ => {}
            }
        }
        words
    }

    /// The fields as they were written.
    pub(super) fn fields(&self) -> &Fields<'a> {
        &self.fields
    }

    fn take(&mut self, name: &'static str) -> Option<Spanned<Read<'a>>> {
        let at = self
            .values
            .iter()
            .position(|(field, _)| field.name == name)?;
        Some(self.values.swap_remove(at).1)
    }

    fn place(&self, span: &Span) -> Place {
        Place::span(self.fields.file, span)
    }

    /// A text; empty when there is none.
    pub(super) fn text(&mut self, name: &'static str) -> String {
        self.placed_text(name)
            .map(|text| text.value)
            .unwrap_or_default()
    }

    /// A text and where it stands.
    pub(super) fn placed_text(&mut self, name: &'static str) -> Option<Placed<String>> {
        let found = self.take(name)?;
        match found.value {
            Read::Text(value) => Some(Placed {
                place: self.place(&found.span),
                value,
            }),
            _ => None,
        }
    }

    /// The texts of a list.
    pub(super) fn texts(&mut self, name: &'static str) -> Vec<String> {
        let texts = self.spanned_texts(name);
        texts.into_iter().map(|text| text.value).collect()
    }

    /// The texts of a list and where they stand.
    pub(super) fn placed_texts(&mut self, name: &'static str) -> Vec<Placed<String>> {
        let texts = self.spanned_texts(name);
        texts
            .into_iter()
            .map(|text| self.fields.placed(text))
            .collect()
    }

    fn spanned_texts(&mut self, name: &'static str) -> Vec<Spanned<String>> {
        match self.take(name).map(|found| found.value) {
            Some(Read::Texts(texts)) => texts,
            _ => Vec::new(),
        }
    }

    /// Whether it says yes.
    pub(super) fn yes(&mut self, name: &'static str) -> bool {
        matches!(
            self.take(name).map(|found| found.value),
            Some(Read::Yes(true))
        )
    }

    /// A whole number.
    pub(super) fn whole(&mut self, name: &'static str) -> Option<u32> {
        match self.take(name)?.value {
            Read::Whole(number) => Some(number),
            _ => None,
        }
    }

    /// A word of a closed set.
    pub(super) fn choice(&mut self, name: &'static str) -> Option<&'static str> {
        match self.take(name)?.value {
            Read::Choice(word) => Some(word),
            _ => None,
        }
    }

    /// A day, or a day and a time, and where it stands.
    pub(super) fn moment(&mut self, name: &'static str) -> Option<Placed<Moment>> {
        let found = self.take(name)?;
        match found.value {
            Read::Moment(value) => Some(Placed {
                place: self.place(&found.span),
                value,
            }),
            _ => None,
        }
    }

    /// A day and where it stands.
    pub(super) fn day(&mut self, name: &'static str) -> Option<Placed<Date>> {
        let Placed { value, place } = self.moment(name)?;
        Some(Placed {
            value: value.date(),
            place,
        })
    }

    /// A day and a time.
    pub(super) fn date_time(&mut self, name: &'static str) -> Option<Moment> {
        match self.moment(name)?.value {
            moment @ (Moment::At(_) | Moment::Second(..)) => Some(moment),
            Moment::Day(_) => None,
        }
    }

    /// The days of a list and where they stand.
    pub(super) fn days(&mut self, name: &'static str) -> Vec<Placed<Date>> {
        match self.take(name).map(|found| found.value) {
            Some(Read::Days(days)) => days
                .into_iter()
                .map(|day| self.fields.placed(day))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// A segment of an address and where it stands.
    pub(super) fn slug(&mut self, name: &'static str) -> Option<Placed<Slug>> {
        let found = self.take(name)?;
        match found.value {
            Read::Slug(value) => Some(Placed {
                place: self.place(&found.span),
                value,
            }),
            _ => None,
        }
    }

    /// What stands in the fields of a field, and where that is.
    pub(super) fn inside(&mut self, name: &'static str) -> Option<(Record<'a>, Place)> {
        let found = self.take(name)?;
        match found.value {
            Read::Inside(record) => Some((record, self.place(&found.span))),
            _ => None,
        }
    }

    /// Everything that the page says of other files of content.
    pub(super) fn references(&mut self) -> Vec<Reference> {
        let mut references = Vec::new();
        for at in (0..self.values.len()).rev() {
            if let ValueKind::Reference(section) = self.values[at].0.value
                && let Read::Text(value) = &mut self.values[at].1.value
            {
                let value = std::mem::take(value);
                let (_, found) = self.values.remove(at);
                references.push(Reference {
                    section,
                    stem: Placed {
                        place: self.place(&found.span),
                        value,
                    },
                });
            }
        }
        references
    }

    /// Everything that is declared was taken: what a kind declares and nobody reads is a mistake of ours.
    pub(super) fn finish(self) {
        let left = self.values.iter().map(|(field, _)| field.name).next();
        debug_assert!(left.is_none(), "nobody reads {left:?}");
    }
}
