//! One content file, read: its fields by kind, and its text.

mod event;
mod read;

use forms::{ActivityStatus, Language, Moment, Slug};
use jiff::civil::{Date, DateTime};

use crate::diagnostic::{Place, Placed};
use crate::parse::markdown::Body;

pub(crate) use read::{bad_file_name, not_utf8, read};

/// Stands for a day that could not be read, which was reported, so that the other stages find their problems in the
/// same run. It is never published.
const UNREADABLE_DAY: Date = jiff::civil::date(1970, 1, 1);

/// A folder of content, and with it the kind of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Section {
    /// Pages that stand alone, at the root of the site.
    Pages,
    /// What the centre does.
    Services,
    /// What happened.
    News,
    /// What will happen.
    Events,
}

impl Section {
    /// Every section that has a list.
    pub const LISTED: [Section; 3] = [Section::Services, Section::News, Section::Events];

    /// The name of the folder.
    pub fn folder(self) -> &'static str {
        match self {
            Section::Pages => "pages",
            Section::Services => "services",
            Section::News => "news",
            Section::Events => "events",
        }
    }

    fn of_folder(folder: &str) -> Option<Section> {
        [
            Section::Pages,
            Section::Services,
            Section::News,
            Section::Events,
        ]
        .into_iter()
        .find(|section| section.folder() == folder)
    }
}

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

    /// Whether this is the home page.
    pub fn is_home(&self) -> bool {
        self.section == Section::Pages && self.stem.as_str() == "index"
    }
}

/// One content file.
#[derive(Debug)]
pub struct Document {
    /// Which page it is.
    pub id: DocumentId,
    /// In which language.
    pub language: Language,
    /// The path of the file.
    pub path: String,
    /// Where its fields stand.
    pub fields_place: Place,
    /// What a visitor reads of the fields.
    pub texts: Texts,
    /// What is the same in every language; said once, in the default language.
    pub facts: Option<Facts>,
    /// The text.
    pub body: Body,
}

/// What a visitor reads of the fields of a file.
#[derive(Debug, Default)]
pub struct Texts {
    /// The title.
    pub title: String,
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
    /// Services: the short name of the strand.
    pub strand: String,
    /// Services: for whom.
    pub audience: String,
    /// Services: how it goes.
    pub steps: Vec<String>,
    /// Events: where.
    pub place: String,
    /// Paths on the site under which this page is found as well, such as `/novini/staro-ime/`.
    pub aliases: Vec<Placed<String>>,
    /// What can be seen in the picture; empty where it is decorative, or where there is none.
    pub image_alt: String,
}

/// A button that leads to a page.
#[derive(Debug)]
pub struct Action {
    /// The page, such as `pages/registratsia`.
    pub page: Placed<String>,
    /// The words on it.
    pub label: String,
}

/// What is the same in every language.
#[derive(Debug)]
pub struct Facts {
    /// Invented, to try the site with.
    pub sample: bool,
    /// Not published yet.
    pub draft: bool,
    /// What it is about.
    pub tags: Vec<Placed<String>>,
    /// From when it is shown; a day alone begins at midnight.
    pub publish_at: Option<Placed<Moment>>,
    /// From when it is no longer shown in lists.
    pub expires_at: Option<Placed<Moment>>,
    /// The picture of the page.
    pub image: Option<Picture>,
    /// What depends on the kind.
    pub kind: Kind,
}

/// A picture of `content/media`; what can be seen in it is a text, see [`Texts::image_alt`].
#[derive(Debug)]
pub struct Picture {
    /// Its file, such as `media/ekip.jpg`.
    pub src: Placed<String>,
    /// Whether it says nothing that the text does not say.
    pub decorative: bool,
}

/// What depends on the kind of a page.
#[derive(Debug)]
pub enum Kind {
    /// A page that stands alone.
    Page {
        /// The form under its text.
        form: Option<Placed<String>>,
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
    Event(EventFacts),
}

/// When an event is, and how one signs up for it.
#[derive(Debug)]
pub struct EventFacts {
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// Whether it takes place.
    pub status: ActivityStatus,
    /// When it takes place again.
    pub repeats: Option<Repeats>,
    /// How one signs up. Absent when nobody needs to.
    pub registration: Option<RegistrationFacts>,
}

/// When an event takes place again, counted from its beginning.
#[derive(Debug)]
pub struct Repeats {
    /// How often.
    pub every: Every,
    /// The last day on which it may take place.
    pub until: Placed<Date>,
    /// Days on which it does not take place.
    pub except: Vec<Placed<Date>>,
    /// Where this is written.
    pub place: Place,
}

/// How often something takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Every {
    /// Each day.
    Day,
    /// The same weekday of each week.
    Week,
    /// The same day of each month.
    Month,
}

/// How one signs up for an event.
#[derive(Debug)]
pub struct RegistrationFacts {
    /// The name of the form.
    pub form: Placed<String>,
    /// How many people may come.
    pub capacity: Option<u32>,
    /// The largest party.
    pub max_party: u32,
    /// Whether people may wait for a place.
    pub waitlist: bool,
    /// Whether staff look at each registration before it holds a place for good.
    pub approval: bool,
    /// When one may begin to sign up.
    pub opens_at: Option<DateTime>,
    /// When it is too late; the beginning of the event otherwise.
    pub closes_at: Option<DateTime>,
}
