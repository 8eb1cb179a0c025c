//! `centre status`: what is not translated, what is not published, what happens when.

use generator::cli::Status;

use crate::site_test::SiteTest;

const ORIGINAL: &str =
    "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-11-20\n---\nТекст на новината.\n";

/// A site with a translation as `centre new` makes it, finished.
fn translated() -> SiteTest {
    let site = SiteTest::new().file("content/news/novina.md", ORIGINAL);
    let made = site.run(&["new", "translation", "news/novina"]);
    assert_eq!(made.status, Status::Done, "{}", made.messages);
    let path = "content/news/novina.en.md";
    let text = std::fs::read_to_string(site.path(path)).unwrap();
    let finished = text.replace("? ", "").replace("draft: true\n", "");
    site.change(path, finished.as_bytes());
    site
}

fn json(site: &SiteTest) -> serde_json::Value {
    let ran = site.run(&["status", "--format", "json"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    serde_json::from_str(&ran.output).unwrap()
}

#[test]
fn a_translation_is_outdated_once_the_texts_of_the_original_change() {
    let site = translated();
    let of_english = |site: &SiteTest| json(site)["translations"][0].clone();
    assert_eq!(of_english(&site)["outdated"], serde_json::json!([]));
    assert!(!site.run(&["check"]).messages.contains("T06"));
    // Facts, quotes and ends of lines are no texts.
    let same = ORIGINAL
        .replace("title: Новина", "title: \"Новина\"\nsample: true")
        .replace("Текст на новината.", "Текст\nна новината.")
        .replace("2026-11-20", "2026-11-21");
    site.change("content/news/novina.md", same.as_bytes());
    assert_eq!(of_english(&site)["outdated"], serde_json::json!([]));
    let other = ORIGINAL.replace("Текст на", "Друг текст на");
    site.change("content/news/novina.md", other.as_bytes());
    let outdated = &of_english(&site)["outdated"][0];
    assert_eq!(outdated["file"], "content/news/novina.en.md");
    let ran = site.run(&["check", "--lang", "bg"]);
    assert_eq!(ran.status, Status::Done);
    let message = "внимание[T06]: content/news/novina.md е променен след този превод";
    assert!(ran.messages.contains(message), "{}", ran.messages);
    // What the message says to write makes it current again.
    let path = site.path("content/news/novina.en.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text
        .lines()
        .find(|line| line.starts_with("translated_from:"))
        .unwrap();
    let fresh = format!(
        "translated_from: {}",
        outdated["translated_from"].as_str().unwrap()
    );
    site.change(
        "content/news/novina.en.md",
        text.replace(line, &fresh).as_bytes(),
    );
    assert_eq!(of_english(&site)["outdated"], serde_json::json!([]));
    assert!(!site.run(&["check"]).messages.contains("T06"));
}

#[test]
fn the_original_says_nothing_of_what_it_was_translated_from() {
    let site = SiteTest::new().file(
        "content/news/novina.md",
        &ORIGINAL.replace("date:", "translated_from: 12345678\ndate:"),
    );
    let ran = site.run(&["check"]);
    assert!(
        ran.messages
            .contains("error[V01]: unknown field “translated_from”"),
        "{}",
        ran.messages
    );
}

#[test]
fn the_report_says_what_is_missing_and_what_happens_when() {
    let site = SiteTest::new()
        .file("content/news/novina.md", ORIGINAL)
        .file("content/news/chernova.md", &ORIGINAL.replace("date:", "draft: true\ndate:"))
        .file(
            "content/news/badeshta.md",
            &ORIGINAL.replace("date:", "publish_at: 2026-12-01T09:00\nexpires_at: 2027-01-01\ndate:"),
        )
        .file(
            "content/events/sreshta.md",
            "---\ntitle: Среща\ndescription: Описание.\nplace: Зала\nstarts_at: 2026-12-10T18:00\n\
             ends_at: 2026-12-10T20:00\nregistration:\n  form: rsvp\n  opens_at: 2026-11-24T09:00\n---\n",
        );
    let ran = site.run(&["status"]);
    let expected = "\
Translations
  en: 1 of 5 translated; 4 missing, 0 outdated, 1 that do not say what they were translated from
    missing: content/news/badeshta.en.md (“Новина”)
    missing: content/news/chernova.en.md (“Новина”)
    missing: content/news/novina.en.md (“Новина”)
    missing: content/events/sreshta.en.md (“Среща”)
    unknown: content/pages/index.en.md (“Начало”)
Drafts
    draft: content/news/chernova.md (“Новина”)
Ahead
    Tuesday, 24 November 2026, 9:00: sign-up opens – content/events/sreshta.md (“Среща”)
    Tuesday, 1 December 2026, 9:00: is published – content/news/badeshta.md (“Новина”)
    Thursday, 10 December 2026, 18:00: sign-up closes – content/events/sreshta.md (“Среща”)
    Thursday, 10 December 2026, 18:00: the event begins – content/events/sreshta.md (“Среща”)
    Thursday, 10 December 2026, 20:00: the event ends – content/events/sreshta.md (“Среща”)
    Friday, 1 January 2027, 0:00: is no longer up to date – content/news/badeshta.md (“Новина”)
Next change of the site: Tuesday, 24 November 2026, 9:00
";
    assert_eq!((ran.output.as_str(), ran.messages.as_str()), (expected, ""));
    let bulgarian = site.run(&["status", "--lang", "bg"]).output;
    let next = "Следваща промяна на сайта: вторник, 24 ноември 2026 г., 9:00 ч.";
    assert!(bulgarian.contains(next), "{bulgarian}");
    let report = json(&site);
    assert_eq!(report["next_change_at"], "2026-11-24T07:00:00Z");
    assert_eq!(report["ahead"][1]["what"], "published");
    assert_eq!(report["drafts"][0]["title"], "Новина");
}

#[test]
fn a_site_that_does_not_change_says_so() {
    let ran = SiteTest::new().run(&["status"]);
    let last = "The site will not change unless somebody changes it.\n";
    assert!(ran.output.ends_with(last), "{}", ran.output);
}
