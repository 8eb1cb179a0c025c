//! The whole site, resolved: every page has its address, every list its order, every event its state.

mod clock;
mod visibility;
mod history;
mod recurrence;
mod permalink;
mod rendition;
mod definitions;
pub mod lists;
mod tags;
pub mod directory;
mod translations;
mod named_files;
pub(crate) mod assemble;
mod links;

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Activity, ActivityStatus, FormDefinition, Language, Occasion, Slug, Span, Strings};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::diagnostic::Place;
use crate::parse::document::{self, DocumentId, Reference, Section, Standing, Texts};
use crate::parse::figures::Figures;
use crate::parse::markdown::Body;
use crate::parse::media::Media;
use crate::parse::settings::Settings;
use crate::pictures::Pictures;
use directory::Directory;
use lists::Lists;

pub use history::History;
pub use links::{BrokenLink, MenuEntry};
pub use permalink::Permalink;
pub use rendition::Rendition;
pub use visibility::{Lifetime, Visibility};

/// The whole site. Nothing in it changes after it was assembled. Cheap to copy: two sites that differ in one page share the rest.
#[derive(Clone, Debug)]
pub struct Site {
    /// What is true of the whole site.
    pub settings: Arc<Settings>,
    /// The interface texts, in the order of the languages.
    pub strings: Arc<Vec<Strings>>,
    /// The same, with dates that have neither year nor weekday; see [`Settings::supposed_year`].
    pub yearless_strings: Arc<Vec<Strings>>,
    /// Every page that is shown, in the order of their identities.
    pub entries: Vec<Arc<Entry>>,
    /// The pages that are not shown yet: looked over today, so that they can appear while nobody watches.
    pub unpublished: Arc<BTreeMap<DocumentId, Entry>>,
    /// The forms by name.
    pub forms: Arc<BTreeMap<Slug, FormDefinition>>,
    /// What the form function counted.
    pub figures: Arc<Figures>,
    /// What one can sign up for.
    pub activities: Arc<BTreeMap<Slug, Activity>>,
    /// The files in `content/media`.
    pub media: Arc<Media>,
    /// The pictures among them.
    pub pictures: Pictures,
    /// People, documents and venues.
    pub directory: Arc<Directory>,
    /// The lists.
    pub lists: Arc<Lists>,
    /// When it would first differ.
    next_change: Option<Timestamp>,
}

/// The next instant at which the site would differ, if time alone can change it.
pub fn next_change_at(site: &Site) -> Option<Timestamp> {
    site.next_change
}

/// One page in all its languages.
#[derive(Debug)]
pub struct Entry {
    /// What it is called in content.
    pub id: DocumentId,
    /// From when to when it is meant to be seen.
    pub lifetime: Lifetime,
    /// Who sees it.
    pub visibility: Visibility,
    /// The languages of which there is a translation that is still a draft.
    pub waiting: Vec<Language>,
    /// When it was shown first and when it changed, by its fields; see [`Site::history`].
    pub history: History,
    /// Invented, to try the site with.
    pub sample: bool,
    /// Whether no search shall find it.
    pub noindex: bool,
    /// What it is about.
    pub tags: Vec<Slug>,
    /// The other files of content that it names.
    pub references: Vec<Reference>,
    /// Its picture, by which one knows it in lists and elsewhere.
    pub image: Option<document::Picture>,
    /// What depends on the kind.
    pub kind: EntryKind,
    /// The page in each language it was written in.
    pub versions: BTreeMap<Language, Version>,
    /// The language it was first written in.
    pub original: Language,
    /// Where readers of other languages find the original; empty where it is hidden from them.
    pub fallbacks: BTreeMap<Language, Permalink>,
}

/// What depends on the kind of a page.
#[derive(Debug)]
pub enum EntryKind {
    /// A page that stands alone.
    Page {
        /// What one signs up for on it.
        activity: Option<Slug>,
    },
    /// What the centre does.
    Service {
        /// The place in the list.
        order: u32,
    },
    /// What happened.
    News {
        /// When.
        date: Date,
    },
    /// What will happen.
    Event(Event),
    /// Where things take place.
    Venue {
        /// The place in the list.
        order: u32,
    },
}

