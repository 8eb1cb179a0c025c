//! From documents to a [`Site`]: translations come together, addresses, lists, states and activities are worked out.

mod activities;
mod event;
mod occurrences;

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Language, Localized, Strings};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::Options;
use crate::diagnostic::{Diagnostic, Place, Placed, Text, in_words};
use crate::parse::Parsed;
use crate::parse::document::{Document, DocumentId, Kind, Section, Texts};
use crate::parse::markdown::in_data;
use crate::parse::settings::Untranslated;
use crate::pictures::Pictures;
use crate::site::clock::Clock;
use crate::site::definitions;
use crate::site::directory::{Directory, is_noted, place_events};
use crate::site::lists::lists;
use crate::site::{Entry, EntryKind, History, Lifetime, Permalink, Site, Version, Visibility};
use crate::site::{named_files, tags, translations};
use activities::{add_activity, service_activity};
use event::event;

/// Puts the site together, for the moment `now`. Pages that are not published are kept aside unless they are asked for.
pub(crate) fn assemble(
    parsed: Parsed,
    pictures: &Pictures,
    now: Timestamp,
    drafts: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let Parsed {
        settings,
        strings,
        mut documents,
        forms,
        media,
        figures,
    } = parsed;
    translations::complete(&documents, diagnostics);
    named_files::exist(&documents, &media, diagnostics);
    let directory = Directory::take(&mut documents, &settings, drafts, diagnostics);
    place_events(&mut documents, &directory);
    let yearless = |strings: &Strings| {
        let strings = strings.with_text_of("dates.day_month", ["dates", "date"]);
        strings.with_text_of("dates.day_month", ["dates", "weekday_date"])
    };
    let mut site = Site {
        settings: Arc::new(settings),
        yearless_strings: Arc::new(strings.iter().map(yearless).collect()),
        strings: Arc::new(strings),
        entries: Vec::new(),
        unpublished: Arc::default(),
        forms: Arc::new(definitions::resolve(forms, &documents)),
        figures: Arc::new(figures),
        activities: Arc::default(),
        media: Arc::new(media),
        pictures: pictures.clone(),
        directory: Arc::new(directory),
        lists: Arc::default(),
        next_change: None,
    };
    let mut clock = Clock::at(now);
    let mut unpublished = BTreeMap::new();
    for (id, documents) in by_identity(documents) {
        let Some(entry) = entry(id, documents, drafts, &mut site, &mut clock, diagnostics) else {
            continue;
        };
        if drafts || entry.visibility.is_published() {
            site.entries.push(Arc::new(entry));
        } else {
            unpublished.insert(entry.id.clone(), entry);
        }
    }
    site.unpublished = Arc::new(unpublished);
    site.lists = Arc::new(lists(&site.entries, &site.settings, &site.strings));
    site.next_change = clock.next_change();
    site
}

/// The site with another version of one page, read from the files of all its languages, and where that page stands. `None` when
/// that would not be all: when it is about something without a page of its own, or when addresses would change.
pub(crate) fn with_page(
    site: &Site,
    mut documents: Vec<Document>,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Site, usize)> {
    let id = documents.first()?.id.clone();
    let index = site.entries.binary_search_by(|entry| entry.id.cmp(&id));
    let index = index.ok().filter(|_| !is_noted(id.section))?;
    translations::complete(&documents, diagnostics);
    named_files::exist(&documents, &site.media, diagnostics);
    place_events(&mut documents, &site.directory);
    let mut site = site.clone();
    let before = Arc::clone(&site.entries[index]);
    if let Some(activity) = before.activity() {
        Arc::make_mut(&mut site.activities).remove(activity);
    }
    let clock = &mut Clock::at(options.now);
    let page = entry(id, documents, options.drafts, &mut site, clock, diagnostics)?;
    if !has_addresses_of(&page, &before) {
        return None;
    }
    site.entries[index] = Arc::new(page);
    Some((site, index))
}

/// Whether a page is found where another version of it was.
fn has_addresses_of(page: &Entry, before: &Entry) -> bool {
    let addresses = |entry: &Entry| {
        let versions = entry.versions.iter();
        let versions =
            versions.map(|(language, version)| (language.clone(), version.permalink.clone()));
        versions.collect::<Vec<_>>()
    };
    addresses(page) == addresses(before) && page.fallbacks == before.fallbacks
}

pub(super) fn by_identity(documents: Vec<Document>) -> BTreeMap<DocumentId, Vec<Document>> {
    let mut pages: BTreeMap<DocumentId, Vec<Document>> = BTreeMap::new();
    for document in documents {
        pages.entry(document.id.clone()).or_default().push(document);
    }
    pages
}

