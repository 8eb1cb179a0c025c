//! Which theme a site has, what it replaces of it, and that the generator is at home in any.

use std::collections::BTreeSet;
use std::fs;

use form_function::bundle::Bundle;
use generator::cli::Status;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::delivery::keeps_to_the_policy;
use crate::site_test::{SiteTest, files, repository, tests_folder};

const NEWS: &str = "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\nТекст.\n";

/// The site with the plain theme besides its own, and these settings more.
fn with_plain_theme(site: SiteTest, settings: &str) -> SiteTest {
    for (path, bytes) in files(&tests_folder("themes/plain")) {
        site.change(&format!("themes/plain/{path}"), &bytes);
    }
    // What programs and mails say is no matter of looks: these texts are those of the project's theme.
    for language in ["bg", "en"] {
        let read = |theme: &str| -> Value {
            let text =
                fs::read_to_string(site.path(&format!("themes/{theme}/i18n/{language}.yaml")));
            serde_yaml::from_str(&text.unwrap()).unwrap()
        };
        let (mut texts, own) = (read("centre"), read("plain"));
        let own = own["ui"].as_object().unwrap().clone();
        texts["ui"].as_object_mut().unwrap().extend(own);
        let text = serde_yaml::to_string(&texts).unwrap();
        site.change(
            &format!("themes/plain/i18n/{language}.yaml"),
            text.as_bytes(),
        );
    }
    let file = site.path("content/site.yaml");
    let before = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{before}\n{settings}\n")).unwrap();
    site
}

