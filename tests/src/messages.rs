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
    let ran = site.run(&["check"]);
    assert!(expected.len() > 60 && ran.status == Status::Refused);
    let missing: Vec<&String> = expected
        .iter()
        .filter(|head| !ran.messages.contains(*head))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
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