fn entry(
    id: DocumentId,
    mut documents: Vec<Document>,
    drafts: bool,
    site: &mut Site,
    clock: &mut Clock,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let default = site.languages().next()?.clone();
    let Some(original) = documents
        .iter_mut()
        .find(|document| document.language == default)
    else {
        diagnostics.extend(
            documents
                .iter()
                .map(|document| without_original(document, &default)),
        );
        return None;
    };
    let facts = *original.facts.take()?;
    let lifetime = Lifetime::of(&facts, &site.settings.zone);
    let visibility = lifetime.visibility(clock);
    if let (Visibility::Scheduled(at), Some(field)) = (visibility, &facts.publish_at) {
        diagnostics.push(scheduled(at, &field.place, &site.settings.zone));
    }
    // A translation may be a draft by itself.
    let waiting = documents
        .iter()
        .filter(|document| document.draft && document.language != default)
        .map(|document| document.language.clone())
        .collect();
    documents.retain(|document| drafts || !document.draft || document.language == default);
    let shown = drafts || visibility.is_published();
    // What nobody sees does not change before it is published.
    let mut aside = clock.aside();
    let clock = if shown { clock } else { &mut aside };
    let tags = tags::resolve(&facts.tags, &site.settings.tags, diagnostics);
    let versions: BTreeMap<Language, Version> = documents
        .into_iter()
        .map(|document| {
            let permalink = permalink(&id, &document.language, &document.texts, site);
            let version = Version {
                permalink,
                texts: document.texts,
                body: document.body,
                standing: document.standing,
                place: document.fields_place,
            };
            (document.language, version)
        })
        .collect();
    let mut entry = Entry {
        fallbacks: fallbacks(&id, &versions, &default, site),
        original: default,
        id,
        lifetime,
        visibility,
        waiting,
        history: History::of(&facts, &site.settings, clock),
        sample: facts.sample,
        noindex: facts.noindex,
        tags,
        references: facts.references,
        image: facts.image,
        kind: EntryKind::Page { activity: None },
        versions,
    };
    let add = |activity, site: &mut Site, diagnostics: &mut Vec<Diagnostic>| {
        let activity: Option<Placed<_>> = activity;
        add_activity(activity.filter(|_| shown)?, site, diagnostics)
    };
    entry.kind = match facts.kind {
        Kind::Page { form } => {
            let activity = form.and_then(|form| service_activity(&form, &entry, site, diagnostics));
            EntryKind::Page {
                activity: add(activity, site, diagnostics),
            }
        }
        Kind::Service { order } => EntryKind::Service { order },
        Kind::News { date } => EntryKind::News { date },
        Kind::Venue { order, .. } => EntryKind::Venue { order },
        // These have no page, and stand in the directory.
        Kind::Person(_) | Kind::Document { .. } => return None,
        Kind::Event(facts) => {
            let (mut event, activity) = event(
                &entry,
                *facts,
                lifetime.expires_at,
                site,
                clock,
                diagnostics,
            );
            event.activity = add(activity, site, diagnostics);
            EntryKind::Event(event)
        }
    };
    Some(entry)
}

fn scheduled(at: Timestamp, place: &Place, zone: &TimeZone) -> Diagnostic {
    let when = in_words(&at.to_zoned(zone.clone()));
    Diagnostic::note(
        "P05",
        place.clone(),
        Text::new(
            format!("страницата ще се появи тогава: {}", when.bg),
            format!("the page will appear on {}", when.en),
        ),
    )
    .hint(Text::new(
        "за да се публикува сега, изтрийте този ред",
        "to publish it now, delete this line",
    ))
}

pub(super) fn without_original(document: &Document, default: &Language) -> Diagnostic {
    let folder = document.id.section.folder();
    let wanted = format!("content/{folder}/{}.md", document.id.stem);
    Diagnostic::error(
        "T04",
        Place::file(&document.path),
        Text::new(
            format!("това е превод на страница, която я няма на основния език „{default}“"),
            format!("this translates a page that does not exist in the main language “{default}”"),
        ),
    )
    .hint(Text::new(
        format!("липсва файлът {wanted}"),
        format!("the file {wanted} is missing"),
    ))
}

/// Where a page with these texts is for readers of a language.
fn permalink(id: &DocumentId, language: &Language, texts: &Texts, site: &Site) -> Permalink {
    let slug = texts
        .slug
        .as_ref()
        .map_or(&id.stem, |slug| &slug.value)
        .as_str();
    match id.section {
        Section::Pages if id.is_home() => site.home(language),
        Section::Pages => Permalink::of(&[site.prefix(language), slug]),
        section => {
            let path = site
                .settings
                .sections
                .get(&section)
                .map_or("", |settings| settings.path.text(language));
            Permalink::of(&[site.prefix(language), path, slug])
        }
    }
}

/// Where readers find the original for want of a translation.
fn fallbacks(
    id: &DocumentId,
    versions: &BTreeMap<Language, Version>,
    original: &Language,
    site: &Site,
) -> BTreeMap<Language, Permalink> {
    let Some(original) = versions.get(original) else {
        return BTreeMap::new();
    };
    if site.settings.untranslated(id.section) == Untranslated::Hide {
        return BTreeMap::new();
    }
    site.languages()
        .filter(|language| !versions.contains_key(language))
        .map(|language| {
            let permalink = permalink(id, language, &original.texts, site);
            (language.clone(), permalink)
        })
        .collect()
}

/// A text of a page in each language that has it, for those who show it elsewhere.
fn localized(entry: &Entry, text: impl Fn(&Version) -> &str) -> Localized {
    let versions = entry.versions.iter();
    versions
        .map(|(language, version)| (language.clone(), in_data(text(version))))
        .collect()
}
