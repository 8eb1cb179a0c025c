//! Lists, and what leads from one page to another: topics, menus, what to read next.

mod archive;

use generator::cli::Status;
use scraper::{Html, Selector};

use crate::site_test::SiteTest;

impl SiteTest {
    /// The settings with something else in place of these texts.
    fn settings(&self, changes: &[(&str, &str)]) -> String {
        let mut settings = std::fs::read_to_string(self.path("content/site.yaml")).unwrap();
        for (from, to) in changes {
            assert!(settings.contains(from), "{from}");
            settings = settings.replacen(from, to, 1);
        }
        settings
    }

    fn page(&self, path: &str) -> Html {
        Html::parse_document(&self.output(&format!("site{path}index.html")))
    }
}

fn news(date: &str, more: &str) -> String {
    format!("---\ntitle: Новина\ndescription: Описание.\ndate: {date}\n{more}---\n\nТекст.\n")
}

fn event(starts_at: &str, more: &str) -> String {
    format!(
        "---\ntitle: Събитие\ndescription: Описание.\nstarts_at: {starts_at}\nplace: Тук\n{more}---\n"
    )
}

const TRANSLATED_NEWS: &str = "---\ntitle: News\ndescription: Description.\n---\n\nText.\n";
fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let values: Vec<String> = page
        .select(&selector)
        .filter_map(|element| element.value().attr(name).map(str::to_owned))
        .collect();
    values
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap())
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

#[test]
fn what_shares_a_rare_topic_is_nearest() {
    let site = SiteTest::new();
    let settings = site.settings(&[(
        "    rabota: { bg: Работа, en: Work }\n",
        "    rabota: { bg: Работа, en: Work }\n    ryadko: { bg: Рядко, en: Rare }\n    samo: { bg: Само, en: Alone }\n",
    )]);
    let mut site = site.file("content/site.yaml", &settings);
    for number in 0..9 {
        let day = format!("2026-05-1{number}");
        site = site.file(
            &format!("content/news/n{number}.md"),
            &news(&day, "tags: [rabota]\n"),
        );
    }
    let site = site
        .file(
            "content/news/tuk.md",
            &news("2026-05-15", "tags: [rabota, ryadko]\n"),
        )
        .file(
            "content/news/dalech.md",
            &news("2020-05-15", "tags: [ryadko]\n"),
        )
        .file(
            "content/news/sama.md",
            &news("2026-05-15", "tags: [samo]\n"),
        )
        .file(
            "content/events/predstoi.md",
            &event("2027-05-15", "tags: [rabota, ryadko]\n"),
        )
        .build();
    let related = |path: &str| attributes(&site.page(path), ".related .card__link", "href");
    assert_eq!(
        related("/novini/tuk/"),
        ["/sabitiya/predstoi/", "/novini/dalech/", "/novini/n5/"]
    );
    assert_eq!(related("/novini/sama/"), [""; 0]);
    assert_eq!(related("/sabitiya/predstoi/")[0], "/novini/tuk/");
}

#[test]
fn a_topic_that_nothing_has_gets_a_warning_and_no_page() {
    let site = SiteTest::new();
    let settings = site.settings(&[(
        "    rabota: { bg: Работа, en: Work }\n",
        "    rabota: { bg: Работа, en: Work }\n    prazna: { bg: Празна, en: Empty }\n",
    )]);
    let site = site.file("content/site.yaml", &settings).file(
        "content/news/novina.md",
        &news("2026-05-12", "tags: [rabota]\n"),
    );
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Done);
    assert!(
        ran.messages
            .contains("warning[S12]: no page has the topic “prazna”"),
        "{}",
        ran.messages
    );
    assert!(
        ran.messages.contains("content/site.yaml:17:5"),
        "{}",
        ran.messages
    );
    assert!(!site.path("dist/site/temi/prazna").exists());
    assert_eq!(
        attributes(&site.page("/temi/"), "main a", "href"),
        ["/temi/rabota/"]
    );
    // Nothing with that topic is there in English, so there is no page for it either.
    assert_eq!(
        attributes(&site.page("/en/topics/"), "main a", "href"),
        [""; 0]
    );
    assert!(!site.path("dist/site/en/topics/rabota").exists());
}

