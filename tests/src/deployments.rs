//! What a build leaves for those who put it on a server: compressed forms, the build before, what changed, and what is gone.

use std::io::Read;
use std::os::unix::fs::MetadataExt;

use generator::cli::Status;
use serde_json::{Value, json};

use crate::site_test::SiteTest;

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\nТекст.\n";
const ADDRESS: &str = "/novini/pokana/";

fn site() -> SiteTest {
    SiteTest::new().file("content/news/pokana.md", NEWS)
}

#[test]
fn compressed_forms_say_the_same_and_are_smaller() {
    let site = site().publish();
    let page = site.output("site/novini/pokana/index.html");
    let compressed = |ending: &str| {
        std::fs::read(site.path(&format!("dist/site/novini/pokana/index.html.{ending}"))).unwrap()
    };
    let mut brotli_page = String::new();
    let br = compressed("br");
    brotli::Decompressor::new(br.as_slice(), 4096)
        .read_to_string(&mut brotli_page)
        .unwrap();
    assert_eq!(brotli_page, page);
    let mut gzip_page = String::new();
    let gz = compressed("gz");
    flate2::read::GzDecoder::new(gz.as_slice())
        .read_to_string(&mut gzip_page)
        .unwrap();
    assert_eq!(gzip_page, page);
    assert!(br.len() < gz.len() && gz.len() * 10 <= page.len() * 9);
    assert!(
        !site.path("dist/site/_headers.br").exists(),
        "what no visitor gets is left as it is"
    );
    assert_eq!(site.run(&["build", "--no-compress"]).status, Status::Done);
    let files = site.files("dist/site");
    assert!(
        !files
            .iter()
            .any(|(path, _)| path.ends_with(".br") || path.ends_with(".gz"))
    );
}

#[test]
fn the_build_before_stays_at_hand_and_unchanged_files_are_there_once() {
    let site = site().publish();
    let before = site.files("dist/site");
    site.change(
        "content/news/pokana.md",
        NEWS.replace("Текст", "Друг текст").as_bytes(),
    );
    let site = site.publish();
    assert!(site.files("dist/.previous/site") == before);
    let inode = |path: &str| std::fs::metadata(site.path(path)).unwrap().ino();
    let same = |path: &str| {
        inode(&format!("dist/site/{path}")) == inode(&format!("dist/.previous/site/{path}"))
    };
    assert!(same("404.html") && !same("novini/pokana/index.html"));
}

#[test]
fn a_plan_names_what_to_send_to_delete_and_to_invalidate() {
    let site = site().publish();
    let first = std::fs::read(site.path("dist/build.json")).unwrap();
    site.change("deployed.json", &first);
    site.change(
        "content/news/pokana.md",
        NEWS.replace("Текст", "Друг текст").as_bytes(),
    );
    let site = site.file("content/news/nova.md", NEWS).publish();
    let plan = |arguments: &[&str]| -> Value {
        let ran = site.run(&[&["changes"], arguments].concat());
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        assert_eq!(ran.messages, "");
        serde_json::from_str(&ran.output).unwrap()
    };
    let since_deployed = site.path("deployed.json");
    let since_deployed = plan(&["--since", since_deployed.to_str().unwrap()]);
    assert_eq!(plan(&[]), since_deployed);
    let has = |list: &str, entry: &str| {
        since_deployed[list]
            .as_array()
            .unwrap()
            .contains(&json!(entry))
    };
    assert!(has("changed", "site/novini/pokana/index.html"));
    assert!(has("changed", "site/novini/nova/index.html.br"));
    let said = |path: &str| since_deployed["headers"][path].clone();
    let page = json!({ "cache-control": "no-cache", "content-type": "text/html; charset=utf-8" });
    assert_eq!(said("site/novini/pokana/index.html"), page);
    let compressed = said("site/novini/nova/index.html.br");
    assert_eq!(compressed["content-encoding"], "br");
    assert_eq!(compressed["content-type"], page["content-type"]);
    assert_eq!(said("site/404.html"), Value::Null);
    assert!(has("invalidate", ADDRESS) && has("invalidate", "/sitemap.xml"));
    assert!(
        !has("invalidate", "/novini/nova/"),
        "nobody has asked for it yet"
    );
    assert!(!has("changed", "site/404.html"));
    assert_eq!(since_deployed["deleted"], json!([]));
}

#[test]
fn an_address_that_lost_its_page_is_named_until_something_takes_its_place() {
    let site = site().publish();
    site.remove("content/news/pokana.md");
    site.change("content/news/nova-pokana.md", NEWS.as_bytes());
    let says = |site: &SiteTest| {
        let ran = site.run(&["build"]);
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        ran.messages
            .contains("warning[P06]: the published page /novini/pokana/ no longer exists")
    };
    assert!(says(&site) && says(&site), "not only once");
    let aliased = NEWS.replace("date:", "aliases: [/novini/pokana/]\ndate:");
    site.change("content/news/nova-pokana.md", aliased.as_bytes());
    assert!(!says(&site));
    let record: Value = serde_json::from_str(&site.output("build.json")).unwrap();
    assert_eq!(record.get("gone"), None);
}

