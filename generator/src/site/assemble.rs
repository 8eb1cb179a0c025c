//! From documents to a [`Site`]: translations come together, addresses, lists, states and activities are worked out.

use std::collections::BTreeMap;

use forms::{
    Activity, ActivityStatus, Admission, Capacity, Language, Localized, PartySize, Session, Slug,
    Span, Strings, Window,
};
use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Place, Placed, Text, did_you_mean};
use crate::parse::Parsed;
use crate::parse::document::{Document, DocumentId, EventFacts, Facts, Kind, Section};
use crate::pictures::Pictures;
use crate::site::definitions;
use crate::site::{Entry, EntryKind, Event, EventState, Lists, Permalink, Site, Version};

/// Puts the site together, for the moment `now`. Drafts are left out unless they are asked for.
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
        documents,
        forms,
        media,
    } = parsed;
    let yearless = |strings: &Strings| {
        let strings = strings.with_text_of("dates.day_month", ["dates", "date"]);
        strings.with_text_of("dates.day_month", ["dates", "weekday_date"])
    };
    let mut site = Site {
        settings,
        yearless_strings: strings.iter().map(yearless).collect(),
        strings,
        entries: Vec::new(),
        forms: definitions::resolve(forms, &documents),
        activities: BTreeMap::new(),
        media,
        pictures: pictures.clone(),
        lists: Lists::default(),
        now,
    };
    for (id, documents) in by_identity(documents) {
        if let Some(entry) = entry(id, documents, drafts, &mut site, diagnostics) {
            site.entries.push(entry);
        }
    }
    site.lists = lists(&site.entries);
    site
}

fn by_identity(documents: Vec<Document>) -> BTreeMap<DocumentId, Vec<Document>> {
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
    let facts = original.facts.take()?;
    if facts.draft && !drafts {
        return None;
    }
    let tags = tags(&facts, site, diagnostics);
    let versions: BTreeMap<Language, Version> = documents
        .into_iter()
        .map(|document| {
            let permalink = permalink(&id, &document, site);
            let version = Version {
                permalink,
                texts: document.texts,
                body: document.body,
                place: document.fields_place,
            };
            (document.language, version)
        })
        .collect();
    let kind = match facts.kind {
        Kind::Page { form } => EntryKind::Page {
            activity: form.and_then(|form| service_activity(&form, &versions, site, diagnostics)),
        },
        Kind::Service { order } => EntryKind::Service { order },
        Kind::News { date } => EntryKind::News { date },
        Kind::Event(event) => {
            EntryKind::Event(self::event(&id, event, &versions, site, diagnostics))
        }
    };
    Some(Entry {
        id,
        sample: facts.sample,
        tags,
        kind,
        versions,
    })
}

