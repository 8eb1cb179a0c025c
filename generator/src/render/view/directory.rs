//! What the templates of people, documents and venues may print.

use serde::Serialize;

use super::{BodyView, Html, LinkView};

/// `people.html`
#[derive(Debug, Serialize)]
pub struct PeopleView {
    /// What is in it.
    pub intro: String,
    /// In their order.
    pub items: Vec<PersonView>,
}

/// A person whom visitors may turn to.
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// Their place on the page of the list.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they do here.
    pub role: String,
    /// One sentence; may be empty.
    pub about: String,
    /// The language of the texts, where it is not the reader's; else empty.
    pub lang: String,
    /// An e-mail address; may be empty.
    pub email: String,
    /// The photograph; may be empty.
    pub picture: Html,
    /// A telephone number; may be empty.
    pub telephone: String,
    /// The same as an address; may be empty.
    pub telephone_url: String,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// `documents.html`
#[derive(Debug, Serialize)]
pub struct DocumentsView {
    /// What is in it.
    pub intro: String,
    /// The latest first.
    pub items: Vec<DownloadView>,
}

/// A file that visitors may need.
#[derive(Debug, Serialize)]
pub struct DownloadView {
    /// Its place on the page of the list.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// The language of the texts, where it is not the reader's; else empty.
    pub lang: String,
    /// The address of the file.
    pub url: String,
    /// Of what sort it is and how large, in words.
    pub file: String,
    /// The day of the document, for machines.
    pub date_iso: String,
    /// The same in words.
    pub date: String,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// `venue.html`
#[derive(Debug, Serialize)]
pub struct VenuePageView {
    /// The place.
    pub venue: VenueView,
    /// How to get there.
    pub body: BodyView,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// A place to which visitors come.
#[derive(Debug, Serialize)]
pub struct VenueView {
    /// Its name.
    pub title: String,
    /// Its page, where there is one.
    pub link: Option<LinkView>,
    /// Street, number, town.
    pub address: String,
    /// Whether everybody can get in; may be empty.
    pub accessibility: String,
    /// A link to the place on a map; may be empty.
    pub map: String,
    /// The language of the texts, where it is not the reader's; else empty.
    pub lang: String,
}
