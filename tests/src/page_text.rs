//! The text of a page as search and feeds get it.

use std::fs;

use forms::Language;
use generator::parse::markdown::plain_text;
use generator::pictures::Pictures;
use generator::site::{Entry, Site, Version};
use generator::{Options, Plan, load, plan};
use jiff::Timestamp;

use crate::site_test::{NOW, SiteTest};

const PAGE: &str = r#"---
title: Текст
description: Описание.
---

Увод с *курсив* & `код`[^1], [второто](#vtoro) и "кавички".

- [x] готово

## Първо

Ред, H<sub>2</sub>O.
Втори ред.

| Ден | Час |
| --- | --- |
| петък | 9:00 |

```въпроси
questions:
  - question: Кой "може"?
    answer: "**Всеки** под 30 & [над](/pages/index.md) 15."
```

### Второ

[^1]: Бележката.
"#;

fn planned() -> Plan {
    let site = SiteTest::new().file("content/pages/tekst.md", PAGE).file(
        "content/pages/tekst.en.md",
        "---\ntitle: Text\ndescription: D.\n---\n",
    );
    let mut source = load::source(&site.path(".")).unwrap();
    let options = Options {
        now: NOW.parse::<Timestamp>().unwrap(),
        drafts: false,
        base_url: None,
    };
    let (plan, diagnostics) = plan(&mut source, &Pictures::default(), &options);
    assert_eq!(diagnostics, []);
    plan.unwrap()
}

fn page(site: &Site) -> (&Entry, &Version, Language) {
    let language = Language::new("bg");
    let found = site.entries.iter().find_map(|entry| {
        let version = entry.versions.get(&language)?;
        (version.texts.title == "Текст").then_some((entry, version))
    });
    let (entry, version) = found.unwrap();
    (entry, version, language)
}

#[test]
fn every_section_has_its_heading_and_its_words() {
    let plan = planned();
    let (_, version, _) = page(&plan.site);
    let sections: Vec<(&str, u8, String)> = version
        .body
        .sections()
        .into_iter()
        .map(|section| {
            let heading = section.heading;
            (
                heading.map_or("", |heading| heading.id.as_str()),
                heading.map_or(0, |heading| heading.level),
                section.text.replace('\u{a0}', " "),
            )
        })
        .collect();
    let expected = [
        ("", 0, "Увод с курсив & код, второто и „кавички“. готово"),
        (
            "parvo",
            2,
            "Ред, H2O. Втори ред. Ден Час петък 9:00 Кой „може“? Всеки под 30 & над 15.",
        ),
        ("vtoro", 3, ""),
        ("", 0, "Бележката."),
    ];
    let expected = expected.map(|(id, level, text)| (id, level, text.to_owned()));
    assert_eq!(sections, expected);
}

#[test]
fn questions_can_be_asked_for() {
    let plan = planned();
    let (_, version, _) = page(&plan.site);
    let questions: Vec<(&str, String)> = version
        .body
        .questions()
        .map(|question| (question.question.as_str(), plain_text(&question.answer)))
        .collect();
    assert_eq!(
        questions,
        [("Кой „може“?", "Всеки под 30 & над 15.".to_owned())]
    );
}

#[test]
fn in_a_feed_every_address_is_whole() {
    let plan = planned();
    let (entry, version, language) = page(&plan.site);
    let html =
        generator::render::body_elsewhere(&plan.site, &plan.renderer, entry, version, &language)
            .unwrap();
    for address in [
        "<a href=\"https://centre.example/tekst/#vtoro\">",
        "<a href=\"https://centre.example/tekst/#fn_1\"",
        r#"<a href="https://centre.example/">над</a>"#,
    ] {
        assert!(html.contains(address), "{address} in {html}");
    }
    assert!(
        !html.contains("href=\"/") && !html.contains("href=\"#"),
        "{html}"
    );
}

#[test]
fn a_large_document_says_its_size_in_the_way_of_the_language() {
    let site = SiteTest::new()
        .file(
            "content/pages/tekst.md",
            "---\ntitle: Т\ndescription: О.\n---\n```документ\ntitle: Доклад\nfile: /media/d.pdf\n```\n",
        )
        .file(
            "content/pages/tekst.en.md",
            "---\ntitle: T\ndescription: D.\n---\n```download\ntitle: Report\nfile: /media/d.pdf\n```\n",
        );
    site.change("content/media/d.pdf", &vec![b'x'; 7_150_000]);
    let site = site.build();
    assert!(
        site.output("site/tekst/index.html")
            .contains("(PDF, 7,2\u{a0}MB)")
    );
    assert!(
        site.output("site/en/tekst/index.html")
            .contains("(PDF, 7.2\u{a0}MB)")
    );
}

#[test]
fn every_component_is_named_in_both_languages_and_says_what_it_is_for() {
    use generator::parse::markdown::COMPONENTS;
    let mut words: Vec<&str> = Vec::new();
    for component in COMPONENTS {
        let [bulgarian, english] = component.words else {
            panic!("{:?}", component.words);
        };
        assert!(!bulgarian.is_ascii() && english.is_ascii());
        words.extend(component.words);
        for help in component
            .parameters
            .iter()
            .flat_map(|parameter| parameter.help)
        {
            assert!(!help.is_empty());
        }
    }
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count, "a word names one component");
    let template =
        crate::site_test::repository().join("themes/centre/templates/components/content.html");
    let template = fs::read_to_string(template).unwrap();
    for component in COMPONENTS {
        let name = format!("{:?}", component.name);
        // PersonalData is drawn by `personal_data`.
        let begins = |at: usize, letter: char| at > 0 && letter.is_uppercase();
        let letters = name.char_indices().flat_map(|(at, letter)| {
            let gap = begins(at, letter).then_some('_');
            gap.into_iter().chain(letter.to_lowercase())
        });
        let name: String = letters.collect();
        assert!(
            template.contains(&format!("component content.{name}(")),
            "{name}"
        );
    }
}
