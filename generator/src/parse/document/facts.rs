//! What is the same in every language of a page.

use forms::{ActivityStatus, Moment};
use jiff::civil::Date;

use super::Reference;
use crate::diagnostic::{Place, Placed};

/// What is the same in every language.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Invented, to try the site with.
    pub sample: bool,
    /// Whether no search shall find it.
    pub noindex: bool,
    /// Not published yet.
    pub draft: bool,
    /// What it is about.
    pub tags: Vec<Placed<String>>,
    /// From when it is shown; a day alone begins at midnight.
    pub publish_at: Option<Placed<Moment>>,
    /// From when it is no longer shown in lists.
    pub expires_at: Option<Placed<Moment>>,
    /// When something important last changed.
    pub updated: Option<Moment>,
    /// The picture of the page.
    pub image: Option<Picture>,
    /// The other files of content that it names.
    pub references: Vec<Reference>,
    /// What depends on the kind.
    pub kind: Kind,
}

/// A picture; what can be seen in it is a text, see [`Texts::image_alt`](super::Texts::image_alt).
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its path below `content/media`, such as `ekip.jpg`.
    pub src: Placed<String>,
    /// Whether it says nothing that the text does not say.
    pub decorative: bool,
}

/// What depends on the kind of a page.
#[derive(Clone, Debug)]
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
    Event(Box<EventFacts>),
    /// Who works here.
    Person(PersonFacts),
    /// A file that visitors may need.
    Document {
        /// Its path below `content/media`.
        file: Option<Placed<String>>,
        /// The day of the document.
        date: Date,
    },
    /// Where things take place.
    Venue {
        /// A link to the place on a map.
        map: Option<String>,
        /// The place in the list.
        order: u32,
    },
}

/// Where a person is found.
#[derive(Clone, Debug, Default)]
pub struct PersonFacts {
    /// The place in the list.
    pub order: u32,
    /// An address that everybody may see.
    pub email: Option<String>,
    /// A number that everybody may see.
    pub telephone: Option<String>,
}

/// When an event is, and how one signs up for it.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
pub struct RegistrationFacts {
    /// The name of the form.
    pub form: Placed<String>,
    /// How many people may come.
    pub capacity: Option<u32>,
    /// The largest party.
    pub max_party: u32,
    /// Where that is written.
    pub max_party_place: Option<Place>,
    /// Whether people may wait for a place.
    pub waitlist: bool,
    /// Whether staff look at each registration before it holds a place for good.
    pub approval: bool,
    /// When one may begin to sign up.
    pub opens_at: Option<Moment>,
    /// When it is too late; the beginning of the event otherwise.
    pub closes_at: Option<Moment>,
}
