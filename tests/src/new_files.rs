//! `centre new`: what it writes is a draft that explains itself, and nothing that was there is touched.

use std::fs;

use generator::cli::Status;
use generator::model::{HOME, KINDS, Kind, Said, Section};

use crate::photographs::jpeg;
use crate::site_test::{Ran, SiteTest};

/// Every kind of which there can be a new one.
fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.into_iter().filter(|kind| *kind != &HOME)
}

fn made(site: &SiteTest, arguments: &[&str]) -> Ran {
    let mut line = vec!["new"];
    line.extend(arguments);
    let ran = site.run(&line);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    ran
}

fn refused(site: &SiteTest, arguments: &[&str]) -> String {
    let before = site.files(".");
    let mut line = vec!["new"];
    line.extend(arguments);
    let ran = site.run(&line);
    assert_eq!(ran.status, Status::Refused, "{}", ran.messages);
    assert!(site.files(".") == before, "nothing was written");
    ran.messages
}

fn read(site: &SiteTest, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap()
}

/// The codes of all messages of `check`.
fn codes(site: &SiteTest) -> Vec<String> {
    let ran = site.run(&["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.messages).unwrap();
    let found = found.as_array().unwrap().iter();
    found
        .map(|found| {
            let code = found["code"].as_str().unwrap();
            let severity = found["severity"].as_str().unwrap();
            format!("{severity} {code}")
        })
        // The examples name only some of the files that are there.
        .filter(|code| code != "note L36")
        .collect()
}

#[test]
fn a_new_file_of_every_kind_is_a_draft_in_which_only_values_are_missing() {
    for kind in kinds() {
        for language in ["bg", "en"] {
            let site = SiteTest::new();
            made(
                &site,
                &[kind.name, "Щъркелите се завръщат", "--lang", language],
            );
            let path = format!(
                "content/{}/shtarkelite-se-zavrashtat.md",
                kind.section.folder()
            );
            let text = read(&site, &path);
            assert!(
                text.contains("title: \"Щъркелите се завръщат\"\n"),
                "{text}"
            );
            assert!(text.contains("\ndraft: true\n"), "{text}");
            for code in codes(&site) {
                assert_eq!(code, "warning P01", "{} in {language}: {text}", kind.name);
            }
            assert_eq!(site.run(&["build"]).status, Status::Done);
        }
    }
}

/// The content that the examples of the model speak of.
fn with_what_examples_name() -> SiteTest {
    let page = |title: &str, fields: &str| {
        format!("---\ntitle: {title}\ndescription: Пример.\n{fields}---\n")
    };
    let site = SiteTest::case("form-kinds");
    site.change("content/media/ekip.jpg", &jpeg(8, 8));
    site.file("content/media/pravilnik.pdf", "")
        .file(
            "content/people/ime-na-konsultant.md",
            &page("Ана", "role: Консултант\n"),
        )
        .file(
            "content/venues/ime-na-myasto.md",
            &page("Зала", "address: Град\n"),
        )
        .file(
            "content/events/ime-na-sabitie.md",
            &page("Ден", "starts_at: 2027-06-20\nplace: Тук\n"),
        )
        .file(
            "content/services/ime-na-usluga.md",
            &page("Услуга", "strand: Кариера\naudience: За всички.\n"),
        )
        .file(
            "content/forms/registration.yaml",
            &fs::read_to_string(crate::site_test::tests_folder(
                "sites/_base/content/forms/rsvp.yaml",
            ))
            .unwrap()
            .replace("rsvp", "registration"),
        )
}

/// The file with every line that was commented out, and without the marks of what is not known.
fn filled_in(text: &str, left_out: &[&str]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut leaving = false;
    for line in text.lines() {
        let plain = line.strip_prefix("# ").filter(|rest| {
            let name = rest.trim_start().split(':').next().unwrap_or_default();
            rest.contains(':')
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        let Some(plain) = plain else {
            leaving = leaving && line.starts_with("#   ");
            let line = line.strip_prefix("? ").unwrap_or(line);
            lines.push(line.replace("\"? ", "\""));
            continue;
        };
        if !plain.starts_with(' ') {
            leaving = left_out.iter().any(|name| plain.starts_with(name));
        }
        if !leaving {
            lines.push(plain.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_field_of_every_kind_is_read_as_its_example_says() {
    for kind in kinds() {
        // An event either repeats or is signed up for.
        for left_out in [["repeats", "draft"], ["registration", "draft"]] {
            let site = with_what_examples_name();
            made(&site, &[kind.name, "Proba"]);
            let path = format!("content/{}/proba.md", kind.section.folder());
            let text = filled_in(&read(&site, &path), &left_out);
            let text = text.replace("draft: true\n", "").replace(
                "starts_at: \"2026-11-30T10:00\"",
                "starts_at: 2027-06-21T09:00",
            );
            for field in kind
                .fields()
                .filter(|field| !left_out.contains(&field.name))
                .filter(|field| field.said != Said::InTranslations)
            {
                assert!(
                    text.contains(&format!("\n{}:", field.name)),
                    "{}: {text}",
                    field.name
                );
            }
            site.change(&path, text.as_bytes());
            let ran = site.run(&["check", "--format", "json"]);
            let found: serde_json::Value = serde_json::from_str(&ran.messages).unwrap();
            for found in found.as_array().unwrap() {
                assert_ne!(
                    found["severity"], "error",
                    "{}: {found:#}\n{text}",
                    kind.name
                );
            }
            assert_eq!(site.run(&["build"]).status, Status::Done, "{}", kind.name);
        }
    }
}

#[test]
fn nothing_is_overwritten_and_another_address_is_proposed() {
    let site = SiteTest::new();
    made(&site, &["news", "Покана"]);
    let messages = refused(&site, &["news", "Покана"]);
    assert!(
        messages.contains("content/news/pokana.md already has"),
        "{messages}"
    );
    assert!(messages.contains("--address pokana-2"), "{messages}");
    made(&site, &["news", "Покана", "--address", "pokana-2"]);
    let messages = refused(&site, &["page", "Новини"]);
    assert!(messages.contains("content/site.yaml"), "{messages}");
    let messages = refused(&site, &["page", "…"]);
    assert!(messages.contains("--address"), "{messages}");
}

#[test]
fn it_says_where_the_file_is_and_what_comes_next() {
    let site = SiteTest::new();
    let said = made(&site, &["news", "Покана", "--lang", "bg"]).messages;
    assert!(
        said.contains("създадена чернова: content/news/pokana.md"),
        "{said}"
    );
    assert!(said.contains("адрес: /novini/pokana/"), "{said}");
    assert!(
        said.contains("centre new translation content/news/pokana.md"),
        "{said}"
    );
    assert!(read(&site, "content/news/pokana.md").contains("\ndate: 2026-11-23\n"));
    let said = made(&site, &["person", "Ана Пример"]).messages;
    assert!(said.contains("add people to sections"), "{said}");
}

#[test]
fn a_file_can_be_printed_instead_of_written_and_nobody_is_asked_without_a_terminal() {
    let site = SiteTest::new();
    let ran = site.run(&["new", "news", "Покана", "--print"]);
    assert_eq!((ran.status, ran.messages.as_str()), (Status::Done, ""));
    assert!(ran.output.starts_with("---\n"), "{}", ran.output);
    assert!(!site.path("content/news").exists());
}

#[test]
fn a_title_with_anything_in_it_is_kept() {
    let site = SiteTest::new();
    made(&site, &["news", "Път: C:\\x \"Зелен\" # 1 – {да}"]);
    let files = site.files("content/news");
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(
        text.contains(r#"title: "Път: C:\\x \"Зелен\" # 1 – {да}""#),
        "{text}"
    );
    assert!(codes(&site).iter().all(|code| code == "warning P01"));
}

#[test]
fn what_it_is_may_be_said_in_bulgarian_and_quotes_around_a_title_are_none_of_it() {
    let site = SiteTest::new();
    made(&site, &["събитие", "„Ден на отворените врати“"]);
    let text = read(&site, "content/events/den-na-otvorenite-vrati.md");
    assert!(
        text.contains("title: \"Ден на отворените врати\"\n"),
        "{text}"
    );
    made(&site, &["новина", "Покана"]);
    assert!(site.path("content/news/pokana.md").exists());
    made(&site, &["превод", "content/news/pokana.md"]);
    assert!(site.path("content/news/pokana.en.md").exists());
}

#[test]
fn a_text_that_still_asks_what_to_write_is_not_published() {
    let site = SiteTest::new();
    made(&site, &["event", "Среща", "--lang", "bg"]);
    let path = "content/events/sreshta.md";
    let text = read(&site, path);
    assert!(text.contains("\n## За кого е\n\n? "), "{text}");
    let fields =
        "---\ntitle: Среща\ndescription: Описание.\nstarts_at: 2027-06-21\nplace: Зала\n---\n";
    let (_, body) = text.split_once("\n---\n").unwrap();
    site.change(path, format!("{fields}{body}").as_bytes());
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(ran.messages.contains("error[P01]"), "{}", ran.messages);
    assert!(
        ran.messages.contains("= the same on line: "),
        "{}",
        ran.messages
    );
}

#[test]
fn a_translation_has_the_texts_of_the_original_and_nothing_that_is_said_once() {
    let site = SiteTest::new().file(
        "content/services/usluga.md",
        "---\ntitle: \"Услуга: първа\"\ndescription: Описание.\nstrand: Кариера\naudience: За \"всички\".\n\
         steps:\n  - Първо\n  - Второ\norder: 3\ntags: [rabota]\n---\n\nТекст с [връзка](/pages/index.md).\n",
    );
    made(&site, &["translation", "content/services/usluga.md"]);
    let text = read(&site, "content/services/usluga.en.md");
    for line in [
        "title: \"? Услуга: първа\"\n",
        "audience: \"? За \\\"всички\\\".\"\n",
        "steps:\n  - \"? Първо\"\n  - \"? Второ\"\n",
        "draft: true\n",
        "---\n\nТекст с [връзка](/pages/index.md).\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("order") && !text.contains("tags"), "{text}");
    let codes = codes(&site);
    assert!(
        codes.iter().all(|code| code.starts_with("warning ")),
        "{codes:?}"
    );
    let site = site.build();
    assert!(
        !site.path("dist/site/en/services/usluga").exists(),
        "a draft is not published"
    );
    let messages = refused(&site, &["translation", "services/usluga"]);
    assert!(
        messages.contains("already there: content/services/usluga.en.md"),
        "{messages}"
    );
    let messages = refused(&site, &["translation", "services/uslugata.md"]);
    assert!(
        messages.contains("did you mean  content/services/usluga.md"),
        "{messages}"
    );
    let messages = refused(&site, &["translation", "pages/index.md", "--to", "fr"]);
    assert!(messages.contains("translated into: en"), "{messages}");
}

#[test]
fn what_is_not_known_yet_may_wait_in_a_draft_and_nowhere_else() {
    let news = |draft: &str| {
        SiteTest::new().file(
            "content/news/pokana.md",
            &format!(
                "---\ntitle: Покана\ndescription: \"? Описание\"\ndate: 2026-05-12\n{draft}---\n"
            ),
        )
    };
    assert_eq!(codes(&news("draft: true\n")), ["warning P01"]);
    let ran = news("").run(&["build"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(ran.messages.contains("error[P01]"), "{}", ran.messages);
}

#[test]
fn every_field_says_what_it_is_for_in_both_languages() {
    for kind in KINDS {
        assert!(Section::of_folder(kind.section.folder()).is_some());
        let mut names = Vec::new();
        let mut fields: Vec<_> = kind.fields().collect();
        while let Some(field) = fields.pop() {
            for words in [field.label, field.help] {
                assert!(
                    words.bg.chars().any(|c| ('а'..='я').contains(&c)),
                    "{}",
                    field.name
                );
                assert!(!words.en.is_empty() && words.en.is_ascii() | words.en.contains('’'));
            }
            assert!(
                field.help.bg.ends_with('.') && field.help.en.ends_with('.'),
                "{}",
                field.name
            );
            assert_eq!(
                field.example.is_empty(),
                !field.inside().is_empty(),
                "{}",
                field.name
            );
            fields.extend(field.inside());
            names.push(field.name);
        }
        for rule in kind.rules() {
            for path in [rule.field, rule.other] {
                let last = path.rsplit('.').next().unwrap();
                assert!(names.contains(&last), "{path} of {}", kind.name);
            }
        }
    }
}
