//! What each template may print: one struct per template, text ready for a reader.

mod lists;
mod body;
pub mod directory;

use std::collections::BTreeMap;

use forms::{FormView, Language};
use serde::Serialize;
use tera::Value;

pub use lists::*;

use crate::render::assets::AssetView;
use directory::{PersonView, VenueView};

pub use body::{BodyView, GalleryPictureView, PartView, QuestionView, TimetableRowView};

/// HTML that was made from Markdown by our own writer. A template prints nothing else unescaped but [`Json`].
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

/// JSON in which no character could end the script element that it stands in.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Json(pub String);

/// The frame around every page of a language.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// The name of the centre.
    pub name: String,
    /// Whose centre it is; may be empty.
    pub owner: String,
    /// The address of the home page.
    pub home: String,
    /// One sentence on the site.
    pub description: String,
    /// The address of the style sheet.
    pub stylesheet: String,
    /// What a browser compares the style sheet with.
    pub integrity: String,
    /// The theme's own files by their names, such as `site.assets["search.js"].url`.
    pub assets: BTreeMap<String, AssetView>,
    /// The address of the icon.
    pub icon: String,
    /// The main menu.
    pub navigation: Vec<MenuItemView>,
    /// The menu at the foot.
    pub footer: Vec<MenuItemView>,
    /// The page on which one searches, where there is one.
    pub search: Option<LinkView>,
    /// How to reach the centre.
    pub contact: Vec<ContactView>,
    /// The page that says what happens with answers.
    pub privacy: Option<LinkView>,
    /// The accessibility statement.
    pub accessibility: Option<LinkView>,
    /// Who pays, where that must be said.
    pub funding: Option<FundingView>,
    /// The feeds of the whole site.
    pub feeds: Vec<FeedLinkView>,
}

/// A file that programs subscribe to, for the head of a page.
#[derive(Debug, Serialize)]
pub struct FeedLinkView {
    /// What it is called.
    pub title: String,
    /// Its path on the site.
    pub url: String,
    /// What it is, for `type`.
    pub media_type: &'static str,
}

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

/// An entry of a menu.
#[derive(Debug, Serialize)]
pub struct MenuItemView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// The language of its words, where it is not the page's.
    pub lang: Option<Language>,
    /// The entries under it.
    pub children: Vec<LinkView>,
}

/// A page above this one.
#[derive(Debug, Serialize)]
pub struct CrumbView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The whole address.
    pub absolute_url: String,
}

/// A row of the contacts.
#[derive(Debug, Serialize)]
pub struct ContactView {
    /// What it is.
    pub label: String,
    /// The number, address or text.
    pub value: String,
    /// Where it leads; may be empty.
    pub url: String,
}

/// Who pays.
#[derive(Debug, Serialize)]
pub struct FundingView {
    /// The number of the project.
    pub project: String,
    /// „Европейски съюз“
    pub union: String,
    /// The fund.
    pub fund: String,
    /// The statement.
    pub statement: String,
    /// The address of the emblem.
    pub emblem: String,
}

/// The head of a page.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// The language, for `lang`.
    pub lang: Language,
    /// The heading.
    pub title: String,
    /// The title of the document.
    pub head_title: String,
    /// One sentence; may be empty.
    pub description: String,
    /// The path of the page.
    pub url: String,
    /// The whole address; empty for a page without one of its own.
    pub canonical: String,
    /// The address of the menu entry to which the page belongs; may be empty.
    pub section_url: String,
    /// Whether it is the home page.
    pub is_home: bool,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
    /// The language of its title and texts, where it is not `lang`: it was not translated.
    pub foreign: Option<Language>,
    /// What to know before reading on.
    pub notices: Vec<NoticeView>,
    /// The way from the home page to the page, without it.
    pub breadcrumbs: Vec<CrumbView>,
    /// The page in every language, this one included.
    pub alternates: Vec<AlternateView>,
    /// The picture of the page; may be empty.
    pub picture: Html,
    /// What other sites show beside a link to it.
    pub social_picture: Option<SocialPictureView>,
    /// What the page is, for a shared link: `website` or `article`.
    pub social_kind: &'static str,
    /// The day of an article, for machines; may be empty.
    pub published: String,
    /// What the page is about, for search engines; may be empty.
    pub json_ld: Json,
    /// The feeds of the list that this page is; none otherwise.
    pub feeds: Vec<FeedLinkView>,
    /// The ways to subscribe to this list, in words.
    pub subscribe: Vec<LinkView>,
}

/// The picture beside a link on another site.
#[derive(Debug, Serialize)]
pub struct SocialPictureView {
    /// The whole address.
    pub url: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What can be seen in it; may be empty.
    pub alt: String,
}

/// Something to know before reading on.
#[derive(Debug, Serialize)]
pub struct NoticeView {
    /// What it is.
    pub heading: String,
    /// More on it; may be empty.
    pub text: String,
    /// `info`, `wait` or `warning`.
    pub tone: &'static str,
    /// Where to go instead.
    pub link: Option<LinkView>,
}

/// A page in another language, or the other home page where there is none.
#[derive(Debug, Serialize)]
pub struct AlternateView {
    /// The language.
    pub lang: Language,
    /// Its own name.
    pub name: String,
    /// Where the page is.
    pub url: String,
    /// The whole address.
    pub absolute_url: String,
    /// The language with its country, as those who show shared links want it.
    pub locale: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether the same page exists in that language.
    pub translated: bool,
    /// That it does not, in words of that language; may be empty.
    pub note: String,
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
