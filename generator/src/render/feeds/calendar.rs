//! Calendars (RFC 5545): a file for each event, and those that one subscribes to.

use forms::{
    ActivityStatus, Calendar, CalendarEntry, EntryStatus, Language, Method, Organiser, Slug,
    calendar,
};

use super::{Feed, has_supposed_date, marked, title, whole};
use crate::site::{Entry, EntryKind, Event, EventState, Site, Version};

/// How many past events stay in a calendar: what has just been seen there must not vanish.
const PAST: usize = 50;

/// The file of one event, to be added to a calendar.
pub(in crate::render) fn one(
    site: &Site,
    entry: &Entry,
    event: &Event,
    version: &Version,
    language: &Language,
) -> String {
    let entry = calendar_entry(site, entry, event, version, language);
    let method = if entry.status == EntryStatus::Cancelled {
        Method::Cancel
    } else {
        Method::Publish
    };
    file(site, method, None, &[entry], language)
}

/// All events to come and the latest of the past, or of them those with a tag. What is cancelled stays, and says so.
pub(super) fn all(site: &Site, tag: Option<&Slug>, language: &Language) -> String {
    let entries = |list: &[usize], most: usize| -> Vec<CalendarEntry> {
        let entries = list.iter().filter_map(|index| {
            let entry = &site.entries[*index];
            let EntryKind::Event(event) = &entry.kind else {
                return None;
            };
            let wanted = tag.is_none_or(|tag| entry.tags.contains(tag));
            let known = !has_supposed_date(site, entry);
            let version = entry.versions.get(language).filter(|_| wanted && known)?;
            Some(calendar_entry(site, entry, event, version, language))
        });
        entries.take(most).collect()
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

fn calendar_entry(
    site: &Site,
    entry: &Entry,
    event: &Event,
    version: &Version,
    language: &Language,
) -> CalendarEntry {
    let host = site
        .settings
        .base_url
        .split("://")
        .nth(1)
        .unwrap_or("localhost");
    CalendarEntry {
        uid: format!("{}.{language}@{host}", entry.id.stem),
        sequence: 0,
        // The same content must give the same bytes, so the stamp cannot be the moment of the build.
        stamp: event.begins,
        when: event.when,
        summary: marked(site, entry.sample, &version.texts.title, language),
        location: version.texts.place.clone(),
        description: version.texts.description.clone(),
        url: whole(site, version.permalink.as_str()),
        status: match event.state {
            EventState::Off(ActivityStatus::Cancelled) => EntryStatus::Cancelled,
            EventState::Off(_) => EntryStatus::Tentative,
            _ => EntryStatus::Confirmed,
        },
    }
}
