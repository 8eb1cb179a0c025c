//! `centre schema`: what may stand in content, for the programs in which it is written.

use std::collections::BTreeSet;

use generator::cli::Status;
use generator::model::{Field, KINDS, Said};
use serde_json::Value;

use crate::site_test::SiteTest;

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
                assert_eq!(made["hint"], field.help.bg);
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
