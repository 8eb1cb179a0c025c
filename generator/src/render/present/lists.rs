//! The pages of lists: their heads, their entries, and the way from one to the next.

use forms::{Language, Slug, Strings};
use jiff::Timestamp;

use super::cards::Cards;
use super::frame::{self, Head, page_view};
use super::pager::pager;
use super::section_intro;
use crate::parse::document::Section;
use crate::render::feeds;
use crate::render::view::{
    ArchiveView, CountView, EventsView, GroupView, PageView, SectionView, TagView, TagsView,
};
use crate::site::lists::{ListPage, part};
use crate::site::{EntryKind, Site};

/// The head of a list's page.
pub(crate) fn list_head(site: &Site, page: &ListPage, language: &Language) -> PageView {
    let strings = site.strings(language);
    let tags = || {
        let title = site.settings.tags.title.text(language);
        site.tags(language).map(|path| (path, title))
    };
    let first = page.at(1);
    let above = page.number() > 1;
    let (section, between, part) = match page {
        ListPage::Section(section, _) => {
            let section = frame::section(site, *section, language);
            (section.filter(|_| above), Vec::new(), None)
        }
        ListPage::Archive(section, year, _) => {
            let title = period_title(strings, *year);
            let up = site.list_permalink(&first, language).filter(|_| above);
            let between = up.map(|path| (path, title.clone()));
            (
                frame::section(site, *section, language),
                between.into_iter().collect(),
                Some(title),
            )
        }
        ListPage::Tag(..) => {
            let up = site.list_permalink(&first, language).filter(|_| above);
            let between = up.map(|path| (path, title(site, page, language).to_owned()));
            (tags(), between.into_iter().collect(), None)
        }
        ListPage::Tags | ListPage::AToZ => (None, Vec::new(), None),
    };
    let number = above.then(|| page_title(strings, page.number()));
    let parts: Vec<String> = part.into_iter().chain(number).collect();
    let title = title(site, page, language);
    let title = if parts.is_empty() {
        title.to_owned()
    } else {
        let part = parts.join(", ");
        strings.fill("lists.part", &[("title", title), ("part", &part)])
    };
    let description = match page {
        ListPage::Section(section, 1) => section_intro(site, *section, language),
        _ => String::new(),
    };
    let head = Head {
        title: &title,
        description: &description,
        permalink: site.list_permalink(page, language),
        section,
        between,
        elsewhere: &|other| site.list_elsewhere(page, language, other),
        otherwise: &|other| match page {
            ListPage::Section(section, _) | ListPage::Archive(section, ..) => {
                site.section(*section, other)
            }
            ListPage::Tags | ListPage::Tag(..) => site.tags(other),
            ListPage::AToZ => None,
        },
    };
    let mut view = page_view(site, language, &head);
    view.updated = changed(site, page, language).map(|at| frame::day(site, at, language));
    let feeds = match page {
        ListPage::Section(section, 1) => feeds::of_section(*section),
        ListPage::Tag(tag, 1) => feeds::of_tag(site, tag, language),
        _ => Vec::new(),
    };
    feeds::subscribe(site, &mut view, &feeds, language);
    view
}

/// When something on a page of a list last changed. It asks what is on this page and nothing else: a long list would be read
/// once for each of its pages.
fn changed(site: &Site, page: &ListPage, language: &Language) -> Option<Timestamp> {
    let lists = site.lists.of(language);
    match page {
        ListPage::Section(section, number) => {
            let per_page = site.per_page(*section);
            let listed = part(site.section_list(*section, language), *number, per_page);
            let past = lists.past.iter().take(per_page);
            let past = past.filter(|_| *section == Section::Events && *number == 1);
            site.last_changed(listed.iter().chain(past).copied())
        }
        ListPage::Archive(section, year, number) => {
            let entries = site.archive_part(*section, *year, *number, language);
            site.last_changed(entries.iter().copied())
        }
        ListPage::Tag(tag, number) => {
            let tagged = lists
                .tags
                .get(tag)
                .map_or(&[][..], |tagged| &tagged.entries);
            let tagged = part(tagged, *number, site.settings.tags.per_page);
            site.last_changed(tagged.iter().copied())
        }
        ListPage::Tags | ListPage::AToZ => site.last_changed_at_all(language),
    }
}

/// The heading of a list.
fn title<'a>(site: &'a Site, page: &ListPage, language: &Language) -> &'a str {
    let settings = &site.settings;
    let title = match page {
        ListPage::Section(section, _) | ListPage::Archive(section, ..) => {
            settings.sections.get(section).map(|list| &list.title)
        }
        ListPage::Tags => Some(&settings.tags.title),
        ListPage::Tag(tag, _) => settings.tags.terms.get(tag).map(|term| &term.value),
        ListPage::AToZ => settings.a_z.as_ref().map(|list| &list.title),
    };
    title.map_or("", |title| title.text(language))
}

/// „2026 г.“, or what is said where no year is known.
pub(super) fn period_title(strings: &Strings, year: Option<i16>) -> String {
    year.map_or_else(
        || strings.text("lists.earlier").to_owned(),
        |year| strings.fill("lists.year", &[("year", &year.to_string())]),
    )
}

