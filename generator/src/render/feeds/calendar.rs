//! Calendars (RFC 5545): a file for each event, and those that one subscribes to.

use forms::{
    ActivityStatus, Calendar, CalendarEntry, EntryStatus, Language, Method, Organiser, Slug, Span,
    calendar,
};

use super::{Feed, has_supposed_date, marked, title, whole};
use crate::site::{Entry, EntryKind, Event, EventState, Rendition, Site};

/// How many past events stay in a calendar: what has just been seen there must not vanish.
const PAST: usize = 50;

/// The file of one event, to be added to a calendar.
pub(in crate::render) fn one(
    site: &Site,
    entry: &Entry,
    event: &Event,
    page: &Rendition<'_>,
    language: &Language,
) -> String {
    // The original is one entry, in whatever language the page around it is.
    let language = page.foreign.unwrap_or(language);
    let method = if status(event) == EntryStatus::Cancelled {
        Method::Cancel
    } else {
        Method::Publish
    };
    let entries: Vec<_> = calendar_entries(site, entry, event, page, language).collect();
    file(site, method, None, &entries, language)
}

/// All events to come and the latest of the past, or of them those with a tag. What is cancelled stays, and says so.
pub(super) fn all(site: &Site, tag: Option<&Slug>, language: &Language) -> String {
    let entries = |list: &[usize], most: usize| -> Vec<CalendarEntry> {
        let events = list.iter().filter_map(|index| {
            let entry = &site.entries[*index];
            let EntryKind::Event(event) = &entry.kind else {
                return None;
            };
            let wanted = tag.is_none_or(|tag| entry.tags.contains(tag));
            let known = !has_supposed_date(site, entry);
            let page = entry.in_language(language);
            let own = page.filter(|page| page.foreign.is_none() && wanted && known)?;
            Some((entry, event, own))
        });
        let entries = events.take(most).flat_map(|(entry, event, page)| {
            calendar_entries(site, entry, event, &page, language).collect::<Vec<_>>()
        });
        entries.collect()
    };
    let mut all = entries(&site.lists.upcoming, usize::MAX);
    all.extend(entries(&site.lists.past, PAST));
    let name = title(site, &Feed::Calendar(tag.cloned()), language);
    file(site, Method::Publish, Some(&name), &all, language)
}

fn file(
    site: &Site,
    method: Method,
    name: Option<&str>,
    entries: &[CalendarEntry],
    language: &Language,
) -> String {
    calendar(&Calendar {
        method,
        name,
        zone: &site.settings.zone_name,
        organiser: Organiser {
            name: site.settings.name.text(language),
            email: &site.settings.mail_from,
        },
        entries,
    })
}

fn status(event: &Event) -> EntryStatus {
    match event.state {
        EventState::Off(ActivityStatus::Cancelled) => EntryStatus::Cancelled,
        EventState::Off(_) => EntryStatus::Tentative,
        _ => EntryStatus::Confirmed,
    }
}

/// An event, or each time that it takes place.
fn calendar_entries<'a>(
    site: &'a Site,
    entry: &'a Entry,
    event: &'a Event,
    page: &Rendition<'a>,
    language: &'a Language,
) -> impl Iterator<Item = CalendarEntry> + 'a {
    let version = page.version;
    let url = whole(site, page.permalink.as_str());
    let host = site
        .settings
        .base_url
        .split("://")
        .nth(1)
        .unwrap_or("localhost");
    let stem = &entry.id.stem;
    let calendar_entry = move |uid: String, when: Span| CalendarEntry {
        uid: format!("{uid}.{language}@{host}"),
        sequence: 0,
        // The same content must give the same bytes, so the stamp cannot be the moment of the build.
        stamp: when.starts.begins(&site.settings.zone),
        when,
        summary: marked(site, entry.sample, &version.texts.title, language),
        location: version.texts.place.clone(),
        description: version.texts.description.clone(),
        url: url.clone(),
        status: status(event),
    };
    let once = event.occurrences.is_empty().then_some(event.when);
    let often = event.occurrences.iter().map(|date| date.when);
    let once = once.into_iter().map(move |when| (stem.to_string(), when));
    let often = often.map(move |when| (format!("{stem}.{}", when.starts.date()), when));
    once.chain(often)
        .map(move |(uid, when)| calendar_entry(uid, when))
}
