//! The files of lists.

use forms::Language;

use super::{Route, What};
use crate::site::Site;

/// A route for every page of every list in a language.
pub(super) fn routes<'a>(
    site: &'a Site,
    language: &'a Language,
) -> impl Iterator<Item = Route> + 'a {
    let pages = site.list_pages(language).into_iter();
    pages.filter_map(move |page| {
        Some(Route {
            path: site.list_permalink(&page, language)?.file("index.html"),
            what: What::List(page),
            language: language.clone(),
        })
    })
}
