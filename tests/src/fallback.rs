//! Pages that were not translated, and pages that were: what readers of each language, and search engines, are told.

use std::fs;

use generator::cli::Status;
use scraper::{Html, Selector};

use crate::site_test::SiteTest;

const PAGE: &str = "---\ntitle: Само на български\ndescription: Описание.\ndate: 2026-11-20\n---\n\
                    ## Подзаглавие\n\nВиж [събитията](/events/), [началото](/pages/index.md) и [тук](#podzaglavie).\n";
const EVENT: &str = "---\ntitle: Среща\ndescription: Описание.\nplace: Зала\nstarts_at: 2026-12-10T18:00\n\
                     registration:\n  form: rsvp\n---\n";

/// A site in which the sections of news and events, and the pages, fall back.
fn falling_back() -> SiteTest {
    let site = SiteTest::new();
    let settings = fs::read_to_string(site.path("content/site.yaml")).unwrap();
    let settings = settings
        .replace("news: { path", "news: { untranslated: fallback, path")
        .replace("events: { path", "events: { untranslated: fallback, path")
        .replace(
            "footer: []",
            "footer: [pages/za-nas]\nuntranslated: fallback",
        );
    site.file("content/site.yaml", &settings)
        .file("content/news/samo.md", PAGE)
        .file("content/events/sreshta.md", EVENT)
        .file(
            "content/pages/za-nas.md",
            "---\ntitle: За нас\ndescription: Описание.\n---\nВиж [новината](/news/samo.md).\n",
        )
}

