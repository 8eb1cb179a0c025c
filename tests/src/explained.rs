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

/// A handbook as it is, and as it is with what the program knows between its marks.
fn handbook(name: &str, language: MessageLanguage) -> (String, String) {
    let path = repository().join("content").join(name);
    let handbook = fs::read_to_string(&path).unwrap();
    let (from, end, names) = match language {
        MessageLanguage::Bg => ("от програмата", "край", ["полета", "съобщения"]),
        MessageLanguage::En => ("from the program", "end", ["fields", "messages"]),
    };
    let texts = [fields(language), table(language).unwrap()];
    let mut expected = handbook.clone();
    for (name, text) in names.into_iter().zip(texts) {
        let (begin, end) = (
            format!("<!-- {name}: {from} -->\n"),
            format!("<!-- {end}: {name} -->"),
        );
        let (before, rest) = expected.split_once(&begin).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        expected = format!("{before}{begin}{text}{end}{after}");
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, &expected).unwrap();
        return (expected.clone(), expected);
    }
    (handbook, expected)
}

#[test]
fn the_handbooks_have_the_fields_and_the_mistakes_that_the_program_knows() {
    for (name, language) in [
        ("README.md", MessageLanguage::Bg),
        ("README.en.md", MessageLanguage::En),
    ] {
        let (handbook, expected) = handbook(name, language);
        assert!(
            handbook == expected,
            "{name}: SNAPSHOTS=overwrite writes it"
        );
    }
}

#[test]
fn the_handbooks_say_the_same_in_both_languages() {
    let read = |name: &str| fs::read_to_string(repository().join("content").join(name)).unwrap();
    let shape = |text: &str| -> Vec<String> {
        let mut inside = false;
        let lines = text.lines().filter_map(|line| {
            if line.starts_with("```") {
                inside = !inside;
                return Some(line.to_owned());
            }
            // Of an example, what is not said about it.
            let code = line.split_once('#').map_or(line, |(code, _)| code);
            let code = code.trim_end();
            let said = match line.split(' ').next()? {
                _ if inside => code,
                "-" | "1." | "2." | "3." | "4." | "5." | "##" => "",
                "|" => return Some(format!("| {}", line.matches('|').count())),
                _ => return None,
            };
            (!inside || !said.is_empty()).then(|| said.to_owned())
        });
        lines.collect()
    };
    // Up to what the program writes, and after it; commands are written the same.
    let parts = |text: String| {
        let commands = |text: &str| -> Vec<String> {
            let commands = text.split("`cargo run --release -- ").skip(1);
            let commands = commands.filter_map(|rest| rest.split_once('`'));
            commands.map(|(command, _)| command.to_owned()).collect()
        };
        let (first, rest) = text.split_once("\n<!-- ").unwrap();
        let last = rest.rsplit_once(" -->").unwrap().1;
        [first, last].map(|part| (shape(part), commands(part)))
    };
    let (bg, en) = (parts(read("README.md")), parts(read("README.en.md")));
    for ((bg, bg_commands), (en, en_commands)) in bg.into_iter().zip(en) {
        assert_eq!(bg, en);
        assert_eq!(bg_commands, en_commands);
    }
}
