//! What an editor sees in the preview while saving files.

use std::fs;

use crate::preview_test::PreviewTest;
use crate::site_test::SiteTest;

const NEWS: &str = "content/news/parva.md";
const PAGE: &str = "/novini/parva/";
const LIST: &str = "/novini/";

fn news(title: &str, date: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndescription: Кратко.\ndate: {date}\n---\n\n{text}\n")
}

/// A site with two news.
fn preview() -> PreviewTest {
    let site = SiteTest::new()
        .file(NEWS, &news("Първа", "2026-09-01", "Как започна."))
        .file(
            "content/news/vtora.md",
            &news("Втора", "2026-10-01", "Какво последва."),
        );
    PreviewTest::start(site)
}

#[test]
fn a_saved_page_is_fresh_and_every_list_follows() {
    let preview = preview();
    preview.save(NEWS, &news("Друга", "2026-11-01", "Нов текст."));
    let page = preview.until_says(PAGE, "Нов текст.");
    assert!(
        page.contains("<h1>Друга") || page.contains("Друга</h1>"),
        "{page}"
    );
    // It is the latest now.
    preview.until(LIST, |list| {
        let place = |title| list.body.find(title);
        place("Друга").is_some_and(|other| place("Втора").is_some_and(|second| other < second))
    });
}

#[test]
fn a_mistake_is_on_top_of_the_last_good_page_until_it_is_mended() {
    let preview = preview();
    preview.save(NEWS, &news("Първа", "2026-19-01", "Нов текст."));
    let page = preview.until_says(PAGE, "preview-problems");
    assert!(page.contains("content/news/parva.md:4:"), "{page}");
    assert!(
        page.contains("Как започна.") && !page.contains("Нов текст."),
        "{page}"
    );
    // Another page is mended and changed meanwhile, and the mistake is still said there.
    preview.replace("content/news/vtora.md", "последва", "стана");
    let other = preview.until_says("/novini/vtora/", "Какво стана.");
    assert!(other.contains("content/news/parva.md:4:"), "{other}");

    preview.save(NEWS, &news("Първа", "2026-09-01", "Нов текст."));
    let page = preview.until_says(PAGE, "Нов текст.");
    assert!(!page.contains("preview-problems"), "{page}");
    preview.until("/", |page| !page.body.contains("preview-problems"));
}

#[test]
fn a_link_that_leads_nowhere_is_said_when_it_is_saved() {
    let preview = preview();
    preview.replace(NEWS, "Как започна.", "[Какво последва](/news/vtori.md).");
    let page = preview.until_says(PAGE, "preview-problems");
    assert!(
        page.contains("/news/vtora.md"),
        "it is said what was meant: {page}"
    );
    preview.replace(NEWS, "vtori.md", "vtora.md");
    preview.until_says(PAGE, "href=\"/novini/vtora/\">Какво последва</a>");
}

#[test]
fn saves_one_after_another_all_arrive() {
    let preview = preview();
    for number in 0..10 {
        preview.save(
            NEWS,
            &news("Първа", "2026-09-01", &format!("Поред {number}.")),
        );
        preview.save(
            "content/news/vtora.md",
            &news("Втора", "2026-10-01", &format!("Поред {number}.")),
        );
    }
    preview.until_says(PAGE, "Поред 9.");
    preview.until_says("/novini/vtora/", "Поред 9.");
}

#[test]
fn files_come_go_and_move() {
    let preview = preview();
    preview.save(
        "content/news/treta.md",
        &news("Трета", "2026-11-02", "Още."),
    );
    preview.until_says("/novini/treta/", "Още.");
    preview.until_says(LIST, "Трета");
    let content = |name: &str| preview.site.path(&format!("content/news/{name}.md"));
    fs::rename(content("treta"), content("chetvarta")).unwrap();
    preview.until_says("/novini/chetvarta/", "Още.");
    preview.until("/novini/treta/", |answer| answer.status == 404);
    fs::remove_file(content("chetvarta")).unwrap();
    preview.until(LIST, |list| !list.body.contains("Трета"));
    preview.until("/novini/chetvarta/", |answer| answer.status == 404);
}

#[test]
fn a_file_that_an_editor_puts_in_place_of_another_is_read() {
    let preview = preview();
    let text = |text: &str| news("Първа", "2026-09-01", text);
    // As editors do that write a hidden file first.
    preview.save("content/news/.parva.md.tmp", &text("Наведнъж."));
    let hidden = preview.site.path("content/news/.parva.md.tmp");
    fs::rename(hidden, preview.site.path(NEWS)).unwrap();
    preview.until_says(PAGE, "Наведнъж.");
    // As editors do that keep the last version until the new one is written.
    let last = preview.site.path("content/news/parva.md~");
    fs::rename(preview.site.path(NEWS), &last).unwrap();
    preview.save(NEWS, &text("После."));
    fs::remove_file(last).unwrap();
    preview.until_says(PAGE, "После.");
    preview.until("/", |page| !page.body.contains("preview-problems"));
}

