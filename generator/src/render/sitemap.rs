//! `sitemap.xml` (sitemaps.org): every page that search engines may show, with its translations.

use std::collections::HashMap;

use crate::render::routes::{Route, What, routes};
use crate::render::xml::Xml;
use crate::site::Site;

/// A file of the sitemap.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sitemap {
    /// All of it.
    Whole,
    /// The list of its parts, where one file would be too large: so many.
    Index(usize),
    /// One of them.
    Part(usize),
}

/// How many addresses a file holds at most. The limits are 50,000 and 50 MB: with the addresses of several languages at
/// each address, the second one is met first.
const MOST: usize = 25_000;

/// The files of the sitemap of these routes, each with its path below `dist/site/`.
pub(super) fn sitemaps(site: &Site, routes: &[Route]) -> Vec<(String, Sitemap)> {
    let pages = routes.iter().filter(|route| is_page(site, route)).count();
    files(pages, MOST)
}

fn files(pages: usize, most: usize) -> Vec<(String, Sitemap)> {
    let index = "sitemap.xml".to_owned();
    if pages <= most {
        return vec![(index, Sitemap::Whole)];
    }
    let parts = pages.div_ceil(most);
    let mut files = vec![(index, Sitemap::Index(parts))];
    files.extend((0..parts).map(|part| (part_name(part), Sitemap::Part(part))));
    files
}

fn part_name(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

/// The bytes of a file of the sitemap.
pub(super) fn sitemap(site: &Site, sitemap: Sitemap) -> Vec<u8> {
    match sitemap {
        Sitemap::Index(parts) => index(site, parts),
        Sitemap::Whole => urls(site, 0, usize::MAX),
        Sitemap::Part(part) => urls(site, part * MOST, MOST),
    }
}

fn index(site: &Site, parts: usize) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[("xmlns", SITEMAPS)]);
    for part in 0..parts {
        xml.open("sitemap", &[]);
        let url = format!("{}/{}", site.settings.base_url, part_name(part));
        xml.text("loc", &[], &url);
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn urls(site: &Site, first: usize, most: usize) -> Vec<u8> {
    let routes = routes(site);
    let pages: Vec<&Route> = routes.iter().filter(|route| is_page(site, route)).collect();
    // What is the same in another language is its translation.
    let mut translations: HashMap<&What, Vec<&Route>> = HashMap::with_capacity(pages.len());
    for page in &pages {
        translations.entry(&page.what).or_default().push(page);
    }
    let languages: Vec<_> = site.languages().collect();
    let order = |route: &Route| languages.iter().position(|tag| **tag == route.language);
    for group in translations.values_mut() {
        group.sort_by_key(|route| order(route));
    }
    let mut xml = Xml::new();
    xml.open("urlset", &[("xmlns", SITEMAPS), ("xmlns:xhtml", XHTML)]);
    for page in pages.into_iter().skip(first).take(most) {
        xml.open("url", &[]);
        xml.text("loc", &[], &address(site, page));
        if let Some(day) = last_change(site, &page.what) {
            xml.text("lastmod", &[], &day);
        }
        let group = translations.get(&page.what).into_iter().flatten();
        let group: Vec<&Route> = group
            .copied()
            .filter(|route| is_same(site, page, route))
            .collect();
        if group.len() > 1 {
            let mut alternate = |tag: &str, route: &Route| {
                let href = address(site, route);
                let attributes = [("rel", "alternate"), ("hreflang", tag), ("href", &*href)];
                xml.empty("xhtml:link", &attributes);
            };
            for route in &group {
                alternate(route.language.as_str(), route);
            }
            if order(group[0]) == Some(0) {
                alternate("x-default", group[0]);
            }
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

/// Whether a page in another language is the same page, as both say in their heads.
fn is_same(site: &Site, page: &Route, other: &Route) -> bool {
    match &page.what {
        What::List(list) => site
            .list_elsewhere(list, &page.language, &other.language)
            .is_some(),
        _ => true,
    }
}

/// Whether a route is a page that search engines may show.
fn is_page(site: &Site, route: &Route) -> bool {
    match &route.what {
        What::Entry(index) => {
            let entry = &site.entries[*index];
            entry.is_found() && entry.versions.contains_key(&route.language)
        }
        What::List(_) | What::Search => true,
        What::NotFound
        | What::CalendarEntry(_)
        | What::Feed(_)
        | What::Sitemap(_)
        | What::Robots => false,
    }
}

fn address(site: &Site, route: &Route) -> String {
    let path = route.path.trim_end_matches("index.html");
    format!("{}/{path}", site.settings.base_url)
}

/// The day on which a page last changed, where the content says so.
fn last_change(site: &Site, what: &What) -> Option<String> {
    let What::Entry(index) = what else {
        return None;
    };
    let entry = &site.entries[*index];
    let updated = site.history(entry).updated.filter(|_| !entry.sample)?;
    Some(
        updated
            .to_zoned(site.settings.zone.clone())
            .date()
            .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::{Sitemap, files};

    #[test]
    fn what_is_too_much_for_one_file_is_several_and_a_list_of_them() {
        assert_eq!(files(3, 3), [("sitemap.xml".to_owned(), Sitemap::Whole)]);
        assert_eq!(
            files(7, 3),
            [
                ("sitemap.xml".to_owned(), Sitemap::Index(3)),
                ("sitemap-1.xml".to_owned(), Sitemap::Part(0)),
                ("sitemap-2.xml".to_owned(), Sitemap::Part(1)),
                ("sitemap-3.xml".to_owned(), Sitemap::Part(2)),
            ]
        );
    }
}
