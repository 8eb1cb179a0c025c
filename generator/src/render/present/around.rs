//! What stands around an entry in its list: the year it is of, the entries before and after it.

use std::cmp::Reverse;

use forms::Language;

use super::link;
use super::lists::period_title;
use crate::parse::document::Section;
use crate::render::view::{LinkView, NeighboursView};
use crate::site::lists::{ListPage, day};
use crate::site::{Entry, EntryKind, Permalink, Site};

/// Address and title of the year in whose archive an entry stands.
pub(super) fn archive_of(
    site: &Site,
    entry: &Entry,
    language: &Language,
) -> Option<(Permalink, String)> {
    if matches!(&entry.kind, EntryKind::Event(event) if !event.over)
        || !entry.visibility.is_listed()
    {
        return None;
    }
    let section = entry.id.section;
    let archive = site.lists.of(language).archives.get(&section)?;
    let year = day(entry)?.year();
    let year = (!site.is_supposed(year)).then_some(year);
    archive.period(year)?;
    let page = ListPage::Archive(section, year, 1);
    let permalink = site.list_permalink(&page, language)?;
    Some((permalink, period_title(site.strings(language), year)))
}

/// The news, or the past events, before and after an entry.
pub(super) fn neighbours(site: &Site, index: usize, language: &Language) -> NeighboursView {
    let lists = site.lists.of(language);
    // Both lists are sorted by time and then by index, so a place in them is found in a few steps.
    let (list, at) = match site.entries[index].id.section {
        Section::News => {
            let key = |index: usize| (Reverse(site.lists.day(index)), index);
            let list = &lists.news;
            (list, list.binary_search_by_key(&key(index), |at| key(*at)))
        }
        Section::Events => {
            let over = |index: usize| match &site.entries[index].kind {
                EntryKind::Event(event) => Some(event.ends),
                _ => None,
            };
            let key = |index: usize| (Reverse(over(index)), index);
            let list = &lists.past;
            (list, list.binary_search_by_key(&key(index), |at| key(*at)))
        }
        _ => return NeighboursView::default(),
    };
    let Ok(at) = at else {
        return NeighboursView::default();
    };
    let neighbour = |at: Option<usize>| -> Option<LinkView> {
        let page = site.entries[*list.get(at?)?].in_language(language)?;
        Some(LinkView {
            lang: page.foreign.cloned(),
            ..link(&page.version.texts.title, page.permalink)
        })
    };
    NeighboursView {
        older: neighbour(at.checked_add(1)),
        newer: neighbour(at.checked_sub(1)),
    }
}
