//! People, documents and venues: what other pages and lists say of them.
//!
//! Each language has its texts; one that was not translated is shown in another language rather than not at all.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Localized, Slug};
use jiff::civil::Date;

use super::assemble::{by_identity, without_original};
use crate::diagnostic::{Diagnostic, Placed};
use crate::parse::document::{Document, DocumentId, Facts, Kind, Picture, Section, Texts};
use crate::parse::settings::Settings;

/// Who and what other pages refer to.
#[derive(Debug, Default)]
pub struct Directory {
    /// By file name.
    pub people: BTreeMap<Slug, Person>,
    /// By file name.
    pub documents: BTreeMap<Slug, Download>,
    /// By file name. One whose section has a list is a page, too.
    pub venues: BTreeMap<Slug, Venue>,
    /// What is there, but is not published.
    pub drafts: BTreeSet<DocumentId>,
}

/// A person whom visitors may turn to.
#[derive(Debug)]
pub struct Person {
    /// The name.
    pub name: Localized,
    /// What they do here.
    pub role: Localized,
    /// One sentence; may be empty.
    pub about: Localized,
    /// An address that everybody may see.
    pub email: Option<String>,
    /// A number that everybody may see.
    pub telephone: Option<String>,
    /// The photograph.
    pub image: Option<Picture>,
    /// What can be seen in it.
    pub image_alt: Localized,
    /// The place in the list.
    pub order: u32,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// A file that visitors may need.
#[derive(Debug)]
pub struct Download {
    /// Its title.
    pub title: Localized,
    /// What it is, in a sentence.
    pub description: Localized,
    /// Its path below `content/media`.
    pub file: Placed<String>,
    /// The day of the document.
    pub date: Date,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// A place to which visitors come.
#[derive(Debug)]
pub struct Venue {
    /// Its name.
    pub title: Localized,
    /// Street, number, town.
    pub address: Localized,
    /// Whether everybody can get in; may be empty.
    pub accessibility: Localized,
    /// A link to the place on a map.
    pub map: Option<String>,
}

impl Directory {
    /// Notes people, documents and venues, and takes those that have no page of their own out of the documents.
    pub(super) fn take(
        documents: &mut Vec<Document>,
        settings: &Settings,
        drafts: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Directory {
        let mut directory = Directory::default();
        let Some((main, _)) = settings.languages.first() else {
            return directory;
        };
        let (noted, pages) = std::mem::take(documents)
            .into_iter()
            .partition(|document| is_noted(document.id.section));
        *documents = pages;
        for (id, mut group) in by_identity(noted) {
            let Some(original) = group.iter().position(|document| document.language == *main)
            else {
                diagnostics.extend(group.iter().map(|found| without_original(found, main)));
                continue;
            };
            if group[original].draft && !drafts {
                directory.drafts.insert(id);
                continue;
            }
            group.retain(|document| drafts || !document.draft);
            directory.note(&id, &mut group);
            // A venue is a page where there is a list of venues.
            if id.section.has_pages() && settings.sections.contains_key(&id.section) {
                documents.extend(group);
            }
        }
        directory
    }

    fn note(&mut self, id: &DocumentId, group: &mut [Document]) {
        let text = |text: fn(&Texts) -> &String| -> Localized {
            let said = group
                .iter()
                .filter(|document| !text(&document.texts).is_empty());
            said.map(|document| (document.language.clone(), text(&document.texts).clone()))
                .collect()
        };
        let (title, description) = (text(|texts| &texts.title), text(|texts| &texts.description));
        let (role, image_alt) = (text(|texts| &texts.role), text(|texts| &texts.image_alt));
        let (address, accessibility) = (
            text(|texts| &texts.address),
            text(|texts| &texts.accessibility),
        );
        let Some(facts) = group
            .iter_mut()
            .find_map(|document| document.facts.as_mut())
        else {
            return;
        };
        let stem = id.stem.clone();
        match &mut facts.kind {
            Kind::Person(person) => {
                let person = Person {
                    name: title,
                    role,
                    about: description,
                    email: person.email.take(),
                    telephone: person.telephone.take(),
                    image: facts.image.take(),
                    image_alt,
                    order: person.order,
                    sample: facts.sample,
                };
                self.people.insert(stem, person);
            }
            Kind::Document { file, date } => {
                // Without a file there is nothing to show; that was reported.
                if let Some(file) = file.take() {
                    let download = Download {
                        title,
                        description,
                        file,
                        date: *date,
                        sample: facts.sample,
                    };
                    self.documents.insert(stem, download);
                }
            }
            Kind::Venue { map, .. } => {
                let venue = Venue {
                    title,
                    address,
                    accessibility,
                    map: map.clone(),
                };
                self.venues.insert(stem, venue);
            }
            Kind::Page { .. } | Kind::Service { .. } | Kind::News { .. } | Kind::Event(_) => {}
        }
    }

    /// Whether there is something under this name.
    pub fn contains(&self, id: &DocumentId) -> bool {
        match id.section {
            Section::People => self.people.contains_key(&id.stem),
            Section::Documents => self.documents.contains_key(&id.stem),
            Section::Venues => self.venues.contains_key(&id.stem),
            Section::Pages | Section::Services | Section::News | Section::Events => false,
        }
    }

    /// The identity and the title of everything.
    pub fn titles(&self) -> impl Iterator<Item = (DocumentId, &Localized)> {
        let id = |section, stem: &Slug| DocumentId {
            section,
            stem: stem.clone(),
        };
        let people = self.people.iter();
        let people = people.map(move |(stem, found)| (id(Section::People, stem), &found.name));
        let documents = self.documents.iter();
        let documents =
            documents.map(move |(stem, found)| (id(Section::Documents, stem), &found.title));
        let venues = self.venues.iter();
        let venues = venues.map(move |(stem, found)| (id(Section::Venues, stem), &found.title));
        people.chain(documents).chain(venues)
    }

    /// The names of everything in a section.
    pub fn names(&self, section: Section) -> Vec<&str> {
        match section {
            Section::People => self.people.keys().map(Slug::as_str).collect(),
            Section::Documents => self.documents.keys().map(Slug::as_str).collect(),
            Section::Venues => self.venues.keys().map(Slug::as_str).collect(),
            Section::Pages | Section::Services | Section::News | Section::Events => Vec::new(),
        }
    }
}

/// Whether what is in a folder is noted here.
pub(super) fn is_noted(section: Section) -> bool {
    match section {
        Section::People | Section::Documents | Section::Venues => true,
        Section::Pages | Section::Services | Section::News | Section::Events => false,
    }
}

/// Says of every event at a venue where that is, as far as it is known: in calendars and mails nobody can look it up.
pub(super) fn place_events(documents: &mut [Document], directory: &Directory) {
    let at: BTreeMap<Slug, Slug> = documents
        .iter()
        .filter(|document| document.id.section == Section::Events)
        .filter_map(|document| {
            let venue = venue_of(document.facts.as_ref()?)?;
            Some((document.id.stem.clone(), venue))
        })
        .collect();
    for document in documents
        .iter_mut()
        .filter(|document| document.id.section == Section::Events)
    {
        let venue = at
            .get(&document.id.stem)
            .and_then(|venue| directory.venues.get(venue));
        let Some(venue) = venue else { continue };
        let texts = &mut document.texts;
        texts.room = std::mem::take(&mut texts.place);
        let parts = [
            texts.room.as_str(),
            venue.title.text(&document.language),
            venue.address.text(&document.language),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        texts.place = parts.join(", ");
    }
}

fn venue_of(facts: &Facts) -> Option<Slug> {
    let reference = facts
        .references
        .iter()
        .find(|reference| reference.section == Section::Venues)?;
    Slug::parse(&reference.stem.value).ok()
}