/// The classes in the pages of a built site.
fn classes(site: &SiteTest) -> BTreeSet<String> {
    let any = Selector::parse("[class]").unwrap();
    let pages = site.files("dist/site").into_iter();
    pages
        .filter(|(path, _)| path.ends_with(".html"))
        .flat_map(|(_, bytes)| {
            let page = Html::parse_document(&String::from_utf8(bytes).unwrap());
            let found = page.select(&any);
            let names = found.flat_map(|element| element.value().classes().map(str::to_owned));
            names.collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn another_theme_draws_everything_and_knows_nothing_of_the_first() {
    let contract = fs::read_to_string(repository().join("themes/README.md")).unwrap();
    let real = || SiteTest::from_content(&repository().join("content"));
    let names = fs::read_dir(tests_folder("sites")).unwrap();
    let cases = names.map(|entry| entry.unwrap()).filter(|entry| {
        // Not those that are refused, and not those with settings and texts of their own.
        entry.path().join("expected").exists() && !entry.path().join("alone").exists()
    });
    let cases = cases.map(|case| SiteTest::case(case.file_name().to_str().unwrap()));
    let sites = cases.chain([real()]);
    for site in sites {
        let site = with_plain_theme(site, "theme: plain");
        // Not even its files are there.
        fs::remove_dir_all(site.path("themes/centre")).unwrap();
        let site = site.build();
        assert!(
            site.output("site/index.html").contains(">Меню<")
                || site.output("site/index.html").contains("\"Меню\"")
        );
        for class in classes(&site) {
            let class = if class.starts_with("language-") {
                "language-…"
            } else {
                &class
            };
            assert!(
                contract.contains(&format!("`{class}`")),
                "{class} is said nowhere"
            );
        }
        keeps_to_the_policy(&site);
        // The form function draws with the same templates.
        Bundle::load(&site.path("dist/forms")).unwrap();
    }
}

#[test]
fn a_theme_that_is_not_there_is_named_with_the_one_that_was_meant() {
    let site = with_plain_theme(SiteTest::new(), "theme: plian");
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    for part in [
        "error[S08]: there is no theme “plian” in the folder themes",
        "content/site.yaml:",
        "help: did you mean  plain",
    ] {
        assert!(ran.messages.contains(part), "{part}\n{}", ran.messages);
    }
}

#[test]
fn with_several_themes_the_site_says_which_is_its_own() {
    let site = with_plain_theme(SiteTest::new(), "");
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    let message = "error[S08]: there is more than one theme (centre, plain)";
    assert!(ran.messages.contains(message), "{}", ran.messages);
}

#[test]
fn without_a_theme_it_says_what_one_is() {
    let site = SiteTest::new();
    fs::remove_dir_all(site.path("themes/centre")).unwrap();
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Failed);
    assert!(
        ran.messages.contains("[ROOT]/themes holds no theme"),
        "{}",
        ran.messages
    );
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_themes() {
    let site = SiteTest::new()
        .file("content/news/novina.md", NEWS)
        .file("templates/news.html", "{% extends \"base.html\" %}{% block main %}{% include \"ours/sign.html\" %}{% endblock main %}")
        .file("templates/ours/sign.html", "<h1>ours: {{ page.title }}</h1>")
        .file("templates/message.html", "<p>the function says</p>")
        .build();
    assert_eq!(
        site.main_of("site/novini/novina/index.html"),
        "<h1>ours: Новина</h1>\n"
    );
    assert_eq!(
        site.output("forms/templates/message.html"),
        "<p>the function says</p>"
    );
    assert_eq!(
        site.output("forms/templates/ours/sign.html"),
        "<h1>ours: {{ page.title }}</h1>"
    );
    let ran = site.run(&["check"]);
    assert!(!ran.messages.contains("E09"), "{}", ran.messages);
}

/// The one style sheet of a built site.
fn style_sheet(site: &SiteTest) -> String {
    let files = site.files("dist/site/assets").into_iter();
    let mut main = files.filter(|(path, _)| path.starts_with("main.") && path.ends_with(".css"));
    String::from_utf8(main.next().unwrap().1).unwrap()
}

#[test]
fn a_style_sheet_of_the_site_takes_the_place_of_the_themes_or_comes_after_it() {
    let site = SiteTest::new()
        .file("css/components/card.css", ".card { margin: 7px; }")
        .file("css/ours.css", "/* ours */ .card { padding: 3px; }")
        .build();
    let css = style_sheet(&site);
    let (replaced, added) = (".card{margin:7px}", ".card{padding:3px}");
    assert!(css.contains(replaced) && css.ends_with(added), "{css}");
    assert_eq!(css.matches(added).count(), 1);
    let before = style_sheet(&SiteTest::new().build());
    assert!(before.contains(".card__title") && !css.contains(".card__title"));
    // With a table of contents of its own a site has nothing that is not named there.
    let site = SiteTest::new()
        .file(
            "css/main.css",
            "@import \"base.css\" layer(base);\n@import \"ours.css\" layer(ours);\n",
        )
        .file("css/ours.css", "p { margin: 0; }")
        .build();
    let css = style_sheet(&site);
    assert!(
        css.starts_with("@layer base{") && css.ends_with("@layer ours{p{margin:0}}"),
        "{css}"
    );
}

#[test]
fn what_a_theme_promises_of_contrast_holds_for_the_colours_of_the_site() {
    let colours =
        |light: &str| format!(":root {{\n  --color-accent: light-dark({light}, #ffd5ec);\n}}\n");
    let site = SiteTest::new().file("css/ours.css", &colours("#ff9ccf"));
    let ran = site.run(&["check"]);
    let place = " --> css/ours.css:2:";
    assert!(ran.messages.contains(place), "{}", ran.messages);
    site.change("css/ours.css", colours("#4a0d35").as_bytes());
    let ran = site.run(&["check"]);
    assert!(!ran.messages.contains("css/"), "{}", ran.messages);
}

#[test]
fn a_template_of_the_site_that_nothing_uses_is_named() {
    let site = SiteTest::new().file("templates/evnet.html", "<p></p>");
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Done);
    for part in [
        "warning[E09]: this template is not used",
        " --> templates/evnet.html",
        "help: did you mean  templates/event.html",
    ] {
        assert!(ran.messages.contains(part), "{part}\n{}", ran.messages);
    }
}

#[test]
fn every_template_that_is_missing_is_named_at_once() {
    let site = SiteTest::new();
    for name in ["news", "tag", "receipt"] {
        site.remove(&format!("themes/centre/templates/{name}.html"));
    }
    let ran = site.run(&["check"]);
    let message = "error[E07]: the theme lacks templates that the site is drawn with: news.html, receipt.html, tag.html\n";
    assert!(ran.messages.contains(message), "{}", ran.messages);
    assert_eq!(ran.messages.matches("E07").count(), 1);
}

#[test]
fn the_contract_names_every_template_that_the_generator_draws() {
    let contract = fs::read_to_string(repository().join("themes/README.md")).unwrap();
    for (path, bytes) in files(&repository().join("generator/src/render")) {
        let text = String::from_utf8(bytes).unwrap();
        for name in text
            .split('"')
            .filter(|part| part.ends_with(".html") && !part.contains(['/', '.', ' ']))
        {
            let stem = name.trim_end_matches(".html");
            let is_said =
                contract.contains(&format!("`{stem}`")) || contract.contains(&format!("`{name}`"));
            assert!(is_said || matches!(stem, "index" | "404"), "{path}: {name}");
        }
    }
}

/// What is said of a site with these templates of its own.
fn said(templates: &[(&str, &str)]) -> String {
    let mut site = SiteTest::new().file("content/news/novina.md", NEWS);
    for (path, text) in templates {
        site = site.file(path, text);
    }
    let ran = site.run(&["build"]);
    assert_eq!(ran.status, Status::Refused, "{}", ran.messages);
    assert!(!site.path("dist").exists());
    ran.messages
}

#[test]
fn every_template_that_cannot_be_read_has_its_place() {
    let messages = said(&[
        ("templates/news.html", "<p>\n  {{ page.title\n</p>\n"),
        ("templates/tag.html", "{% if items %}\n<p></p>\n"),
    ]);
    for part in [
        "error[E04]: the template cannot be drawn: ",
        "--> templates/news.html:3:1",
        "--> templates/tag.html:",
        "2 errors and 1 warning in 3 files",
    ] {
        assert!(messages.contains(part), "{part}\n{messages}");
    }
}

#[test]
fn a_name_near_a_known_one_is_suggested() {
    let messages = said(&[(
        "templates/news.html",
        "<p>\n{{ page.title | uper }} {{ <ui.cardz items={[]} /> }}\n{% include \"bas.html\" %}</p>",
    )]);
    for part in [
        "Unknown filter `uper`\n --> templates/news.html:2:17\n2 | {{ page.title | uper }} {{ <ui.cardz items={[]} /> }}\n  |                 ^^^^\n  = help: did you mean  upper",
        "did you mean  ui.card",
        "did you mean  base.html",
        "3 errors and 1 warning in 2 files",
    ] {
        assert!(messages.contains(part), "{part}\n{messages}");
    }
}

#[test]
fn a_value_that_is_not_there_is_reported_once_for_all_pages_and_templates() {
    let site = SiteTest::new()
        .file("content/news/a.md", NEWS)
        .file("content/news/b.md", NEWS)
        .file("templates/news.html", "\n<h1>{{ page.titel }}</h1>")
        .file("templates/section.html", "{{ intor }}");
    let ran = site.run(&["build"]);
    for part in [
        " --> templates/news.html:2:13\n2 | <h1>{{ page.titel }}</h1>\n",
        "Field `titel` is not defined.\n",
        "= help: did you mean  title",
        " --> templates/section.html:1:4",
        "= help: did you mean  intro",
        "2 errors and 2 warnings in 4 files",
    ] {
        assert!(ran.messages.contains(part), "{part}\n{}", ran.messages);
    }
    let github = site.run(&["build", "--format", "github"]).messages;
    assert!(
        github.contains("::error file=templates/news.html,line=2,col=13,title=E04::"),
        "{github}"
    );
}

#[test]
fn a_parent_that_is_not_there_is_named_where_it_is_called() {
    let messages = said(&[("templates/news.html", "{% extends \"bse.html\" %}")]);
    for part in ["--> templates/news.html:1:13", "did you mean  base.html"] {
        assert!(messages.contains(part), "{part}\n{messages}");
    }
}

#[test]
fn the_description_of_the_theme_names_every_component_with_its_parameters_and_every_sheet_is_imported()
 {
    let theme = repository().join("themes/centre");
    let said = fs::read_to_string(theme.join("README.md")).unwrap();
    for (path, bytes) in files(&theme.join("templates")) {
        let text = String::from_utf8(bytes).unwrap();
        for component in text.split("{% component ").skip(1) {
            let (name, rest) = component.split_once('(').unwrap();
            let row = said.lines().find(|row| row.contains(&format!("`{name}`")));
            let row = row.unwrap_or_else(|| panic!("{path}: {name}"));
            let parameters = rest.split(')').next().unwrap().split(',').map(str::trim);
            // What begins with @ comes from the page.
            for parameter in parameters.filter(|one| !one.is_empty() && !one.starts_with('@')) {
                let parameter = parameter.split([':', '=']).next().unwrap().trim();
                assert!(
                    row.contains(&format!("`{parameter}`")),
                    "{name}: {parameter}"
                );
            }
        }
    }
    let contents = fs::read_to_string(theme.join("css/main.css")).unwrap();
    for (path, _) in files(&theme.join("css/components")) {
        assert!(
            contents.contains(&format!("@import \"components/{path}\" layer(components);")),
            "{path} is imported"
        );
    }
}

#[test]
fn an_import_outside_the_table_of_contents_is_named() {
    let site = SiteTest::new()
        .file(
            "css/ours.css",
            "p { margin: 0; }\n@import \"https://fonts.example/x.css\";\n",
        )
        .file(
            "css/more.css",
            "/* @import */ @IMPORT url(\"base.css\");\na { content: \"@import\"; }\n",
        );
    let said = site.run(&["check"]).messages;
    for part in [
        "error[E10]: this @import cannot stand here",
        " --> css/ours.css:2:1\n",
        " --> css/more.css:1:15\n",
        "on a line of its own in main.css:  @import \"file.css\" layer(components);",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert_eq!(said.matches("[E10]").count(), 2, "{said}");
    let said = site.run(&["check", "--lang", "bg"]).messages;
    assert!(
        said.contains("грешка[E10]: този @import не може да стои тук"),
        "{said}"
    );
    // In the table of contents, too, a sheet has a layer: without one it would be left to browsers.
    let site = SiteTest::new().file("css/main.css", "@import \"base.css\";\n");
    let said = site.run(&["check"]).messages;
    assert!(said.contains(" --> css/main.css:1:1\n"), "{said}");
}
