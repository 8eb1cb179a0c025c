//! Addresses and texts of the lists and of the search page, and the vocabulary of tags.

use std::collections::BTreeMap;

use forms::{Language, Localized, Slug};

use super::untranslated::untranslated;
use super::{SearchSettings, SectionSettings, TagSettings};
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::document::Section;
use crate::parse::fields::{self, Fields};

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
                untranslated: untranslated(&mut fields, diagnostics),
            };
            fields.finish(diagnostics);
            sections.insert(section, settings);
        }
    }
    inside.finish(diagnostics);
    sections
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
                Ok(slug) => terms.insert(slug, Localized::default()),
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
                *term =
                    fields::localized(list.file, node, languages, diagnostics).unwrap_or_default();
            }
        }
    }
    let tags = TagSettings {
        path: path(&mut inside, languages, diagnostics),
        title: inside.required_localized("title", languages, diagnostics),
        terms,
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