#[test]
fn lists_and_tags_come_and_go_without_being_missed() {
    let tagged = NEWS.replace("date:", "tags: [rabota]\ndate:");
    let site = SiteTest::new()
        .file("content/news/pokana.md", &tagged)
        .publish();
    let lists = || {
        let pages = site.files("dist/site").into_iter();
        let mut pages = pages.map(|(path, _)| path);
        pages.any(|path| path.ends_with("rabota/index.html"))
    };
    assert!(lists());
    site.remove("content/news/pokana.md");
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    assert!(!lists());
    let missed: Vec<&str> = ran
        .messages
        .lines()
        .filter(|line| line.contains("P06"))
        .collect();
    assert_eq!(missed.len(), 1, "{missed:#?}");
    assert!(missed[0].contains(" /novini/pokana/ "), "{missed:#?}");
}

#[test]
fn an_address_that_only_a_build_with_drafts_had_is_missed_by_nobody() {
    let draft = NEWS.replace("date:", "draft: true\ndate:");
    let site = site().file("content/news/chernova.md", &draft).publish();
    let build = |arguments: &[&str]| {
        let ran = site.run(&[&["build"], arguments].concat());
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        ran.messages
    };
    assert!(!build(&["--drafts"]).contains("P06"));
    assert!(!build(&["--drafts"]).contains("P06"));
    // What was public before is missed all the same.
    site.remove("content/news/pokana.md");
    let said = build(&[]);
    assert!(!said.contains("/novini/chernova/"), "{said}");
    assert!(
        said.contains("the published page /novini/pokana/ no longer exists"),
        "{said}"
    );
}

#[test]
fn the_record_says_when_the_site_changes_next() {
    let later = NEWS.replace("date:", "publish_at: 2026-12-01T09:00\ndate:");
    let site = SiteTest::new()
        .file("content/news/pokana.md", &later)
        .publish();
    let record: Value = serde_json::from_str(&site.output("build.json")).unwrap();
    assert_eq!(record["next_change_at"], json!("2026-12-01T07:00:00Z"));
}

#[test]
fn a_first_deployment_sends_everything() {
    let site = site().publish();
    let ran = site.run(&["changes"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    let plan: Value = serde_json::from_str(&ran.output).unwrap();
    let record: Value = serde_json::from_str(&site.output("build.json")).unwrap();
    let files: Vec<&String> = record["files"].as_object().unwrap().keys().collect();
    assert_eq!(plan["changed"], json!(files));
    assert_eq!(
        (&plan["deleted"], &plan["invalidate"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn what_stops_a_command_is_said_in_both_languages() {
    let site = site();
    let says = |arguments: &[&str], language: &str, words: &str| {
        let ran = site.run(&[arguments, &["--lang", language]].concat());
        assert_eq!(ran.status, Status::Failed);
        assert!(ran.messages.contains(words), "{}", ran.messages);
    };
    says(
        &["changes"],
        "en",
        "dist/build.json cannot be read; build the site first",
    );
    says(
        &["changes"],
        "bg",
        "dist/build.json не може да бъде прочетен; първо направете сайта",
    );
    site.change("dist/build.json", b"[]");
    says(&["changes"], "en", "is not the record of a build");
    says(&["changes"], "bg", "не е запис на направен сайт");
    says(
        &["build", "--output", "content"],
        "en",
        "choose another folder with --output",
    );
    says(
        &["build", "--output", "content"],
        "bg",
        "изберете друга папка с --output",
    );
}

#[test]
fn the_record_says_what_is_published_and_what_is_still_to_be_done() {
    let draft = NEWS.replace("date:", "draft: true\ndate:");
    let waits = NEWS.replace("date:", "publish_at: 2026-12-01T09:00\ndate:");
    let site = site()
        .file("content/news/chernova.md", &draft)
        .file("content/news/chaka.md", &waits)
        .publish();
    let record: Value = serde_json::from_str(&site.output("build.json")).unwrap();
    let status = &record["status"];
    assert_eq!(status["drafts"], json!(["content/news/chernova.md"]));
    assert_eq!(
        status["scheduled"],
        json!({ "content/news/chaka.md": "2026-12-01T07:00:00Z" })
    );
    let untranslated = status["untranslated"].as_array().unwrap();
    assert!(
        untranslated.contains(&json!("content/news/pokana.en.md")),
        "{status}"
    );
    assert!(
        status["pages"]["bg"].as_u64() > status["pages"]["en"].as_u64(),
        "{status}"
    );
    assert_eq!(status["warnings"], json!({ "T01": 1 }));
}
