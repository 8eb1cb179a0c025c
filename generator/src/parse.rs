//! From text to typed documents: every file by itself, with every problem in it.
//!
//! In: a [`Source`]. Out: [`Parsed`]. What another file says is not known here; that is for the stages after.

pub mod yaml;
mod fields;
mod wall_time;
mod front_matter;
pub mod settings;
pub mod document;
pub mod markdown;
pub(crate) mod transliterate;
mod form;
mod strings;

use std::collections::BTreeMap;

use forms::{FormDefinition, Language, Slug, Strings};
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::Source;
use document::Document;
use markdown::Typography;
use settings::Settings;

/// What was read, ready to be put together.
pub(crate) struct Parsed {
    pub(crate) settings: Settings,
    pub(crate) strings: Vec<Strings>,
    pub(crate) documents: Vec<Document>,
    pub(crate) forms: BTreeMap<Slug, FormDefinition>,
    pub(crate) media: Vec<String>,
}

/// Reads every file. Without readable settings nothing else can be read.
pub(crate) fn parse(
    source: &Source,
    base_url: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    let Some(file) = &source.settings else {
        diagnostics.push(Diagnostic::error(
            "S04",
            Place::file("content/site.yaml"),
            Text::new(
                "липсват настройките на сайта",
                "the settings of the site are missing",
            ),
        ));
        return None;
    };
    let mut settings = settings::read(file, diagnostics)?;
    if let Some(base_url) = base_url {
        base_url
            .trim_end_matches('/')
            .clone_into(&mut settings.base_url);
    }
    let strings = strings::read(source, &settings.languages, diagnostics);
    let languages: Vec<Language> = settings
        .languages
        .iter()
        .map(|(language, _)| language.clone())
        .collect();
    let forms = source
        .forms
        .iter()
        .filter_map(|file| form::read(file, &languages, diagnostics))
        .map(|form| (form.name.clone(), form))
        .collect();
    let typography: BTreeMap<&Language, Typography> = strings
        .iter()
        .map(|strings| (&strings.language, Typography::of(strings)))
        .collect();
    let read: Vec<(Option<Document>, Vec<Diagnostic>)> = source
        .documents
        .par_iter()
        .map(|file| {
            let mut diagnostics = Vec::new();
            let document = document::read(file, &settings, &typography, &mut diagnostics);
            (document, diagnostics)
        })
        .collect();
    let mut documents = Vec::new();
    for (document, found) in read {
        documents.extend(document);
        diagnostics.extend(found);
    }
    let media = source
        .media
        .iter()
        .map(|asset| asset.path.clone())
        .collect();
    drop(typography);
    Some(Parsed {
        settings,
        strings,
        documents,
        forms,
        media,
    })
}
