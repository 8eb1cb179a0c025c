//! From the site to views: what is shown, in words of one language.

mod body;
mod personal_data;
mod cards;
mod edit;
mod dates;
mod directory;
mod frame;
mod lists;
mod pager;
mod a_z;
mod reading;
mod around;
mod notices;
mod pictures;
mod search;

use forms::{FormValues, Language, Slug, date_in_words, form_view, span_in_words};

use crate::parse::document::{Action, DocumentId, Section};
use crate::parse::settings::MenuTarget;
use crate::render::view::{
    EventView, HomeView, LinkView, NeighboursView, NewsView, NotFoundView, PlainView, ServiceView,
};
use crate::site::{
    Entry, EntryKind, Event, EventState, MenuEntry, Permalink, Rendition, Site, Version,
};
use around::neighbours;
use cards::tag_links;
use dates::{dates, day_iso};

pub(crate) use a_z::a_z;
pub(crate) use body::{body, questions};
pub(crate) use cards::{Cards, state_view};
pub(crate) use dates::{instant_iso, iso};
pub(crate) use directory::{documents, people, venue_page};
pub(crate) use frame::{Head, entry_page_view, page_view, site_view};
pub(crate) use lists::{archive, events, list_head, section, tag, tags};
pub(crate) use pictures::social as social_picture;
pub(crate) use search::search;

/// How many events and news the home page shows.
const ON_HOME: usize = 3;

pub(crate) fn home(
    site: &Site,
    cards: &Cards,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> HomeView {
    let section_link = |section: Section| section_link(site, section, language);
    let lists = site.lists.of(language);
    let action_link = |action: Option<&Action>| {
        let action = action?;
        let target = site.entry(&DocumentId::parse(&action.page.value)?)?;
        Some(link(&action.label, target.in_language(language)?.permalink))
    };
    HomeView {
        lead: version.texts.lead.clone(),
        facts: {
            let consulted = site.figures.consulted.iter();
            let consulted =
                consulted.map(|people| site.strings(language).count("home.consulted", *people));
            let highlights = version.texts.highlights.iter().cloned();
            highlights.chain(consulted).collect()
        },
        action: action_link(version.texts.action.as_ref()),
        steps: version.texts.steps.clone(),
        visit: action_link(version.texts.visit.as_ref()),
        project: action_link(version.texts.project.as_ref()),
        body: body(site, entry, version, language),
        services: cards.plain(
            site,
            lists.services.iter().take(site.per_page(Section::Services)),
        ),
        events: cards.events(site, lists.upcoming.iter().take(ON_HOME)),
        news: cards.plain(site, lists.news.iter().take(ON_HOME)),
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
    cards: &Cards,
    index: usize,
    version: &Version,
    language: &Language,
) -> ServiceView {
    let entry = &site.entries[index];
    ServiceView {
        strand: version.texts.strand.clone(),
        audience: version.texts.audience.clone(),
        steps: version.texts.steps.clone(),
        body: body(site, entry, version, language),
        action: registration_link(site, language),
        related: cards.plain(site, &site.related(index, language)),
        contact: directory::person_of(site, entry, language),
    }
}

pub(crate) fn news(
    site: &Site,
    cards: &Cards,
    index: usize,
    version: &Version,
    language: &Language,
) -> NewsView {
    let entry = &site.entries[index];
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
        reading_time: reading::time(&version.body, site.strings(language)),
        body: body(site, entry, version, language),
        related: cards.plain(site, &site.related(index, language)),
        neighbours: neighbours(site, index, language),
    }
}

pub(crate) fn event(
    site: &Site,
    cards: &Cards,
    index: usize,
    event: &Event,
    page: &Rendition<'_>,
    language: &Language,
) -> EventView {
    let entry = &site.entries[index];
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
        visitors: event
            .activity
            .as_ref()
            .filter(|_| event.over)
            .and_then(|slug| site.figures.visitors.get(slug))
            .map_or_else(String::new, u32::to_string),
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
        related: cards.plain(site, &site.related(index, language)),
        neighbours: if event.over {
            neighbours(site, index, language)
        } else {
            NeighboursView::default()
        },
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
            .of(language)
            .iter()
            .filter_map(|item| site.menu_entry(&item.target.value, language))
            .chain(site.menu_entry(&MenuTarget::AToZ, language))
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
