//! Pictures on pages: drawn for every screen, described, not too heavy.

use generator::cli::Status;
use image::ImageFormat;
use scraper::{Html, Selector};

use crate::photographs::{from_a_phone, in_format, jpeg};
use crate::site_test::SiteTest;

const PAGE: &str = "---\ntitle: Проба\ndescription: Проба.\n---\n";

/// The site with a page of this text, and the pictures that it may show.
fn site_with(text: &str) -> SiteTest {
    let site = SiteTest::new().file("content/pages/proba.md", &format!("{PAGE}{text}\n"));
    site.change("content/media/ekip.jpg", &from_a_phone(&jpeg(400, 300), 1));
    site.change(
        "content/media/Снимка 1.png",
        &in_format(60, 40, ImageFormat::Png),
    );
    site.change(
        "content/media/znak.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><path d='M0 0h20v10z'/></svg>",
    );
    site
}

#[test]
fn a_picture_in_a_text_is_drawn_for_every_screen() {
    let text = "![Екипът](/media/ekip.jpg)\n\n![Плакат](</media/Снимка 1.png> \"Плакатът от 2026\")\n\n\
                Знакът ![ ](../media/znak.svg) в реда.";
    let site = site_with(text).build();
    let page = site.output("site/proba/index.html");
    let html = Html::parse_document(&page);
    let all = |selector: &str| -> Vec<scraper::ElementRef<'_>> {
        html.select(&Selector::parse(selector).unwrap()).collect()
    };
    let pictures = all("main img");
    assert_eq!(pictures.len(), 3, "{page}");
    for picture in &pictures {
        for name in ["src", "width", "height", "alt", "decoding"] {
            assert!(picture.attr(name).is_some(), "{name} in {}", picture.html());
        }
        let mut addresses = vec![picture.attr("src").unwrap()];
        let sets = picture.attr("srcset").into_iter();
        let sets = sets.chain(
            all("main source")
                .into_iter()
                .filter_map(|source| source.attr("srcset")),
        );
        addresses.extend(
            sets.flat_map(|set| set.split(", ").map(|part| part.split(' ').next().unwrap())),
        );
        for address in addresses {
            assert!(
                site.path("dist/site").join(&address[1..]).exists(),
                "{address}"
            );
        }
    }
    let attribute = |index: usize, name: &str| pictures[index].attr(name).unwrap_or_default();
    assert_eq!(
        (attribute(0, "width"), attribute(0, "height")),
        ("400", "300")
    );
    assert_eq!(
        (attribute(0, "alt"), attribute(0, "loading")),
        ("Екипът", "")
    );
    assert!(attribute(0, "srcset").contains(" 320w, "));
    assert_eq!(
        (attribute(1, "alt"), attribute(1, "loading")),
        ("Плакат", "lazy")
    );
    assert_eq!(
        (
            attribute(2, "alt"),
            attribute(2, "width"),
            attribute(2, "height")
        ),
        ("", "20", "10")
    );
    let figure = all("figure");
    assert_eq!(figure.len(), 1);
    let caption = html
        .select(&Selector::parse("figure > figcaption").unwrap())
        .next();
    let caption: String = caption.unwrap().text().collect();
    assert_eq!(caption, "Плакатът от 2026");
    assert!(all("p figure, p:empty").is_empty(), "{page}");
}

#[test]
fn what_is_wrong_with_a_picture_is_said_where_it_stands() {
    let text = "![](/media/ekip.jpg) ![Екип](/media/EKIP.JPG) ![ekip.jpg](/media/ekip.jpg) \
                ![Снимка на екипа](/media/ekip.jpg) ![Знак](/media/znak.png) ![Край](/media/nyama.jpg)";
    let ran = site_with(text).run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    let said = |words: &str| assert!(ran.messages.contains(words), "{words}\n{}", ran.messages);
    said("error[L05]");
    said("there is no picture /media/EKIP.JPG");
    said("did you mean  /media/ekip.jpg ?");
    said("warning[L08]: a file name is not a description");
    said("warning[L08]: that it is a picture is known");
    said("there is no picture /media/znak.png");
    said("there is no picture /media/nyama.jpg");
}

