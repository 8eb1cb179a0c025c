//! One content file, read: its fields by kind, and its text.

mod facts;
mod identity;
mod read;
mod record;
mod values;
mod loose;
mod rules;
mod fill;
mod typeset;
mod standing;

use std::sync::Arc;

use forms::{Language, Slug};
use jiff::civil::Date;

use crate::diagnostic::{Place, Placed};
use crate::model::Kind as Model;
use crate::parse::markdown::Body;

pub use crate::model::Section;
pub use facts::{EventFacts, Every, Facts, Kind, PersonFacts, Picture, RegistrationFacts, Repeats};
pub(crate) use identity::{bad_file_name, not_text, not_utf8};
pub(crate) use read::read;
pub use record::Reference;
pub use standing::Standing;
pub(crate) use standing::{compare, fingerprint_of, fingerprints};
pub(crate) use values::email_meant;

/// Stands for a day that could not be read, which was reported, so that the other stages find their problems in the
/// same run. It is never published.
const UNREADABLE_DAY: Date = jiff::civil::date(1970, 1, 1);

/// What a page is called in content: folder and file name without language and ending. Translations share it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DocumentId {
    /// The folder.
    pub section: Section,
    /// The file name without language and ending.
    pub stem: Slug,
}

impl DocumentId {
    /// The identity written as `pages/kontakti`.
    pub fn parse(text: &str) -> Option<DocumentId> {
        let (folder, stem) = text.split_once('/')?;
        Some(DocumentId {
            section: Section::of_folder(folder)?,
            stem: Slug::parse(stem).ok()?,
        })
    }

    /// What can be written in its file.
    pub fn model(&self) -> &'static Model {
        crate::model::kind_of(self.section, self.is_home())
    }

    /// Whether this is the home page.
    pub fn is_home(&self) -> bool {
        self.section == Section::Pages && self.stem.as_str() == "index"
    }
}

/// One content file. Large parts are boxed: many thousands of them are sorted and handed on.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which page it is.
    pub id: DocumentId,
    /// In which language.
    pub language: Language,
    /// The path of the file.
    pub path: String,
    /// Where its fields stand.
    pub fields_place: Place,
    /// Not published yet: the page, or in the file of another language this translation.
    pub draft: bool,
    /// What a translation was made from, as it says.
    pub translated_from: Option<Placed<String>>,
    /// Whether that is what the original says now.
    pub standing: Standing,
    /// What a visitor reads of the fields.
    pub texts: Box<Texts>,
    /// What is the same in every language; said once, in the default language.
    pub facts: Option<Box<Facts>>,
    /// The text.
    pub body: Arc<Body>,
}

/// What a visitor reads of the fields of a file.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The title.
    pub title: String,
    /// Pages: what menus call it; empty where that is the title.
    pub menu_title: String,
    /// One sentence, for lists and for search results.
    pub description: String,
    /// An address of its own; the file's name otherwise.
    pub slug: Option<Placed<Slug>>,
    /// Home: the promise.
    pub lead: String,
    /// Home: three short facts.
    pub highlights: Vec<String>,
    /// Home: the button.
    pub action: Option<Action>,
    /// Home: the way to the page on a visit.
    pub visit: Option<Action>,
    /// Home: the way to the page on the project.
    pub project: Option<Action>,
    /// Services: the short name of the strand.
    pub strand: String,
    /// Services: for whom.
    pub audience: String,
    /// Services and home: how it goes.
    pub steps: Vec<String>,
    /// Events: where, in words; at a venue also its name and address.
    pub place: String,
    /// Events at a venue: where in it.
    pub room: String,
    /// People: what they do here.
    pub role: String,
    /// Venues: street, number, town.
    pub address: String,
    /// Venues: whether everybody can get in.
    pub accessibility: String,
    /// Paths on the site under which this page is found as well, such as `/novini/staro-ime/`.
    pub aliases: Vec<Placed<String>>,
    /// What can be seen in the picture; empty where it is decorative, or where there is none.
    pub image_alt: String,
    /// Where that is written.
    pub image_alt_place: Option<Place>,
}

impl Texts {
    /// What menus call the page.
    pub fn in_menus(&self) -> &str {
        if self.menu_title.is_empty() {
            &self.title
        } else {
            &self.menu_title
        }
    }

    /// The links that are fields.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &Action> {
        [&self.action, &self.visit, &self.project]
            .into_iter()
            .flatten()
    }
}

/// A link to a page, and what it says.
#[derive(Clone, Debug)]
pub struct Action {
    /// The page, such as `pages/registratsia`.
    pub page: Placed<String>,
    /// The words on it.
    pub label: String,
}
