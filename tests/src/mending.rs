//! `check --fix`: what has one certain answer is mended, nothing else is touched, and a second time changes nothing.

use std::collections::BTreeMap;
use std::fs;

use generator::cli::Status;
use generator::mend::mend;
use generator::pictures::Pictures;
use generator::source::SourceFile;
use generator::{Options, load};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::site_test::{NOW, SiteTest, tests_folder};

const HEAD: &str = "---\ntitle: Покана\ndescription: Описание.\ndate: 2026-05-12\n---\n\n";

fn news(text: &str) -> SiteTest {
    SiteTest::new().file("content/news/case.md", text)
}

fn mended(text: &str) -> (String, String) {
    let site = news(text);
    let said = site.run(&["check", "--fix"]).messages;
    let after = fs::read_to_string(site.path("content/news/case.md")).unwrap();
    (after, said)
}

#[test]
fn what_is_certain_is_mended_and_every_change_is_shown() {
    let (after, said) = mended(
        "---\ntittle: “Покана: конкурс”\ndescription:Описание\ndate: 12.05.2026 # днес\ntags: rabota, obuchenie\ndraft: да\n---\n\n##Срок\n",
    );
    assert!(
        after.starts_with("---\ntitle: \"Покана: конкурс\"\ndescription: Описание\ndate: 2026-05-12 # днес\ntags: [rabota, obuchenie]\ndraft: true\n---\n\n## Срок\n"),
        "{after}"
    );
    assert!(said.contains("content/news/case.md:4 [V10]\n  - date: 12.05.2026 # днес\n  + date: 2026-05-12 # днес\n"), "{said}");
    assert!(
        said.contains("mended: 8 places in 1 file\n")
            || said.contains("mended: 7 places in 1 file\n"),
        "{said}"
    );
}

#[test]
fn of_files_that_were_named_only_those_are_mended() {
    let text = HEAD.replace("2026-05-12", "12.05.2026");
    let site = news(&text).file("content/news/druga.md", &text);
    let said = site
        .run(&["check", "--fix", "content/news/case.md"])
        .messages;
    assert!(said.starts_with("content/news/case.md:4 [V10]\n"), "{said}");
    assert!(said.contains("mended: 1 place in 1 file\n"), "{said}");
    let read = |path: &str| fs::read_to_string(site.path(path)).unwrap();
    assert_eq!(read("content/news/case.md"), HEAD);
    assert_eq!(read("content/news/druga.md"), text);
}

#[test]
fn a_picture_is_mended_to_a_file_and_a_description() {
    let with = |image: &str| HEAD.replace("---\n\n", &format!("{image}---\n\n"));
    let whole = with("image: { src: /media/ekip.jpg, alt: \"Двама души\" }\n");
    for image in [
        "image: ekip.jpg, alt: Двама души\n",
        "image: content/media/ekip.jpg\n  alt: \"Двама души\"\n",
        "image: ![Двама души](/media/ekip.jpg)\n",
    ] {
        assert_eq!(mended(&with(image)).0, whole, "{image}");
    }
    let loose = with("image:\nsrc: ekip.jpg\nalt: Двама души\n");
    let below = with("image:\n  src: /media/ekip.jpg\n  alt: Двама души\n");
    assert_eq!(mended(&loose).0, below);
    // What can be seen nobody knows but who wrote it.
    let unsaid = with("image: ekip.jpg\n");
    assert_eq!(mended(&unsaid).0, unsaid);
}

#[test]
fn what_is_not_certain_is_left_as_it_is() {
    let text = "---\ntitle: Покана\ntitle: Друга\ndescription: \"Описание #1\ndate: 05/06/2026\n---\n\nСрокът е **12 май.\n";
    let (after, said) = mended(text);
    assert_eq!(after, text);
    assert!(said.contains("mended: 0 places in 0 files\n"), "{said}");
}

#[test]
fn a_byte_order_mark_and_the_ends_of_lines_stay() {
    let text = format!(
        "\u{feff}{}",
        "---\ntitle: Покана\ndescription: Описание.\ndate: 12.05.2026\n---\n\nТекст.  \n\n"
            .replace('\n', "\r\n")
    );
    let (after, _) = mended(&text);
    assert_eq!(after, text.replace("12.05.2026", "2026-05-12"));
}

#[test]
fn a_file_in_an_old_encoding_is_read_and_then_mended() {
    let site = SiteTest::new();
    for name in ["F01-windows-1251-with-signs", "F01-unicode-of-notepad"] {
        let bytes = fs::read(tests_folder("messages").join(format!("{name}.md"))).unwrap();
        site.change("content/news/case.md", &bytes);
        site.run(&["check", "--fix"]);
        let after = fs::read_to_string(site.path("content/news/case.md")).unwrap();
        assert!(
            after.contains("title: Покана за „Зелен“ конкурс № 5"),
            "{after}"
        );
        assert!(!site.run(&["check"]).messages.contains("error["));
    }
}

