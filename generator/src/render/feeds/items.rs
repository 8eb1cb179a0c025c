//! Which pages stand in a feed, and what it says of each.

use forms::{Language, span_in_words};
use jiff::Timestamp;

use super::{Channel, has_supposed_date, marked, whole};
use crate::parse::document::Section;
use crate::render::{Renderer, TemplateError, body_elsewhere, present};
use crate::site::{Entry, EntryKind, Event, EventState, History, Rendition, Site, Version};

/// How many pages a feed tells of.
const LONGEST: usize = 20;

/// A page in a feed.
pub(super) struct Item<'a> {
    /// The first address that the page had: a page that moves, and says from where, stays the same item.
    pub(super) id: String,
    /// The whole address.
    pub(super) url: String,
    pub(super) title: String,
    /// The language of the text, where it is not that of the feed.
    pub(super) foreign: Option<&'a Language>,
    pub(super) summary: &'a str,
    /// HTML, with whole addresses.
    pub(super) content: String,
    /// The whole address of its picture.
    pub(super) image: Option<String>,
    /// When it was told first, where that is known, or where nothing is.
    pub(super) published: Option<Timestamp>,
    /// When it changed after that, where that is known.
    pub(super) modified: Option<Timestamp>,
    /// When it changed last, and never later than now. Every item has to have such a date. Where nobody wrote one down it is
    /// one that does not change from build to build: see [`undated`].
    pub(super) updated: Timestamp,
    /// The tags: name and words.
    pub(super) tags: Vec<(&'a str, &'a str)>,
}

/// The pages of a channel, the latest first.
pub(super) fn items<'a>(
    site: &'a Site,
    renderer: &Renderer,
    channel: Channel,
    language: &'a Language,
) -> Result<Vec<Item<'a>>, TemplateError> {
    let undated = undated(site, language);
    let mut items: Vec<Item<'a>> = chosen(site, channel, language)
        .into_iter()
        .filter_map(|index| {
            let entry = &site.entries[index];
            let page = entry.in_language(language)?;
            item(site, renderer, entry, &page, undated, language).transpose()
        })
        .collect::<Result<_, _>>()?;
    items.sort_by_key(|item| std::cmp::Reverse(item.updated));
    Ok(items)
}

/// The date of what has none: it stands behind all that has one, so that what is new stands first. It is that of the oldest news or
/// announcement; the moment of the build would make every build another one, and the beginning of an event is yet to come.
fn undated(site: &Site, language: &Language) -> Timestamp {
    let lists = site.lists.of(language);
    let all = lists.news.iter().chain(&lists.upcoming).chain(&lists.past);
    site.first_published(all.copied())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// When a feed changed last. One that is empty never did.
pub(super) fn updated(items: &[Item<'_>]) -> Timestamp {
    let latest = items.iter().map(|item| item.updated).max();
    latest.unwrap_or(Timestamp::UNIX_EPOCH)
}

fn chosen(site: &Site, channel: Channel, language: &Language) -> Vec<usize> {
    let lists = site.lists.of(language);
    let told = |list: &[usize]| -> Vec<usize> {
        let told = list.iter().copied().filter(|index| {
            let entry = &site.entries[*index];
            !has_supposed_date(site, entry)
        });
        told.take(LONGEST).collect()
    };
    let events = || {
        let mut events = told(&lists.upcoming);
        events.extend(told(&lists.past));
        events.truncate(LONGEST);
        events
    };
    match channel {
        Channel::Section(Section::Events) => events(),
        Channel::Section(Section::News) => told(&lists.news),
        Channel::Section(_) => Vec::new(),
        // Neither pushes the other out: each has half of the places, and those that the other leaves.
        Channel::Everything => {
            let (mut news, mut events) = (told(&lists.news), events());
            events.truncate(LONGEST - news.len().min(LONGEST / 2));
            news.truncate(LONGEST - events.len());
            news.extend(events);
            news
        }
    }
}

fn item<'a>(
    site: &'a Site,
    renderer: &Renderer,
    entry: &'a Entry,
    page: &Rendition<'a>,
    undated: Timestamp,
    language: &'a Language,
) -> Result<Option<Item<'a>>, TemplateError> {
    let version = page.version;
    // All of an item is in one language, be it that of the original.
    let language = page.foreign.unwrap_or(language);
    let url = whole(site, version.permalink.as_str());
    let body = body_elsewhere(site, renderer, entry, version, language)?;
    let History { published, updated } = site.history(entry);
    let (first, content) = match &entry.kind {
        EntryKind::News { .. } => (undated, body),
        EntryKind::Event(event) => {
            let facts = facts(site, event, version, language);
            (event.begins.min(undated), format!("{facts}{body}"))
        }
        EntryKind::Page { .. } | EntryKind::Service { .. } | EntryKind::Venue { .. } => {
            return Ok(None);
        }
    };
    let first_address = version.texts.aliases.first();
    Ok(Some(Item {
        id: first_address.map_or_else(|| url.clone(), |alias| whole(site, &alias.value)),
        url,
        foreign: page.foreign,
        title: marked(site, entry.sample, &version.texts.title, language),
        summary: &version.texts.description,
        content,
        image: present::social_picture(site, entry, version).map(|picture| picture.url),
        published: published.or((updated.is_none()).then_some(first)),
        modified: updated.filter(|_| updated != published),
        updated: updated.unwrap_or(first),
        tags: entry
            .tags
            .iter()
            .filter_map(|tag| {
                Some((
                    tag.as_str(),
                    site.settings.tags.terms.get(tag)?.value.text(language),
                ))
            })
            .collect(),
    }))
}

/// When and where, and that it is off: the page says it beside the text, a feed has only the text.
fn facts(site: &Site, event: &Event, version: &Version, language: &Language) -> String {
    let strings = site.strings(language);
    let when = span_in_words(strings, &event.when);
    let mut lines = vec![when];
    if !version.texts.place.is_empty() {
        lines.push(version.texts.place.clone());
    }
    if let EventState::Off(_) = event.state {
        lines.insert(0, present::state_view(site, event.state, strings).text);
    }
    let mut html = String::from("<p>");
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            html.push_str("<br>");
        }
        crate::parse::markdown::escape(line, &mut html);
    }
    html.push_str("</p>\n");
    html
}
