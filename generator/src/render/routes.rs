//! Every file of the site that is rendered, by its path.

use forms::{Language, Slug};

use crate::parse::document::Section;
use crate::render::feeds::{self, Feed};
use crate::render::sitemap::{Sitemap, sitemaps};
use crate::site::{EntryKind, Site};

/// A file that is rendered.
#[derive(Clone, PartialEq, Debug)]
pub struct Route {
    /// Its path below `dist/site/`.
    pub path: String,
    /// What is in it.
    pub what: What,
    /// The language it is in.
    pub language: Language,
}

/// What is in a rendered file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// A page, by its index in [`Site::entries`].
    Entry(usize),
    /// An event's calendar entry, by its index in [`Site::entries`].
    CalendarEntry(usize),
    /// The list of a section.
    Section(Section),
    /// The list of tags.
    Tags,
    /// What has a tag.
    Tag(Slug),
    /// The page on which one searches.
    Search,
    /// What a visitor sees whose address leads nowhere.
    NotFound,
    /// What programs subscribe to.
    Feed(Feed),
    /// What search engines go by.
    Sitemap(Sitemap),
    /// What they may read.
    Robots,
}

/// Every route of the site, in the order of their paths.
pub fn routes(site: &Site) -> Vec<Route> {
    let mut routes = Vec::new();
    for language in site.languages() {
        let mut add = |path: String, what: What| {
            routes.push(Route {
                path,
                what,
                language: language.clone(),
            });
        };
        for (index, entry) in site.entries.iter().enumerate() {
            let Some(page) = entry.in_language(language) else {
                continue;
            };
            add(page.permalink.file("index.html"), What::Entry(index));
            // A calendar entry needs a year that is known.
            if let EntryKind::Event(event) = &entry.kind
                && !site.is_supposed(event.when.starts.date().year())
            {
                add(page.permalink.file("event.ics"), What::CalendarEntry(index));
            }
        }
        for section in Section::LISTED {
            if let Some(path) = site.section(section, language) {
                add(path.file("index.html"), What::Section(section));
            }
        }
        if let Some(path) = site.tags(language) {
            add(path.file("index.html"), What::Tags);
        }
        for tag in site.settings.tags.terms.keys() {
            if let Some(path) = site.tag(tag, language) {
                add(path.file("index.html"), What::Tag(tag.clone()));
            }
        }
        if let Some(path) = site.search(language) {
            add(path.file("index.html"), What::Search);
        }
        add(site.home(language).file("404.html"), What::NotFound);
        for (path, feed) in feeds::feeds(site, language) {
            add(path, What::Feed(feed));
        }
    }
    if let Some(default) = site.languages().next() {
        let sitemaps = sitemaps(site, &routes).into_iter();
        let files = sitemaps.map(|(path, sitemap)| (path, What::Sitemap(sitemap)));
        let robots = ("robots.txt".to_owned(), What::Robots);
        routes.extend(files.chain([robots]).map(|(path, what)| Route {
            path,
            what,
            language: default.clone(),
        }));
    }
    routes.sort_by(|a, b| a.path.cmp(&b.path));
    routes
}