impl Entry {
    /// Whether search engines, ours and those of others, may lead to it.
    pub fn is_found(&self) -> bool {
        self.visibility == Visibility::Public && !self.noindex
    }

    /// What one signs up for on it.
    pub fn activity(&self) -> Option<&Slug> {
        match &self.kind {
            EntryKind::Page { activity } => activity.as_ref(),
            EntryKind::Event(event) => event.activity.as_ref(),
            EntryKind::Service { .. } | EntryKind::News { .. } | EntryKind::Venue { .. } => None,
        }
    }

    /// The name of the file in that folder which the page names: the venue of an event, the person to ask of a service.
    pub fn reference(&self, section: Section) -> Option<&str> {
        let of_section = |reference: &&Reference| reference.section == section;
        let reference = self.references.iter().find(of_section)?;
        Some(&reference.stem.value)
    }
}

/// When an event is and how it stands.
#[derive(Debug)]
pub struct Event {
    /// When it is, on the wall clock; of an event that repeats, the next time, or the last one.
    pub when: Span,
    /// When that begins.
    pub begins: Timestamp,
    /// When that is over.
    pub ends: Timestamp,
    /// Whether it is over for good.
    pub over: bool,
    /// Every time it takes place, if it repeats.
    pub occurrences: Vec<Occurrence>,
    /// How it stands.
    pub state: EventState,
    /// What one signs up for, if one has to.
    pub activity: Option<Slug>,
}

/// One of the times that an event takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Occurrence {
    /// When it is, on the wall clock.
    pub when: Span,
    /// Whether it is over.
    pub over: bool,
}

/// How an event stands. Whether it is full is not known when the site is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventState {
    /// One may sign up.
    Open,
    /// One may sign up from then on.
    NotYetOpen(Timestamp),
    /// It is too late to sign up.
    Closed,
    /// It took place.
    Over,
    /// It does not, or did not, take place as announced.
    Off(ActivityStatus),
    /// Nobody needs to sign up.
    FreeEntry,
}

/// A page in one language.
#[derive(Debug)]
pub struct Version {
    /// Its address.
    pub permalink: Permalink,
    /// Its texts.
    pub texts: Box<Texts>,
    /// Its text.
    pub body: Arc<Body>,
    /// Whether it translates what the original says now.
    pub standing: Standing,
    /// Where its fields stand, for messages.
    pub place: Place,
}

impl Site {
    /// The forms that people fill in themselves, by name.
    pub fn sign_up_forms(&self) -> impl Iterator<Item = (&Slug, &FormDefinition)> {
        let forms = self.forms.iter();
        forms.filter(|(name, _)| Occasion::of_form(name.as_str()).is_none())
    }

    /// The languages, the default one first.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.settings.languages.iter().map(|(language, _)| language)
    }

    /// The interface texts of a language.
    pub fn strings(&self, language: &Language) -> &Strings {
        self.strings
            .iter()
            .find(|strings| strings.language == *language)
            .unwrap_or(&self.strings[0])
    }

    /// The interface texts of a language for a date in this year.
    pub fn strings_for(&self, year: i16, language: &Language) -> &Strings {
        if !self.is_supposed(year) {
            return self.strings(language);
        }
        let strings = &self.yearless_strings;
        strings
            .iter()
            .find(|strings| strings.language == *language)
            .unwrap_or(&strings[0])
    }

    /// Whether a year is only supposed, so that nobody should be told it.
    pub fn is_supposed(&self, year: i16) -> bool {
        self.settings.supposed_year == Some(year)
    }

    /// The page of this identity, if it is shown.
    pub fn entry(&self, id: &DocumentId) -> Option<&Entry> {
        self.entries
            .binary_search_by(|entry| entry.id.cmp(id))
            .ok()
            .map(|index| self.entries[index].as_ref())
    }
}
