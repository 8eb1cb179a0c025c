//! `centre schema`: what may stand in content, for the programs in which it is written.

use std::collections::{BTreeMap, BTreeSet};

use generator::cli::Status;
use generator::model::{Field, KINDS, Said};
use serde_json::Value;

use crate::site_test::{SiteTest, tests_folder};

fn asked(arguments: &[&str]) -> String {
    let ran = SiteTest::case("lists").run(&[&["schema"], arguments].concat());
    assert_eq!((ran.status, ran.messages.as_str()), (Status::Done, ""));
    ran.output
}

fn schema(language: &str) -> Value {
    serde_json::from_str(&asked(&["--lang", language])).unwrap()
}

/// The names of an object's members.
fn names(object: &Value) -> BTreeSet<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn every_field_of_every_kind_is_there_with_what_it_is_for() {
    for (language, words) in [("bg", 0), ("en", 1)] {
        let schema = schema(language);
        for kind in KINDS {
            for translation in [false, true] {
                let ending = if translation { "-translation" } else { "" };
                let definition = &schema["$defs"][format!("{}{ending}", kind.name)];
                assert_eq!(definition["additionalProperties"], false);
                let stands = |field: &Field| match field.said {
                    Said::PerLanguage => true,
                    Said::Once => !translation,
                    Said::InTranslations => translation,
                };
                let fields: Vec<_> = kind.fields().filter(|field| stands(field)).collect();
                let expected: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
                assert_eq!(names(&definition["properties"]), expected);
                for field in fields {
                    let said = &definition["properties"][field.name];
                    let help = [field.help.bg, field.help.en][words];
                    assert_eq!(said["description"], help);
                    let required = definition["required"].as_array().unwrap();
                    assert_eq!(required.contains(&field.name.into()), field.required);
                }
            }
        }
    }
}

#[test]
fn what_a_site_has_itself_is_offered_and_nothing_else() {
    let schema = schema("en");
    let news = &schema["$defs"]["news"]["properties"];
    let tags = &news["tags"]["anyOf"][0]["items"]["enum"];
    let known = tags.as_array().unwrap();
    assert!(
        known.contains(&"rabota".into()) && !known.contains(&"work".into()),
        "{tags}"
    );
    let page = &schema["$defs"]["page"]["properties"];
    assert!(
        page["form"]["anyOf"][0]["enum"]
            .as_array()
            .unwrap()
            .contains(&"rsvp".into())
    );
}

#[test]
fn a_cms_gets_a_form_for_every_kind() {
    let config: Value = serde_yaml::from_str(&asked(&["cms", "--lang", "bg"])).unwrap();
    assert_eq!(config["i18n"]["locales"], serde_json::json!(["bg", "en"]));
    let collections = config["collections"].as_array().unwrap();
    for kind in KINDS {
        let of_folder = |made: &&Value| made["name"] == kind.section.folder();
        let collection = collections.iter().find(of_folder).unwrap();
        let fields = match kind.name {
            "home" => &collection["index_file"]["fields"],
            _ => &collection["fields"],
        };
        let shown: Vec<&str> = (fields.as_array().unwrap().iter())
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        let asked_for = kind
            .fields()
            .filter(|field| field.said != Said::InTranslations);
        let mut expected: Vec<&str> = asked_for.map(|field| field.name).collect();
        expected.extend(kind.body.map(|_| "body"));
        assert_eq!(shown, expected, "{}", kind.name);
        for (field, made) in kind.fields().zip(fields.as_array().unwrap()) {
            if made["name"] == field.name {
                assert_eq!(
                    made["i18n"],
                    field.said == Said::PerLanguage,
                    "{}",
                    field.name
                );
            }
        }
    }
}

/// Everything that is said under the fields of a form, and the fields of a form with what they stand in.
fn every_field<'a>(fields: &'a Value, found: &mut Vec<&'a Value>) {
    for field in fields.as_array().into_iter().flatten() {
        found.push(field);
        every_field(&field["fields"], found);
    }
}