#[test]
fn a_page_that_moves_is_found_at_its_new_address() {
    let preview = preview();
    preview.replace(NEWS, "description:", "slug: nova\ndescription:");
    preview.until_says("/novini/nova/", "Как започна.");
    preview.until(PAGE, |answer| answer.status == 404);
}

#[test]
fn settings_and_templates_change_every_page() {
    let preview = preview();
    preview.replace("content/site.yaml", "Новини", "Вести");
    preview.until_says(PAGE, "Вести");
    preview.replace(
        "themes/centre/templates/base.html",
        "</main>",
        "</main><!-- друг облик -->",
    );
    preview.until_says(PAGE, "<!-- друг облик -->");
}

#[test]
fn an_open_page_is_loaded_again_when_it_looks_different_and_only_then() {
    let preview = preview();
    let open = preview.open(PAGE);
    // Another page changes, of which this one says nothing, and then everything is made again.
    preview.replace("content/pages/index.md", "title: ", "title: Още ");
    preview.until_says("/", "Още ");
    let quick = preview.open("/");
    let settled = preview.next(quick.version);
    let told = std::thread::scope(|scope| {
        let told = scope.spawn(|| preview.told(&open));
        preview.replace(NEWS, "Как започна.", "Как продължи.");
        told.join().unwrap()
    });
    assert!(told > settled, "it was told of what it does not show");
    preview.until_says(PAGE, "Как продължи.");
    // A style sheet, too, is news, and so is a picture that keeps its address.
    let open = preview.open(PAGE);
    preview.save("content/media/znak.svg", SIGN);
    assert!(preview.told(&open) > open.version);
}

const SIGN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>";

#[test]
fn files_of_content_and_the_index_of_the_search_are_served() {
    let site = SiteTest::case("search").file("content/media/znak.svg", SIGN);
    let preview = PreviewTest::start(site);
    let sign = preview.get("/media/znak.svg");
    assert!(
        sign.status == 200 && sign.body.contains("<circle"),
        "{}",
        sign.body
    );
    let index = preview.get("/assets/search.bg.json");
    assert_eq!(index.status, 200);
    assert!(index.body.starts_with('{'), "{}", index.body);
    assert_eq!(preview.get("/assets/search.fr.json").status, 404);
}

#[test]
fn the_form_is_that_of_the_page_as_it_was_saved() {
    let preview = PreviewTest::start(SiteTest::case("events"));
    preview.replace("content/events/otvoreno.md", "title: ", "title: Прясно ");
    preview.until_says("/sabitiya/otvoreno/", "Прясно");
    let refused = preview.post_empty("/forms/otvoreno");
    assert!(
        refused.status == 422 && refused.body.contains("Прясно"),
        "{}",
        refused.body
    );
}

#[test]
fn it_starts_on_a_broken_site_and_shows_the_site_once_it_is_mended() {
    let site = SiteTest::new().file(NEWS, &news("Първа", "2026-19-01", "Как започна."));
    let preview = PreviewTest::start(site);
    let broken = preview.get("/");
    assert_eq!(broken.status, 500);
    let body = &broken.body;
    assert!(body.contains("content/news/parva.md:4:7"), "{body}");
    assert!(
        body.contains("There is no site without errors yet."),
        "{body}"
    );
    assert!(body.contains("Сайт без грешки още няма."), "{body}");
    preview.replace(NEWS, "2026-19-01", "2026-09-01");
    let page = preview.until_says(PAGE, "Как започна.");
    assert!(!page.contains("preview-problems"), "{page}");
}

#[test]
fn the_panel_names_every_mistake_of_every_file_and_marks_it_in_its_line() {
    let preview = preview();
    preview.save(NEWS, &news("Първа", "2026-19-01", "Как <b>започна</b>."));
    preview.save(
        "content/news/vtora.md",
        "---\ntilte: Втора\ndate: 2026-10-01\n---\n\nКакво последва.\n",
    );
    let page = preview.until(PAGE, |page| {
        page.body.contains("vtora.md:2:1") && page.body.contains("parva.md:4:7")
    });
    let (_, panel) = page.body.split_once("id=\"preview-problems\"").unwrap();
    assert!(
        panel.contains("<h3><code>content/news/parva.md</code></h3>"),
        "{panel}"
    );
    assert!(panel.contains("<mark>2026-19-01</mark>"), "{panel}");
    assert!(panel.contains("<mark>tilte</mark>"), "{panel}");
    assert!(panel.contains("&lt;b&gt;"), "{panel}");
    assert!(panel.contains("<div lang=\"bg\" hidden>"), "{panel}");
}