fn all(page: &str, selector: &str, attribute: &str) -> Vec<String> {
    Html::parse_document(page)
        .select(&Selector::parse(selector).unwrap())
        .map(|element| element.attr(attribute).unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_original_stands_at_the_address_of_the_translation_with_a_notice() {
    let site = falling_back().build();
    let page = site.output("site/en/news/samo/index.html");
    assert!(page.contains(r#"<html lang="en">"#));
    assert_eq!(all(&page, "main h1", "lang"), ["bg"]);
    assert_eq!(all(&page, "main .prose", "lang"), ["bg"]);
    assert!(page.contains("This page has not been translated yet"));
    let notice = r#"<a href="/novini/samo/" lang="bg" hreflang="bg">Български</a>"#;
    assert!(page.contains(notice), "{page}");
    // The time and the form are in the reader's language all the same.
    let event = site
        .output("site/en/events/sreshta/index.html")
        .replace('\u{a0}', " ");
    assert!(event.contains("Thursday, 10 December 2026"), "{event}");
    assert!(event.contains(r#"name="_language" value="en""#));
    let own = site.output("site/novini/samo/index.html");
    assert!(all(&own, "main [lang]", "lang").is_empty(), "{own}");
}

#[test]
fn search_engines_are_sent_to_the_original() {
    let site = falling_back().build();
    let page = site.output("site/en/news/samo/index.html");
    assert_eq!(
        all(&page, "link[rel=canonical]", "href"),
        ["https://centre.example/novini/samo/"]
    );
    assert_eq!(all(&page, "meta[name=robots]", "content"), ["noindex"]);
    assert!(all(&page, "head link[hreflang]", "href").is_empty());
    let own = site.output("site/novini/samo/index.html");
    assert_eq!(
        all(&own, "head link[hreflang]", "hreflang"),
        ["bg", "x-default"]
    );
}

#[test]
fn links_menus_and_lists_lead_to_the_fallback_in_the_language_of_the_reader() {
    let site = falling_back().build();
    let page = site.output("site/en/news/samo/index.html");
    assert_eq!(
        all(&page, "main .prose a", "href"),
        ["/en/events/", "/en/", "#podzaglavie"]
    );
    let about = site.output("site/en/za-nas/index.html");
    assert_eq!(all(&about, "main .prose a", "href"), ["/en/news/samo/"]);
    assert_eq!(all(&about, ".footer__links a", "href"), ["/en/za-nas/"]);
    assert_eq!(all(&about, ".footer__links a", "lang"), ["bg"]);
    let list = site.output("site/en/news/index.html");
    assert_eq!(all(&list, "main .card a", "href"), ["/en/news/samo/"]);
    assert_eq!(all(&list, "main .card a", "lang"), ["bg"]);
    assert_eq!(all(&list, "main .card a", "hreflang"), ["bg"]);
    // Whoever signs up from there is shown the way back there.
    let manifest: serde_json::Value =
        serde_json::from_str(&site.output("forms/manifest.json")).unwrap();
    assert_eq!(
        manifest["activities"]["sreshta"]["page"]["en"],
        "/en/events/sreshta/"
    );
}

#[test]
fn the_language_switch_leads_to_the_same_page_or_says_that_it_is_not_translated() {
    let links = |page: &str| all(page, "header .languages__link", "href");
    let fallback = falling_back().build();
    let page = fallback.output("site/novini/samo/index.html");
    assert_eq!(links(&page), ["/en/news/samo/"]);
    assert!(
        page.contains(
            "English <span class=\"languages__note\">(this page is not translated)</span>"
        ),
        "{page}"
    );
    assert!(
        all(&page, "header .languages__link", "rel")
            .iter()
            .all(String::is_empty)
    );
    assert_eq!(
        links(&fallback.output("site/en/news/samo/index.html")),
        ["/novini/samo/"]
    );
    let hidden = SiteTest::new().file("content/news/samo.md", PAGE).build();
    let page = hidden.output("site/novini/samo/index.html");
    assert_eq!(links(&page), ["/en/news/"], "the list is nearest to it");
    assert!(page.contains("(this page is not translated)"), "{page}");
    let home = hidden.output("site/index.html");
    assert!(!home.contains("languages__note"));
    assert_eq!(all(&home, "header .languages__link", "rel"), ["alternate"]);
}

#[test]
fn a_missing_translation_is_a_warning_where_the_page_is_hidden_and_a_note_where_it_is_not() {
    let hidden = SiteTest::new().file("content/news/samo.md", PAGE);
    assert!(hidden.run(&["check"]).messages.contains("warning[T01]"));
    let ran = falling_back().run(&["check"]);
    assert!(ran.messages.contains("note[T01]"), "{}", ran.messages);
    assert!(!ran.messages.contains("warning[T01]"), "{}", ran.messages);
    assert_eq!(ran.status, Status::Done);
}

#[test]
fn a_fallback_does_not_take_the_address_of_another_page() {
    let site = falling_back().file("content/news/druga.md", &PAGE.replace("Само", "Друга"));
    site.change(
        "content/news/druga.en.md",
        b"---\ntitle: Other\nslug: samo\ndescription: About.\n---\n",
    );
    let ran = site.run(&["check"]);
    assert!(ran.messages.contains("error[P02]"), "{}", ran.messages);
    assert!(ran.messages.contains("/en/news/samo/"), "{}", ran.messages);
}

#[test]
fn translations_name_each_other_and_the_original_is_for_everybody_else() {
    let site = SiteTest::new().build();
    for path in [
        "site/index.html",
        "site/en/index.html",
        "site/novini/index.html",
        "site/en/news/index.html",
    ] {
        let page = site.output(path);
        let tags = all(&page, "head link[hreflang]", "hreflang");
        assert_eq!(tags, ["bg", "x-default", "en"], "{path}");
        let addresses = all(&page, "head link[hreflang]", "href");
        assert_eq!(addresses[0], addresses[1]);
        let canonical = all(&page, "link[rel=canonical]", "href");
        assert!(addresses.contains(&canonical[0]), "{path} names itself");
        // Each of them names all of them, in the same order.
        for address in &addresses {
            let other = address.trim_start_matches("https://centre.example/");
            let other = site.output(&format!("site/{other}index.html"));
            assert_eq!(all(&other, "head link[hreflang]", "href"), addresses);
        }
    }
}

#[test]
fn a_shared_link_and_linked_data_are_those_of_the_original() {
    let site = falling_back().build();
    let page = site.output("site/en/news/samo/index.html");
    assert_eq!(
        all(&page, "meta[property='og:locale']", "content"),
        ["bg_BG"]
    );
    assert!(all(&page, "meta[property='og:locale:alternate']", "content").is_empty());
    let data = "script[type='application/ld+json']";
    assert!(all(&page, data, "type").is_empty(), "{page}");
    let own = site.output("site/novini/samo/index.html");
    assert_eq!(
        all(&own, "meta[property='og:locale']", "content"),
        ["bg_BG"]
    );
    assert!(own.contains("BreadcrumbList") && own.contains("https://centre.example/novini/samo/"));
}
