//! From a file to a [`Document`].

use std::collections::BTreeMap;

use forms::{ActivityStatus, Language, Moment, Slug};

use super::event::event_facts;
use super::{
    Action, Document, DocumentId, EventFacts, Facts, Kind, Picture, Section, Texts, UNREADABLE_DAY,
};
use crate::diagnostic::{self, Diagnostic, Place, Placed, Text};
use crate::parse::fields::{self, Fields, Spanned};
use crate::parse::front_matter;
use crate::parse::markdown::{self, Body, Typography};
use crate::parse::settings::Settings;
use crate::source::SourceFile;

/// Reads one content file. What could be read is returned even when there were problems, so that the later stages find
/// theirs in the same run; nothing is written in that case.
pub(crate) fn read(
    file: &SourceFile,
    settings: &Settings,
    typography: &BTreeMap<&Language, Typography>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let (id, language) = identity(file, settings, diagnostics)?;
    let original = settings
        .languages
        .first()
        .is_some_and(|(default, _)| *default == language);
    if let Some(diagnostic) = not_utf8(file) {
        diagnostics.push(diagnostic);
        return Some(unreadable_document(id, language, file, original));
    }
    let Some(parts) = front_matter::split(file, diagnostics) else {
        return Some(unreadable_document(id, language, file, original));
    };
    let node = crate::parse::yaml::read(file, parts.fields.clone(), diagnostics);
    let unreadable = diagnostic::has_errors(diagnostics);
    let mut fields = Fields::of(file, &node, diagnostics);
    let texts = texts(&id, &mut fields, diagnostics);
    let facts = original.then(|| facts(&id, &mut fields, settings.record_year, diagnostics));
    let fields_place = fields.place();
    if !original {
        said_once(&id, &mut fields, &settings.languages, diagnostics);
    }
    fields.finish(diagnostics);
    if unreadable {
        // A field may be missing only because its line could not be read.
        diagnostics.retain(|diagnostic| diagnostic.code != fields::MISSING);
    }
    let body = typography
        .get(&language)
        .map_or_else(Body::default, |typography| {
            markdown::read(file, parts.body, typography, diagnostics)
        });
    Some(Document {
        id,
        language,
        path: file.path.clone(),
        fields_place,
        texts,
        facts,
        body,
    })
}

