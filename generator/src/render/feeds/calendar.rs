//! Calendars (RFC 5545): a file for each event, and those that one subscribes to.

use forms::{
    ActivityStatus, Calendar, CalendarEntry, EntryStatus, Language, Method, Organiser, Slug, Span,
    calendar,
};
use jiff::Timestamp;

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
    let entries = calendar_entries(site, entry, event, page, language);
    let method = if event.state == EventState::Off(ActivityStatus::Cancelled) {
        Method::Cancel
    } else {
        Method::Publish
    };
    file(site, method, None, &entries, language)
}

/// All events to come and the latest of the past, or of them those with a tag. What is cancelled stays, and says so.
pub(super) fn all(site: &Site, tag: Option<&Slug>, language: &Language) -> String {
    let lists = site.lists.of(language);
    let entries = |over: bool, most: usize| -> Vec<CalendarEntry> {
        let list = match tag {
            Some(tag) => lists
                .tags
                .get(tag)
                .map_or(&[][..], |tagged| &tagged.entries),
            None if over => &lists.past,
            None => &lists.upcoming,
        };
        let events = list.iter().filter_map(|index| {
            let entry = &site.entries[*index];
            let EntryKind::Event(event) = &entry.kind else {
                return None;
            };
            let wanted = event.over == over;
            let known = !has_supposed_date(site, entry);
            let page = entry.in_language(language).filter(|_| wanted && known)?;
            Some(calendar_entries(site, entry, event, &page, language))
        });
        events.take(most).flatten().collect()
    };
    let mut all = entries(false, usize::MAX);
    all.extend(entries(true, PAST));
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

/// The entries of an event: one, or as many as the times that it takes place.
fn calendar_entries(
    site: &Site,
    entry: &Entry,
    event: &Event,
    page: &Rendition<'_>,
    language: &Language,
) -> Vec<CalendarEntry> {
    let version = page.version;
    // The original is one entry, in whatever language the page around it is.
    let language = page.foreign.unwrap_or(language);
    let host = site
        .settings
        .base_url
        .split("://")
        .nth(1)
        .unwrap_or("localhost");
    let changed = site.history(entry).updated;
    let calendar_entry = |uid: &str, when: Span| CalendarEntry {
        uid: format!("{uid}.{language}@{host}"),
        sequence: sequence(entry, event),
        // The same content must give the same bytes, so the stamp cannot be the moment of the build; and what is stamped with a
        // time to come, programs take for newer than every change that follows.
        stamp: changed.unwrap_or(Timestamp::UNIX_EPOCH),
        when,
        summary: marked(site, entry.sample, &version.texts.title, language),
        location: version.texts.place.clone(),
        description: described(site, &version.texts.description, language),
        url: whole(site, version.permalink.as_str()),
        status: match event.state {
            EventState::Off(ActivityStatus::Cancelled) => EntryStatus::Cancelled,
            EventState::Off(_) => EntryStatus::Tentative,
            _ => EntryStatus::Confirmed,
        },
    };
    let stem = entry.id.stem.as_str();
    if event.occurrences.is_empty() {
        return vec![calendar_entry(stem, event.when)];
    }
    let dates = event.occurrences.iter().map(|date| date.when);
    dates
        .map(|when| calendar_entry(&format!("{stem}.{}", when.starts.date()), when))
        .collect()
}

/// What there is to know, and who paid for it: whoever takes part is told (Regulation (EU) 1303/2013, Annex XII, 2.2(3)).
fn described(site: &Site, description: &str, language: &Language) -> String {
    let funding = site.settings.funding.as_ref();
    let statement = funding.map_or("", |funding| funding.statement.text(language));
    let parts = [description, statement].into_iter();
    let said: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    said.join("\n\n")
}

/// The number of this version of an event (RFC 5545, 3.8.7.4), which has to grow with every important change. Content has no
/// history, so it comes from what it does say: the minute of the field `updated`, and within that, that the event is off.
/// It is far from the largest number that readers take, 2³¹ − 1.
fn sequence(entry: &Entry, event: &Event) -> u32 {
    let minutes = entry.history.updated.map_or(0, |at| at.as_second() / 60);
    let off = match event.state {
        EventState::Off(ActivityStatus::Cancelled) => 2,
        EventState::Off(_) => 1,
        _ => 0,
    };
    u32::try_from(minutes).unwrap_or(0) * 4 + off
}
