//! Pages as they stand in lists, and how events stand.

use forms::{
    ActivityStatus, Language, Moment, Slug, Strings, date_in_words, moment_in_words, span_in_words,
};
use jiff::Timestamp;
use jiff::civil::Date;

use super::link;
use crate::render::view::{CardView, EventCardView, LinkView, StateView};
use crate::site::{EntryKind, EventState, Site};

pub(super) fn tag_links(site: &Site, tags: &[Slug], language: &Language) -> Vec<LinkView> {
    tags.iter()
        .filter_map(|tag| {
            Some(link(
                site.settings.tags.terms.get(tag)?.text(language),
                &site.tag(tag, language)?,
            ))
        })
        .collect()
}

pub(super) fn cards(site: &Site, list: &[usize], language: &Language) -> Vec<CardView> {
    list.iter()
        .filter_map(|index| {
            let entry = &site.entries[*index];
            let version = entry.versions.get(language)?;
            let date = match entry.kind {
                EntryKind::News { date } => Some(date),
                _ => None,
            };
            Some(CardView {
                title: version.texts.title.clone(),
                url: version.permalink.as_str().to_owned(),
                description: version.texts.description.clone(),
                date_iso: date.map(|date| day_iso(site, date)).unwrap_or_default(),
                date: date
                    .map(|date| date_in_words(site.strings_for(date.year(), language), date))
                    .unwrap_or_default(),
                sample: entry.sample,
            })
        })
        .collect()
}

pub(super) fn event_cards<'a>(
    site: &'a Site,
    list: &'a [usize],
    language: &'a Language,
) -> impl Iterator<Item = EventCardView> + 'a {
    let strings = site.strings(language);
    list.iter().filter_map(move |index| {
        let entry = &site.entries[*index];
        let EntryKind::Event(event) = &entry.kind else {
            return None;
        };
        let version = entry.versions.get(language)?;
        let day = event.when.starts.date();
        let nth = |path: &str, index: i8| {
            strings
                .list(path)
                .get(usize::try_from(index).unwrap_or_default())
                .copied()
                .unwrap_or_default()
                .to_owned()
        };
        Some(EventCardView {
            title: version.texts.title.clone(),
            url: version.permalink.as_str().to_owned(),
            description: version.texts.description.clone(),
            starts_iso: iso(site, event.when.starts),
            when: span_in_words(site.strings_for(day.year(), language), &event.when),
            day: day.day().to_string(),
            month: nth("dates.months_short", day.month() - 1),
            weekday: if site.is_supposed(day.year()) {
                String::new()
            } else {
                nth("dates.weekdays", day.weekday().to_monday_zero_offset())
            },
            place: version.texts.place.clone(),
            state: state_view(site, event.state, strings),
            sample: entry.sample,
        })
    })
}

pub(crate) fn state_view(site: &Site, state: EventState, strings: &Strings) -> StateView {
    let code = match state {
        EventState::Open => "open",
        EventState::NotYetOpen(_) => "not_yet_open",
        EventState::Closed => "closed",
        EventState::Over => "over",
        EventState::Off(ActivityStatus::Postponed) => "postponed",
        EventState::Off(_) => "cancelled",
        EventState::FreeEntry => {
            return StateView {
                code: "none",
                text: String::new(),
            };
        }
    };
    let path = format!("event.state.{code}");
    let text = match state {
        EventState::NotYetOpen(opens_at) => {
            let opens_at = moment_in_words(strings, &opens_at.to_zoned(site.settings.zone.clone()));
            strings.fill(&path, &[("date", &opens_at)])
        }
        _ => strings.text(&path).to_owned(),
    };
    StateView { code, text }
}

/// A moment for `datetime` attributes: a day, or an instant with its offset; without a year when that is only supposed.
pub(crate) fn iso(site: &Site, moment: Moment) -> String {
    let zone = &site.settings.zone;
    match moment {
        Moment::At(at) if !site.is_supposed(at.year()) => instant(site, moment.begins(zone)),
        moment => day_iso(site, moment.date()),
    }
}

/// An instant for machines, as the clocks of the site's zone show it.
pub(crate) fn instant(site: &Site, at: Timestamp) -> String {
    at.to_zoned(site.settings.zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// A day for `datetime` attributes (HTML, 2.3.5: a date, or a yearless date).
pub(super) fn day_iso(site: &Site, day: Date) -> String {
    if site.is_supposed(day.year()) {
        day.strftime("%m-%d").to_string()
    } else {
        day.to_string()
    }
}