fn without_original(document: &Document, default: &Language) -> Diagnostic {
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

fn tags(facts: &Facts, site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Slug> {
    let terms = &site.settings.tags.terms;
    let known: Vec<&str> = terms.keys().map(Slug::as_str).collect();
    let mut tags = Vec::new();
    for tag in &facts.tags {
        match Slug::parse(&tag.value)
            .ok()
            .filter(|slug| terms.contains_key(slug))
        {
            Some(slug) => tags.push(slug),
            None => diagnostics.push(unknown_topic(tag, &known)),
        }
    }
    tags
}

fn unknown_topic(tag: &Placed<String>, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "V12",
        tag.place.clone(),
        Text::new(
            format!("непозната тема „{}“", tag.value),
            format!("unknown topic “{}”", tag.value),
        ),
    )
    .hint(crate::diagnostic::closest(&tag.value, known).map_or_else(
        || {
            Text::new(
                format!("възможни са: {}", known.join(", ")),
                format!("possible are: {}", known.join(", ")),
            )
        },
        did_you_mean,
    ))
}

fn permalink(id: &DocumentId, document: &Document, site: &Site) -> Permalink {
    let language = &document.language;
    let slug = document
        .texts
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

fn lists(entries: &[Entry]) -> Lists {
    let mut lists = Lists::default();
    for (index, entry) in entries.iter().enumerate() {
        match &entry.kind {
            EntryKind::Service { .. } => lists.services.push(index),
            EntryKind::News { .. } => lists.news.push(index),
            EntryKind::Event(event) if event.over => lists.past.push(index),
            EntryKind::Event(_) => lists.upcoming.push(index),
            EntryKind::Page { .. } => {}
        }
    }
    let order = |index: &usize| match entries[*index].kind {
        EntryKind::Service { order } => order,
        _ => 0,
    };
    let date = |index: &usize| match entries[*index].kind {
        EntryKind::News { date } => Some(date),
        _ => None,
    };
    let begins = |index: &usize| match &entries[*index].kind {
        EntryKind::Event(event) => event.begins,
        _ => Timestamp::MIN,
    };
    // Entries stand in the order of their names, and the sorts are stable: equal dates keep one order for ever.
    lists.services.sort_by_key(order);
    lists
        .news
        .sort_by_key(|index| std::cmp::Reverse(date(index)));
    lists.upcoming.sort_by_key(begins);
    lists
        .past
        .sort_by_key(|index| std::cmp::Reverse(begins(index)));
    lists
}

fn event(
    id: &DocumentId,
    facts: EventFacts,
    versions: &BTreeMap<Language, Version>,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Event {
    let zone = site.settings.zone.clone();
    let when = Span {
        starts: facts.starts_at,
        ends: facts.ends_at,
    };
    let begins = when.starts.begins(&zone);
    let ends = when.is_over(&zone);
    let session = facts.registration.as_ref().map(|registration| Session {
        when,
        place: localized(versions, |version| &version.texts.place),
        window: Window {
            opens_at: registration
                .opens_at
                .map(|at| forms::Moment::At(at).begins(&zone)),
            closes_at: registration
                .closes_at
                .map_or(begins, |at| forms::Moment::At(at).begins(&zone))
                .min(ends),
        },
        capacity: registration
            .capacity
            .and_then(|places| Capacity::try_from(places).ok()),
        waitlist: registration.waitlist,
        approval: registration.approval,
        max_party: PartySize::new(registration.max_party).unwrap_or(PartySize::ONE),
        status: facts.status,
    });
    let over = ends <= site.now;
    let state = state(facts.status, over, session.as_ref(), site.now);
    let activity = facts
        .registration
        .zip(session)
        .and_then(|(registration, session)| {
            let form = known_form(&registration.form, site, diagnostics)?;
            let activity = Activity {
                slug: id.stem.clone(),
                form,
                title: localized(versions, |version| &version.texts.title),
                page: localized(versions, |version| version.permalink.as_str()),
                session: Some(session),
            };
            add_activity(activity, registration.form.place, site, diagnostics)
        });
    Event {
        when,
        begins,
        over,
        state,
        activity,
    }
}

fn state(
    status: ActivityStatus,
    over: bool,
    session: Option<&Session>,
    now: Timestamp,
) -> EventState {
    if status != ActivityStatus::Scheduled {
        return EventState::Off(status);
    }
    if over {
        return EventState::Over;
    }
    match session.map(|session| session.admission(now)) {
        None => EventState::FreeEntry,
        Some(Admission::Open) => EventState::Open,
        Some(Admission::NotYetOpen(opens_at)) => EventState::NotYetOpen(opens_at),
        Some(Admission::Closed) => EventState::Closed,
        Some(Admission::Off(status)) => EventState::Off(status),
    }
}

/// What one signs up for on a page that is no event: the services of the centre, under the form's own name.
fn service_activity(
    form: &Placed<String>,
    versions: &BTreeMap<Language, Version>,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Slug> {
    let place = form.place.clone();
    let form = known_form(form, site, diagnostics)?;
    let activity = Activity {
        slug: form.clone(),
        form,
        title: localized(versions, |version| &version.texts.title),
        page: localized(versions, |version| version.permalink.as_str()),
        session: None,
    };
    add_activity(activity, place, site, diagnostics)
}

fn known_form(
    form: &Placed<String>,
    site: &Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Slug> {
    let known = Slug::parse(&form.value)
        .ok()
        .filter(|slug| site.forms.contains_key(slug));
    if known.is_none() {
        let names: Vec<&str> = site.forms.keys().map(Slug::as_str).collect();
        diagnostics.push(
            Diagnostic::error(
                "G05",
                form.place.clone(),
                Text::new(
                    format!("няма формуляр „{}“", form.value),
                    format!("there is no form “{}”", form.value),
                ),
            )
            .hint(Text::new(
                format!("в content/forms има: {}", names.join(", ")),
                format!("content/forms has: {}", names.join(", ")),
            )),
        );
    }
    known
}

/// Names that stand for something else behind `/forms/`.
const RESERVED: [&str; 2] = ["r", "health"];

fn add_activity(
    activity: Activity,
    place: Place,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Slug> {
    let slug = activity.slug.clone();
    if RESERVED.contains(&slug.as_str()) {
        diagnostics.push(
            Diagnostic::error(
                "G07",
                place,
                Text::new(
                    format!("името „{slug}“ е запазено за адреси на формулярите"),
                    format!("the name “{slug}” is kept for addresses of the forms"),
                ),
            )
            .hint(Text::new("преименувайте файла", "rename the file")),
        );
        return None;
    }
    if site.activities.contains_key(&slug) {
        diagnostics.push(Diagnostic::error(
            "G06",
            place,
            Text::new(
                format!("за „{slug}“ вече има записване на друга страница"),
                format!("another page already takes sign-ups for “{slug}”"),
            ),
        ));
        return None;
    }
    site.activities.insert(slug.clone(), activity);
    Some(slug)
}

fn localized(versions: &BTreeMap<Language, Version>, text: impl Fn(&Version) -> &str) -> Localized {
    versions
        .iter()
        .map(|(language, version)| (language.clone(), text(version).to_owned()))
        .collect()
}
