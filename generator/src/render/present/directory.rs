//! People, documents and venues, in words of one language.

use forms::{Language, Localized, Slug, Strings, date_in_words};

use super::dates::day_iso;
use super::{body, link, pictures, section_intro};
use crate::parse::document::{DocumentId, Section};
use crate::render::view::LinkView;
use crate::render::view::directory::{
    DocumentsView, DownloadView, PeopleView, PersonView, VenuePageView, VenueView,
};
use crate::site::directory::{Download, Person, Venue};
use crate::site::{Entry, Site, Version};

pub(crate) fn people(site: &Site, language: &Language) -> PeopleView {
    let mut people: Vec<(&Slug, &Person)> = site.directory.people.iter().collect();
    people.sort_by_key(|(_, person)| person.order);
    PeopleView {
        intro: section_intro(site, Section::People, language),
        items: people
            .into_iter()
            .map(|(stem, found)| person(site, stem, found, language))
            .collect(),
    }
}

pub(crate) fn documents(site: &Site, language: &Language) -> DocumentsView {
    let mut documents: Vec<(&Slug, &Download)> = site.directory.documents.iter().collect();
    documents.sort_by_key(|(_, document)| std::cmp::Reverse(document.date));
    DocumentsView {
        intro: section_intro(site, Section::Documents, language),
        items: documents
            .into_iter()
            .map(|(stem, found)| download(site, stem, found, language))
            .collect(),
    }
}

pub(crate) fn venue_page(
    site: &Site,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> Option<VenuePageView> {
    let found = site.directory.venues.get(&entry.id.stem)?;
    Some(VenuePageView {
        venue: venue(site, &entry.id.stem, found, language),
        body: body(site, entry, version, language),
        sample: entry.sample,
    })
}

/// The person whom a page names.
pub(super) fn person_of(site: &Site, entry: &Entry, language: &Language) -> Option<PersonView> {
    let stem = Slug::parse(entry.reference(Section::People)?).ok()?;
    let found = site.directory.people.get(&stem)?;
    Some(person(site, &stem, found, language))
}

/// The venue that a page names.
pub(super) fn venue_of(site: &Site, entry: &Entry, language: &Language) -> Option<VenueView> {
    let stem = Slug::parse(entry.reference(Section::Venues)?).ok()?;
    let found = site.directory.venues.get(&stem)?;
    Some(venue(site, &stem, found, language))
}

/// The page of a folder that a page names.
pub(super) fn page_of(
    site: &Site,
    entry: &Entry,
    section: Section,
    language: &Language,
) -> Option<LinkView> {
    let stem = Slug::parse(entry.reference(section)?).ok()?;
    page_link(site, &DocumentId { section, stem }, language)
}

fn page_link(site: &Site, id: &DocumentId, language: &Language) -> Option<LinkView> {
    let page = site.entry(id)?.in_language(language)?;
    Some(LinkView {
        lang: page.foreign.cloned(),
        ..link(&page.version.texts.title, page.permalink)
    })
}

fn person(site: &Site, stem: &Slug, person: &Person, language: &Language) -> PersonView {
    let telephone = person.telephone.clone().unwrap_or_default();
    PersonView {
        id: stem.to_string(),
        name: person.name.text(language).to_owned(),
        role: person.role.text(language).to_owned(),
        about: person.about.text(language).to_owned(),
        lang: foreign(site, &person.name, language),
        email: person.email.clone().unwrap_or_default(),
        telephone_url: forms::telephone(&telephone)
            .map(|number| format!("tel:{number}"))
            .unwrap_or_default(),
        telephone,
        picture: pictures::portrait(site, person, language),
        sample: person.sample,
    }
}

fn download(site: &Site, stem: &Slug, found: &Download, language: &Language) -> DownloadView {
    let path = &found.file.value;
    DownloadView {
        id: stem.to_string(),
        title: found.title.text(language).to_owned(),
        description: found.description.text(language).to_owned(),
        lang: foreign(site, &found.title, language),
        url: format!("/media/{path}"),
        file: file_in_words(
            site.strings(language),
            path,
            site.media.size(path).unwrap_or_default(),
        ),
        date_iso: day_iso(site, found.date),
        date: date_in_words(site.strings_for(found.date.year(), language), found.date),
        sample: found.sample,
    }
}

fn venue(site: &Site, stem: &Slug, venue: &Venue, language: &Language) -> VenueView {
    let id = DocumentId {
        section: Section::Venues,
        stem: stem.clone(),
    };
    VenueView {
        title: venue.title.text(language).to_owned(),
        link: page_link(site, &id, language),
        address: venue.address.text(language).to_owned(),
        accessibility: venue.accessibility.text(language).to_owned(),
        map: venue.map.clone().unwrap_or_default(),
        lang: foreign(site, &venue.title, language),
    }
}

/// The language of a text, where it is not the reader's.
fn foreign(site: &Site, text: &Localized, language: &Language) -> String {
    if text.get(language).is_some() {
        return String::new();
    }
    site.languages()
        .find(|other| text.get(other).is_some())
        .map_or_else(String::new, |other| other.as_str().to_owned())
}

/// „PDF, 1,2 MB“: what a visitor wants to know before loading a file.
pub(crate) fn file_in_words(strings: &Strings, path: &str, size: u64) -> String {
    const KILO: u64 = 1000;
    const MEGA: u64 = KILO * KILO;
    let sort = path
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_uppercase();
    let size = if size < MEGA {
        // A file is never of no size.
        let kilobytes = size.div_ceil(KILO).max(1).to_string();
        strings.fill("documents.kilobytes", &[("size", &kilobytes)])
    } else {
        let tenths = (size + MEGA / 20) / (MEGA / 10);
        let mark = strings.text("documents.decimal_mark");
        let megabytes = match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}{mark}{rest}", tenths / 10),
        };
        strings.fill("documents.megabytes", &[("size", &megabytes)])
    };
    if sort.is_empty() {
        size
    } else {
        format!("{sort}, {size}")
    }
}
