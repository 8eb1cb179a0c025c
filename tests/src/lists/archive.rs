//! Archives: nothing is lost, nothing moves, everything is reached by links.

use std::collections::{BTreeMap, BTreeSet};

use generator::cli::Status;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use scraper::Html;

use super::{TRANSLATED_NEWS, attributes, event, news, texts};
use crate::site_test::SiteTest;

/// How many entries stand on a page of these sites.
const PER_PAGE: usize = 3;

/// A site whose lists are short, in which dates without a year are of a year that nobody knows.
fn short_lists() -> SiteTest {
    let site = SiteTest::new();
    let settings = site.settings(&[
        ("record_year: 2019", "record_year: \"? 2019\""),
        ("services: { path", "services: { per_page: 3, path"),
        ("news: { path", "news: { per_page: 3, path"),
        ("events: { path", "events: { per_page: 3, path"),
        ("tags:\n", "tags:\n  per_page: 3\n"),
    ]);
    site.file("content/site.yaml", &settings)
}

const TRANSLATED_EVENT: &str =
    "---\ntitle: Event\ndescription: Description.\nplace: Here\n---\n\nText.\n";

/// The addresses of the cards on a page.
fn cards(page: &Html) -> Vec<String> {
    attributes(page, "main .card__link", "href")
}

/// Every page that is reached from a list's first page by links below it, with its cards.
fn reached(site: &SiteTest, list: &str) -> BTreeMap<String, Vec<String>> {
    let mut pages = BTreeMap::new();
    let mut open = vec![list.to_owned()];
    while let Some(path) = open.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let page = site.page(&path);
        let links = attributes(&page, "main a", "href");
        open.extend(
            links
                .into_iter()
                .filter(|link| link.starts_with(list) && !link.contains('.')),
        );
        pages.insert(path, cards(&page));
    }
    pages
}

/// Whether the address below a list is that of an archive: a year, or what has none.
fn is_archive(path: &str, list: &str) -> bool {
    let first = path[list.len()..].split('/').next().unwrap_or_default();
    first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit())
        || first == "po-rano"
        || first == "earlier"
}

#[derive(Clone, Debug)]
struct Written {
    /// Days after the first of January 2024, all of them past.
    day: i32,
    undated: bool,
    translated: bool,
}

fn written() -> impl Strategy<Value = Written> {
    (0..1000_i32, 0..8_u8, 0..8_u8).prop_map(|(day, undated, translated)| Written {
        day,
        undated: undated == 0,
        translated: translated > 0,
    })
}

fn day(written: &Written) -> String {
    let day: Date = date(2024, 1, 1).checked_add(written.day.days()).unwrap();
    if written.undated && (day.month(), day.day()) != (2, 29) {
        day.strftime("%m-%d").to_string()
    } else {
        day.to_string()
    }
}

/// What every page of an archive says that has a page after it, and the cards of every one that is full. Around it, the page may begin
/// to name its translation, once there is one.
type Archive = (BTreeMap<String, String>, BTreeMap<String, Vec<String>>);

fn full_pages(site: &SiteTest, list: &str) -> Archive {
    let (mut closed, mut full) = Archive::default();
    for (path, cards) in reached(site, list) {
        if !is_archive(&path, list) || cards.len() < PER_PAGE {
            continue;
        }
        let page = site.main_of(&format!("site{path}index.html"));
        if page.contains("rel=\"next\"") {
            closed.insert(path.clone(), page);
        }
        full.insert(path, cards);
    }
    (closed, full)
}

