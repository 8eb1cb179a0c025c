//! Pages in the order in which lists show them, for each language, worked out once.
//!
//! Nothing that draws a page looks through the whole site: it takes its part of a list that stands here.

mod archive;
mod pages;
mod related;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use forms::{Language, Slug, Strings};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::parse::document::Section;
use crate::parse::settings::Settings;
use crate::parse::transliterate;
use crate::site::{Entry, EntryKind};

pub use archive::{Archive, Period};
pub use pages::{ListPage, part};

/// The lists of every language. All numbers are indices into [`Site::entries`](crate::site::Site::entries).
#[derive(Debug, Default)]
pub struct Lists {
    languages: BTreeMap<Language, LanguageLists>,
    /// For a language that the site does not have.
    none: LanguageLists,
    /// The day of each entry of news and events, in the order of the entries.
    days: Vec<Option<Date>>,
    /// The place of each entry, as a number that only entries of the same place have.
    places: Vec<Option<usize>>,
}

/// What lists show in one language.
#[derive(Debug, Default)]
pub struct LanguageLists {
    /// By their own order.
    pub services: Vec<usize>,
    /// The latest first.
    pub news: Vec<usize>,
    /// The next first.
    pub upcoming: Vec<usize>,
    /// Those that ended last first.
    pub past: Vec<usize>,
    /// By their own order.
    pub venues: Vec<usize>,
    /// What has a tag, for every tag that something has.
    pub tags: BTreeMap<Slug, Tagged>,
    /// News and past events by year, for lists that are longer than their first page.
    pub archives: BTreeMap<Section, Archive>,
    /// What stands in addresses for a year that nobody knows.
    pub yearless: String,
}

/// What has a tag.
#[derive(Debug, Default)]
pub struct Tagged {
    /// Services, upcoming events, news, past events and other pages, each in the order of its own list.
    pub entries: Vec<usize>,
    /// News and events of them, the oldest first.
    by_day: Vec<usize>,
}

impl Lists {
    /// The lists of a language.
    pub fn of(&self, language: &Language) -> &LanguageLists {
        self.languages.get(language).unwrap_or(&self.none)
    }

    /// The day of news, or on which an event begins.
    pub fn day(&self, entry: usize) -> Option<Date> {
        self.days.get(entry).copied().flatten()
    }

    fn is_same_place(&self, one: usize, other: usize) -> bool {
        self.places[one].is_some() && self.places[one] == self.places[other]
    }
}

/// Puts the entries of a site into its lists.
pub(crate) fn lists(entries: &[Arc<Entry>], settings: &Settings, strings: &[Strings]) -> Lists {
    let days: Vec<Option<Date>> = entries.iter().map(|entry| day(entry)).collect();
    let sorted = sorted(entries);
    let languages = strings.iter().map(|strings| {
        let language = &strings.language;
        let there = |list: &[usize]| -> Vec<usize> {
            let is_there = |index: &&usize| entries[**index].in_language(language).is_some();
            list.iter().filter(is_there).copied().collect()
        };
        let mut lists = LanguageLists {
            services: there(&sorted.services),
            news: there(&sorted.news),
            upcoming: there(&sorted.upcoming),
            past: there(&sorted.past),
            venues: there(&sorted.venues),
            yearless: transliterate::slug(strings.text("lists.earlier")),
            ..LanguageLists::default()
        };
        let others = there(&[sorted.venues.clone(), sorted.pages.clone()].concat());
        lists.tags = tags(&lists, &others, entries, &days);
        lists.archives = archive::archives(&lists, &days, settings);
        (language.clone(), lists)
    });
    Lists {
        languages: languages.collect(),
        none: LanguageLists::default(),
        days,
        places: places(entries),
    }
}

/// Every place gets the number of the first entry that has it.
fn places(entries: &[Arc<Entry>]) -> Vec<Option<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let places = entries.iter().enumerate().map(|(index, entry)| {
        let original = entry.versions.get(&entry.original)?;
        let place = original.texts.place.as_str();
        (!place.is_empty()).then(|| *first.entry(place).or_insert(index))
    });
    places.collect()
}

/// The day of news, or on which an event begins.
pub fn day(entry: &Entry) -> Option<Date> {
    match &entry.kind {
        EntryKind::News { date } => Some(*date),
        EntryKind::Event(event) => Some(event.when.starts.date()),
        EntryKind::Page { .. } | EntryKind::Service { .. } | EntryKind::Venue { .. } => None,
    }
}

/// The lists of all languages together.
#[derive(Default)]
struct Sorted {
    pages: Vec<usize>,
    services: Vec<usize>,
    news: Vec<usize>,
    upcoming: Vec<usize>,
    past: Vec<usize>,
    venues: Vec<usize>,
}

fn sorted(entries: &[Arc<Entry>]) -> Sorted {
    let mut services: Vec<(u32, usize)> = Vec::new();
    let mut news: Vec<(Reverse<Date>, usize)> = Vec::new();
    let mut upcoming: Vec<(Timestamp, usize)> = Vec::new();
    let mut past: Vec<(Reverse<Timestamp>, usize)> = Vec::new();
    let mut pages = Vec::new();
    let mut venues: Vec<(u32, usize)> = Vec::new();
    let listed = entries.iter().enumerate();
    for (index, entry) in listed.filter(|(_, entry)| entry.visibility.is_listed()) {
        match &entry.kind {
            EntryKind::Service { order } => services.push((*order, index)),
            EntryKind::News { date } => news.push((Reverse(*date), index)),
            // In the order of their ends, so that what is over from now on comes after what was over before.
            EntryKind::Event(event) if event.over => {
                past.push((Reverse(event.ends), index));
            }
            EntryKind::Event(event) => upcoming.push((event.begins, index)),
            EntryKind::Venue { order } => venues.push((*order, index)),
            EntryKind::Page { .. } => pages.push(index),
        }
    }
    // Entries stand in the order of their names, so equal dates keep one order for ever.
    Sorted {
        pages,
        services: in_order(services),
        news: in_order(news),
        upcoming: in_order(upcoming),
        past: in_order(past),
        venues: in_order(venues),
    }
}

fn in_order<Key: Ord>(mut list: Vec<(Key, usize)>) -> Vec<usize> {
    list.sort_unstable();
    list.into_iter().map(|(_, index)| index).collect()
}

fn tags(
    lists: &LanguageLists,
    others: &[usize],
    entries: &[Arc<Entry>],
    days: &[Option<Date>],
) -> BTreeMap<Slug, Tagged> {
    let mut tags: BTreeMap<Slug, Tagged> = BTreeMap::new();
    let groups = [
        &lists.services,
        &lists.upcoming,
        &lists.news,
        &lists.past,
        others,
    ];
    for index in groups.into_iter().flatten() {
        for tag in &entries[*index].tags {
            // A tag that is written twice counts once.
            match tags.get_mut(tag) {
                Some(tagged) if tagged.entries.last() == Some(index) => {}
                Some(tagged) => tagged.entries.push(*index),
                None => {
                    let tagged = Tagged {
                        entries: vec![*index],
                        by_day: Vec::new(),
                    };
                    tags.insert(tag.clone(), tagged);
                }
            }
        }
    }
    for tagged in tags.values_mut() {
        let dated = |index: &&usize| days[**index].is_some();
        tagged.by_day = tagged.entries.iter().filter(dated).copied().collect();
        tagged
            .by_day
            .sort_unstable_by_key(|index| (days[*index], *index));
    }
    tags
}
