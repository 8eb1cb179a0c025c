//! What a build does to the output folder, and how it ends.

use std::fs;
use std::time::Duration;

use generator::cli::Status;
use generator::write::Stage;

use crate::site_test::SiteTest;

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\nТекст.\n";

#[test]
fn a_second_build_writes_nothing() {
    let site = SiteTest::new().publish();
    let changed = |path: &str| fs::metadata(site.path(path)).unwrap().modified().unwrap();
    let before = changed("dist/site/index.html");
    let ran = site.run(&["build"]);
    assert!(
        ran.messages.contains(" 0 written, 0 deleted"),
        "{}",
        ran.messages
    );
    assert_eq!(changed("dist/site/index.html"), before);
}

#[test]
fn only_what_people_read_is_counted_as_a_page() {
    let site = SiteTest::new().file("content/news/novina.md", NEWS);
    let ran = site.run(&["build"]);
    let pages = site.files("dist/site");
    let pages = pages.iter().filter(|(path, _)| path.ends_with(".html"));
    let said = format!("\n{} pages, ", pages.count());
    assert!(ran.messages.contains(&said), "{}", ran.messages);
}

#[test]
fn who_asks_for_it_is_told_where_the_time_went() {
    let site = SiteTest::new();
    let said = |arguments: &[&str]| site.run(arguments).messages;
    let asked = said(&["build", "--timings"]);
    for part in ["load", "parse, assemble, check", "render, write", "publish"] {
        assert!(asked.contains(&format!(" ms  {part}\n")), "{part}: {asked}");
    }
    assert!(!said(&["build"]).contains(" ms  "));
}

#[test]
fn a_file_that_windows_saved_says_the_same() {
    let plain = SiteTest::new()
        .file("content/news/novina.md", NEWS)
        .publish();
    let saved = format!("\u{feff}{}", NEWS.replace('\n', "\r\n"));
    let site = SiteTest::new()
        .file("content/news/novina.md", &saved)
        .publish();
    assert!(site.files("dist/site") == plain.files("dist/site"));
}

#[test]
fn a_name_that_a_mac_took_apart_gets_the_same_advice() {
    for name in ["й", "и\u{306}"] {
        let path = format!("content/news/novina-{name}.md");
        let ran = SiteTest::new().file(&path, NEWS).run(&["check"]);
        let advice = "error[F05]: file names may use only a–z, 0–9 and hyphens";
        assert!(ran.messages.contains(advice), "{}", ran.messages);
        assert!(
            ran.messages.contains("did you mean  novina-y.md"),
            "{}",
            ran.messages
        );
    }
}

#[test]
fn two_fresh_builds_are_the_same_to_the_byte() {
    assert_eq!(
        SiteTest::new().publish().files("dist"),
        SiteTest::new().publish().files("dist")
    );
}

#[test]
fn a_page_that_is_gone_is_deleted_and_a_stranger_is_left_alone() {
    let site = SiteTest::new()
        .file("content/news/novina.md", NEWS)
        .publish();
    site.change("dist/site/novini/stranger.txt", b"not ours");
    site.remove("content/news/novina.md");
    let site = site.publish();
    assert!(!site.path("dist/site/novini/novina").exists());
    assert_eq!(site.output("site/novini/stranger.txt"), "not ours");
}

#[test]
fn a_refused_build_leaves_the_last_good_site() {
    let site = SiteTest::new()
        .file("content/news/novina.md", NEWS)
        .publish();
    let before = site.files("dist");
    site.change(
        "content/news/novina.md",
        "---\ntitle: Новина\n---\n".as_bytes(),
    );
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(
        ran.messages.ends_with("nothing was written\n"),
        "{}",
        ran.messages
    );
    assert_eq!(site.files("dist"), before);
}

/// Ways to damage a file: in place, so that every name of it suffers, or by another file; cut to nothing, as by a power cut, or as long
/// as before, later than the build.
const DAMAGES: [fn(&SiteTest, &str); 5] = [
    |site, path| site.remove(path),
    |site, path| site.change(path, b""),
    |site, path| {
        site.remove(path);
        site.change(path, b"");
    },
    overwrite,
    |site, path| {
        let bytes = fs::read(site.path(path)).unwrap();
        site.remove(path);
        site.change(path, &bytes);
        overwrite(site, path);
    },
];

fn overwrite(site: &SiteTest, path: &str) {
    let length = fs::metadata(site.path(path)).unwrap().len();
    site.change(path, &vec![b'x'; usize::try_from(length).unwrap()]);
    let built = fs::metadata(site.path("dist/build.json")).unwrap();
    let later = built.modified().unwrap() + Duration::from_secs(1);
    let file = fs::File::options().write(true).open(site.path(path));
    file.unwrap().set_modified(later).unwrap();
}