#[test]
fn files_that_nobody_sees_are_listed_once() {
    let site = site_with("![Екипът](/media/ekip.jpg)");
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    let about = "note[L36]: 2 files are used by no page: znak.svg, Снимка 1.png";
    assert!(ran.messages.contains(about), "{}", ran.messages);
}

#[test]
fn the_picture_of_a_page_is_shown_on_it_in_lists_and_beside_shared_links() {
    let news = "---\ntitle: Открихме\ndescription: Открихме.\ndate: 2026-05-12\n\
                image: {src: /media/otkrivane.jpg, alt: Гости на входа}\n---\n![Екип](/media/ekip.jpg)\n";
    let site = site_with("![Екип](/media/ekip.jpg) ![ ](/media/znak.svg)")
        .file("content/news/otkrihme.md", news);
    site.change("content/media/otkrivane.jpg", &jpeg(1300, 800));
    site.change("content/media/ekip.jpg", &jpeg(1200, 800));
    let site = site.build();
    let page = Html::parse_document(&site.output("site/novini/otkrihme/index.html"));
    let one = |page: &Html, selector: &str, attribute: &str| -> String {
        let found = page.select(&Selector::parse(selector).unwrap()).next();
        let found = found.unwrap_or_else(|| panic!("no {selector}"));
        found.attr(attribute).unwrap_or_default().to_owned()
    };
    assert_eq!(one(&page, ".picture--lead img", "alt"), "Гости на входа");
    assert_eq!(one(&page, ".picture--lead img", "fetchpriority"), "high");
    assert_eq!(one(&page, ".picture--lead img", "loading"), "");
    assert_eq!(one(&page, ".prose img", "loading"), "lazy");
    let shared = one(&page, r#"meta[property="og:image"]"#, "content");
    assert_eq!(
        one(&page, r#"meta[property="og:image:width"]"#, "content"),
        "1200"
    );
    assert_eq!(
        one(&page, r#"meta[property="og:image:alt"]"#, "content"),
        "Гости на входа"
    );
    let (_, path) = shared.split_once("/assets/media/").unwrap();
    assert!(
        site.path("dist/site/assets/media").join(path).exists(),
        "{shared}"
    );
    let of_this_shape = site.files("dist/site/assets/media");
    let of_this_shape = of_this_shape
        .iter()
        .filter(|(path, _)| path.ends_with("social.jpg"));
    assert_eq!(of_this_shape.count(), 1, "nobody shares the other ones");
    let list = Html::parse_document(&site.output("site/novini/index.html"));
    assert_eq!(one(&list, ".card img", "alt"), "");
    assert_eq!(one(&list, ".card img", "loading"), "lazy");
    assert!(!one(&list, ".card img", "width").is_empty());
}

#[test]
fn a_page_that_is_too_heavy_for_a_phone_is_named_with_its_weight() {
    // Shown as it is, so what the file weighs is what a phone loads.
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0{}'/></svg>",
        " h1".repeat(200_000)
    );
    let text = "![Стая 1](/media/1.svg)\n\n![Пак тя](/media/1.svg)\n\n![Стая 2](/media/2.svg)";
    let site = SiteTest::new().file("content/pages/proba.md", &format!("{PAGE}{text}"));
    for number in 1..=2 {
        site.change(&format!("content/media/{number}.svg"), drawing.as_bytes());
    }
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    assert!(
        ran.messages.contains("warning[L35]: a phone loads 1.1 MB "),
        "{}",
        ran.messages
    );
    assert!(
        ran.messages.contains("content/pages/proba.md"),
        "{}",
        ran.messages
    );
}
