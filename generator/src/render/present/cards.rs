//! Pages as they stand in lists, and how events stand.

use forms::{
    ActivityStatus, Language, Slug, Strings, date_in_words, moment_in_words, span_in_words,
};

use super::dates::{day_iso, instant_iso, iso};
use super::{link, pictures};
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
            let page = entry.in_language(language)?;
            let texts = &page.version.texts;
            let date = match entry.kind {
                EntryKind::News { date } => Some(date),
                _ => None,
            };
            Some(CardView {
                title: texts.title.clone(),
                url: page.permalink.as_str().to_owned(),
                description: texts.description.clone(),
                date_iso: date.map(|date| day_iso(site, date)).unwrap_or_default(),
                date: date
                    .map(|date| date_in_words(site.strings_for(date.year(), language), date))
                    .unwrap_or_default(),
                lang: page.foreign.cloned(),
                picture: pictures::card(site, entry),
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
        let page = entry.in_language(language)?;
        let texts = &page.version.texts;
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
            title: texts.title.clone(),
            url: page.permalink.as_str().to_owned(),
            description: texts.description.clone(),
            starts_iso: iso(site, event.when.starts),
            ends_at: if site.is_supposed(day.year()) {
                String::new()
            } else {
                instant_iso(site, event.ends)
            },
            when: span_in_words(site.strings_for(day.year(), language), &event.when),
            day: day.day().to_string(),
            month: nth("dates.months_short", day.month() - 1),
            weekday: if site.is_supposed(day.year()) {
                String::new()
            } else {
                nth("dates.weekdays", day.weekday().to_monday_zero_offset())
            },
            place: texts.place.clone(),
            state: state_view(site, event.state, strings),
            lang: page.foreign.cloned(),
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