#[test]
fn a_file_gets_a_name_that_can_be_an_address_and_no_other_file_is_lost() {
    let site = SiteTest::new()
        .file(
            "content/news/Покана за конкурс.md",
            &HEAD.replace("2026-05-12", "12.05.2026"),
        )
        .file("content/news/Pokana.md", HEAD)
        .file("content/news/pokana.md", HEAD);
    let said = site.run(&["check", "--fix"]).messages;
    let renamed = fs::read_to_string(site.path("content/news/pokana-za-konkurs.md")).unwrap();
    assert!(renamed.contains("date: 2026-05-12"), "{renamed}");
    assert!(
        site.path("content/news/Pokana.md").exists(),
        "its new name is taken: {said}"
    );
    assert_eq!(fs::read_dir(site.path("content/news")).unwrap().count(), 3);
}

/// The codes of what is said of each file, without notes.
fn findings(site: &SiteTest) -> BTreeMap<String, Vec<(String, bool)>> {
    let ran = site.run(&["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.messages).unwrap();
    let mut by_file: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for found in found.as_array().unwrap() {
        let file = found["place"]["file"].as_str().unwrap().to_owned();
        let code = found["code"].as_str().unwrap().to_owned();
        by_file
            .entry(file)
            .or_default()
            .push((code, !found["fix"].is_null()));
    }
    by_file
}

#[test]
fn of_every_mistake_the_mended_file_has_fewer_and_a_second_time_changes_nothing() {
    let folder = tests_folder("messages");
    let site = SiteTest::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = file.strip_suffix(".md") else {
            continue;
        };
        let sections = [
            ("event", "events"),
            ("person", "people"),
            ("document", "documents"),
            ("venue", "venues"),
        ];
        let section = sections
            .iter()
            .find(|(word, _)| name.contains(word))
            .map_or("news", |(_, section)| section);
        let path = format!("content/{section}/{}.md", name.to_lowercase());
        site.change(&path, &fs::read(folder.join(&file)).unwrap());
    }
    let before = findings(&site);
    assert_eq!(site.run(&["check", "--fix"]).status, Status::Refused);
    let content = site.files("content");
    let after = findings(&site);
    let mut mended = 0;
    for (file, found) in &before {
        let certain = found.iter().any(|(_, certain)| *certain);
        // What could not be read at all had nothing else to be found in it, and a file in no folder was not looked for.
        let hides = |code: &str| code.starts_with('F') || matches!(code, "L06" | "V02");
        let hidden = found.iter().any(|(code, _)| hides(code));
        let left = after.get(file).map_or(0, Vec::len);
        assert!(
            !certain || hidden || left < found.len(),
            "{file}: {found:?}, then {:?}",
            after.get(file)
        );
        mended += usize::from(certain);
    }
    assert!(mended > 40, "{mended}");
    let certain: Vec<_> = after
        .iter()
        .filter(|(_, found)| found.iter().any(|(_, certain)| *certain))
        .collect();
    assert!(certain.is_empty(), "{certain:#?}");
    let said = site.run(&["check", "--fix"]).messages;
    assert!(said.starts_with("mended: 0 places in 0 files\n"), "{said}");
    assert!(site.files("content") == content);
}

#[test]
fn mending_twice_is_mending_once() {
    let site = SiteTest::new();
    let source = load::source(&site.path(".")).unwrap();
    let options = Options {
        now: NOW.parse().unwrap(),
        drafts: false,
        base_url: None,
    };
    let line = prop::sample::select(vec![
        "title: Покана: конкурс",
        "title = Покана",
        "tittle: “Зелен: конкурс”",
        "titlе: [Важно] Покана",
        "description:Описание",
        "description:\u{a0}Описание #1",
        "date: 12.05.2026",
        "date: 12 май 2026 г., 18 ч.",
        "draft: да",
        "tags: rabota, obuchenie",
        "tags:",
        "\t- rabota",
        "  -obuchenie",
        " - rabota",
        "\u{a0}\u{a0}- rabota",
        "—-",
        "---",
        "slug: Покана 2",
        "aliases: /a/, /b/",
        "",
        "# Заглавие",
        "##Срок",
        "#### Срок",
        "• точка",
        "-точка",
        "1.точка",
        "** важно ** текст",
        "(текст)[/a/]",
        "[текст] (/a/)",
        "Пoкана\u{a0}за\u{ad}",
        "| а | б |",
        "|––|––|",
        "```галерея",
        "```",
        "[а](www.example.org)",
        "[а](ana@example,org)",
        "Заглавие",
        "====",
    ]);
    let texts = prop::collection::vec(line, 0..14);
    let mut runner = TestRunner::new(Config::with_cases(48));
    runner
        .run(&texts, |lines| {
            let mut site = source.clone();
            let text = format!("---\n{}\n", lines.join("\n"));
            site.documents
                .push(SourceFile::new("content/news/case.md", text.into_bytes()));
            let once = mend(&site, &Pictures::default(), &options);
            for mended in &once.files {
                let file = site
                    .documents
                    .iter_mut()
                    .find(|file| file.path == mended.from)
                    .unwrap();
                *file = SourceFile::new(mended.to.clone(), mended.text.clone().into_bytes());
            }
            let twice = mend(&site, &Pictures::default(), &options);
            prop_assert_eq!(twice.changes, vec![]);
            Ok(())
        })
        .unwrap();
}
