//! One content file, read: its fields by kind, and its text.

use std::collections::BTreeMap;

use forms::{ActivityStatus, Language, Moment, Slug};
use jiff::civil::{Date, DateTime};

use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::fields::{Fields, Spanned};
use crate::front_matter;
use crate::markdown::{self, Body, Typography};
use crate::settings::Settings;
use crate::source::SourceFile;

/// A folder of content, and with it the kind of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Section {
    /// Pages that stand alone, at the root of the site.
    Pages,
    /// What the centre does.
    Services,
    /// What happened.
    News,
    /// What will happen.
    Events,
}

impl Section {
    /// Every section that has a list.
    pub const LISTED: [Section; 3] = [Section::Services, Section::News, Section::Events];

    /// The name of the folder.
    pub fn folder(self) -> &'static str {
        match self {
            Section::Pages => "pages",
            Section::Services => "services",
            Section::News => "news",
            Section::Events => "events",
        }
    }

    fn of_folder(folder: &str) -> Option<Section> {
        [
            Section::Pages,
            Section::Services,
            Section::News,
            Section::Events,
        ]
        .into_iter()
        .find(|section| section.folder() == folder)
    }
}

/// What a page is called in content: folder and file name without language and ending. Translations share it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DocumentId {
    /// The folder.
    pub section: Section,
    /// The file name without language and ending.
    pub stem: Slug,
}

impl DocumentId {
    /// The identity written as `pages/kontakti`.
    pub fn parse(text: &str) -> Option<DocumentId> {
        let (folder, stem) = text.split_once('/')?;
        Some(DocumentId {
            section: Section::of_folder(folder)?,
            stem: Slug::parse(stem).ok()?,
        })
    }

    /// Whether this is the home page.
    pub fn is_home(&self) -> bool {
        self.section == Section::Pages && self.stem.as_str() == "index"
    }
}

/// One content file.
#[derive(Debug)]
pub struct Document {
    /// Which page it is.
    pub id: DocumentId,
    /// In which language.
    pub language: Language,
    /// The path of the file.
    pub path: String,
    /// Where its fields stand.
    pub fields_place: Place,
    /// What a visitor reads of the fields.
    pub texts: Texts,
    /// What is the same in every language; said once, in the default language.
    pub facts: Option<Facts>,
    /// The text.
    pub body: Body,
}

/// What a visitor reads of the fields of a file.
#[derive(Debug, Default)]
pub struct Texts {
    /// The title.
    pub title: String,
    /// One sentence, for lists and for search results.
    pub description: String,
    /// An address of its own; the file's name otherwise.
    pub slug: Option<Placed<Slug>>,
    /// Home: the promise.
    pub lead: String,
    /// Home: three short facts.
    pub highlights: Vec<String>,
    /// Home: the button.
    pub action: Option<Action>,
    /// Services: the short name of the strand.
    pub strand: String,
    /// Services: for whom.
    pub audience: String,
    /// Services: how it goes.
    pub steps: Vec<String>,
    /// Events: where.
    pub place: String,
}

/// A button that leads to a page.
#[derive(Debug)]
pub struct Action {
    /// The page, such as `pages/registratsia`.
    pub page: Placed<String>,
    /// The words on it.
    pub label: String,
}

/// What is the same in every language.
#[derive(Debug)]
pub struct Facts {
    /// Invented, to try the site with.
    pub sample: bool,
    /// Not published yet.
    pub draft: bool,
    /// What it is about.
    pub tags: Vec<Placed<String>>,
    /// What depends on the kind.
    pub kind: Kind,
}

/// What depends on the kind of a page.
#[derive(Debug)]
pub enum Kind {
    /// A page that stands alone.
    Page {
        /// The form under its text.
        form: Option<Placed<String>>,
    },
    /// What the centre does.
    Service {
        /// The place in the list.
        order: u32,
    },
    /// What happened.
    News {
        /// When.
        date: Date,
    },
    /// What will happen.
    Event(EventFacts),
}

/// When an event is, and how one signs up for it.
#[derive(Debug)]
pub struct EventFacts {
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// Whether it takes place.
    pub status: ActivityStatus,
    /// How one signs up. Absent when nobody needs to.
    pub registration: Option<RegistrationFacts>,
}

/// How one signs up for an event.
#[derive(Debug)]
pub struct RegistrationFacts {
    /// The name of the form.
    pub form: Placed<String>,
    /// How many people may come.
    pub capacity: Option<u32>,
    /// The largest party.
    pub max_party: u32,
    /// Whether people may wait for a place.
    pub waitlist: bool,
    /// When one may begin to sign up.
    pub opens_at: Option<DateTime>,
    /// When it is too late; the beginning of the event otherwise.
    pub closes_at: Option<DateTime>,
}

