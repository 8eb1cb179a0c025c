//! The real content of the centre.

use generator::cli::Status;

use crate::site_test::{SiteTest, repository};

fn real() -> SiteTest {
    SiteTest::from_content(&repository().join("content"))
}

#[test]
fn the_real_content_has_nothing_wrong_but_what_nobody_has_told_us() {
    let ran = real().run(&["check"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    let others: Vec<&str> = ran
        .messages
        .lines()
        .filter(|line| line.starts_with("warning[") && !line.starts_with("warning[P01]"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(
        ran.messages.contains("content/site.yaml"),
        "placeholders are listed"
    );
}

#[test]
fn the_real_site_is_built_twice_to_the_same_bytes() {
    assert!(real().build().files("dist") == real().build().files("dist"));
}

/// No page of the site, but a program for those who write it.
const EDITOR: &str = "admin/index.html";

#[test]
fn every_page_shows_who_pays() {
    let site = real().build();
    for (path, bytes) in site.files("dist/site") {
        if path.ends_with(".html") && path != EDITOR {
            let page = String::from_utf8(bytes).unwrap();
            assert!(page.contains("BG05M9OP001-4.003-0020-C01"), "{path}");
            assert!(
                page.contains("Европейски съюз") || page.contains("European Union"),
                "{path}"
            );
        }
    }
}

#[test]
fn no_page_needs_a_script_a_style_of_its_own_or_another_host() {
    let site = real().build();
    for (path, bytes) in site.files("dist/site") {
        if path.ends_with(".html") && path != EDITOR {
            let page = scraper::Html::parse_document(&String::from_utf8(bytes).unwrap());
            let found = |selector: &str| {
                page.select(&scraper::Selector::parse(selector).unwrap())
                    .count()
            };
            assert_eq!(
                found(
                    "script:not([type='application/ld+json']):not([type='module'][src^='/assets/']), style, [style], iframe, object, embed, [onclick], [onload]"
                ),
                0,
                "{path}"
            );
            assert_eq!(
                found(
                    r#"img[src^="http"], link[rel="stylesheet"][href^="http"], source[src^="http"]"#
                ),
                0,
                "{path}"
            );
            assert_eq!(
                (found("h1"), found("main"), found("html[lang]")),
                (1, 1, 1),
                "{path}"
            );
        }
    }
}

#[test]
fn a_year_that_nobody_has_told_us_is_told_to_nobody() {
    let settings = repository().join("content/site.yaml");
    let settings = std::fs::read_to_string(settings).unwrap();
    let (_, year) = settings
        .split_once("record_year: \"? ")
        .expect("the year is still only supposed");
    let site = real().build();
    for (path, bytes) in site.files("dist/site") {
        if path.ends_with(".html") || path.ends_with(".ics") {
            assert!(
                !String::from_utf8(bytes).unwrap().contains(&year[..4]),
                "{path}"
            );
        }
    }
    assert!(
        site.main_of("site/sabitiya/kragla-masa/index.html")
            .contains("21\u{a0}юни<")
    );
}
