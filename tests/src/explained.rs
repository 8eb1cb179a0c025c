//! Every code has a page of help, and the handbook says what the program knows.

use std::collections::BTreeSet;
use std::fs;

use generator::cli::Status;
use generator::diagnostic::MessageLanguage;
use generator::explain::{fields, mistakes, table};
use walkdir::WalkDir;

use crate::site_test::{SiteTest, repository};

/// Every code in the program: three signs in quotes, such as `"V10"`.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in WalkDir::new(repository().join("generator/src")) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        let quoted = text.split('"').skip(1);
        codes.extend(
            quoted
                .filter(|code| {
                    let bytes = code.as_bytes();
                    bytes.len() == 3
                        && bytes[0].is_ascii_uppercase()
                        && bytes[1..].iter().all(u8::is_ascii_digit)
                })
                .map(str::to_owned),
        );
    }
    codes
}

#[test]
fn every_code_has_a_page_of_help_in_both_languages() {
    let explained: BTreeSet<String> = mistakes().unwrap().into_keys().collect();
    let codes = codes();
    assert!(codes.len() > 100, "{codes:?}");
    let missing: Vec<_> = codes.difference(&explained).collect();
    let left: Vec<_> = explained.difference(&codes).collect();
    assert!(
        missing.is_empty() && left.is_empty(),
        "without help: {missing:?}, never said: {left:?}"
    );
    for (code, mistake) in mistakes().unwrap() {
        assert!(
            mistake
                .bg
                .iter()
                .all(|text| text.chars().any(|sign| ('а'..='я').contains(&sign))),
            "{code}"
        );
        assert!(
            mistake.bg[1].ends_with('.') && mistake.en[1].ends_with('.'),
            "{code}"
        );
        assert_eq!(mistake.wrong.is_some(), mistake.right.is_some(), "{code}");
    }
}

#[test]
fn a_code_is_explained_and_a_wrong_one_is_guessed() {
    let site = SiteTest::new();
    let ran = site.run(&["check", "--explain", "v05", "--lang", "bg"]);
    assert_eq!((ran.status, ran.messages.as_str()), (Status::Done, ""));
    assert!(ran.output.starts_with("V05  Да или не\n"), "{}", ran.output);
    assert!(ran.output.contains("V05  Yes or no\n"), "{}", ran.output);
    assert!(ran.output.contains("    draft: да\n"), "{}", ran.output);
    // With a Cyrillic letter.
    let ran = site.run(&["check", "--explain", "М02"]);
    assert!(ran.output.starts_with("M02  A colon"), "{}", ran.output);
    let ran = site.run(&["check", "--explain", "V5"]);
    assert_eq!((ran.status, ran.output.as_str()), (Status::Refused, ""));
    assert!(ran.messages.contains("did you mean  V"), "{}", ran.messages);
}

#[test]
fn the_handbook_has_the_fields_and_the_mistakes_that_the_program_knows() {
    let path = repository().join("content/README.md");
    let handbook = fs::read_to_string(&path).unwrap();
    let mut expected = handbook.clone();
    let parts = [
        ("полета", fields(MessageLanguage::Bg)),
        ("съобщения", table(MessageLanguage::Bg).unwrap()),
    ];
    for (name, text) in parts {
        let (before, rest) = expected
            .split_once(&format!("<!-- {name}: от програмата -->\n"))
            .unwrap();
        let (_, after) = rest.split_once(&format!("<!-- край: {name} -->")).unwrap();
        expected =
            format!("{before}<!-- {name}: от програмата -->\n{text}<!-- край: {name} -->{after}");
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, &expected).unwrap();
    } else {
        assert!(handbook == expected, "SNAPSHOTS=overwrite writes it");
    }
}