/// „страница 2“
pub(super) fn page_title(strings: &Strings, page: usize) -> String {
    strings.fill("lists.page", &[("n", &page.to_string())])
}

/// A page of services or of news.
pub(crate) fn section(
    site: &Site,
    cards: &Cards,
    section: Section,
    page: usize,
    language: &Language,
) -> SectionView {
    let list = site.section_list(section, language);
    SectionView {
        intro: on_first(page, || section_intro(site, section, language)),
        items: cards.plain(site, part(list, page, site.per_page(section))),
        pager: pager(site, &ListPage::Section(section, page), language),
        years: on_first(page, || years(site, section, language)),
    }
}

/// A page of events: those to come, and on the first page the latest of those that were.
pub(crate) fn events(site: &Site, cards: &Cards, page: usize, language: &Language) -> EventsView {
    let section = Section::Events;
    let upcoming = site.section_list(section, language);
    let past = site.lists.of(language).past.iter();
    let past = past.take(site.per_page(section));
    EventsView {
        intro: on_first(page, || section_intro(site, section, language)),
        upcoming: cards.events(site, part(upcoming, page, site.per_page(section))),
        pager: pager(site, &ListPage::Section(section, page), language),
        past: on_first(page, || cards.events(site, past)),
        years: on_first(page, || years(site, section, language)),
    }
}

fn on_first<T: Default>(page: usize, value: impl FnOnce() -> T) -> T {
    if page == 1 { value() } else { T::default() }
}

/// The years of an archive, the latest first.
fn years(site: &Site, section: Section, language: &Language) -> Vec<CountView> {
    let archive = site.lists.of(language).archives.get(&section);
    let periods = archive.map_or(&[][..], |archive| &archive.periods);
    let periods = periods.iter().rev().filter_map(|period| {
        let page = ListPage::Archive(section, period.year, 1);
        Some(CountView {
            title: period_title(site.strings(language), period.year),
            url: site.list_permalink(&page, language)?.as_str().to_owned(),
            count: period.entries.len(),
        })
    });
    periods.collect()
}

/// A page of a year.
pub(crate) fn archive(
    site: &Site,
    cards: &Cards,
    section: Section,
    year: Option<i16>,
    page: usize,
    language: &Language,
) -> ArchiveView {
    let entries = site.archive_part(section, year, page, language);
    let (items, events) = match section {
        Section::Events => (Vec::new(), cards.events(site, entries)),
        _ => (cards.plain(site, entries), Vec::new()),
    };
    ArchiveView {
        items,
        events,
        pager: pager(site, &ListPage::Archive(section, year, page), language),
    }
}

/// The tags that something has.
pub(crate) fn tags(site: &Site, language: &Language) -> TagsView {
    let tagged = &site.lists.of(language).tags;
    let terms = site.settings.tags.terms.iter();
    let items = terms.filter_map(|(slug, title)| {
        Some(CountView {
            title: title.value.text(language).to_owned(),
            count: tagged.get(slug)?.entries.len(),
            url: site.tag(slug, language)?.as_str().to_owned(),
        })
    });
    TagsView {
        items: items.collect(),
    }
}

/// A page of what has a tag.
pub(crate) fn tag(
    site: &Site,
    cards: &Cards,
    tag: &Slug,
    page: usize,
    language: &Language,
) -> TagView {
    let tagged = site.lists.of(language).tags.get(tag);
    let entries = tagged.map_or(&[][..], |tagged| &tagged.entries);
    let entries = part(entries, page, site.settings.tags.per_page);
    let group = |index: &usize| Group::of(&site.entries[*index].kind);
    let groups = entries.chunk_by(|a, b| group(a) == group(b));
    let groups = groups.map(|entries| {
        let group = group(&entries[0]);
        let (items, events) = if group.is_of_events() {
            (Vec::new(), cards.events(site, entries))
        } else {
            (cards.plain(site, entries), Vec::new())
        };
        GroupView {
            title: group.title(site, language),
            items,
            events,
        }
    });
    TagView {
        groups: groups.collect(),
        pager: pager(site, &ListPage::Tag(tag.clone(), page), language),
    }
}

/// What stands under one heading on the page of a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Services,
    Upcoming,
    News,
    Past,
    Pages,
}

impl Group {
    fn of(kind: &EntryKind) -> Group {
        match kind {
            EntryKind::Service { .. } => Group::Services,
            EntryKind::Event(event) if event.over => Group::Past,
            EntryKind::Event(_) => Group::Upcoming,
            EntryKind::News { .. } => Group::News,
            EntryKind::Venue { .. } | EntryKind::Page { .. } => Group::Pages,
        }
    }

    fn is_of_events(self) -> bool {
        matches!(self, Group::Upcoming | Group::Past)
    }

    fn title(self, site: &Site, language: &Language) -> String {
        let section = |section| frame::section(site, section, language);
        let title = match self {
            Group::Services => section(Section::Services).map(|(_, title)| title),
            Group::News => section(Section::News).map(|(_, title)| title),
            Group::Upcoming => Some(site.strings(language).text("ui.upcoming")),
            Group::Past => Some(site.strings(language).text("ui.past")),
            Group::Pages => Some(site.strings(language).text("ui.pages")),
        };
        title.unwrap_or_default().to_owned()
    }
}
