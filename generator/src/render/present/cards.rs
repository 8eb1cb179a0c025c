//! Pages as they stand in lists, and how events stand.

use std::sync::OnceLock;

use forms::{
    ActivityStatus, Language, Slug, Strings, date_in_words, moment_in_words, span_in_words,
};
use tera::Value;

use super::dates::{day_iso, instant_iso, iso};
use super::{link, pictures};
use crate::render::view::{CardView, EventCardView, LinkView, StateView};
use crate::site::{EntryKind, EventState, Site};

/// The cards of all pages in one language, each made when the first list shows it and then shared by all.
#[derive(Debug)]
pub(crate) struct Cards {
    language: Language,
    plain: Vec<OnceLock<Value>>,
    events: Vec<OnceLock<Value>>,
}

impl Cards {
    /// Room for the cards of a site.
    pub(crate) fn new(site: &Site, language: &Language) -> Cards {
        let room = || site.entries.iter().map(|_| OnceLock::new()).collect();
        Cards {
            language: language.clone(),
            plain: room(),
            events: room(),
        }
    }

    /// The cards of these entries.
    pub(super) fn plain<'a>(
        &self,
        site: &Site,
        list: impl IntoIterator<Item = &'a usize>,
    ) -> Vec<Value> {
        let card = |index: &usize| {
            let value = || Value::from_serializable(&card(site, *index, &self.language));
            self.plain[*index].get_or_init(value).clone()
        };
        list.into_iter().map(card).collect()
    }

    /// The cards of these events, with the day as a sheet of a calendar.
    pub(super) fn events<'a>(
        &self,
        site: &Site,
        list: impl IntoIterator<Item = &'a usize>,
    ) -> Vec<Value> {
        let card = |index: &usize| {
            let value = || Value::from_serializable(&event_card(site, *index, &self.language));
            self.events[*index].get_or_init(value).clone()
        };
        list.into_iter().map(card).collect()
    }
}

pub(super) fn tag_links(site: &Site, tags: &[Slug], language: &Language) -> Vec<LinkView> {
    tags.iter()
        .filter_map(|tag| {
            let term = site.settings.tags.terms.get(tag)?;
            Some(link(term.value.text(language), &site.tag(tag, language)?))
        })
        .collect()
}

fn card(site: &Site, index: usize, language: &Language) -> Option<CardView> {
    let entry = &site.entries[index];
    let page = entry.in_language(language)?;
    let texts = &page.version.texts;
    let (date_iso, date) = day_of(site, index, language);
    Some(CardView {
        title: texts.title.clone(),
        url: page.permalink.as_str().to_owned(),
        description: texts.description.clone(),
        date_iso,
        date,
        lang: page.foreign.cloned(),
        picture: pictures::card(site, entry),
        sample: entry.sample,
    })
}

/// The day of news or of an event, for machines and in words; empty for what has none.
pub(super) fn day_of(site: &Site, index: usize, language: &Language) -> (String, String) {
    match &site.entries[index].kind {
        EntryKind::News { date } => {
            let strings = site.strings_for(date.year(), language);
            (day_iso(site, *date), date_in_words(strings, *date))
        }
        EntryKind::Event(event) => {
            let strings = site.strings_for(event.when.starts.date().year(), language);
            let words = span_in_words(strings, &event.when);
            (iso(site, event.when.starts), words)
        }
        EntryKind::Page { .. } | EntryKind::Service { .. } | EntryKind::Venue { .. } => {
            Default::default()
        }
    }
}

pub(super) fn event_card(site: &Site, index: usize, language: &Language) -> Option<EventCardView> {
    let strings = site.strings(language);
    let entry = &site.entries[index];
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
        place: texts.place.clone(),
        state: state_view(site, event.state, strings),
        lang: page.foreign.cloned(),
        sample: entry.sample,
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
