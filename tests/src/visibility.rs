//! Pages that are not shown yet, and pages that hold no longer.

use generator::cli::Status;

use crate::site_test::{SiteTest, files};

fn news(title: &str, fields: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndescription: Описание.\ndate: 2026-11-20\n{fields}---\n{text}\n")
}

fn site() -> SiteTest {
    SiteTest::new()
        .file("content/news/segashna.md", &news("Сегашна", "", "Текст."))
        .file(
            "content/news/badeshta.md",
            &news("Бъдеща", "publish_at: 2026-12-01T09:00\n", "Текст."),
        )
        .file(
            "content/news/stara.md",
            &news("Стара", "expires_at: 2026-11-30 18:00\n", "Текст."),
        )
}

/// A file of the built site with plain spaces.
fn page(site: &SiteTest, path: &str) -> String {
    site.output(path).replace('\u{a0}', " ")
}

/// Whether any file of the built site has these words. Its record, which nobody publishes, may.
fn anywhere(site: &SiteTest, words: &str) -> bool {
    files(&site.path("dist")).iter().any(|(path, bytes)| {
        !path.ends_with("build.json") && String::from_utf8_lossy(bytes).contains(words)
    })
}

#[test]
fn a_page_is_nowhere_until_the_second_it_is_published() {
    let site = site();
    for now in ["2026-11-23T09:00:00+02:00", "2026-12-01T08:59:59+02:00"] {
        site.build_at(now);
        assert!(!anywhere(&site, "Бъдеща") && !anywhere(&site, "badeshta"));
    }
    site.build_at("2026-12-01T09:00:00+02:00");
    assert!(site.output("site/novini/index.html").contains("Бъдеща"));
    assert!(
        site.main_of("site/novini/badeshta/index.html")
            .contains("Бъдеща")
    );
}

#[test]
fn the_editor_is_told_when_a_page_appears() {
    let ran = site().run(&["check", "--lang", "bg"]);
    assert_eq!(ran.status, Status::Done);
    let expected =
        "бележка[P05]: страницата ще се появи тогава: вторник, 1 декември 2026 г., 9:00 ч.";
    assert!(ran.messages.contains(expected), "{}", ran.messages);
    assert!(ran.messages.contains("content/news/badeshta.md:5:13"));
}

#[test]
fn a_note_is_no_reason_for_a_strict_check_to_refuse() {
    let site = SiteTest::new().file(
        "content/news/badeshta.md",
        &news("Бъдеща", "publish_at: 2026-12-01T09:00\n", ""),
    );
    site.change(
        "content/news/badeshta.en.md",
        b"---\ntitle: Future\ndescription: About.\n---\n",
    );
    assert_eq!(site.run(&["check", "--strict"]).status, Status::Done);
}

