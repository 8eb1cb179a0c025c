//! What a form's definition says about its answers: how long they are kept, and which version of it they answered.

use std::collections::BTreeSet;

use forms::{FormDefinition, Group, Retention, Slug};

use super::kinds::site;
use crate::form_test::Built;
use crate::site_test::{SiteTest, tests_folder};

fn definition(site: &Built, name: &str) -> FormDefinition {
    site.bundle().manifest.forms[&Slug::parse(name).unwrap()].clone()
}

#[test]
fn an_answer_is_kept_as_long_as_it_says_or_its_class_or_the_law_of_the_house() {
    let event = definition(&site(), "kinds");
    let days = |name: &str| {
        let mut fields = event.fields.iter();
        let field = fields.find(|field| field.name.as_str() == name).unwrap();
        field.retention_days(&event)
    };
    assert_eq!(days("name"), 30, "contact, by default");
    assert_eq!(days("topics"), 14, "answers, as the form says");
    assert_eq!(days("background"), 7, "sensitive, by default");
    assert_eq!(days("needs"), 3, "as the question says");
    assert!(event.verify_email);

    let service = definition(&site(), "services");
    let written = Retention {
        sensitive_days: 20,
        ..Retention::SERVICE
    };
    assert_eq!(service.retention, written);
    assert_eq!(service.retention.days(Group::Contact), 180);
    assert!(!service.verify_email);
}

#[test]
fn every_change_that_matters_gives_another_version_and_a_remark_does_not() {
    let form = std::fs::read_to_string(
        tests_folder("sites/form-kinds/content/forms/kinds.yaml").as_path(),
    )
    .unwrap();
    let version = |text: &str| {
        let site = SiteTest::case("form-kinds").file("content/forms/kinds.yaml", text);
        definition(&Built::from(site), "kinds").version
    };
    let first = version(&form);
    let changes = [
        ("verify_email: true", "verify_email: false"),
        ("answers: 14", "answers: 15"),
        ("retention: 3", "retention: 4"),
        ("is: [school, course]", "is: [school]"),
        ("max: 40", "max: 41"),
        ("max: 2026-12-24", "max: 2026-12-23"),
        ("value: friend", "value: friends"),
        ("kind: checkboxes", "kind: radio"),
        ("class: feedback", "class: monitoring"),
        ("Кой език?", "Какъв език?"),
        ("max_length: 60", "max_length: 61"),
    ];
    let mut versions = BTreeSet::from([first.clone()]);
    for (from, to) in changes {
        assert!(form.contains(from), "{from}");
        assert!(
            versions.insert(version(&form.replacen(from, to, 1))),
            "{from}"
        );
    }
    assert_eq!(version(&format!("# A remark.\n{form}")), first);
}

#[test]
fn styles_know_every_condition_that_a_form_numbers() {
    let css = std::fs::read_to_string(
        crate::site_test::repository().join("themes/centre/css/components/field.css"),
    )
    .unwrap();
    // Ten conditions, one more than styles know.
    let mut form = String::from(
        "title: { bg: Ф, en: F }\nsubmit: { bg: П, en: S }\nnotice: { bg: Н, en: N }\nfields:\n  - { name: email, kind: email, class: contact, label: { bg: И, en: E } }\n  - name: pick\n    kind: checkboxes\n    class: logistics\n    label: { bg: О, en: P }\n    options:\n",
    );
    for number in 0..10 {
        form += &format!("      - {{ value: v{number}, label: {{ bg: О, en: O }} }}\n");
    }
    for number in 0..10 {
        form += &format!(
            "  - {{ name: more{number}, kind: text, class: logistics, label: {{ bg: Т, en: T }}, show_if: {{ field: pick, is: v{number} }} }}\n"
        );
    }
    let site = Built::from(SiteTest::case("form-kinds").file("content/forms/kinds.yaml", &form));
    let page = site.page("/sabitiya/vsichko/");
    let numbered = page.attributes("[data-shown-by]", "data-shown-by");
    assert_eq!(numbered, ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(
        page.texts(".field__condition").len(),
        10,
        "the tenth is always in sight"
    );
    for number in numbered {
        let rule = format!(r#"[data-shows~="{number}"]:checked)) [data-shown-by="{number}"]"#);
        assert!(css.contains(&rule), "{rule}");
    }
}
