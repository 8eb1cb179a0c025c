//! A draft never reaches visitors, however it says that it is one, and what is wrong in it keeps nothing else from being published.

use generator::cli::Status;

use crate::site_test::SiteTest;

const WORD: &str = "Неразгласено";

fn with(draft: &str) -> SiteTest {
    let page = |fields: &str| {
        format!(
            "---\ntitle: {WORD}\ndescription: {WORD}.\n{fields}{draft}\n---\n\n{WORD} в текста.\n"
        )
    };
    SiteTest::new()
        .file("content/news/case.md", &page("date: 2026-05-12\n"))
        .file(
            "content/events/case.md",
            &page("starts_at: 2027-05-12T18:00\nplace: Тук\n"),
        )
        .file("content/pages/case.md", &page(""))
}

fn is_public(site: &SiteTest) -> bool {
    let files = site.path("dist").exists().then(|| site.files("dist"));
    files.into_iter().flatten().any(|(path, bytes)| {
        path.contains("case") || String::from_utf8_lossy(&bytes).contains(WORD)
    })
}

#[test]
fn a_draft_is_not_published_for_any_spelling_of_draft() {
    for draft in [
        "draft: true",
        "draft : true",
        "draft:  true  # още не",
        "\"draft\": true",
        "draft: \"true\"",
        "draft: 'true'",
        "draft: да",
        "draft: Да",
        "draft: yes",
        "draft: on",
        "draft: True",
        "draft: TRUE",
        "draft: 1",
        "draft: “true”",
        "draft: „да“",
        "draft:true",
        "draft = true",
        "draft; true",
        "draft:\u{a0}true",
        "Draft: true",
        "DRAFT: true",
        "drаft: true",
        "драфт: true",
        "чернова: да",
        "Чернова: true",
        "drafts: true",
        "daft: true",
        "draft: вярно",
        "draft: може би",
        "draft: [true]",
        "\tdraft: true",
        "  draft: true",
        "- draft: true",
        "draft: false\ndraft: true",
        "draft: true\ndraft: false",
        "draft",
        "draft: true!",
        "draft: |\n  true",
    ] {
        let site = with(draft);
        let ran = site.run(&["build", "--no-compress"]);
        assert!(!is_public(&site), "{draft}: {}", ran.messages);
        // After what is certain was mended it is still none.
        site.run(&["check", "--fix"]);
        site.run(&["build", "--no-compress"]);
        assert!(!is_public(&site), "{draft} after --fix");
    }
    let site = with("draft: false");
    assert_eq!(site.run(&["build", "--no-compress"]).status, Status::Done);
    assert!(is_public(&site), "the test looks where visitors look");
}

#[test]
fn what_is_wrong_in_a_draft_is_said_and_the_rest_is_published() {
    let draft = "---\ntitle: Среща: втора\ndescription: Описание.\nstarts_at: утре\nplace: Тук\nregistration: { form: nyama }\ndraft: true\n---\n\n[А](/pages/nyama.md) <b>б</b>\n";
    let site = SiteTest::new().file("content/events/sreshta.md", draft);
    let ran = site.run(&["build", "--no-compress"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    for code in ["M02", "V10", "G05", "B02"] {
        assert!(
            ran.messages.contains(&format!("warning[{code}]")),
            "{code}: {}",
            ran.messages
        );
    }
    assert!(site.path("dist/site/index.html").exists());
    assert!(!site.path("dist/site/sabitiya/sreshta").exists());
    // Whoever looks at drafts wants to see this one.
    let ran = site.run(&["build", "--no-compress", "--drafts"]);
    assert_eq!(ran.status, Status::Refused);
}

#[test]
fn a_file_of_which_nobody_knows_whether_it_is_a_draft_stops_publishing() {
    for text in [
        "---\ntitle: А\ndescription: Б.\ndate: 2026-05-12\ndraft: да\n---\n",
        "---\ntitle: А\ndescription: Б.\ndate: 2026-05-12\ndraft: true\ndraft: false\n---\n",
        "---\ntitle: А\ndescription: Б.\ndate: 2026-05-12\n<<<<<<< HEAD\ndraft: true\n=======\n>>>>>>> b\n---\n",
        "---\ntitle: А\ndate: 2026-05-12\ndraft: true\n",
    ] {
        let site = SiteTest::new().file("content/news/case.md", text);
        assert_eq!(
            site.run(&["build", "--no-compress"]).status,
            Status::Refused,
            "{text}"
        );
    }
}
