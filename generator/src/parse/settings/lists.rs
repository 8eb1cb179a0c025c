//! Addresses and texts of the lists and of the search page, and the vocabulary of tags.

use std::collections::BTreeMap;

use forms::{Language, Localized, Slug};

use super::untranslated::{Untranslated, untranslated};
use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::parse::document::Section;
use crate::parse::fields::{self, Fields};

/// How many entries stand on a page of a list, unless the settings say otherwise.
const PER_PAGE: u32 = 20;

/// Address and texts of a list.
#[derive(Debug)]
pub struct SectionSettings {
    /// The first segment of its addresses in each language.
    pub path: Localized,
    /// Its heading.
    pub title: Localized,
    /// What is in it, in a sentence.
    pub description: Localized,
    /// How many entries stand on a page, at least one.
    pub per_page: usize,
    /// What readers find of a page of it that was not translated into their language.
    pub untranslated: Untranslated,
}

/// The vocabulary of tags.
#[derive(Debug)]
pub struct TagSettings {
    /// The first segment of their addresses in each language.
    pub path: Localized,
    /// The heading of their list.
    pub title: Localized,
    /// The tags, and where each is declared.
    pub terms: BTreeMap<Slug, Placed<Localized>>,
    /// How many entries stand on a page, at least one.
    pub per_page: usize,
}

/// Address and heading of the search page.
#[derive(Debug)]
pub struct SearchSettings {
    /// The segment of its address in each language.
    pub path: Localized,
    /// Its heading.
    pub title: Localized,
}

/// The list of all pages by letter.
#[derive(Debug)]
pub struct AToZSettings {
    /// The first segment of its address in each language.
    pub path: Localized,
    /// Its heading.
    pub title: Localized,
}

impl Default for TagSettings {
    fn default() -> TagSettings {
        TagSettings {
            path: Localized::default(),
            title: Localized::default(),
            terms: BTreeMap::new(),
            per_page: PER_PAGE as usize,
        }
    }
}

pub(super) fn sections(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Section, SectionSettings> {
    let Some(mut inside) = fields.inside("sections", diagnostics) else {
        return BTreeMap::new();
    };
    let mut sections = BTreeMap::new();
    for section in Section::LISTED {
        if let Some(mut fields) = inside.inside(section.folder(), diagnostics) {
            let settings = SectionSettings {
                path: path(&mut fields, languages, diagnostics),
                title: fields.required_localized("title", languages, diagnostics),
                description: fields.required_localized("description", languages, diagnostics),
                per_page: per_page(&mut fields, diagnostics),
                untranslated: untranslated(&mut fields, diagnostics),
            };
            fields.finish(diagnostics);
            sections.insert(section, settings);
        }
    }
    inside.finish(diagnostics);
    sections
}

/// The address and the heading of the list of all pages.
pub(super) fn a_z(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<AToZSettings> {
    let mut inside = fields.inside("a_z", diagnostics)?;
    let settings = AToZSettings {
        path: path(&mut inside, languages, diagnostics),
        title: inside.required_localized("title", languages, diagnostics),
    };
    inside.finish(diagnostics);
    Some(settings)
}

fn per_page(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let number = fields.number("per_page", 1, diagnostics);
    usize::try_from(number.unwrap_or(PER_PAGE)).unwrap_or(1)
}

/// The first segment of an address in each language.
fn path(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Localized {
    let path = fields.required_localized("path", languages, diagnostics);
    if path
        .iter()
        .any(|(_, segment)| Slug::parse(segment).is_err())
    {
        diagnostics.push(Diagnostic::error(
            "V08",
            fields.place_of("path"),
            Text::new(
                "в адреса се допускат само a–z, 0–9 и дефис",
                "an address may use only a–z, 0–9 and hyphens",
            ),
        ));
    }
    path
}

pub(super) fn tag_settings(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> TagSettings {
    let Some(mut inside) = fields.inside("tags", diagnostics) else {
        return TagSettings::default();
    };
    let mut terms = BTreeMap::new();
    if let Some(list) = inside.inside("terms", diagnostics) {
        for (key, _) in list.all() {
            match Slug::parse(&key.text) {
                Ok(slug) => {
                    let place = Place::span(list.file, &key.span);
                    let value = Localized::default();
                    terms.insert(slug, Placed { value, place })
                }
                Err(_) => {
                    let message = Text::new(
                        "в адреса се допускат само a–z, 0–9 и дефис",
                        "an address may use only a–z, 0–9 and hyphens",
                    );
                    list.report("V08", &key.span, message, None, diagnostics);
                    None
                }
            };
        }
        for (key, node) in list.all() {
            if let Some(term) = Slug::parse(&key.text)
                .ok()
                .and_then(|slug| terms.get_mut(&slug))
            {
                term.value =
                    fields::localized(list.file, node, languages, diagnostics).unwrap_or_default();
            }
        }
    }
    let tags = TagSettings {
        path: path(&mut inside, languages, diagnostics),
        title: inside.required_localized("title", languages, diagnostics),
        terms,
        per_page: per_page(&mut inside, diagnostics),
    };
    inside.finish(diagnostics);
    tags
}

pub(super) fn search_settings(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<SearchSettings> {
    let mut inside = fields.inside("search", diagnostics)?;
    let search = SearchSettings {
        path: path(&mut inside, languages, diagnostics),
        title: inside.required_localized("title", languages, diagnostics),
    };
    inside.finish(diagnostics);
    Some(search)
}
