//! The index of the search: made with the site, looked up in the browser.
//!
//! In: the whole site. Out: a file for each language, and its address. A visitor's words are found in every form, and in
//! Latin letters too; see [`Analyzer`]. The search page draws the file's address, the theme's `search.js` does the rest.

mod words;
mod analyzer;
mod pages;
mod terms;
mod file;

use forms::{Language, Strings};

use crate::parse::document::Section;
use crate::site::Site;

pub use analyzer::Analyzer;
pub(crate) use analyzer::faults;
use terms::Limits;

/// How many postings from the text of pages an index holds, about.
const TELLING: usize = 11_000;
/// How many terms of its text a page has at least, however many pages there are.
const LEAST_TELLING: usize = 8;

/// How many words of texts are read for an index, about: a build of ten thousand pages is to spend its time elsewhere.
const WORDS: usize = 1_500_000;
/// How many words of its text are read of a page at least.
const LEAST_WORDS: usize = 150;

/// The name of the index of a language among the assets.
pub(crate) fn name(language: &Language) -> String {
    format!("search.{language}.json")
}

/// The index of every language with its name; none where the settings name no search page.
pub(crate) fn indexes(site: &Site) -> Vec<(String, Vec<u8>)> {
    searched(site)
        .map(|strings| (name(&strings.language), index(site, strings)))
        .collect()
}

/// The names of these indexes.
pub fn names(site: &Site) -> Vec<String> {
    searched(site)
        .map(|strings| name(&strings.language))
        .collect()
}

/// The index of this name alone.
pub fn index_named(site: &Site, wanted: &str) -> Option<Vec<u8>> {
    let strings = searched(site).find(|strings| name(&strings.language) == wanted)?;
    Some(index(site, strings))
}

fn searched(site: &Site) -> impl Iterator<Item = &Strings> {
    let is_searched = site.settings.search.is_some();
    site.strings.iter().filter(move |_| is_searched)
}

fn index(site: &Site, strings: &Strings) -> Vec<u8> {
    let analyzer = &Analyzer::read(strings);
    let language = &strings.language;
    let pages = pages::pages(site, language);
    let limits = Limits {
        words: (WORDS / pages.len().max(1)).max(LEAST_WORDS),
        telling: (TELLING / pages.len().max(1)).max(LEAST_TELLING),
    };
    let terms = terms::terms(&pages, analyzer, limits);
    let sections: Vec<(String, &str)> = Section::LISTED
        .into_iter()
        .filter_map(|section| {
            let settings = site.settings.sections.get(&section)?;
            let path = site.section(section, language)?;
            Some((path.as_str().to_owned(), settings.title.text(language)))
        })
        .collect();
    let sections = sections
        .iter()
        .map(|(path, title)| (path.as_str(), *title))
        .collect();
    file::file(strings, analyzer, sections, &pages, terms)
}