#[test]
fn a_language_may_have_a_menu_of_its_own_and_entries_may_have_some_under_them() {
    let site = SiteTest::new();
    let settings = site.settings(&[(
        "navigation: [services, events, news]\n",
        "navigation:\n  bg:\n    - page: services\n      inside: [news, tags]\n    - a_z\n  en: [events]\n\
         a_z: { path: { bg: a-ya, en: a-z }, title: { bg: От А до Я, en: A to Z } }\n",
    )]);
    let site = site.file("content/site.yaml", &settings).build();
    let menu = |path: &str, selector: &str| attributes(&site.page(path), selector, "href");
    assert_eq!(
        menu("/", ".nav a"),
        ["/uslugi/", "/novini/", "/temi/", "/a-ya/"]
    );
    assert_eq!(menu("/", ".nav__inner a"), ["/novini/", "/temi/"]);
    assert_eq!(menu("/en/", ".nav a"), ["/en/events/"]);
}

#[test]
fn a_menu_that_leads_nowhere_is_named() {
    let site = SiteTest::new();
    let settings = site.settings(&[(
        "navigation: [services, events, news]\n",
        "navigation:\n  bg: [a_z, pages/samo]\n  en: [pages/samo]\n  de: [news]\n",
    )]);
    let page = "---\ntitle: Само\ndescription: Описание.\n---\n";
    let ran = site
        .file("content/site.yaml", &settings)
        .file("content/pages/samo.md", page)
        .run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    for message in [
        "error[S02]: the menu points to “a_z”, which does not exist",
        "content/site.yaml:19:8",
        "this menu is for the language “en”: the page must be there in it",
        "error[S02]: “de” is not a language of the site",
    ] {
        assert!(
            ran.messages.contains(message),
            "{message} in {}",
            ran.messages
        );
    }
    assert_eq!(ran.messages.matches("[S02]").count(), 3, "{}", ran.messages);
}

#[test]
fn news_say_how_long_they_take_to_read() {
    let text = "дума ".repeat(361);
    let site = SiteTest::new()
        .file("content/news/dalga.md", &(news("2026-05-12", "") + &text))
        .file(
            "content/news/prazna.md",
            "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n",
        )
        .build();
    let meta = |path: &str| texts(&site.page(path), ".meta");
    assert_eq!(
        meta("/novini/dalga/"),
        ["12\u{a0}май 2026\u{a0}г. · 3 минути четене"]
    );
    assert_eq!(meta("/novini/prazna/"), ["12\u{a0}май 2026\u{a0}г."]);
}

#[test]
fn a_list_and_the_home_page_say_when_what_is_on_them_last_changed() {
    let news = |fields: &str| {
        format!("---\ntitle: Новина\ndescription: Какво стана.\ntags: [rabota]\n{fields}---\n")
    };
    let site = SiteTest::new()
        .file(
            "content/news/stara.md",
            &news("date: 2026-04-01\nupdated: 2026-06-02\n"),
        )
        .file("content/news/nova.md", &news("date: 2026-05-12\n"))
        .build();
    let said = |path: &str| {
        let page = site.output(path);
        let (_, foot) = page.split_once("footer__end").unwrap();
        let (_, day) = foot.split_once("<time datetime=\"")?;
        Some(day.split('"').next().unwrap().to_owned())
    };
    for path in ["", "novini/", "temi/", "temi/rabota/"] {
        assert_eq!(
            said(&format!("site/{path}index.html")).as_deref(),
            Some("2026-06-02"),
            "{path}"
        );
    }
    // Nothing is on it, and the moment of the build says nothing.
    assert_eq!(said("site/sabitiya/index.html"), None);
}
