//! What the templates of lists may print.

use forms::Language;
use serde::Serialize;
use tera::Value;

use super::{Html, LinkView, StateView};

/// `section.html`
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// What is in it; only on its first page.
    pub intro: String,
    /// Its cards ([`CardView`]).
    pub items: Vec<Value>,
    /// Its other pages.
    pub pager: Option<PagerView>,
    /// The years of its archive, the latest first.
    pub years: Vec<CountView>,
}

/// `events.html`
#[derive(Debug, Serialize)]
pub struct EventsView {
    /// What is in it; only on its first page.
    pub intro: String,
    /// The next first ([`EventCardView`]).
    pub upcoming: Vec<Value>,
    /// The other pages of what is upcoming.
    pub pager: Option<PagerView>,
    /// The latest first; only on the first page.
    pub past: Vec<Value>,
    /// The years of the archive of what is past, the latest first.
    pub years: Vec<CountView>,
}

/// `archive.html`
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    /// What is of the year, the oldest first.
    pub items: Vec<Value>,
    /// The same, where it is events.
    pub events: Vec<Value>,
    /// The pages of the year, and the years beside it.
    pub pager: Option<PagerView>,
}

/// `tag.html`
#[derive(Debug, Serialize)]
pub struct TagView {
    /// What stands on this page, by kind.
    pub groups: Vec<GroupView>,
    /// Its other pages.
    pub pager: Option<PagerView>,
}

/// Entries of one kind under a heading.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// The heading.
    pub title: String,
    /// The cards.
    pub items: Vec<Value>,
    /// The cards, where the entries are events.
    pub events: Vec<Value>,
}

/// `tags.html`
#[derive(Debug, Serialize)]
pub struct TagsView {
    /// The tags that something has.
    pub items: Vec<CountView>,
}

/// A link with how much is behind it.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// How many entries are there.
    pub count: usize,
}

/// The way through the pages of a list.
#[derive(Debug, Serialize)]
pub struct PagerView {
    /// The page before, in words.
    pub previous: Option<LinkView>,
    /// The page after, in words.
    pub next: Option<LinkView>,
    /// Pages by number: the first, those around this one, and nothing that a later entry could add.
    pub pages: Vec<NumberView>,
}

/// A page by its number.
#[derive(Debug, Serialize)]
pub struct NumberView {
    /// The number.
    pub title: String,
    /// What it is called when it is read aloud.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether pages before it are left out.
    pub gap: bool,
}

/// `a-z.html`
#[derive(Debug, Serialize)]
pub struct AToZView {
    /// The letters that something begins with, in the order of the alphabet.
    pub letters: Vec<LetterView>,
}

/// What begins with a letter.
#[derive(Debug, Serialize)]
pub struct LetterView {
    /// The letter.
    pub title: String,
    /// What its heading is called in addresses.
    pub id: String,
    /// The pages.
    pub items: Vec<LetterItemView>,
}

/// A page in the list by letter.
#[derive(Debug, Serialize)]
pub struct LetterItemView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The language of its title, where it is not the reader's.
    pub lang: Option<Language>,
    /// What sort of page it is, and of which day; may be empty.
    pub note: String,
}

/// The entries beside one in its list.
#[derive(Debug, Default, Serialize)]
pub struct NeighboursView {
    /// The older one.
    pub older: Option<LinkView>,
    /// The newer one.
    pub newer: Option<LinkView>,
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
    /// The language of its texts, where it is not the page's.
    pub lang: Option<Language>,
    /// Its picture, which says nothing that the title does not say; may be empty.
    pub picture: Html,
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
    /// The instant from which it is over, for programs; may be empty.
    pub ends_at: String,
    /// When, in words.
    pub when: String,
    /// The day of the month.
    pub day: String,
    /// The month, short.
    pub month: String,
    /// Where.
    pub place: String,
    /// How it stands.
    pub state: StateView,
    /// The language of its texts, where it is not the page's.
    pub lang: Option<Language>,
    /// Invented, to try the site with.
    pub sample: bool,
}