#[test]
fn a_form_speaks_of_forms_and_not_of_files() {
    for language in ["bg", "en"] {
        let config: Value = serde_yaml::from_str(&asked(&["cms", "--lang", language])).unwrap();
        let mut fields = Vec::new();
        for collection in config["collections"].as_array().unwrap() {
            every_field(&collection["fields"], &mut fields);
            every_field(&collection["index_file"]["fields"], &mut fields);
        }
        assert!(fields.len() > 100);
        for field in fields {
            let hint = field["hint"].as_str().unwrap();
            assert!(!hint.is_empty());
            for word in ["true", ".md", ".yaml", "кавички", "in quotes", "тире"] {
                assert!(!hint.contains(word), "{}: {hint}", field["name"]);
            }
            // An opening moment with a format of its own makes some browsers wait for ever.
            assert_eq!(field["format"], Value::Null);
        }
    }
}

#[test]
fn what_is_said_once_is_not_copied_into_translations() {
    let config: Value = serde_yaml::from_str(&asked(&["cms"])).unwrap();
    let events = &config["collections"].as_array().unwrap()[3];
    assert_eq!(events["name"], "events");
    let fields = events["fields"].as_array().unwrap();
    let named = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
    let mut inside = Vec::new();
    every_field(&named("registration")["fields"], &mut inside);
    assert!(inside.iter().all(|field| field["i18n"] == false));
    let image = named("image")["fields"].as_array().unwrap();
    let said: Vec<bool> = image
        .iter()
        .map(|field| field["i18n"].as_bool().unwrap())
        .collect();
    assert_eq!(said, [false, true, false]);
}

#[test]
fn the_server_that_keeps_content_is_the_one_in_the_settings() {
    let config = |admin: &str| -> Value {
        let site = with_admin(admin).build();
        serde_json::from_str(&site.output("site/admin/config.yml")).unwrap()
    };
    let local = config("{ backend: local }");
    assert_eq!(local["backend"]["auth_methods"], serde_json::json!([]));
    let github =
        config("{ backend: github, repository: plovdiv/sayt, base_url: https://vhod.example }");
    assert_eq!(
        github["backend"],
        serde_json::json!({
            "name": "github", "repo": "plovdiv/sayt", "branch": "main", "base_url": "https://vhod.example",
        })
    );
    let gitea = config(
        "{ backend: gitea, repository: plovdiv/sayt, branch: glavna, base_url: https://git.example, app_id: \"1\" }",
    );
    assert_eq!(gitea["backend"]["api_root"], "https://git.example/api/v1");
    assert_eq!(gitea["backend"]["branch"], "glavna");
}

/// A site with an editor's page.
fn with_admin(admin: &str) -> SiteTest {
    let site = SiteTest::new();
    let settings = std::fs::read_to_string(site.path("content/site.yaml")).unwrap();
    site.file("content/site.yaml", &format!("{settings}admin: {admin}\n"))
}

#[test]
fn the_editor_is_part_of_a_site_that_asks_for_it_and_of_no_page() {
    let without = SiteTest::new().build();
    assert!(!without.path("dist/site/admin").exists());
    assert!(!without.output("site/_headers").contains("/admin/"));
    assert!(!without.output("site/robots.txt").contains("/admin/"));

    let with = with_admin("{ backend: local }").build();
    let page = with.output("site/admin/index.html");
    let scripts: Vec<String> = with
        .files("dist/site/assets/admin")
        .into_iter()
        .map(|(path, _)| format!("/assets/admin/{path}"))
        .collect();
    assert_eq!(scripts.len(), 6);
    for script in &scripts {
        assert!(page.contains(script.as_str()), "{script}");
    }
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(page.contains("content=\"connect-src 'self' blob: data:\""));
    let headers = with.output("site/_headers");
    let (_, rule) = headers.split_once("/admin/*\n").unwrap();
    assert!(rule.contains(&format!(
        "  ! content-security-policy\n  content-security-policy: {}\n",
        forms::EDITOR_POLICY
    )));
    assert!(
        with.output("site/robots.txt")
            .contains("Disallow: /admin/\n")
    );
    assert!(!with.output("site/sitemap.xml").contains("/admin/"));
    // All else is as it was.
    for (path, bytes) in without.files("dist/site") {
        if !matches!(path.as_str(), "_headers" | "robots.txt") {
            assert!(
                bytes == std::fs::read(with.path("dist/site").join(&path)).unwrap(),
                "{path}"
            );
        }
    }
}

