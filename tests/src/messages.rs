//! Every kind of mistake an editor makes, and what is said about it, in both languages.
//!
//! A case is a file `tests/messages/<code>-<name>.md`, taken as `content/news/case.md` (or `content/events/case.md` when
//! its name contains `event`, and likewise for `person`, `document` and `venue`), or `<code>-<name>.yaml`, taken as `content/forms/case.yaml` (or `content/site.yaml` when its
//! code is one of settings, `S`), with the messages beside it in `.en.txt` and `.bg.txt`. What is about the name of a file, or about
//! several files, is a folder `<code>-<name>/content`.

use std::fs;

use generator::cli::Status;
use snapbox::{Assert, Data};

use crate::site_test::{SiteTest, files, tests_folder};

#[test]
fn every_mistake_is_named_with_its_place_and_the_way_out() {
    let folder = tests_folder("messages");
    let mut cases: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|file| !file.ends_with(".txt"))
        .collect();
    cases.sort();
    let assert = Assert::new().action_env("SNAPSHOTS");
    for file in &cases {
        let site = SiteTest::new();
        let (name, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let place = match ending {
            "yaml" if name.starts_with('S') => "site.yaml",
            "yaml" => "forms/case.yaml",
            _ if name.contains("event") => "events/case.md",
            _ if name.contains("person") => "people/case.md",
            _ if name.contains("document") => "documents/case.md",
            _ if name.contains("venue") => "venues/case.md",
            _ => "news/case.md",
        };
        if ending.is_empty() {
            for (path, bytes) in files(&folder.join(file)) {
                site.change(&path, &bytes);
            }
        } else {
            let case = fs::read(folder.join(file)).unwrap();
            site.change(&format!("content/{place}"), &case);
        }
        for language in ["en", "bg"] {
            let ran = site.run(&["check", "--lang", language]);
            let code = name.split('-').next().unwrap();
            assert!(
                ran.messages.contains(&format!("[{code}]")),
                "{name}: {}",
                ran.messages
            );
            let expected =
                Data::read_from(&folder.join(format!("{name}.{language}.txt")), None).raw();
            assert.eq(ran.messages, expected);
        }
    }
    assert!(cases.len() > 30, "the cases were found");
}

#[test]
fn all_mistakes_of_all_files_are_named_in_one_run() {
    let folder = tests_folder("messages");
    let site = SiteTest::new();
    let mut expected = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = file.strip_suffix(".md") else {
            continue;
        };
        let folder_of = |word: &str| name.contains(word);
        let section = match name {
            _ if folder_of("event") => "events",
            _ if folder_of("person") => "people",
            _ if folder_of("document") => "documents",
            _ if folder_of("venue") => "venues",
            _ => "news",
        };
        let path = format!("content/{section}/{}.md", name.to_lowercase());
        site.change(&path, &fs::read(folder.join(&file)).unwrap());
        let said = fs::read_to_string(folder.join(format!("{name}.en.txt"))).unwrap();
        let code = format!("[{}]", name.split('-').next().unwrap());
        let lines: Vec<&str> = said.lines().collect();
        let heads = lines.windows(2).filter(|pair| pair[0].contains(&code));
        let head = heads.map(|pair| pair.join("\n")).next().unwrap();
        expected.push(head.replace(&format!("content/{section}/case.md"), &path));
    }
    let ran = site.run(&["check", "--notes"]);
    assert!(expected.len() > 60 && ran.status == Status::Refused);
    let missing: Vec<&String> = expected
        .iter()
        .filter(|head| !ran.messages.contains(*head))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn of_a_file_that_was_named_everything_is_said_and_of_others_only_how_much() {
    let page = |title: &str| format!("---\ntitle: {title}\ndate: 2026-05-12\n---\n\n[a](/b.md)\n");
    let site = SiteTest::new()
        .file("content/news/pokana.md", &page("Покана"))
        .file("content/news/druga.md", &page("Друга"))
        .file(
            "content/pages/tuk.md",
            "---\ntitle: Тук\ndescription: Тук.\n---\n",
        );
    for name in [
        "content/news/pokana.md",
        "./news/pokana.md",
        "pokana.md",
        "/home/ana/centre/content/news/pokana.md",
        "content\\news\\pokana.md",
    ] {
        let ran = site.run(&["check", name]);
        assert_eq!(ran.status, Status::Refused, "{name}");
        assert!(
            ran.messages.contains("content/news/pokana.md:6:1"),
            "{}",
            ran.messages
        );
        assert!(
            !ran.messages.contains("content/news/druga.md"),
            "{}",
            ran.messages
        );
        assert!(
            ran.messages
                .ends_with("\nelsewhere: 2 errors and 2 warnings in 2 files\n"),
            "{}",
            ran.messages
        );
    }
    let ran = site.run(&["check", "content/pages"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    let ran = site.run(&["check", "content/news"]);
    assert!(
        ran.messages.contains("content/news/druga.md"),
        "{}",
        ran.messages
    );
    let ran = site.run(&["check", "content/news/pokanna.md"]);
    assert_eq!(
        (ran.status, ran.messages.as_str()),
        (
            Status::Refused,
            "there is no file content/news/pokanna.md\ndid you mean  content/news/pokana.md\n"
        )
    );
}

#[test]
fn what_stops_publishing_stands_last_where_it_is_seen_first() {
    let text = "---\ntitle: Покана\ndescription: Описание.\ndate: 12.05.2026\n---\n\n**Важно**\n\nТекст.\n";
    let site = SiteTest::new().file("content/news/case.md", text);
    let said = site.run(&["check"]).messages;
    let at = |code: &str| said.find(code).unwrap();
    assert!(at("error[V10]") > at("warning[B07]"), "{said}");
    assert!(at("warning[B07]") > at("warning[T01]"), "{said}");
}

#[test]
fn the_formats_for_programs_carry_the_same_places() {
    let site = SiteTest::new().file(
        "content/news/case.md",
        "---\ntilte: Заглавие\ndescription: Описание.\ndate: 2026-05-12\n---\n",
    );
    let json: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--format", "json"]).messages).unwrap();
    let unknown = json
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"] == "V01")
        .unwrap();
    assert_eq!(
        (&unknown["place"]["file"], &unknown["place"]["line"]),
        (&"content/news/case.md".into(), &2.into())
    );
    assert!(unknown["message"]["bg"].as_str().unwrap().contains("tilte"));
    let github = site.run(&["check", "--format", "github"]);
    assert_eq!(github.status, Status::Refused);
    assert!(
        github
            .messages
            .contains("::error file=content/news/case.md,line=2,col=1,title=V01::"),
        "{}",
        github.messages
    );
}
