//! From the site to views: what is shown, in words of one language.

mod body;
mod cards;
mod dates;
mod directory;
mod frame;
mod notices;
mod pictures;
mod search;

use forms::{FormValues, Language, Slug, date_in_words, form_view, span_in_words};

use crate::parse::document::{DocumentId, Section};
use crate::render::view::{
    CardView, EventView, EventsView, HomeView, Html, LinkView, NewsView, NotFoundView, PlainView,
    SectionView, ServiceView, TagView, TagsView,
};
use crate::site::{
    Entry, EntryKind, Event, EventState, MenuEntry, Permalink, Rendition, Site, Version,
};
use cards::{cards, event_cards, tag_links};
use dates::{dates, day_iso};

pub(crate) use body::{body, questions};
pub(crate) use cards::state_view;
pub(crate) use dates::{instant_iso, iso};
pub(crate) use directory::{documents, people, venue_page};
pub(crate) use frame::{Head, entry_page_view, page_view, site_view};
pub(crate) use pictures::social as social_picture;
pub(crate) use search::search;

/// How many events and news the home page shows.
const ON_HOME: usize = 3;

pub(crate) fn home(site: &Site, entry: &Entry, version: &Version, language: &Language) -> HomeView {
    let section_link = |section: Section| section_link(site, section, language);
    HomeView {
        lead: version.texts.lead.clone(),
        facts: version.texts.highlights.clone(),
        action: version.texts.action.as_ref().and_then(|action| {
            let target = site.entry(&DocumentId::parse(&action.page.value)?)?;
            Some(link(&action.label, target.in_language(language)?.permalink))
        }),
        body: body(site, entry, version, language),
        services: cards(site, &site.lists.services, language),
        events: event_cards(site, &site.lists.upcoming, language)
            .take(ON_HOME)
            .collect(),
        news: cards(site, &site.lists.news, language)
            .into_iter()
            .take(ON_HOME)
            .collect(),
        services_link: section_link(Section::Services),
        events_link: section_link(Section::Events),
        news_link: section_link(Section::News),
    }
}