fn identity(
    file: &SourceFile,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(DocumentId, Language)> {
    let folder = file.path.rsplit('/').nth(1).unwrap_or_default();
    let section = Section::of_folder(folder)?;
    let (stem, tag) = match file.stem().rsplit_once('.') {
        Some((stem, tag)) => (stem, Some(tag)),
        None => (file.stem(), None),
    };
    let Ok(stem) = Slug::parse(stem) else {
        diagnostics.push(bad_file_name(file));
        return None;
    };
    let default = &settings.languages.first()?.0;
    let language = match tag {
        None => default.clone(),
        Some(tag) => match settings
            .languages
            .iter()
            .find(|(language, _)| language.as_str() == tag)
        {
            Some((language, _)) => language.clone(),
            None => {
                diagnostics.push(unknown_language(file, tag, settings));
                return None;
            }
        },
    };
    Some((DocumentId { section, stem }, language))
}

fn texts(id: &DocumentId, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Texts {
    let plain = |text: Option<Spanned<String>>| text.map(|text| text.value).unwrap_or_default();
    let mut texts = Texts {
        title: plain(fields.required_text("title", diagnostics)),
        description: plain(fields.required_text("description", diagnostics)),
        slug: fields
            .slug("slug", diagnostics)
            .map(|slug| fields.placed(slug)),
        aliases: placed_texts(fields, "aliases", diagnostics),
        ..Texts::default()
    };
    texts.image_alt = image_alt(fields, diagnostics);
    match id.section {
        Section::Pages if id.is_home() => {
            texts.lead = plain(fields.required_text("lead", diagnostics));
            texts.highlights = fields
                .texts("facts", diagnostics)
                .into_iter()
                .map(|fact| fact.value)
                .collect();
            texts.action = action(fields, diagnostics);
        }
        Section::Pages | Section::News => {}
        Section::Services => {
            texts.strand = plain(fields.required_text("strand", diagnostics));
            texts.audience = plain(fields.required_text("audience", diagnostics));
            texts.steps = fields
                .texts("steps", diagnostics)
                .into_iter()
                .map(|step| step.value)
                .collect();
        }
        Section::Events => texts.place = plain(fields.required_text("place", diagnostics)),
    }
    texts
}

fn action(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Action> {
    let mut inside = fields.inside("action", diagnostics)?;
    let page = inside.required_text("page", diagnostics);
    let label = inside.required_text("label", diagnostics);
    let page = page.map(|page| inside.placed(page));
    inside.finish(diagnostics);
    Some(Action {
        page: page?,
        label: label?.value,
    })
}

/// Stands for a file that cannot be read, so that links to it are not reported as well. It is never published.
fn unreadable_document(
    id: DocumentId,
    language: Language,
    file: &SourceFile,
    original: bool,
) -> Document {
    let kind = match id.section {
        Section::Pages => Kind::Page { form: None },
        Section::Services => Kind::Service { order: 0 },
        Section::News => Kind::News {
            date: UNREADABLE_DAY,
        },
        Section::Events => Kind::Event(EventFacts {
            starts_at: Moment::Day(UNREADABLE_DAY),
            ends_at: None,
            status: ActivityStatus::default(),
            repeats: None,
            registration: None,
        }),
    };
    Document {
        id,
        language,
        path: file.path.clone(),
        fields_place: Place::file(&file.path),
        texts: Texts::default(),
        facts: original.then_some(Facts {
            sample: false,
            draft: false,
            tags: Vec::new(),
            publish_at: None,
            expires_at: None,
            image: None,
            kind,
        }),
        body: Body::default(),
    }
}

fn facts(
    id: &DocumentId,
    fields: &mut Fields<'_>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Facts {
    let sample = fields.yes("sample", false, diagnostics);
    let draft = fields.yes("draft", false, diagnostics);
    let tags = placed_texts(fields, "tags", diagnostics);
    let publish_at = placed_moment(fields, "publish_at", record_year, diagnostics);
    let expires_at = placed_moment(fields, "expires_at", record_year, diagnostics);
    let image = image(fields, diagnostics);
    let kind = match id.section {
        Section::Pages => Kind::Page {
            form: fields
                .text("form", diagnostics)
                .map(|form| fields.placed(form)),
        },
        Section::Services => Kind::Service {
            order: fields.number("order", 0, diagnostics).unwrap_or(u32::MAX),
        },
        Section::News => {
            fields.require("date", diagnostics);
            let date = fields.date("date", record_year, diagnostics);
            Kind::News {
                date: date.map_or(UNREADABLE_DAY, |date| date.value),
            }
        }
        Section::Events => Kind::Event(event_facts(fields, record_year, diagnostics)),
    };
    Facts {
        sample,
        draft,
        tags,
        publish_at,
        expires_at,
        image,
        kind,
    }
}

fn placed_texts(
    fields: &mut Fields<'_>,
    name: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Placed<String>> {
    let texts = fields.texts(name, diagnostics);
    texts.into_iter().map(|text| fields.placed(text)).collect()
}

fn placed_moment(
    fields: &mut Fields<'_>,
    name: &'static str,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Placed<Moment>> {
    let moment = fields.moment(name, record_year, diagnostics)?;
    Some(fields.placed(moment))
}

fn image(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Picture> {
    let mut inside = fields.inside("image", diagnostics)?;
    let src = inside.required_text("src", diagnostics);
    let decorative = inside.yes("decorative", false, diagnostics);
    Some(Picture {
        src: inside.placed(src?),
        decorative,
    })
}

fn image_alt(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let alt = fields
        .inside("image", diagnostics)
        .and_then(|mut inside| inside.text("alt", diagnostics));
    alt.map(|alt| alt.value).unwrap_or_default()
}

/// A translation says only texts: a date that stood in two files would one day differ.
fn said_once(
    id: &DocumentId,
    fields: &mut Fields<'_>,
    languages: &[(Language, String)],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let default = languages.first().map_or("", |(_, name)| name.as_str());
    let names: &[&'static str] = match id.section {
        Section::Pages => &["sample", "draft", "tags", "form"],
        Section::Services => &["sample", "draft", "tags", "order"],
        Section::News => &["sample", "draft", "tags", "date"],
        Section::Events => &[
            "sample",
            "draft",
            "tags",
            "starts_at",
            "ends_at",
            "status",
            "registration",
        ],
    };
    for name in names {
        if fields.node(name).is_some() {
            diagnostics.push(
                Diagnostic::error(
                    "T03",
                    fields.place_of(name),
                    Text::new(
                        format!("„{name}“ се пише само в основния файл"),
                        format!("“{name}” is written in the main file only"),
                    ),
                )
                .hint(Text::new(
                    format!("изтрийте този ред: стойността идва от файла на езика „{default}“"),
                    format!("delete this line: the value comes from the file in the language “{default}”"),
                )),
            );
        }
    }
}

/// What is said of a file that is not UTF-8.
pub(crate) fn not_utf8(file: &SourceFile) -> Option<Diagnostic> {
    let at = file.broken_at?;
    let message = Text::new(
        "файлът не е записан в UTF-8",
        "this file is not saved as UTF-8",
    );
    let hint = Text::new(
        "запишете го отново с кодиране UTF-8",
        "save it again with Encoding: UTF-8",
    );
    Some(Diagnostic::error("F01", Place::span(file, &(at..at + 1)), message).hint(hint))
}

/// A file whose name cannot be an address.
pub(crate) fn bad_file_name(file: &SourceFile) -> Diagnostic {
    let (stem, language) = match file.stem().rsplit_once('.') {
        Some((stem, tag)) if tag.len() <= 3 => (stem, format!(".{tag}")),
        _ => (file.stem(), String::new()),
    };
    let ending = file.path.rsplit('.').next().unwrap_or("md");
    let suggested = crate::parse::transliterate::slug(stem);
    Diagnostic::error(
        "F05",
        Place::file(&file.path),
        Text::new(
            "в имената на файловете се допускат само a–z, 0–9 и дефис",
            "file names may use only a–z, 0–9 and hyphens",
        ),
    )
    .maybe_hint(
        (!suggested.is_empty())
            .then(|| crate::diagnostic::did_you_mean(&format!("{suggested}{language}.{ending}"))),
    )
}

fn unknown_language(file: &SourceFile, tag: &str, settings: &Settings) -> Diagnostic {
    let known: Vec<&str> = settings
        .languages
        .iter()
        .map(|(language, _)| language.as_str())
        .collect();
    let known = known.join(", ");
    Diagnostic::error(
        "F06",
        Place::file(&file.path),
        Text::new(
            format!("непознат език „{tag}“ в името на файла"),
            format!("unknown language “{tag}” in the file name"),
        ),
    )
    .hint(Text::new(
        format!("този сайт има: {known}"),
        format!("this site has: {known}"),
    ))
}