#[test]
fn the_preview_shows_what_is_not_published_and_says_so() {
    let site = site().file(
        "content/news/chernova.md",
        &news("Чернова", "draft: true\n", ""),
    );
    assert_eq!(site.run(&["build", "--drafts"]).status, Status::Done);
    let page = page(&site, "site/novini/badeshta/index.html");
    assert!(page.contains(r#"<meta name="robots" content="noindex">"#));
    assert!(
        page.contains("вторник, 1 декември 2026 г., 9:00 ч."),
        "{page}"
    );
    let draft = site.main_of("site/novini/chernova/index.html");
    assert!(
        draft.contains("Посетителите не виждат тази страница."),
        "{draft}"
    );
}

#[test]
fn an_expired_page_stays_at_its_address_and_in_no_list() {
    let site = site();
    site.build_at("2026-11-30T17:59:59+02:00");
    let before = site.output("site/novini/stara/index.html");
    assert!(!before.contains("noindex") && !before.contains("вече не е актуална"));
    assert!(site.output("site/novini/index.html").contains("Стара"));
    site.build_at("2026-11-30T18:00:00+02:00");
    let after = page(&site, "site/novini/stara/index.html");
    assert!(after.contains(r#"<meta name="robots" content="noindex">"#));
    assert!(after.contains("Тази страница вече не е актуална"));
    assert!(
        after.contains("Написаното тук важеше до: понеделник, 30 ноември 2026 г., 18:00 ч."),
        "{after}"
    );
    assert!(!site.output("site/novini/index.html").contains("Стара"));
    assert!(!site.output("site/index.html").contains("Стара"));
}

#[test]
fn a_page_that_no_search_shall_find_is_found_by_visitors_alone() {
    let translation = "---\ntitle: Quiet\ndescription: About.\n---\nText.\n";
    let site = SiteTest::new()
        .file(
            "content/news/tiha.md",
            &news("Тиха", "noindex: true\n", "Текст."),
        )
        .file("content/news/tiha.en.md", translation)
        .build();
    for path in [
        "site/novini/tiha/index.html",
        "site/en/news/tiha/index.html",
    ] {
        let page = site.output(path);
        assert!(page.contains(r#"<meta name="robots" content="noindex">"#));
        for told in ["hreflang=\"x-default\"", "NewsArticle"] {
            assert!(!page.contains(told), "{told}: {page}");
        }
        assert!(
            !page.contains("page-notice"),
            "it is as good as any other: {page}"
        );
    }
    assert!(!site.output("site/sitemap.xml").contains("tiha"));
    for path in [
        "site/novini/index.html",
        "site/novini/feed.xml",
        "site/en/news/feed.json",
    ] {
        assert!(site.output(path).contains("tiha"), "{path}");
    }
}

#[test]
fn an_expired_event_takes_no_sign_ups() {
    let event = "---\ntitle: Среща\ndescription: Описание.\nplace: Зала\nstarts_at: 2026-12-10T18:00\n\
                 expires_at: 2026-12-01T12:00\nregistration:\n  form: rsvp\n---\n";
    let site = SiteTest::new().file("content/events/sreshta.md", event);
    site.build_at("2026-12-01T11:59:59+02:00");
    assert!(
        site.main_of("site/sabitiya/sreshta/index.html")
            .contains("<form")
    );
    let manifest: serde_json::Value =
        serde_json::from_str(&site.output("forms/manifest.json")).unwrap();
    let closes = &manifest["activities"]["sreshta"]["session"]["window"]["closes_at"];
    assert_eq!(closes, "2026-12-01T10:00:00Z", "{manifest:#}");
    site.build_at("2026-12-01T12:00:00+02:00");
    let after = site.main_of("site/sabitiya/sreshta/index.html");
    assert!(!after.contains("<form"), "{after}");
    assert!(!site.output("site/sabitiya/index.html").contains("Среща"));
}

#[test]
fn a_link_to_a_page_that_is_not_there_yet_says_when_it_will_be() {
    let site = site()
        .file(
            "content/news/chernova.md",
            &news("Чернова", "draft: true\n", ""),
        )
        .file(
            "content/news/vrazki.md",
            &news(
                "Връзки",
                "",
                "[Едно](/news/badeshta.md) [две](/news/chernova.md)",
            ),
        );
    let ran = site.run(&["check", "--lang", "bg"]);
    assert_eq!(ran.status, Status::Refused);
    for expected in [
        "грешка[L17]: връзката води към „/news/chernova.md“, а тази страница е още чернова",
        "грешка[L18]: връзката води към „/news/badeshta.md“, а тази страница ще се появи чак тогава: вторник, 1 декември 2026 г., 9:00 ч.",
    ] {
        assert!(ran.messages.contains(expected), "{}", ran.messages);
    }
    assert_eq!(site.run(&["check", "--drafts"]).status, Status::Done);
}

#[test]
fn what_appears_later_is_looked_over_today() {
    let link = |at: &str| {
        news(
            "Друга",
            &format!("publish_at: {at}\n"),
            "[Едно](/news/badeshta.md)",
        )
    };
    let earlier = site().file("content/news/druga.md", &link("2026-11-30T09:00"));
    let ran = earlier.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(ran.messages.contains("error[L18]"), "{}", ran.messages);
    let together = site().file("content/news/druga.md", &link("2026-12-01T09:00"));
    assert_eq!(together.run(&["check"]).status, Status::Done);
    let broken = site().file(
        "content/news/druga.md",
        &news(
            "Друга",
            "publish_at: 2026-12-01T09:00\n",
            "[Едно](/news/nyama.md)",
        ),
    );
    assert!(broken.run(&["check"]).messages.contains("error[L01]"));
    let same_address = site().file(
        "content/news/druga.md",
        &news("Друга", "slug: stara\npublish_at: 2026-12-01T09:00\n", ""),
    );
    assert!(same_address.run(&["check"]).messages.contains("error[P02]"));
}