/// A site with a draft, a page that waits for its date, and neither translated.
fn unpublished() -> SiteTest {
    let text = |more: &str| news("Първа", "2026-09-01", "Текст.").replace("---\n\n", more);
    SiteTest::new()
        .file(NEWS, &text("draft: true\n---\n\n"))
        .file(
            "content/news/vtora.md",
            &text("publish_at: 2026-12-01T09:00\n---\n\n").replace("Първа", "Втора"),
        )
}

#[test]
fn what_is_still_to_be_done_stands_on_pages_of_its_own() {
    let preview = PreviewTest::start(unpublished());
    let drafts = preview.get("/_drafts/").body;
    assert!(
        drafts.contains("<a href=\"/novini/parva/\">Първа</a>"),
        "{drafts}"
    );
    assert!(
        drafts.contains("Tuesday, 1 December 2026, 9:00"),
        "{drafts}"
    );
    let state = preview.get("/_status/").body;
    assert!(
        state.contains("Tuesday, 1 December 2026, 9:00: is published"),
        "{state}"
    );
    // What is wrong meanwhile is counted by its code.
    preview.replace(NEWS, "date: 2026-09-01", "date: 2026-09-31");
    preview.until("/_status/", |state| state.body.contains("V10"));
}

#[test]
fn the_site_is_shown_as_visitors_get_it_and_as_it_will_be() {
    let public =
        PreviewTest::start_with(unpublished(), &["--now", crate::site_test::NOW, "--public"]);
    assert_eq!(public.get("/novini/parva/").status, 404);
    assert_eq!(public.get("/novini/vtora/").status, 404);
    // By the clocks of Sofia.
    let before =
        PreviewTest::start_with(unpublished(), &["--public", "--as-of", "2026-12-01T08:59"]);
    assert_eq!(before.get("/novini/vtora/").status, 404);
    let after =
        PreviewTest::start_with(unpublished(), &["--public", "--as-of", "2026-12-01T09:00"]);
    assert_eq!(after.get("/novini/vtora/").status, 200);
    assert_eq!(after.get("/novini/parva/").status, 404);
}

#[test]
fn a_template_that_fails_says_so_where_the_page_was_until_it_is_mended() {
    let preview = preview();
    let base = "themes/centre/templates/base.html";
    preview.replace(base, "</main>", "{{ page.url.nothing.here }}</main>");
    let broken = preview.until(PAGE, |answer| answer.status == 500);
    assert!(broken.body.contains("base.html"), "{}", broken.body);
    // It waits for news, as every page does.
    assert!(
        broken.body.contains("/__reload.js\" data-version="),
        "{}",
        broken.body
    );
    let open = preview.open(PAGE);
    let told = std::thread::scope(|scope| {
        let told = scope.spawn(|| preview.told(&open));
        preview.replace(base, "{{ page.url.nothing.here }}</main>", "</main>");
        told.join().unwrap()
    });
    assert!(told > open.version);
    preview.until_says(PAGE, "Как започна.");
}

#[test]
fn styles_and_templates_that_a_site_gets_while_it_is_shown_are_seen() {
    let preview = preview();
    preview.until_says(PAGE, "Как започна.");
    let ours = |folder: &str, name: &str, text: &str| {
        let file = preview.site.path(folder).join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let theme = preview.site.path("themes/centre/templates/base.html");
    let theme = fs::read_to_string(theme).unwrap();
    ours(
        "templates",
        "base.html",
        &theme.replace("</main>", "</main><!-- наш облик -->"),
    );
    preview.until_says(PAGE, "<!-- наш облик -->");
    // What lies in it is followed from now on, also when the folder comes again.
    fs::remove_dir_all(preview.site.path("templates")).unwrap();
    preview.until(PAGE, |answer| !answer.body.contains("<!-- наш облик -->"));
    ours(
        "templates",
        "base.html",
        &theme.replace("</main>", "</main><!-- пак -->"),
    );
    preview.until_says(PAGE, "<!-- пак -->");
    let before = preview.open(PAGE);
    ours("css", "ours.css", "h1 { color: teal; }");
    assert!(preview.told(&before) > before.version);
}

#[test]
fn of_very_many_mistakes_the_first_fifty_are_shown_with_the_number_of_the_others() {
    let site = SiteTest::new();
    for number in 0..60 {
        let path = format!("content/news/n{number}.md");
        site.change(&path, news("Новина", "2026-19-01", "Текст.").as_bytes());
    }
    let preview = PreviewTest::start(site);
    let page = preview.get("/").body;
    let mistakes = page.matches("<small>V").count();
    assert_eq!(mistakes, 2 * 50, "{page}");
    assert!(page.contains("and 10 more: see them with  centre check"));
    assert!(page.contains("и още 10: вижте ги с  centre check"));
}