pub(crate) fn plain(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> PlainView {
    let form = match &entry.kind {
        EntryKind::Page {
            activity: Some(activity),
        } => form(site, activity, language),
        _ => None,
    };
    PlainView {
        body: body(site, entry, version, language),
        form,
    }
}

pub(crate) fn service(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> ServiceView {
    ServiceView {
        strand: version.texts.strand.clone(),
        audience: version.texts.audience.clone(),
        steps: version.texts.steps.clone(),
        body: body(site, entry, version, language),
        action: registration_link(site, language),
        contact: directory::person_of(site, entry, language),
    }
}

pub(crate) fn news(site: &Site, entry: &Entry, version: &Version, language: &Language) -> NewsView {
    let date = match entry.kind {
        EntryKind::News { date } => date,
        _ => jiff::civil::Date::MIN,
    };
    NewsView {
        date_iso: day_iso(site, date),
        date: date_in_words(site.strings_for(date.year(), language), date),
        event: directory::page_of(site, entry, Section::Events, language),
        tags: tag_links(site, &entry.tags, language),
        sample: entry.sample,
        body: body(site, entry, version, language),
    }
}

pub(crate) fn event(
    site: &Site,
    entry: &Entry,
    event: &Event,
    page: &Rendition<'_>,
    language: &Language,
) -> EventView {
    let strings = site.strings(language);
    let version = page.version;
    let (past_dates, next_dates) = event.occurrences.iter().partition(|date| date.over);
    let capacity = event
        .activity
        .as_ref()
        .and_then(|slug| site.activities.get(slug)?.session.as_ref()?.capacity)
        .map(|capacity| strings.count("event.capacity", capacity.places()));
    let venue = directory::venue_of(site, entry, language);
    EventView {
        when: span_in_words(
            site.strings_for(event.when.starts.date().year(), language),
            &event.when,
        ),
        starts_iso: iso(site, event.when.starts),
        ends_iso: event
            .when
            .ends
            .map(|ends| iso(site, ends))
            .unwrap_or_default(),
        next_dates: dates(site, next_dates, language),
        past_dates: dates(site, past_dates, language),
        place: if venue.is_some() {
            version.texts.room.clone()
        } else {
            version.texts.place.clone()
        },
        venue,
        service: directory::page_of(site, entry, Section::Services, language),
        organiser: directory::person_of(site, entry, language),
        past: event.over,
        sample: entry.sample,
        state: state_view(site, event.state, strings),
        capacity_text: capacity.unwrap_or_default(),
        tags: tag_links(site, &entry.tags, language),
        calendar_url: if event.over {
            String::new()
        } else {
            format!("{}event.ics", page.permalink.as_str())
        },
        body: body(site, entry, version, language),
        form: event
            .activity
            .as_ref()
            .filter(|_| event.state == EventState::Open)
            .and_then(|activity| form(site, activity, language)),
    }
}

pub(crate) fn section(site: &Site, section: Section, language: &Language) -> SectionView {
    let list = match section {
        Section::Services => &site.lists.services,
        Section::Venues => &site.lists.venues,
        _ => &site.lists.news,
    };
    SectionView {
        intro: section_intro(site, section, language),
        items: cards(site, list, language),
    }
}

pub(crate) fn events(site: &Site, language: &Language) -> EventsView {
    EventsView {
        intro: section_intro(site, Section::Events, language),
        upcoming: event_cards(site, &site.lists.upcoming, language).collect(),
        past: event_cards(site, &site.lists.past, language).collect(),
    }
}

pub(crate) fn tags(site: &Site, language: &Language) -> TagsView {
    let terms = site.settings.tags.terms.iter();
    TagsView {
        items: terms
            .filter_map(|(slug, title)| {
                Some(CardView {
                    title: title.text(language).to_owned(),
                    url: site.tag(slug, language)?.as_str().to_owned(),
                    description: String::new(),
                    date_iso: String::new(),
                    date: String::new(),
                    lang: None,
                    picture: Html::default(),
                    sample: false,
                })
            })
            .collect(),
    }
}

pub(crate) fn tag(site: &Site, tag: &Slug, language: &Language) -> TagView {
    let with_tag = |list: &[usize]| -> Vec<usize> {
        list.iter()
            .copied()
            .filter(|index| site.entries[*index].tags.contains(tag))
            .collect()
    };
    let items: Vec<usize> = with_tag(&site.lists.services)
        .into_iter()
        .chain(with_tag(&site.lists.news))
        .collect();
    let events: Vec<usize> = with_tag(&site.lists.upcoming)
        .into_iter()
        .chain(with_tag(&site.lists.past))
        .collect();
    TagView {
        items: cards(site, &items, language),
        events: event_cards(site, &events, language).collect(),
    }
}

pub(crate) fn not_found(site: &Site, language: &Language) -> NotFoundView {
    let mut links = vec![link(
        site.strings(language).text("ui.home"),
        &site.home(language),
    )];
    links.extend(
        site.settings
            .navigation
            .iter()
            .filter_map(|entry| site.menu_entry(&entry.value, language))
            .map(menu_link),
    );
    NotFoundView { links }
}

/// The blank form of an activity.
fn form(site: &Site, activity: &Slug, language: &Language) -> Option<forms::FormView> {
    let activity = site.activities.get(activity)?;
    let definition = site.forms.get(&activity.form)?;
    Some(form_view(
        definition,
        activity,
        site.strings(language),
        &FormValues::default(),
        &[],
    ))
}

pub(super) fn link(title: &str, permalink: &Permalink) -> LinkView {
    LinkView {
        title: title.to_owned(),
        url: permalink.as_str().to_owned(),
        lang: None,
    }
}

fn menu_link(entry: MenuEntry<'_>) -> LinkView {
    let MenuEntry {
        permalink,
        title,
        foreign,
    } = entry;
    LinkView {
        lang: foreign.cloned(),
        ..link(title, &permalink)
    }
}

fn section_link(site: &Site, section: Section, language: &Language) -> LinkView {
    let title = site
        .settings
        .sections
        .get(&section)
        .map_or("", |settings| settings.title.text(language));
    let url = site
        .section(section, language)
        .map_or_else(String::new, |path| path.as_str().to_owned());
    LinkView {
        title: title.to_owned(),
        url,
        lang: None,
    }
}

fn section_intro(site: &Site, section: Section, language: &Language) -> String {
    site.settings
        .sections
        .get(&section)
        .map_or("", |settings| settings.description.text(language))
        .to_owned()
}

/// The page on which one registers for the services.
pub(crate) fn registration_link(site: &Site, language: &Language) -> Option<LinkView> {
    let entry = site
        .entries
        .iter()
        .find(|entry| matches!(entry.kind, EntryKind::Page { activity: Some(_) }))?;
    let page = entry.in_language(language)?;
    Some(LinkView {
        lang: page.foreign.cloned(),
        ..link(&page.version.texts.title, page.permalink)
    })
}