#[test]
fn what_was_damaged_from_outside_the_next_build_makes_whole() {
    let mut site = SiteTest::new()
        .file("content/news/novina.md", NEWS)
        .publish();
    let change = |site: &SiteTest, words: &str| {
        site.change(
            "content/news/druga.md",
            NEWS.replace("Текст", words).as_bytes(),
        );
    };
    let pages = [
        "novini/novina/index.html",
        "novini/novina/index.html.br",
        "novini/novina/index.html.gz",
    ];
    // After one build there is one tree; after two, most files have two names.
    for words in ["Друг текст", "Трети текст"] {
        change(&site, words);
        site = site.publish();
        let whole = site.files("dist/site");
        for (number, damage) in DAMAGES.iter().enumerate() {
            for page in pages {
                damage(&site, &format!("dist/site/{page}"));
                site = site.publish();
                assert!(
                    site.files("dist/site") == whole,
                    "{words}, damage {number} of {page}"
                );
                site = site.publish();
                assert!(
                    site.files("dist/site") == whole,
                    "{words}, damage {number} of {page}, and again"
                );
            }
        }
    }
    // What was damaged in the tree before does not come back with it.
    let whole = site.files("dist/site");
    for (number, damage) in DAMAGES.iter().enumerate() {
        for page in pages {
            damage(&site, &format!("dist/.previous/site/{page}"));
            change(&site, "Пети текст");
            site = site.publish();
            change(&site, "Трети текст");
            site = site.publish();
            assert!(
                site.files("dist/site") == whole,
                "damage {number} of {page}"
            );
        }
    }
}

#[test]
fn a_stranger_who_was_taken_away_does_not_come_back() {
    let mut site = SiteTest::new().publish();
    for (words, stranger) in [
        ("Едно", true),
        ("Две", true),
        ("Три", false),
        ("Четири", false),
    ] {
        if stranger {
            site.change("dist/site/stranger.txt", b"not ours");
        } else {
            let _ = fs::remove_file(site.path("dist/site/stranger.txt"));
        }
        site.change(
            "content/news/novina.md",
            NEWS.replace("Текст", words).as_bytes(),
        );
        site = site.publish();
        assert_eq!(
            site.path("dist/site/stranger.txt").exists(),
            stranger,
            "{words}"
        );
    }
}

#[test]
fn of_two_builds_at_once_the_second_is_refused() {
    let site = SiteTest::new();
    let first = Stage::open(&site.path("dist"), true).unwrap();
    for (language, says) in [
        (
            "en",
            "error: [ROOT]/dist: another build is writing here at the moment; try again in a little while\n",
        ),
        (
            "bg",
            "грешка: [ROOT]/dist: друга сборка пише тук в момента; опитайте след малко\n",
        ),
    ] {
        let ran = site.run(&["build", "--lang", language]);
        assert_eq!(ran.status, Status::Failed);
        assert_eq!(ran.messages, says);
    }
    first.abandon().unwrap();
    assert!(!site.path("dist").exists());
    // What a killed build leaves behind locks nobody out.
    let site = site.file("dist/.lock", "").publish();
    assert!(!site.path("dist/.lock").exists());
}

#[test]
fn without_content_it_says_what_to_do() {
    let site = SiteTest::new();
    fs::remove_dir_all(site.path("content")).unwrap();
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Failed);
    assert_eq!(
        ran.messages,
        "error: there is no folder [ROOT]/content: run this where `content` and `themes` are, or say where with --root\n"
    );
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let site = SiteTest::new();
    site.change("dist", b"a file, not a folder");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Failed);
    assert!(ran.messages.contains("[ROOT]/dist"), "{}", ran.messages);
}

#[test]
fn warnings_publish_unless_they_are_taken_strictly() {
    let site = SiteTest::new().file("content/news/novina.md", NEWS);
    assert_eq!(site.run(&["check"]).status, Status::Done);
    assert_eq!(site.run(&["check", "--strict"]).status, Status::Refused);
}

#[test]
fn a_draft_is_published_only_on_request() {
    let draft = NEWS.replace("date:", "draft: true\ndate:");
    let site = SiteTest::new()
        .file("content/news/novina.md", &draft)
        .publish();
    assert!(!site.path("dist/site/novini/novina/index.html").exists());
    assert_eq!(site.run(&["build", "--drafts"]).status, Status::Done);
    assert!(site.path("dist/site/novini/novina/index.html").exists());
}

#[test]
fn a_template_that_fails_is_reported_once_and_nothing_is_written() {
    let site = SiteTest::new().file("content/news/novina.md", NEWS);
    site.change("themes/centre/templates/news.html", b"{{ no_such_thing }}");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Refused);
    assert!(
        ran.messages.contains("no_such_thing") && ran.messages.contains("news.html"),
        "{}",
        ran.messages
    );
    assert!(!site.path("dist").exists());
}

#[test]
fn a_folder_of_somebody_else_is_not_written_to() {
    let site = SiteTest::new();
    site.change("dist/site/index.html", b"not ours");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Failed);
    assert!(
        ran.messages.contains("[ROOT]/dist/site"),
        "{}",
        ran.messages
    );
    assert_eq!(site.output("site/index.html"), "not ours");
    for folder in ["content", "themes/new", ".", "./content"] {
        assert_eq!(
            site.run(&["build", "--output", folder]).status,
            Status::Failed,
            "{folder}"
        );
    }
}

#[test]
fn a_record_that_somebody_changed_deletes_nothing_elsewhere() {
    let site = SiteTest::new().publish();
    site.change("victim.txt", b"mine");
    let victim = site.path("victim.txt");
    let files = format!(
        r#"{{"files": {{"../victim.txt": "", "site/../../victim.txt": "", "{}": ""}}}}"#,
        victim.display()
    );
    site.change("dist/build.json", files.as_bytes());
    let site = site.publish();
    assert!(site.path("victim.txt").exists());
}

#[test]
fn a_record_that_somebody_changed_names_only_addresses() {
    let site = SiteTest::new().publish();
    let record = r#"{"files": {}, "public": ["", "я"], "gone": ["", "я", "/няма/"]}"#;
    site.change("dist/build.json", record.as_bytes());
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    assert_eq!(ran.messages.matches("P06").count(), 1, "{}", ran.messages);
}
