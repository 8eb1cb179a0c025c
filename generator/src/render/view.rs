//! What each template may print: one struct per template, text ready for a reader.

use forms::{FormView, Language};
use serde::Serialize;

/// HTML that was made from Markdown by our own writer, the only value a template may print unescaped.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

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
    /// The address of the icon.
    pub icon: String,
    /// The main menu.
    pub navigation: Vec<LinkView>,
    /// The menu at the foot.
    pub footer: Vec<LinkView>,
    /// The page on which one searches, where there is one.
    pub search: Option<LinkView>,
    /// How to reach the centre.
    pub contact: Vec<ContactView>,
    /// The page that says what happens with answers.
    pub privacy: Option<LinkView>,
    /// Who pays, where that must be said.
    pub funding: Option<FundingView>,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: String,
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
    /// The way from the home page to the page, without it.
    pub breadcrumbs: Vec<LinkView>,
    /// The page in every language, this one included.
    pub alternates: Vec<AlternateView>,
}

/// A page in another language, or the other home page where it was not translated.
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
    /// Whether it is this page.
    pub current: bool,
    /// Whether the same page exists in that language.
    pub translated: bool,
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
    pub body: Html,
    /// What the centre does.
    pub services: Vec<CardView>,
    /// The next events.
    pub events: Vec<EventCardView>,
    /// The latest news.
    pub news: Vec<CardView>,
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
    pub body: Html,
    /// The form under it.
    pub form: Option<FormView>,
}

/// `section.html`
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// What is in it.
    pub intro: String,
    /// What is in it, one by one.
    pub items: Vec<CardView>,
}

/// `events.html`
#[derive(Debug, Serialize)]
pub struct EventsView {
    /// What is in it.
    pub intro: String,
    /// The next first.
    pub upcoming: Vec<EventCardView>,
    /// The latest first.
    pub past: Vec<EventCardView>,
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
    pub body: Html,
    /// The way to register.
    pub action: Option<LinkView>,
}

/// `news.html`
#[derive(Debug, Serialize)]
pub struct NewsView {
    /// The day, for machines.
    pub date_iso: String,
    /// The day in words.
    pub date: String,
    /// What it is about.
    pub tags: Vec<LinkView>,
    /// Invented, to try the site with.
    pub sample: bool,
    /// The text.
    pub body: Html,
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
    /// Where.
    pub place: String,
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
    pub body: Html,
    /// The form to sign up with, while one may.
    pub form: Option<FormView>,
}

/// How an event stands.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// `open`, `closed`, `not_yet_open`, `over`, `cancelled`, `postponed` or `none`.
    pub code: &'static str,
    /// In words; may be empty.
    pub text: String,
}

/// `tag.html`
#[derive(Debug, Serialize)]
pub struct TagView {
    /// News and services with the tag.
    pub items: Vec<CardView>,
    /// Events with the tag.
    pub events: Vec<EventCardView>,
}

/// `tags.html`
#[derive(Debug, Serialize)]
pub struct TagsView {
    /// The tags.
    pub items: Vec<CardView>,
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

/// A page in a list.
#[derive(Debug, Serialize)]
pub struct CardView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// One sentence.
    pub description: String,
    /// Its day, for machines; may be empty.
    pub date_iso: String,
    /// Its day in words; may be empty.
    pub date: String,
    /// Invented, to try the site with.
    pub sample: bool,
}

/// An event in a list.
#[derive(Debug, Serialize)]
pub struct EventCardView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// One sentence.
    pub description: String,
    /// When it begins, for machines.
    pub starts_iso: String,
    /// When, in words.
    pub when: String,
    /// The day of the month.
    pub day: String,
    /// The month, short.
    pub month: String,
    /// The weekday.
    pub weekday: String,
    /// Where.
    pub place: String,
    /// How it stands.
    pub state: StateView,
    /// Invented, to try the site with.
    pub sample: bool,
}
