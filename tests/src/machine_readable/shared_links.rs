//! Open Graph: what a link shows that somebody shares.

use scraper::{Html, Selector};

use super::{is_found, nothing_is_wrong, published};

fn faults(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let all = |name: &str| -> Vec<&str> {
        let selector = format!("meta[property=\"{name}\"], meta[name=\"{name}\"]");
        let selector = Selector::parse(&selector).unwrap();
        let found = page.select(&selector);
        found.filter_map(|meta| meta.attr("content")).collect()
    };
    let canonical = Selector::parse("link[rel=canonical]").unwrap();
    let Some(canonical) = page.select(&canonical).next() else {
        // A page without an address of its own is not shared.
        return Vec::new();
    };
    let mut faults = Vec::new();
    for name in [
        "og:title",
        "og:type",
        "og:url",
        "og:site_name",
        "og:locale",
        "twitter:card",
    ] {
        if !matches!(all(name).as_slice(), [text] if !text.is_empty()) {
            faults.push(format!("{name} must be there once: {:?}", all(name)));
        }
    }
    if all("og:url").first().copied() != canonical.attr("href") {
        faults.push("og:url is not the page's own address".to_owned());
    }
    let is_locale = |text: &&str| {
        text.split_once('_')
            .is_some_and(|(language, country)| (language.len(), country.len()) == (2, 2))
    };
    for name in ["og:locale", "og:locale:alternate"] {
        if !all(name).iter().all(is_locale) {
            faults.push(format!("{name} is no locale: {:?}", all(name)));
        }
    }
    if !matches!(all("og:type").as_slice(), ["website" | "article"]) {
        faults.push(format!("og:type is unknown: {:?}", all("og:type")));
    }
    faults
}

#[test]
fn every_page_that_can_be_shared_says_how_its_link_looks() {
    nothing_is_wrong(".html", |_, _, text| faults(text));
}

#[test]
fn a_page_whose_link_would_look_broken_would_be_seen() {
    let good = published()[0]
        .site
        .output("site/novini/prevedena/index.html");
    let planted = [
        ("\"og:title\"", "\"og:titel\""),
        ("content=\"article\"", "content=\"news\""),
        ("content=\"bg_BG\"", "content=\"bg\""),
        (
            "content=\"https://centre.example/novini/prevedena/\"",
            "content=\"/novini/prevedena/\"",
        ),
    ];
    for (from, to) in planted {
        is_found(&good, from, to, faults);
    }
    assert!(good.contains(r#"<meta property="article:published_time" content="2026-10-01">"#));
    assert!(good.contains(r#"<meta property="og:locale:alternate" content="en_GB">"#));
}
