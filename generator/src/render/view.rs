//! What each template may print: one struct per template, text ready for a reader.

mod frame;
mod lists;
mod body;
pub mod directory;

use forms::{FormView, Language};
use serde::Serialize;
use tera::Value;

pub use frame::*;
pub use lists::*;

use directory::{PersonView, VenueView};

pub use body::{
    AskedView, BodyView, GalleryPictureView, PartView, PersonalDataView, QuestionView,
    TimetableRowView,
};

/// HTML that was made from Markdown by our own writer. A template prints nothing else unescaped but [`Json`].
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// JSON in which no character could end the script element that it stands in.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Json(pub String);

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// The language of its words, where it is not the page's.
    pub lang: Option<Language>,
}

/// `home.html`
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// The promise.
    pub lead: String,
    /// Three short facts.
    pub facts: Vec<String>,
    /// The one button.
    pub action: Option<LinkView>,
    /// How a visit goes.
    pub steps: Vec<String>,
    /// More on that.
    pub visit: Option<LinkView>,
    /// More on who pays.
    pub project: Option<LinkView>,
    /// The text.
    pub body: BodyView,
    /// What the centre does ([`CardView`]).
    pub services: Vec<Value>,
    /// The next events ([`EventCardView`]).
    pub events: Vec<Value>,
    /// The latest news ([`CardView`]).
    pub news: Vec<Value>,
    /// The list of services.
    pub services_link: LinkView,
    /// The list of events.
    pub events_link: LinkView,
    /// The list of news.
    pub news_link: LinkView,
}

/// `page.html`
#[derive(Debug, Serialize)]
pub struct PlainView {
    /// The text.
    pub body: BodyView,
    /// The form under it.
    pub form: Option<FormView>,
}

/// `service.html`
#[derive(Debug, Serialize)]
pub struct ServiceView {
    /// The short name of the strand.
    pub strand: String,
    /// For whom.
    pub audience: String,
    /// How it goes.
    pub steps: Vec<String>,
    /// The text.
    pub body: BodyView,
    /// The way to register.
    pub action: Option<LinkView>,
    /// What to read next ([`CardView`]).
    pub related: Vec<Value>,
    /// Whom one can ask.
    pub contact: Option<PersonView>,
}

/// `news.html`
#[derive(Debug, Serialize)]
pub struct NewsView {
    /// The day, for machines.
    pub date_iso: String,
    /// The day in words.
    pub date: String,
    /// The event that it is about.
    pub event: Option<LinkView>,
    /// What it is about.
    pub tags: Vec<LinkView>,
    /// Invented, to try the site with.
    pub sample: bool,
    /// How long it takes to read, in words.
    pub reading_time: String,
    /// The text.
    pub body: BodyView,
    /// What to read next ([`CardView`]).
    pub related: Vec<Value>,
    /// The news before and after it.
    pub neighbours: NeighboursView,
}

/// `event.html`
#[derive(Debug, Serialize)]
pub struct EventView {
    /// When, in words.
    pub when: String,
    /// When it begins, for machines.
    pub starts_iso: String,
    /// When it ends, for machines; may be empty.
    pub ends_iso: String,
    /// Of an event that repeats, the times to come.
    pub next_dates: Vec<DateView>,
    /// Of an event that repeats, the times that were.
    pub past_dates: Vec<DateView>,
    /// Where, in words; at a venue only where in it.
    pub place: String,
    /// The venue.
    pub venue: Option<VenueView>,
    /// The service to which it belongs.
    pub service: Option<LinkView>,
    /// Who is in charge.
    pub organiser: Option<PersonView>,
    /// Whether it is over.
    pub past: bool,
    /// How many came; empty where nobody counted.
    pub visitors: String,
    /// Invented, to try the site with.
    pub sample: bool,
    /// How it stands.
    pub state: StateView,
    /// How many people may come, in words; may be empty.
    pub capacity_text: String,
    /// What it is about.
    pub tags: Vec<LinkView>,
    /// The address of its calendar entry.
    pub calendar_url: String,
    /// The text.
    pub body: BodyView,
    /// The form to sign up with, while one may.
    pub form: Option<FormView>,
    /// What to read next ([`CardView`]).
    pub related: Vec<Value>,
    /// Of an event that is over: those before and after it.
    pub neighbours: NeighboursView,
}

/// One of the times that an event takes place.
#[derive(Debug, Serialize)]
pub struct DateView {
    /// When it begins, for machines.
    pub iso: String,
    /// When, in words.
    pub when: String,
}

/// How an event stands.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// `open`, `closed`, `not_yet_open`, `over`, `cancelled`, `postponed` or `none`.
    pub code: &'static str,
    /// In words; may be empty.
    pub text: String,
}

/// `not-found.html`
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// Where to go instead.
    pub links: Vec<LinkView>,
}

/// `search.html`
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What the browser searches with.
    pub files: SearchFilesView,
    /// Where one finds the rest without a script.
    pub groups: Vec<LinkGroupView>,
}

/// What a browser searches with.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchFilesView {
    /// The address of the script; empty when the theme has none.
    pub script: String,
    /// The address of the index.
    pub index: String,
}

/// Links under a heading.
#[derive(Debug, Serialize)]
pub struct LinkGroupView {
    /// The heading.
    pub title: String,
    /// The links.
    pub links: Vec<LinkView>,
}
