//! What machines read is valid, as others than we see it: feeds, calendars, the sitemap, linked data, and what shared links show.
//!
//! Each kind has a function that lists the faults of a file, by the parser of somebody else and by the rules of its
//! standard. It finds none in a site that has everything nor in the real one, and it finds those that a test plants.

mod atom;
mod json_feeds;
mod calendars;
mod sitemaps;
mod linked_data;
mod shared_links;

use std::sync::OnceLock;

use crate::site_test::{SiteTest, repository};

/// The origin of each of the two sites, and its files.
struct Published {
    origin: &'static str,
    site: SiteTest,
}

/// A site with everything that is published for machines, one with more news than a feed holds, and the real one.
fn published() -> &'static [Published] {
    static PUBLISHED: OnceLock<Vec<Published>> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let mut many = SiteTest::case("feeds");
        for number in 1..=25 {
            many = many.file(&format!("content/news/nova-{number}.md"), &news(number));
        }
        let real = SiteTest::from_content(&repository().join("content"));
        vec![
            Published {
                origin: "https://centre.example",
                site: SiteTest::case("feeds").build(),
            },
            Published {
                origin: "https://centre.example",
                site: many.build(),
            },
            Published {
                origin: "https://example.org",
                site: real.build(),
            },
        ]
    })
}

fn news(day: usize) -> String {
    format!(
        "---\ntitle: Новина {day}\ndescription: Описание.\ndate: 2026-09-{day:02}\n---\n\nТекст.\n"
    )
}

impl Published {
    /// The published files with this ending: path and text.
    fn files(&self, ending: &str) -> Vec<(String, String)> {
        let files = self.site.files("dist/site").into_iter();
        let found: Vec<_> = files
            .filter(|(path, _)| path.ends_with(ending))
            .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
            .collect();
        assert!(!found.is_empty(), "no {ending}");
        found
    }
}

/// Nothing is wrong with any file of this name, on any of the sites.
#[track_caller]
fn nothing_is_wrong(ending: &str, faults: impl Fn(&Published, &str, &str) -> Vec<String>) {
    for published in published() {
        for (path, text) in published.files(ending) {
            let found = faults(published, &path, &text);
            assert!(found.is_empty(), "{path}: {found:#?}\n{text}");
        }
    }
}

/// With one text in place of another, a fault is found.
#[track_caller]
fn is_found(good: &str, from: &str, to: &str, faults: impl Fn(&str) -> Vec<String>) {
    assert!(good.contains(from), "{from} is not in {good}");
    assert_ne!(
        faults(&good.replacen(from, to, 1)),
        [""; 0],
        "{to} in place of {from}"
    );
}

/// The addresses in a piece of HTML that are not whole.
fn relative_addresses(html: &str) -> Vec<String> {
    let html = scraper::Html::parse_fragment(html);
    let linking = scraper::Selector::parse("[href], [src]").unwrap();
    html.select(&linking)
        .filter_map(|element| element.attr("href").or(element.attr("src")))
        .filter(|address| !address.contains(':'))
        .map(|address| format!("{address} is no whole address"))
        .collect()
}
