//! From text to typed documents: every file by itself, with every problem in it.
//!
//! In: a [`Source`]. Out: `Parsed`. What another file says is not known here; that is for the stages after.

pub mod yaml;
mod fields;
pub mod figures;
mod wall_time;
mod conflict;
pub(crate) mod meant;
mod alphabets;
pub(crate) mod quotes;
pub(crate) mod front_matter;
pub mod settings;
pub mod document;
pub mod markdown;
pub mod media;
pub mod memory;
pub(crate) mod transliterate;
pub(crate) use wall_time::{WallClock, moment, understood, why_none};
pub(crate) mod form;
mod strings;

use std::collections::BTreeMap;

use forms::{Language, Slug, Strings};
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::{Source, SourceFile};
use document::Document;
use figures::Figures;
use form::WrittenForm;
use media::Media;
use memory::{Memory, Read, Reader};
use settings::Settings;

/// What was read, ready to be put together.
pub(crate) struct Parsed {
    pub(crate) settings: Settings,
    pub(crate) strings: Vec<Strings>,
    pub(crate) documents: Vec<Document>,
    pub(crate) forms: BTreeMap<Slug, WrittenForm>,
    pub(crate) media: Media,
    pub(crate) figures: Figures,
}

/// Reads every file. Without readable settings nothing else can be read.
pub(crate) fn parse(
    source: &mut Source,
    base_url: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    let read = |files: Vec<SourceFile>, reader: &Reader<'_>| {
        let files = files.into_par_iter();
        files.map(|file| reader.read(&file)).collect()
    };
    parse_by(source, base_url, read, diagnostics)
}

/// The same, of content files only those that changed since `before`. What is known now comes back, too.
pub(crate) fn parse_again(
    source: &mut Source,
    base_url: Option<&str>,
    before: &Memory,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Parsed, Memory)> {
    let mut memory = Memory::for_files_of(source, base_url);
    let read = |files: Vec<SourceFile>, reader: &Reader<'_>| memory.read(before, files, reader);
    let parsed = parse_by(source, base_url, read, diagnostics)?;
    Some((parsed, memory))
}

fn parse_by(
    source: &mut Source,
    base_url: Option<&str>,
    read: impl FnOnce(Vec<SourceFile>, &Reader<'_>) -> Vec<Read>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    diagnostics.extend(source.strangers.iter().map(|path| stranger(path)));
    let texts = source
        .settings
        .iter()
        .chain(&source.forms)
        .chain(&source.figures)
        .chain(&source.strings);
    for file in texts {
        diagnostics.extend(document::not_utf8(file).or_else(|| document::not_text(file)));
        diagnostics.extend(conflict::conflict(file));
    }
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
    settings::theme::check_theme(settings.theme.as_ref(), &source.themes, diagnostics);
    if let Some(base_url) = base_url {
        let url = base_url.trim_end_matches('/');
        if !settings::is_origin(url) {
            diagnostics.push(settings::not_an_origin(Place::file("--base-url")));
        }
        url.clone_into(&mut settings.base_url);
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
        .map(|form| (form.name().clone(), form))
        .collect();
    let figures = source.figures.as_ref();
    let figures = figures.map(|file| figures::read(file, diagnostics));
    let figures = figures.unwrap_or_default();
    let fingerprints = document::fingerprints(&source.documents);
    let files = std::mem::take(&mut source.documents);
    let mut documents = Vec::new();
    for read in read(files, &Reader::new(&settings, &strings)) {
        documents.extend(read.document);
        diagnostics.extend(read.diagnostics);
    }
    document::compare(&mut documents, &fingerprints, diagnostics);
    let media = source
        .media
        .iter()
        .map(|asset| (asset.path.clone(), asset.bytes.len() as u64))
        .collect();
    Some(Parsed {
        settings,
        strings,
        documents,
        forms,
        media,
        figures,
    })
}

/// What programs for documents write.
const OF_OFFICES: [&str; 10] = [
    "doc", "docx", "odt", "rtf", "pages", "pdf", "xls", "xlsx", "ppt", "pptx",
];

fn stranger(path: &str) -> Diagnostic {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    if OF_OFFICES.contains(&ending.as_str()) {
        return Diagnostic::warning(
            "F07",
            Place::file(path),
            Text::new(
                format!("документ (.{ending}) не е страница и не се публикува тук"),
                format!("a document (.{ending}) is not a page, and is not published here"),
            ),
        )
        .hint(Text::new(
            "запишете текста като .md; ако хората трябва да го свалят, преместете го в content/media",
            "save the text as .md; if people are to download it, move it into content/media",
        ));
    }
    Diagnostic::warning(
        "F07",
        Place::file(path),
        Text::new(
            "този файл не е част от сайта: папката или окончанието му не се използва",
            "this file is not part of the site: its folder or its ending is not used",
        ),
    )
    .hint(Text::new(
        "страниците са в pages, services, news, events, people, documents и venues и завършват на .md; снимките са в media",
        "pages are in pages, services, news, events, people, documents and venues and end in .md; pictures are in media",
    ))
}
