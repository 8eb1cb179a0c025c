//! What programs subscribe to: feeds of news and events, and calendars.
//!
//! A date whose year is only supposed is published nowhere here: what has one is left out.

mod items;
mod absolute;
mod atom;
mod json_feed;
mod calendar;

use std::collections::BTreeSet;

use forms::{Language, Slug};

use crate::parse::document::Section;
use crate::render::view::{FeedLinkView, LinkView, PageView};
use crate::render::{Renderer, TemplateError};
use crate::site::{Entry, EntryKind, Permalink, Site};
use items::items;

/// A file that programs subscribe to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Feed {
    /// `feed.xml` (RFC 4287).
    Atom(Channel),
    /// `feed.json` (JSON Feed 1.1).
    Json(Channel),
    /// `calendar.ics` (RFC 5545): all events, or those with a tag.
    Calendar(Option<Slug>),
}

/// What a feed tells of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Channel {
    /// News and events.
    Everything,
    /// The pages of a section.
    Section(Section),
}

impl Channel {
    /// Every channel: services do not change, so that there is nothing to be told of.
    const ALL: [Channel; 3] = [
        Channel::Everything,
        Channel::Section(Section::News),
        Channel::Section(Section::Events),
    ];
}

/// Every feed in a language, each with its path below `dist/site/`.
pub(super) fn feeds<'a>(
    site: &'a Site,
    language: &'a Language,
) -> impl Iterator<Item = (String, Feed)> + 'a {
    let of_entries = Channel::ALL
        .into_iter()
        .flat_map(|channel| [Feed::Atom(channel), Feed::Json(channel)]);
    let tags: BTreeSet<&Slug> = events(site, language)
        .flat_map(|entry| &entry.tags)
        .collect();
    let of_tags = tags.into_iter().cloned().map(Some);
    let calendars = std::iter::once(None).chain(of_tags).map(Feed::Calendar);
    of_entries.chain(calendars).filter_map(move |feed| {
        let path = address(site, &feed, language)?;
        Some((path[1..].to_owned(), feed))
    })
}

/// The path of a feed on the site.
pub(super) fn address(site: &Site, feed: &Feed, language: &Language) -> Option<String> {
    let of = |channel: Channel| list(site, channel, language);
    let (list, name) = match feed {
        Feed::Atom(channel) => (of(*channel)?, "feed.xml"),
        Feed::Json(channel) => (of(*channel)?, "feed.json"),
        Feed::Calendar(None) => (site.home(language), "calendar.ics"),
        Feed::Calendar(Some(tag)) => (site.tag(tag, language)?, "calendar.ics"),
    };
    Some(format!("{}{name}", list.as_str()))
}

/// The bytes of a feed.
pub(super) fn feed(
    site: &Site,
    renderer: &Renderer,
    feed: &Feed,
    language: &Language,
) -> Result<Vec<u8>, TemplateError> {
    match feed {
        Feed::Atom(channel) => {
            let items = items(site, renderer, *channel, language)?;
            Ok(atom::feed(site, *channel, &items, language))
        }
        Feed::Json(channel) => {
            let items = items(site, renderer, *channel, language)?;
            Ok(json_feed::feed(site, *channel, &items, language))
        }
        Feed::Calendar(tag) => Ok(calendar::all(site, tag.as_ref(), language).into_bytes()),
    }
}

pub(super) use absolute::absolute;
pub(super) use calendar::one as calendar_entry;

/// The feeds of the whole site.
pub(super) fn of_site() -> Vec<Feed> {
    let everything = Channel::Everything;
    vec![
        Feed::Atom(everything),
        Feed::Json(everything),
        Feed::Calendar(None),
    ]
}

/// The feeds that tell of a list of pages.
pub(super) fn of_section(section: Section) -> Vec<Feed> {
    let channel = Channel::Section(section);
    let mut feeds = Vec::new();
    if Channel::ALL.contains(&channel) {
        feeds.extend([Feed::Atom(channel), Feed::Json(channel)]);
    }
    if section == Section::Events {
        feeds.push(Feed::Calendar(None));
    }
    feeds
}

/// The calendar of a tag, where events have it.
pub(super) fn of_tag(site: &Site, tag: &Slug, language: &Language) -> Vec<Feed> {
    let feed = Feed::Calendar(Some(tag.clone()));
    let tagged = site.lists.of(language).tags.get(tag).into_iter();
    let mut entries = tagged.flat_map(|tagged| &tagged.entries);
    let shown = entries.any(|index| is_told(site, &site.entries[*index]));
    if shown { vec![feed] } else { Vec::new() }
}

