//! What stands around every page: the site in a language, the head, menus, who pays.

use std::collections::BTreeMap;

use forms::Language;
use serde::Serialize;

use super::{Html, Json, LinkView};
use crate::render::assets::AssetView;

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
    /// Where one changes the page, for whoever works here; mostly empty.
    pub edit: String,
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
    /// The language that a shared link shows, with its country.
    pub locale: String,
    /// The day of an article, for machines; may be empty.
    pub published: String,
    /// The day on which the page last changed, where that is known.
    pub updated: Option<DayView>,
    /// What the page is about, for search engines; may be empty.
    pub json_ld: Json,
    /// The feeds of the list that this page is; none otherwise.
    pub feeds: Vec<FeedLinkView>,
    /// The ways to subscribe to this list, in words.
    pub subscribe: Vec<LinkView>,
}

/// A day.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// For machines.
    pub iso: String,
    /// In words.
    pub date: String,
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
