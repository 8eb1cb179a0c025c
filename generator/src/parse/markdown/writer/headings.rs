//! Headings and their ids.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use forms::Slug;
use pulldown_cmark::{CowStr, HeadingLevel};

use super::{Events, Writer, plain_text};
use crate::diagnostic::{Diagnostic, Edit, Text, did_you_mean};
use crate::parse::markdown::Heading;
use crate::parse::transliterate;

/// Ids that the theme uses on every page, or on one with a form. The ids that the writer makes up have a `_` in them,
/// which no id of a heading has.
const TAKEN: [&str; 7] = [
    "main",
    "sign-up",
    "sign-up-title",
    "website",
    "footer-contact",
    "footer-nav",
    "footer-funding",
];

/// What is known of the headings so far.
#[derive(Default)]
pub(super) struct State {
    /// The ids of headings, each with the last number that was added to it.
    numbers: HashMap<String, usize>,
    /// The level of the last one; 0 before the first.
    level: u8,
}

impl Writer<'_, '_> {
    pub(super) fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        range: &Range<usize>,
        following: &Events<'_>,
    ) {
        if self.inside {
            self.error(
                "B16",
                range,
                Text::new(
                    "тук не може да има подзаглавие",
                    "there can be no heading here",
                ),
                Text::new("напишете го получер: **…**", "write it in bold: **…**"),
            );
        }
        self.check_level(level as u8, range);
        let text = plain_text(following);
        let wanted = id.map_or_else(|| transliterate::slug(&text), ToString::to_string);
        let is_chosen = id.is_some();
        if is_chosen {
            self.check_chosen_id(&wanted, range);
        }
        let is_there = self.headings.numbers.contains_key(&wanted);
        let id = self.free_id(if wanted.is_empty() {
            "section"
        } else {
            &wanted
        });
        if is_there && !is_chosen {
            self.note_made_up_id(&wanted, &id, range);
        }
        let _ = write!(self.html, r#"<{level} id="{id}">"#);
        self.body.headings.push(Heading {
            id,
            text: self.locale.typography.set(text.trim()),
            level: level as u8,
        });
    }

    fn check_level(&mut self, level: u8, range: &Range<usize>) {
        // The title of the page is above all of them.
        let above = self.headings.level.max(1);
        self.headings.level = level;
        let hashes = |level: u8| "#".repeat(usize::from(level));
        if level == 1 {
            let found = Diagnostic::error(
                "B01",
                self.place(range),
                Text::new("подзаглавията започват с ##", "headings begin with ##"),
            )
            .hint(Text::new(
                "най-голямото заглавие е полето title",
                "the largest heading is the field title",
            ));
            let found = found.edits(self.hashes(range, 2));
            self.diagnostics.push(found);
        } else if level > above + 1 {
            let wanted = hashes(above + 1);
            let found = Diagnostic::warning(
                "B12",
                self.place(range),
                Text::new(
                    format!("подзаглавието прескача от ниво {above} на ниво {level}"),
                    format!("this heading jumps from level {above} to level {level}"),
                ),
            )
            .hint(Text::new(
                format!("започнете реда с {wanted}"),
                format!("begin the line with {wanted}"),
            ));
            let found = found.edits(self.hashes(range, above + 1));
            self.diagnostics.push(found);
        }
    }

    /// What gives a heading another level; nothing where it is not written with `#`.
    fn hashes(&self, range: &Range<usize>, level: u8) -> Vec<Edit> {
        let source = self.text.slice(range);
        let length = source.len() - source.trim_start_matches('#').len();
        let signs = self.text.exact(&(range.start..range.start + length));
        let with = "#".repeat(usize::from(level));
        let edit = signs.filter(|signs| !signs.is_empty());
        edit.map(|signs| Edit::new(&signs, with))
            .into_iter()
            .collect()
    }

    fn check_chosen_id(&mut self, id: &str, range: &Range<usize>) {
        if Slug::parse(id).is_err() {
            let slug = transliterate::slug(id);
            let better = if slug.is_empty() { "programa" } else { &slug };
            self.error(
                "B03",
                range,
                Text::new(
                    "името на подзаглавието не може да стои в адрес",
                    "the name of the heading cannot stand in an address",
                ),
                Text::new(
                    format!("използвайте a–z, 0–9 и дефис, напр. {{#{better}}}"),
                    format!("use a–z, 0–9 and hyphens, for example {{#{better}}}"),
                ),
            );
        } else if TAKEN.contains(&id) || self.headings.numbers.contains_key(id) {
            let last = self.headings.numbers.get(id).copied().unwrap_or(1);
            let other = format!("{id}-{}", last + 1);
            self.error(
                "B13",
                range,
                Text::new(
                    format!("името „#{id}“ вече е заето на тази страница"),
                    format!("the name “#{id}” is taken already on this page"),
                ),
                did_you_mean(&format!("{{#{other}}}")),
            );
        }
    }

    /// Says that a heading is one of several with the same words: links to it count on the order in which they stand.
    fn note_made_up_id(&mut self, wanted: &str, id: &str, range: &Range<usize>) {
        let note = Diagnostic::note(
            "B18",
            self.place(range),
            Text::new(
                format!(
                    "името „#{wanted}“ вече е заето на тази страница и подзаглавието получи „#{id}“"
                ),
                format!(
                    "the name “#{wanted}” is taken already on this page, so this heading is “#{id}”"
                ),
            ),
        );
        self.diagnostics.push(note.hint(Text::new(
            format!("дайте му свое име в края на реда, {{#{id}}} или друго, за да не се чупят връзките към него, когато добавите друго такова по-горе"),
            format!("give it a name of its own at the end of the line, {{#{id}}} or another, so that links to it hold when another one is put above it"),
        )));
    }

    /// The id, or the first of `id-2`, `id-3`, … that is free.
    fn free_id(&mut self, wanted: &str) -> String {
        let numbers = &mut self.headings.numbers;
        let mut id = wanted.to_owned();
        while TAKEN.contains(&id.as_str()) || numbers.contains_key(&id) {
            let number = numbers.entry(wanted.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        numbers.insert(id.clone(), 1);
        id
    }
}
