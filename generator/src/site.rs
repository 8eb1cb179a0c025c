//! The whole site, resolved: every page has its address, every list its order, every event its state.

pub(crate) mod assemble;
mod definitions;

use std::collections::{BTreeMap, BTreeSet};

use forms::{Activity, ActivityStatus, FormDefinition, Language, Slug, Span, Strings};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::diagnostic::Place;
use crate::parse::document::{DocumentId, Section, Texts};
use crate::parse::markdown::{Body, Target};
use crate::parse::settings::{MenuTarget, Settings};

/// The whole site. Nothing in it changes after it was assembled.
#[derive(Debug)]
pub struct Site {
    /// What is true of the whole site.
    pub settings: Settings,
    /// The interface texts, in the order of the languages.
    pub strings: Vec<Strings>,
    /// The same, with dates that have neither year nor weekday; see [`Settings::supposed_year`].
    pub yearless_strings: Vec<Strings>,
    /// Every page, in the order of their identities.
    pub entries: Vec<Entry>,
    /// The forms by name.
    pub forms: BTreeMap<Slug, FormDefinition>,
    /// What one can sign up for.
    pub activities: BTreeMap<Slug, Activity>,
    /// The paths of the files in `content/media`.
    pub media: BTreeSet<String>,
    /// The lists.
    pub lists: Lists,
    /// The moment for which the site is true.
    pub now: Timestamp,
}

/// Pages in the order in which lists show them, as indices into [`Site::entries`].
#[derive(Debug, Default)]
pub struct Lists {
    /// By their own order.
    pub services: Vec<usize>,
    /// The latest first.
    pub news: Vec<usize>,
    /// The next first.
    pub upcoming: Vec<usize>,
    /// The latest first.
    pub past: Vec<usize>,
}

/// One page in all its languages.
#[derive(Debug)]
pub struct Entry {
    /// What it is called in content.
    pub id: DocumentId,
    /// Invented, to try the site with.
    pub sample: bool,
    /// What it is about.
    pub tags: Vec<Slug>,
    /// What depends on the kind.
    pub kind: EntryKind,
    /// The page in each language it was written in.
    pub versions: BTreeMap<Language, Version>,
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
}

/// When an event is and how it stands.
#[derive(Debug)]
pub struct Event {
    /// When it is, on the wall clock.
    pub when: Span,
    /// When it begins.
    pub begins: Timestamp,
    /// Whether it is over at [`Site::now`].
    pub over: bool,
    /// How it stands at [`Site::now`].
    pub state: EventState,
    /// What one signs up for, if one has to.
    pub activity: Option<Slug>,
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
    pub texts: Texts,
    /// Its text.
    pub body: Body,
    /// Where its fields stand, for messages.
    pub place: Place,
}

/// A path on our site. Starts and ends with `/`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Permalink(String);

impl Permalink {
    /// The path made of these segments.
    pub fn of(segments: &[&str]) -> Permalink {
        let mut path = String::from("/");
        for segment in segments.iter().filter(|segment| !segment.is_empty()) {
            path.push_str(segment);
            path.push('/');
        }
        Permalink(path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of its file below the output folder.
    pub fn file(&self, name: &str) -> String {
        format!("{}{name}", &self.0[1..])
    }
}

impl Site {
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

    /// The page of this identity.
    pub fn entry(&self, id: &DocumentId) -> Option<&Entry> {
        self.entries
            .binary_search_by(|entry| entry.id.cmp(id))
            .ok()
            .map(|index| &self.entries[index])
    }

    /// The address of the home page.
    pub fn home(&self, language: &Language) -> Permalink {
        Permalink::of(&[self.prefix(language)])
    }

    /// The address of a list.
    pub fn section(&self, section: Section, language: &Language) -> Option<Permalink> {
        let settings = self.settings.sections.get(&section)?;
        Some(Permalink::of(&[
            self.prefix(language),
            settings.path.text(language),
        ]))
    }

    /// The address of the list of tags, where there are any.
    pub fn tags(&self, language: &Language) -> Option<Permalink> {
        let path = self.settings.tags.path.get(language)?;
        Some(Permalink::of(&[self.prefix(language), path]))
    }

    /// The address of a tag's list.
    pub fn tag(&self, tag: &Slug, language: &Language) -> Option<Permalink> {
        let path = self.settings.tags.path.get(language)?;
        Some(Permalink::of(&[self.prefix(language), path, tag.as_str()]))
    }

    /// The address of the search page, where there is one.
    pub fn search(&self, language: &Language) -> Option<Permalink> {
        let search = self.settings.search.as_ref()?;
        let path = search.path.text(language);
        Some(Permalink::of(&[self.prefix(language), path]))
    }

    /// The first segment of addresses in a language; empty for the default one.
    pub fn prefix<'a>(&self, language: &'a Language) -> &'a str {
        if self.languages().next() == Some(language) {
            ""
        } else {
            language.as_str()
        }
    }

    /// Where an entry of a menu leads and what it says.
    pub fn menu_entry(
        &self,
        target: &MenuTarget,
        language: &Language,
    ) -> Option<(Permalink, &str)> {
        match target {
            MenuTarget::Section(section) => {
                let title = self.settings.sections.get(section)?.title.text(language);
                Some((self.section(*section, language)?, title))
            }
            MenuTarget::Document(id) => {
                let version = self.entry(id)?.versions.get(language)?;
                Some((version.permalink.clone(), version.texts.title.as_str()))
            }
        }
    }

    /// Where a link leads for a reader of `language`, who stays in it where there is a translation.
    pub fn resolve(
        &self,
        target: &Target,
        from: &Entry,
        language: &Language,
    ) -> Result<String, BrokenLink> {
        let anchor = if target.anchor.is_empty() {
            String::new()
        } else {
            format!("#{}", target.anchor)
        };
        if target.path.is_empty() {
            let version = from.versions.get(language).ok_or(BrokenLink::Path)?;
            return has_anchor(version, &target.anchor).map(|()| anchor);
        }
        if let Some(path) = target.path.strip_prefix("media/") {
            return if self.media.contains(path) {
                Ok(format!("/media/{path}"))
            } else {
                Err(BrokenLink::Path)
            };
        }
        let folder = target.path.trim_end_matches('/');
        if let Some(section) = Section::LISTED
            .into_iter()
            .find(|section| section.folder() == folder)
        {
            return self
                .section(section, language)
                .map(|path| path.0)
                .ok_or(BrokenLink::Path);
        }
        let id = target
            .path
            .strip_suffix(".md")
            .and_then(|path| DocumentId::parse(self.without_language(path)));
        let entry = id.and_then(|id| self.entry(&id)).ok_or(BrokenLink::Path)?;
        let version = entry
            .versions
            .get(language)
            .or_else(|| entry.versions.get(self.languages().next()?))
            .ok_or(BrokenLink::Path)?;
        has_anchor(version, &target.anchor)
            .map(|()| format!("{}{anchor}", version.permalink.as_str()))
    }

    fn without_language<'a>(&self, path: &'a str) -> &'a str {
        match path.rsplit_once('.') {
            Some((stem, tag)) if self.languages().any(|language| language.as_str() == tag) => stem,
            _ => path,
        }
    }
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrokenLink {
    /// There is no such page or file.
    Path,
    /// There is the page, but no such heading on it.
    Anchor,
}

fn has_anchor(version: &Version, anchor: &str) -> Result<(), BrokenLink> {
    let known = anchor.is_empty()
        || version
            .body
            .headings
            .iter()
            .any(|heading| heading.id == anchor);
    if known {
        Ok(())
    } else {
        Err(BrokenLink::Anchor)
    }
}