/// Links to feeds, for the head of a page.
pub(super) fn head_links(site: &Site, feeds: &[Feed], language: &Language) -> Vec<FeedLinkView> {
    let link = |feed: &Feed| {
        Some(FeedLinkView {
            title: title(site, feed, language),
            url: address(site, feed, language)?,
            media_type: match feed {
                Feed::Atom(_) => "application/atom+xml",
                Feed::Json(_) => "application/feed+json",
                Feed::Calendar(_) => "text/calendar",
            },
        })
    };
    feeds.iter().filter_map(link).collect()
}

/// Puts the ways to follow a list on its page.
pub(super) fn subscribe(site: &Site, view: &mut PageView, feeds: &[Feed], language: &Language) {
    // What stands in the head of every page need not stand there twice.
    let everywhere = of_site();
    let new = feeds.iter().filter(|feed| !everywhere.contains(feed));
    view.feeds = head_links(site, &new.cloned().collect::<Vec<_>>(), language);
    let strings = site.strings(language);
    for feed in feeds {
        let Some(url) = address(site, feed, language) else {
            continue;
        };
        let mut add = |text: &str, url: String| {
            view.subscribe.push(LinkView {
                title: strings.text(text).to_owned(),
                url,
                lang: None,
            });
        };
        match feed {
            Feed::Atom(_) => add("feed.for_reader", url),
            Feed::Json(_) => add("feed.for_program", url),
            Feed::Calendar(_) => {
                // Opens the calendar program, which then looks again by itself; a file is read once.
                let host = site.settings.base_url.split_once("://");
                let host = host.map_or("", |(_, host)| host);
                add("feed.for_calendar", format!("webcal://{host}{url}"));
                add("feed.as_file", url);
            }
        }
    }
}

/// The events that calendars show in this language.
fn events<'a>(site: &'a Site, language: &'a Language) -> impl Iterator<Item = &'a Entry> {
    let lists = site.lists.of(language);
    let events = lists.upcoming.iter().chain(&lists.past);
    let entries = events.map(|index| site.entries[*index].as_ref());
    entries.filter(|entry| is_told(site, entry))
}

/// Whether an entry stands in calendars: an event whose year is known.
fn is_told(site: &Site, entry: &Entry) -> bool {
    matches!(entry.kind, EntryKind::Event(_)) && !has_supposed_date(site, entry)
}

/// Whether the date of a page is only supposed.
fn has_supposed_date(site: &Site, entry: &Entry) -> bool {
    match &entry.kind {
        EntryKind::News { date } => site.is_supposed(date.year()),
        EntryKind::Event(event) => site.is_supposed(event.when.starts.date().year()),
        EntryKind::Page { .. } | EntryKind::Service { .. } | EntryKind::Venue { .. } => false,
    }
}

/// What a feed is called where it stands beside others: „Новини – Център“.
pub(super) fn title(site: &Site, feed: &Feed, language: &Language) -> String {
    let strings = site.strings(language);
    let title = match feed {
        Feed::Atom(Channel::Everything) | Feed::Json(Channel::Everything) => {
            strings.text("feed.everything")
        }
        Feed::Atom(Channel::Section(section)) | Feed::Json(Channel::Section(section)) => {
            let settings = site.settings.sections.get(section);
            settings.map_or("", |settings| settings.title.text(language))
        }
        Feed::Calendar(None) => strings.text("feed.calendar"),
        Feed::Calendar(Some(tag)) => {
            let term = site.settings.tags.terms.get(tag);
            term.map_or("", |term| term.value.text(language))
        }
    };
    let name = site.settings.name.text(language);
    strings.fill("feed.of", &[("title", title), ("name", name)])
}

/// The page of which a feed tells.
fn list(site: &Site, channel: Channel, language: &Language) -> Option<Permalink> {
    match channel {
        Channel::Everything => Some(site.home(language)),
        Channel::Section(section) => site.section(section, language),
    }
}

/// A path on the site as the whole address.
fn whole(site: &Site, path: &str) -> String {
    format!("{}{path}", site.settings.base_url)
}

/// A title; what was invented to try the site with says so, because a feed has no other sign for it.
fn marked(site: &Site, sample: bool, title: &str, language: &Language) -> String {
    if sample {
        site.strings(language)
            .fill("feed.sample", &[("title", title)])
    } else {
        title.to_owned()
    }
}