const LISTS: [(&str, &str, bool); 4] = [
    ("news", "/novini/", false),
    ("news", "/en/news/", true),
    ("events", "/sabitiya/", false),
    ("events", "/en/events/", true),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_entry_stands_once_in_the_archive_and_full_pages_stay_as_they_are(
        entries in vec(written(), 0..24),
        later in 1..80_i32,
    ) {
        let site = short_lists();
        let write = |name: &str, written: &Written| {
            let day = day(written);
            site.change(&format!("content/news/{name}.md"), news(&day, "").as_bytes());
            site.change(&format!("content/events/{name}.md"), event(&day, "").as_bytes());
            if written.translated {
                site.change(&format!("content/news/{name}.en.md"), TRANSLATED_NEWS.as_bytes());
                site.change(&format!("content/events/{name}.en.md"), TRANSLATED_EVENT.as_bytes());
            }
        };
        for (number, written) in entries.iter().enumerate() {
            write(&format!("n{number:02}"), written);
        }
        prop_assert_eq!(site.run(&["build"]).status, Status::Done);
        for (_, list, translated) in LISTS {
            let there = entries.iter().enumerate().filter(|(_, entry)| entry.translated || !translated);
            let addresses: BTreeSet<String> = there.map(|(number, _)| format!("{list}n{number:02}/")).collect();
            let pages = reached(&site, list);
            let found: BTreeSet<String> = pages.keys().filter(|path| addresses.contains(*path)).cloned().collect();
            prop_assert_eq!(&found, &addresses, "everything is reached");
            let archived = pages.iter().filter(|(path, _)| is_archive(path, list));
            let mut archived: Vec<String> = archived.flat_map(|(_, cards)| cards.clone()).collect();
            archived.sort();
            if addresses.len() > PER_PAGE {
                prop_assert_eq!(archived, addresses.into_iter().collect::<Vec<_>>(), "once each");
            } else {
                prop_assert_eq!(archived, [""; 0]);
                prop_assert_eq!(pages[list].len(), addresses.len());
            }
        }
        let before: Vec<Archive> = LISTS.iter().map(|(_, list, _)| full_pages(&site, list)).collect();
        // All the others are before October 2026, and this one is not.
        write("aa-newer", &Written { day: 1000 + later % 50, undated: false, translated: later % 2 == 0 });
        prop_assert_eq!(site.run(&["build"]).status, Status::Done);
        for ((_, list, _), (closed, full)) in LISTS.iter().zip(before) {
            for (path, said) in closed {
                prop_assert!(site.main_of(&format!("site{path}index.html")) == said, "{}", path);
            }
            for (path, before) in full {
                prop_assert_eq!(cards(&site.page(&path)), before, "{}", list);
            }
        }
    }
}

#[test]
fn a_page_of_an_archive_says_what_it_is_and_leads_on() {
    let mut site = short_lists();
    for (number, day) in [
        "2025-01-01",
        "2025-02-01",
        "2025-03-01",
        "2025-04-01",
        "2026-01-01",
    ]
    .into_iter()
    .enumerate()
    {
        site = site
            .file(&format!("content/news/n{number}.md"), &news(day, ""))
            .file(&format!("content/news/n{number}.en.md"), TRANSLATED_NEWS);
    }
    let site = site.build();
    let page = site.page("/novini/2025/2/");
    assert_eq!(texts(&page, "h1"), ["Новини – 2025\u{a0}г., страница 2"]);
    assert_eq!(
        texts(&page, "title"),
        ["Новини – 2025\u{a0}г., страница 2 – Център"]
    );
    assert_eq!(
        attributes(&page, "link[rel=canonical]", "href"),
        ["https://centre.example/novini/2025/2/"]
    );
    assert_eq!(
        attributes(&page, "link[hreflang=en]", "href"),
        ["https://centre.example/en/news/2025/2/"]
    );
    assert_eq!(
        attributes(&page, ".breadcrumb a", "href"),
        ["/", "/novini/", "/novini/2025/"]
    );
    assert_eq!(
        attributes(&page, ".pager [aria-current=page]", "href"),
        ["/novini/2025/2/"]
    );
    assert_eq!(
        texts(&page, ".pager__way"),
        ["Назад: страница 1", "Напред: 2026\u{a0}г."]
    );
    // And a page of news leads up to its year.
    assert_eq!(
        attributes(&site.page("/novini/n3/"), ".breadcrumb a", "href"),
        ["/", "/novini/", "/novini/2025/"]
    );
}

#[test]
fn the_same_page_in_another_language_is_named_only_where_it_is_the_same() {
    let mut site = short_lists();
    for number in 1..=5 {
        let day = format!("2025-0{number}-01");
        site = site.file(&format!("content/news/n{number}.md"), &news(&day, ""));
        if number != 3 {
            site = site.file(&format!("content/news/n{number}.en.md"), TRANSLATED_NEWS);
        }
    }
    let site = site.build();
    let alternates = |path: &str| attributes(&site.page(path), "link[hreflang=en]", "href");
    assert_eq!(alternates("/novini/"), ["https://centre.example/en/news/"]);
    assert_eq!(alternates("/novini/2025/"), [""; 0]);
    assert_eq!(
        attributes(&site.page("/novini/2025/"), ".header__languages a", "href"),
        ["/en/news/"]
    );
}

#[test]
fn an_address_of_a_year_is_kept_for_the_archive_also_before_there_is_one() {
    for (name, address) in [
        ("2026", "/novini/2026/"),
        ("2", "/novini/2/"),
        ("po-rano", "/novini/po-rano/"),
    ] {
        let site =
            SiteTest::new().file(&format!("content/news/{name}.md"), &news("2026-05-12", ""));
        let ran = site.run(&["check"]);
        assert_eq!(ran.status, Status::Refused);
        let message =
            format!("error[P02]: the address {address} is kept for the pages of the list");
        assert_eq!(ran.messages.matches("[P02]").count(), 1, "{}", ran.messages);
        assert!(ran.messages.contains(&message), "{}", ran.messages);
    }
}