#[test]
fn pages_lead_to_where_they_are_changed_if_it_is_wanted() {
    let link = |admin: &str, page: &str, drafts: bool| {
        let site = with_admin(admin).file(
            "content/news/novina.md",
            "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\nТекст.\n",
        );
        let site = site.file(
            "content/news/novina.en.md",
            "---\ntitle: News\ndescription: What happened.\n---\n\nText.\n",
        );
        let drafts: &[&str] = if drafts { &["--drafts"] } else { &[] };
        let ran = site.run(&[&["build", "--no-compress"], drafts].concat());
        assert_eq!(ran.status, Status::Done, "{}", ran.messages);
        let page = site.output(page);
        let (_, rest) = page.split_once("<link rel=\"edit\" href=\"")?;
        let (link, _) = rest.split_once('"')?;
        assert!(
            page.contains(&format!("<a href=\"{link}\" rel=\"nofollow\">")),
            "{link}"
        );
        Some(link.to_owned())
    };
    let (bg, en) = (
        "site/novini/novina/index.html",
        "site/en/news/novina/index.html",
    );
    let editor = Some("/admin/#/collections/news/entries/novina".to_owned());
    assert_eq!(link("{ backend: local }", bg, false), None);
    assert_eq!(link("{ backend: local }", bg, true), editor);
    assert_eq!(
        link("{ backend: local, edit_links: editor }", en, false),
        editor
    );
    let github = "{ backend: github, repository: plovdiv/sayt, edit_links: repository }";
    assert_eq!(
        link(github, en, false).as_deref(),
        Some("https://github.com/plovdiv/sayt/edit/main/content/news/novina.en.md")
    );
}

#[test]
fn titles_become_addresses_by_the_law() {
    let titles = std::fs::read_to_string(tests_folder("addresses.json")).unwrap();
    let titles: BTreeMap<String, String> = serde_json::from_str(&titles).unwrap();
    assert!(titles.len() > 25);
    for (title, address) in titles {
        let ran = SiteTest::new().run(&["new", "page", &title]);
        let made = format!("content/pages/{address}.md");
        // Of a title without letters no address is made, and the editor is asked for one.
        let expected = if address.is_empty() {
            "--address"
        } else {
            &made
        };
        assert!(ran.messages.contains(expected), "{title}: {}", ran.messages);
    }
}

#[test]
fn without_settings_that_can_be_read_it_says_what_is_wrong() {
    let site = SiteTest::new().file("content/site.yaml", "name x\n");
    let ran = site.run(&["schema"]);
    assert_eq!((ran.status, ran.output.as_str()), (Status::Refused, ""));
    assert!(
        ran.messages.contains("content/site.yaml"),
        "{}",
        ran.messages
    );
}

#[test]
fn vs_code_gets_what_it_lacks_and_keeps_what_it_has() {
    let site = SiteTest::case("lists").file(".vscode/settings.json", "{}");
    let ran = site.run(&["schema", "vscode", "--lang", "bg"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    assert!(
        ran.messages.contains("записан: .vscode/tasks.json"),
        "{}",
        ran.messages
    );
    assert!(
        ran.messages.contains(".vscode/settings.json вече го има"),
        "{}",
        ran.messages
    );
    let read = |name: &str| std::fs::read_to_string(site.path(&format!(".vscode/{name}"))).unwrap();
    assert_eq!(read("settings.json"), "{}");
    let snippets: Value = serde_json::from_str(&read("centre.code-snippets")).unwrap();
    let event = &snippets["събитие"];
    assert_eq!(event["prefix"][0], "event");
    // What it puts in is a draft that can be read, once the words of the snippet are filled in.
    let lines = event["body"].as_array().unwrap().iter();
    let text: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
    let filled = text
        .join("\n")
        .replace("${1:Заглавие}", "Среща")
        .replace("$CURRENT_YEAR-$CURRENT_MONTH-${CURRENT_DATE}", "2027-06-10");
    assert!(
        !filled.contains('$') && !filled.contains("1901"),
        "{filled}"
    );
    site.change("content/events/sreshta.md", filled.as_bytes());
    let ran = site.run(&["check", "--lang", "en"]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
}