/// Reads one content file. What could be read is returned even when there were problems, so that the later stages find
/// theirs in the same run; nothing is written in that case.
pub(crate) fn read(
    file: &SourceFile,
    settings: &Settings,
    typography: &BTreeMap<&Language, Typography>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Document> {
    if let Some(at) = file.broken_at {
        diagnostics.push(not_utf8(file, at));
        return None;
    }
    let (id, language) = identity(file, settings, diagnostics)?;
    let original = settings
        .languages
        .first()
        .is_some_and(|(default, _)| *default == language);
    let parts = front_matter::split(file, diagnostics)?;
    let node = crate::yaml::read(file, parts.fields.clone(), diagnostics);
    let mut fields = Fields::of(file, &node, diagnostics);
    let texts = texts(&id, &mut fields, diagnostics);
    let facts = if original {
        facts(&id, &mut fields, settings.record_year, diagnostics)
    } else {
        None
    };
    let fields_place = fields.place();
    if !original {
        said_once(&id, &mut fields, &settings.languages, diagnostics);
    }
    fields.finish(diagnostics);
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
        ..Texts::default()
    };
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

fn facts(
    id: &DocumentId,
    fields: &mut Fields<'_>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Facts> {
    let sample = fields.yes("sample", false, diagnostics);
    let draft = fields.yes("draft", false, diagnostics);
    let tags = fields
        .texts("tags", diagnostics)
        .into_iter()
        .map(|tag| fields.placed(tag))
        .collect();
    let kind = match id.section {
        Section::Pages => Some(Kind::Page {
            form: fields
                .text("form", diagnostics)
                .map(|form| fields.placed(form)),
        }),
        Section::Services => Some(Kind::Service {
            order: fields.number("order", 0, diagnostics).unwrap_or(u32::MAX),
        }),
        Section::News => {
            fields.require("date", diagnostics);
            fields
                .date("date", record_year, diagnostics)
                .map(|date| Kind::News { date: date.value })
        }
        Section::Events => event_facts(fields, record_year, diagnostics).map(Kind::Event),
    };
    Some(Facts {
        sample,
        draft,
        tags,
        kind: kind?,
    })
}

const STATUSES: &[(&str, ActivityStatus)] = &[
    ("scheduled", ActivityStatus::Scheduled),
    ("cancelled", ActivityStatus::Cancelled),
    ("postponed", ActivityStatus::Postponed),
];

fn event_facts(
    fields: &mut Fields<'_>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EventFacts> {
    fields.require("starts_at", diagnostics);
    let starts_at = fields.moment("starts_at", record_year, diagnostics);
    let ends_at = fields.moment("ends_at", record_year, diagnostics);
    if let Some((start, end)) = starts_at
        .as_ref()
        .zip(ends_at.as_ref())
        .filter(|(start, end)| ends_before(start.value, end.value))
    {
        let started = fields.file.slice(&start.span).to_owned();
        fields.report(
            "X01",
            &end.span,
            Text::new("краят е преди началото", "the end is before the beginning"),
            Some(Text::new(
                format!("трябва да е след {started}"),
                format!("it must be after {started}"),
            )),
            diagnostics,
        );
    }
    let status = fields
        .one_of("status", STATUSES, diagnostics)
        .unwrap_or_default();
    let registration = fields
        .inside("registration", diagnostics)
        .and_then(|registration| {
            registration_facts(registration, starts_at.as_ref(), record_year, diagnostics)
        });
    Some(EventFacts {
        starts_at: starts_at?.value,
        ends_at: ends_at.map(|ends_at| ends_at.value),
        status,
        registration,
    })
}

fn ends_before(start: Moment, end: Moment) -> bool {
    match (start, end) {
        (Moment::At(start), Moment::At(end)) => end <= start,
        (start, end) => end.date() < start.date(),
    }
}

fn registration_facts(
    mut fields: Fields<'_>,
    starts_at: Option<&Spanned<Moment>>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RegistrationFacts> {
    let form = fields
        .required_text("form", diagnostics)
        .map(|form| fields.placed(form));
    let capacity = fields.number("capacity", 1, diagnostics);
    let max_party = fields.number("max_party", 1, diagnostics).unwrap_or(1);
    let waitlist = fields.yes("waitlist", false, diagnostics);
    let opens_at = fields.date_time("opens_at", record_year, diagnostics);
    let closes_at = fields.date_time("closes_at", record_year, diagnostics);
    let mut refuse = |name: &str, bg: &str, en: &str| {
        diagnostics.push(Diagnostic::error(
            "X02",
            fields.place_of(name),
            Text::new(bg, en),
        ));
    };
    if let (Some(Moment::At(start)), Some(closes_at)) =
        (starts_at.map(|start| start.value), closes_at)
        && closes_at > start
    {
        refuse(
            "closes_at",
            "записването свършва след началото на събитието",
            "sign-up closes after the event begins",
        );
    }
    if opens_at
        .zip(closes_at)
        .is_some_and(|(opens_at, closes_at)| opens_at >= closes_at)
    {
        refuse(
            "opens_at",
            "записването започва, след като е свършило",
            "sign-up opens after it has closed",
        );
    }
    if capacity.is_some_and(|capacity| capacity < max_party) {
        refuse(
            "max_party",
            "една група не може да е по-голяма от местата",
            "a party cannot be larger than the number of places",
        );
    }
    fields.finish(diagnostics);
    Some(RegistrationFacts {
        form: form?,
        capacity,
        max_party,
        waitlist,
        opens_at,
        closes_at,
    })
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

fn not_utf8(file: &SourceFile, at: usize) -> Diagnostic {
    Diagnostic::error(
        "F01",
        Place::span(file, &(at..at + 1)),
        Text::new(
            "файлът не е записан в UTF-8",
            "this file is not saved as UTF-8",
        ),
    )
    .hint(Text::new(
        "запишете го отново с кодиране UTF-8",
        "save it again with Encoding: UTF-8",
    ))
}

/// A file whose name cannot be an address.
pub(crate) fn bad_file_name(file: &SourceFile) -> Diagnostic {
    let (stem, language) = match file.stem().rsplit_once('.') {
        Some((stem, tag)) if tag.len() <= 3 => (stem, format!(".{tag}")),
        _ => (file.stem(), String::new()),
    };
    let ending = file.path.rsplit('.').next().unwrap_or("md");
    let suggested = crate::transliterate::slug(stem);
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
            .then(|| crate::fields::did_you_mean(&format!("{suggested}{language}.{ending}"))),
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
