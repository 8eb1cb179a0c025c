//! The sitemap (sitemaps.org), `robots.txt` (RFC 9309), and that head and sitemap name the same translations.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};
use scraper::{Html, Selector};

use super::{Published, is_found, nothing_is_wrong, published};

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Language and address of each translation.
type Alternates = BTreeSet<(String, String)>;

/// What is wrong with the sitemap of a site.
fn faults(published: &Published, text: &str) -> Vec<String> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = Vec::new();
    if !document.root_element().has_tag_name((SITEMAPS, "urlset")) {
        faults.push("the root is no urlset".to_owned());
    }
    let mut listed = BTreeMap::new();
    for url in document.root_element().children().filter(Node::is_element) {
        let children: Vec<Node<'_, '_>> = url.children().filter(Node::is_element).collect();
        let text = |name: &str| {
            let found = children
                .iter()
                .find(|node| node.has_tag_name((SITEMAPS, name)));
            found.and_then(Node::text)
        };
        let Some(address) = text("loc").filter(|loc| loc.starts_with(published.origin)) else {
            faults.push(format!("{:?} is not an address of the site", text("loc")));
            continue;
        };
        if text("lastmod").is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
            faults.push(format!("{:?} is no day", text("lastmod")));
        }
        let alternates = children
            .iter()
            .filter(|node| node.has_tag_name((XHTML, "link")));
        let alternates: Alternates = alternates
            .filter_map(|link| {
                let (language, href) = (link.attribute("hreflang")?, link.attribute("href")?);
                Some((language.to_owned(), href.to_owned()))
            })
            .collect();
        if listed.insert(address.to_owned(), alternates).is_some() {
            faults.push(format!("{address} is there twice"));
        }
    }
    let pages = pages(published);
    for (address, in_head) in &pages {
        match listed.get(address) {
            None => faults.push(format!("{address} is missing")),
            // What has no translation needs no list of them.
            Some(in_sitemap) if in_sitemap.is_empty() => {
                if in_head.iter().any(|(_, other)| other != address) {
                    faults.push(format!("{address} lacks its translations"));
                }
            }
            Some(in_sitemap) if in_sitemap != in_head => {
                faults.push(format!(
                    "{address} has {in_sitemap:?}, its head {in_head:?}"
                ));
            }
            Some(_) => {}
        }
    }
    for (address, alternates) in &listed {
        if !pages.contains_key(address) {
            faults.push(format!("{address} is no page that may be shown"));
        }
        for (_, other) in alternates {
            if listed.get(other) != Some(alternates) {
                faults.push(format!("{other} does not name {address} in return"));
            }
        }
    }
    faults
}

/// The address of every page that search engines may show, with the translations in its head.
fn pages(published: &Published) -> BTreeMap<String, Alternates> {
    let mut pages = BTreeMap::new();
    for (path, text) in published.files(".html") {
        let page = Html::parse_document(&text);
        let select = |selector: &str| Selector::parse(selector).unwrap();
        if page
            .select(&select(r#"meta[name="robots"][content="noindex"]"#))
            .next()
            .is_some()
        {
            continue;
        }
        let alternates = page
            .select(&select("link[hreflang]"))
            .map(|link| {
                (
                    link.attr("hreflang").unwrap().to_owned(),
                    link.attr("href").unwrap().to_owned(),
                )
            })
            .collect();
        let address = format!(
            "{}/{}",
            published.origin,
            path.trim_end_matches("index.html")
        );
        pages.insert(address, alternates);
    }
    pages
}

#[test]
fn the_sitemap_has_every_page_that_may_be_shown_and_no_other() {
    nothing_is_wrong("sitemap.xml", |published, _, text| faults(published, text));
}

#[test]
fn a_broken_sitemap_would_be_seen() {
    let good = published()[0].site.output("site/sitemap.xml");
    let planted = [
        ("schemas/sitemap/0.9", "schemas/sitemap/1"),
        (
            "<loc>https://centre.example/registratsia/",
            "<loc>https://centre.example/no/",
        ),
        (
            "<loc>https://centre.example/registratsia/",
            "<loc>/registratsia/",
        ),
        (
            "<loc>https://centre.example/registratsia/",
            "<loc>https://centre.example/novini/",
        ),
        ("<lastmod>2026-10-05", "<lastmod>5.10.2026"),
        ("hreflang=\"en\"", "hreflang=\"fr\""),
        ("</urlset>", ""),
    ];
    for (from, to) in planted {
        is_found(&good, from, to, |text| faults(&published()[0], text));
    }
}

#[test]
fn robots_may_read_all_but_what_belongs_to_one_person() {
    for published in published() {
        let robots = published.site.output("site/robots.txt");
        let editor = if published.site.path("dist/site/admin").exists() {
            "Disallow: /admin/\n"
        } else {
            ""
        };
        let expected = format!(
            "User-agent: *\nDisallow: /forms/\n{editor}\nSitemap: {}/sitemap.xml\n",
            published.origin
        );
        assert_eq!(robots, expected);
    }
}
