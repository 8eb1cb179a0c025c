//! Every file of the site that is rendered, by its path.

mod lists;

use forms::Language;

use crate::render::feeds::{self, Feed};
use crate::render::sitemap::{Sitemap, sitemaps};
use crate::site::lists::ListPage;
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

impl Route {
    /// Whether people read it in a browser; all else is for programs.
    pub fn is_page(&self) -> bool {
        match self.what {
            What::Entry(_) | What::List(_) | What::Search | What::NotFound => true,
            What::CalendarEntry(_) | What::Feed(_) | What::Sitemap(_) | What::Robots => false,
        }
    }
}

/// What is in a rendered file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// A page, by its index in [`Site::entries`].
    Entry(usize),
    /// An event's calendar entry, by its index in [`Site::entries`].
    CalendarEntry(usize),
    /// A page of a list.
    List(ListPage),
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
        add(site.home(language).file("404.html"), What::NotFound);
        if let Some(path) = site.search(language) {
            add(path.file("index.html"), What::Search);
        }
        for (path, feed) in feeds::feeds(site, language) {
            add(path, What::Feed(feed));
        }
        routes.extend(lists::routes(site, language));
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
