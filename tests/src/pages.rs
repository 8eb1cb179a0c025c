//! Pages that some would not be able to read, or that browsers would not show, are not published.

use generator::cli::Status;

use crate::site_test::{SiteTest, repository};

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\n";

/// What is said of a site whose news are drawn with this between `<main>` and `</main>`.
fn said(main: &str) -> (Status, String) {
    let template = format!(
        "{{% extends \"base.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock main %}}\n"
    );
    let ran = SiteTest::new()
        .file("content/news/a.md", &format!("{NEWS}Текст.\n"))
        .file("content/news/b.md", &format!("{NEWS}Текст.\n"))
        .file("templates/news.html", &template)
        .run(&["build"]);
    (ran.status, ran.messages)
}

/// What is wrong between `<main>` and `</main>`, and what is said of it.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "<p>Two</p><h1>A</h1><h1>B</h1>",
        "H01",
        "the page has 2 main headings (h1)",
    ),
    ("<p>None</p>", "H01", "the page has 0 main headings"),
    (
        "<h1>A</h1><h3>B</h3>",
        "H02",
        "a level of headings is left out after h1",
    ),
    ("<h1>A</h1><h2> </h2>", "H02", "the heading is empty"),
    (
        "<h1>A</h1><img src=\"/media/a.png\" width=\"1\" height=\"1\">",
        "H03",
        "the picture has no description",
    ),
    (
        "<h1>A</h1><img src=\"/media/a.png\" alt=\"A\">",
        "H03",
        "the picture has no size",
    ),
    (
        "<h1>A</h1><a href=\"/novini/\"> <span aria-hidden=\"true\">→</span></a>",
        "H04",
        "the link or button has no words",
    ),
    (
        "<h1>A</h1><form><p><button><img src=\"/media/a.png\" alt=\"\" width=\"1\" height=\"1\"></button></p></form>",
        "H04",
        "the link or button has no words",
    ),
    (
        "<h1>A</h1><input type=\"text\" id=\"q\">",
        "H05",
        "the field has no label",
    ),
    (
        "<h1>A</h1><p id=\"x\"></p><p id=\"x\"></p>",
        "H06",
        "“x” is there twice",
    ),
    (
        "<h1>A</h1><a href=\"#no\">B</a>",
        "H06",
        "nothing on the page has the id “no”",
    ),
    (
        "<h1>A</h1><label for=\"no\">B</label>",
        "H06",
        "nothing on the page has the id “no”",
    ),
    (
        "<h1>A</h1><table><tr><td>B</td></tr></table>",
        "H07",
        "the table has no header cells",
    ),
    (
        "<h1>A</h1><p style=\"color: red\">B</p>",
        "H08",
        "(“style=”)",
    ),
    ("<h1>A</h1><style>p{}</style>", "H08", "(“style”)"),
    ("<h1>A</h1><script>alert(1)</script>", "H08", "(“script”)"),
    ("<h1>A</h1><p onclick=\"x()\">B</p>", "H08", "(“onclick”)"),
    (
        "<h1>A</h1><script src=\"https://evil.example/x.js\"></script>",
        "H08",
        "(“https://evil.example/x.js”)",
    ),
    (
        "<h1>A</h1><iframe src=\"/\" title=\"B\"></iframe>",
        "H08",
        "(“iframe”)",
    ),
    (
        "<h1>A</h1><form action=\"//evil.example/\"></form>",
        "H08",
        "(“//evil.example/”)",
    ),
    (
        "<h1>A</h1><a href=\"/nowhere/\">B</a>",
        "H09",
        "“/nowhere/” leads to nothing on the site",
    ),
    ("<h1>A</h1><div><p>B</p>", "H10", "“div” is not closed"),
    (
        "<h1>A</h1><p>B</span></p>",
        "H10",
        "“</span>” is not closed",
    ),
];

#[test]
fn every_fault_of_a_template_is_found_and_named_once() {
    for (main, code, words) in FAULTS {
        let (status, messages) = said(main);
        assert_eq!(status, Status::Refused, "{main}");
        assert!(
            messages.contains(&format!("error[{code}]: ")) && messages.contains(words),
            "{main}\n{messages}"
        );
        assert!(messages.contains("/novini/a/"), "{messages}");
    }
}

#[test]
fn a_fault_is_placed_in_the_template_that_has_it() {
    let (_, messages) = said("<h1>A</h1>\n  <input type=\"text\" name=\"{{ page.url }}\">");
    let place = " --> templates/news.html:4:3\n4 |   <input type=\"text\" name=\"{{ page.url }}\">\n  |   ^^^^^^^^^^^^^^^^^^\n";
    assert!(messages.contains(place), "{messages}");
    assert_eq!(messages.matches("error[").count(), 1, "{messages}");
}

#[test]
fn what_is_in_order_is_let_through() {
    let (status, messages) = said(
        "<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>\
         <a href=\"#top\" id=\"top\"><img src=\"/media/a.png\" alt=\"Up\" width=\"1\" height=\"1\"></a>\
         <a href=\"/novini/?page=2#b\" aria-label=\"E\"></a><a href=\"https://example.org/\">F</a>\
         <form action=\"/forms/x\"><label>G <input></label><input type=\"hidden\" name=\"h\"><input aria-label=\"I\">\
         <label for=\"j\">J</label><select id=\"j\"><option>K<option>L</select></form>\
         <ul><li>M<li>N</ul><table><tr><th>O<td>P</table><br><p title=\"a > b\">Q</p>\
         <script type=\"application/ld+json\">{\"url\": \"https://example.org\"}</script>",
    );
    let faults: Vec<&str> = messages
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    // The picture is in no media folder.
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("/media/a.png"), "{faults:?}");
    assert_eq!(status, Status::Refused);
}

#[test]
fn a_fault_of_a_text_names_its_file() {
    let site = SiteTest::new().file(
        "content/news/a.md",
        &format!("{NEWS}## Подзаглавие {{#mine}}\n"),
    );
    let template = "{% extends \"base.html\" %}\n{% block main %}<h1 id=\"mine\">A</h1>{{ <content.body parts={body} /> }}{% endblock main %}";
    let site = site.file("templates/news.html", template);
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused, "{}", ran.messages);
    let at = ran
        .messages
        .find("“mine” is there twice")
        .unwrap_or_else(|| panic!("{}", ran.messages));
    let place = ran.messages[at..].lines().nth(1).unwrap();
    assert_eq!(place, " --> content/news/a.md");
}

#[test]
fn the_real_pages_have_no_fault() {
    let ran = SiteTest::from_content(&repository().join("content")).run(&["check"]);
    assert!(!ran.messages.contains("[H"), "{}", ran.messages);
}

#[test]
fn a_colour_that_is_too_near_to_its_ground_is_found_in_light_and_in_dark() {
    let site = SiteTest::new();
    let css = ":root {\n  --color-page: light-dark(#fff, #000);\n  --color-text: light-dark(#777777, #767676);\n}\n\
               /* contrast 4.5: text txet on page */\n";
    site.change("themes/centre/css/tokens.css", css.as_bytes());
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    for part in [
        "error[H11]: text on page (light): the contrast is 4.48 and should be 4.5 or more\n --> themes/centre/css/tokens.css:3:17\n",
        "error[H11]: there is no colour --color-txet written with #\n --> themes/centre/css/tokens.css:5:23\n",
        "help: did you mean  text",
    ] {
        assert!(ran.messages.contains(part), "{part}\n{}", ran.messages);
    }
    assert!(!ran.messages.contains("(dark)"), "{}", ran.messages);
}
