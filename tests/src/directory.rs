//! People, documents and venues: what pages say of them, with or without a list of their own.

use generator::cli::Status;
use image::ImageFormat;

use crate::photographs::in_format;
use crate::site_test::SiteTest;

const VENUE: &str = "---\ntitle: Залата\ndescription: Голямата зала.\naddress: Град\n---\n";
const EVENT: &str =
    "---\ntitle: Ден\ndescription: Елате.\nstarts_at: 2026-12-01T10:00\nvenue: zala\n---\n";

fn with(event: &str, venue: &str) -> SiteTest {
    SiteTest::new()
        .file("content/venues/zala.md", venue)
        .file("content/events/den.md", event)
}

#[track_caller]
fn says(site: &SiteTest, messages: &[&str]) {
    let ran = site.run(&["check"]);
    for message in messages {
        assert!(
            ran.messages.contains(message),
            "{message} in {}",
            ran.messages
        );
    }
}

#[test]
fn a_venue_without_a_list_is_said_where_it_is_needed_and_has_no_page() {
    let event = EVENT.replace(
        "venue: zala\n",
        "venue: zala\nregistration: { form: rsvp }\n",
    );
    let site = with(&event, VENUE).build();
    let page = site.main_of("site/sabitiya/den/index.html");
    assert!(page.contains("<span>Залата, Град</span>"), "{page}");
    assert!(!site.path("dist/site/zala").exists());
    assert!(
        site.output("site/sabitiya/den/event.ics")
            .contains("LOCATION:Залата\\, Град")
    );
    // Mails have the place from there.
    let manifest = site.output("forms/manifest.json");
    assert!(manifest.contains("Залата, Град"), "{manifest}");
}

#[test]
fn a_person_without_a_list_is_named_by_the_service() {
    let site = SiteTest::new()
        .file("content/people/ana.md", "---\ntitle: Ана Пример\nrole: Консултант\n---\n")
        .file(
            "content/services/usluga.md",
            "---\ntitle: Услуга\ndescription: Помощ.\nstrand: Кариера\naudience: За всички.\ncontact: ana\n---\n",
        )
        .build();
    let page = site.main_of("site/uslugi/usluga/index.html");
    assert!(page.contains("Ана Пример"), "{page}");
}

#[test]
fn a_name_that_nobody_has_is_answered_with_the_nearest_one() {
    says(
        &with(&EVENT.replace("venue: zala", "venue: zalla"), VENUE),
        &[
            "error[X05]: there is no “zalla” in content/venues",
            "did you mean  zala\n",
        ],
    );
    says(
        &with(&EVENT.replace("venue: zala", "venue: Зала"), VENUE),
        &[
            "error[X05]: there is no “Зала” in content/venues",
            "did you mean  zala\n",
        ],
    );
    says(
        &with(
            &EVENT.replace("venue: zala", "venue: /venues/zala.md"),
            VENUE,
        ),
        &[
            "error[X05]: there is no “/venues/zala.md”",
            "did you mean  zala\n",
        ],
    );
}

#[test]
fn what_is_not_published_cannot_be_referred_to() {
    let draft = VENUE.replace("title:", "draft: true\ntitle:");
    let site = with(EVENT, &draft);
    says(
        &site,
        &["error[X05]: content/venues/zala.md is not published yet"],
    );
    assert_eq!(site.run(&["build", "--drafts"]).status, Status::Done);
    // What nobody sees may be unfinished.
    let site = with(&EVENT.replace("title:", "draft: true\ntitle:"), &draft);
    assert_eq!(site.run(&["build"]).status, Status::Done);
}

#[test]
fn a_translation_says_what_the_original_makes_necessary() {
    let event = EVENT.replace(
        "venue: zala",
        "place: Тук\nimage: { src: /media/x.png, alt: Зала }",
    );
    let site = with(&event, VENUE);
    site.change("content/media/x.png", &in_format(8, 8, ImageFormat::Png));
    let site = site.file(
        "content/events/den.en.md",
        "---\ntitle: Day\ndescription: Come.\n---\n",
    );
    says(
        &site,
        &[
            "error[V03]: the field “place” is missing\n --> content/events/den.en.md:2:1",
            "error[L05]: the picture has no description in this language",
        ],
    );
    let site = site.file(
        "content/events/den.en.md",
        "---\ntitle: Day\ndescription: Come.\nplace: Here\nimage: { src: /media/x.png, alt: Hall }\n---\n",
    );
    says(
        &site,
        &["error[T03]: “src” is written in the main file only"],
    );
    let site = site.file(
        "content/events/den.en.md",
        "---\ntitle: Day\ndescription: Come.\nplace: Here\nimage: { alt: Hall }\n---\n",
    );
    assert_eq!(site.run(&["build"]).status, Status::Done);
}

#[test]
fn a_translation_may_be_a_draft_by_itself() {
    let news =
        |draft| format!("---\ntitle: News\nslug: news-item\ndescription: New.\n{draft}---\n");
    let site = SiteTest::new()
        .file(
            "content/news/novina.md",
            "---\ntitle: Новина\ndescription: Ново.\ndate: 2026-05-12\n---\n",
        )
        .file("content/news/novina.en.md", &news("draft: true\n"))
        .build();
    assert!(site.path("dist/site/novini/novina/index.html").exists());
    assert!(!site.path("dist/site/en/news/news-item").exists());
    let site = site.file("content/news/novina.en.md", &news("")).build();
    assert!(site.path("dist/site/en/news/news-item/index.html").exists());
}

#[test]
fn what_was_not_translated_or_has_no_original_is_named() {
    let site = SiteTest::new()
        .file(
            "content/people/ana.md",
            "---\ntitle: Ана\nrole: Консултант\n---\n",
        )
        .file(
            "content/venues/zala.en.md",
            "---\ntitle: Hall\ndescription: x\naddress: Town\n---\n",
        );
    says(
        &site,
        &[
            "warning[T01]: the page is not translated into “en”\n --> content/people/ana.md",
            "error[T04]",
            "the file content/venues/zala.md is missing",
        ],
    );
}

#[test]
fn the_size_of_a_document_is_said_in_words() {
    let settings = std::fs::read_to_string(crate::site_test::tests_folder(
        "sites/directory/content/site.yaml",
    ))
    .unwrap();
    for (bytes, words) in [
        (1, "1\u{a0}KB"),
        (999_999, "1000\u{a0}KB"),
        (1_000_000, "1\u{a0}MB"),
        (1_234_000, "1,2\u{a0}MB"),
        (1_960_000, "2\u{a0}MB"),
    ] {
        let site = SiteTest::new()
            .file("content/site.yaml", &settings)
            .file("content/media/p.pdf", &"x".repeat(bytes))
            .file(
                "content/documents/p.md",
                "---\ntitle: П\ndescription: Д.\ndate: 2026-05-12\nfile: /media/p.pdf\n---\n",
            )
            .build();
        let list = site.main_of("site/dokumenti/index.html");
        assert!(list.contains(&format!("PDF, {words} ·")), "{list}");
    }
}
