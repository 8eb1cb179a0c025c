//! The shape of the repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use walkdir::WalkDir;

use crate::site_test::repository;

/// Source files, without what is built or installed, and without the broken ones that tests are made of.
fn sources(ending: &str) -> Vec<(String, String)> {
    let skipped = [
        "target",
        "dist",
        "node_modules",
        ".git",
        ".data",
        ".tools",
        "sites",
        "messages",
    ];
    WalkDir::new(repository())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !skipped.iter().any(|name| entry.file_name() == *name))
        .map(Result::unwrap)
        .filter(|entry| {
            entry.file_type().is_file()
                && entry
                    .path()
                    .extension()
                    .is_some_and(|found| found == ending)
        })
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(repository())
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn manifest(package: &str) -> Vec<String> {
    let path: PathBuf = repository().join(package).join("Cargo.toml");
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The names in the `[dependencies]` table of a package.
fn dependencies(package: &str) -> BTreeSet<String> {
    manifest(package)
        .iter()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_arrows_between_packages_are_those_of_the_design() {
    let ours = ["forms", "form-function", "generator", "tests"];
    let arrows = |package: &str| -> Vec<String> {
        dependencies(package)
            .into_iter()
            .filter(|name| ours.contains(&name.as_str()))
            .collect()
    };
    assert_eq!(arrows("generator"), ["form-function", "forms"]);
    assert_eq!(arrows("form-function"), ["forms"]);
    assert!(arrows("form-function/forms").is_empty());
    // The generator's arrow to the function is the preview server's alone, and never brings the AWS SDK.
    let manifest = manifest("generator");
    assert!(manifest.iter().any(|line| line
        == r#"form-function = { workspace = true, features = ["embedded"], optional = true }"#));
    for (path, text) in sources("rs") {
        let preview = path.starts_with("generator/src/serve");
        assert!(
            !path.starts_with("generator/src") || preview || !text.contains("form_function"),
            "{path}"
        );
    }
}

#[test]
fn what_a_form_is_needs_no_markup_no_yaml_and_no_aws() {
    let allowed = [
        "intl_pluralrules",
        "jiff",
        "serde",
        "serde_json",
        "sha2",
        "thiserror",
        "unic-langid",
    ];
    for name in dependencies("form-function/forms") {
        assert!(allowed.contains(&name.as_str()), "{name}");
    }
}

/// Longer files, each with the reason why it is one thing all the same.
const LONG: &[(&str, &str)] = &[];

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for (path, text) in sources("rs") {
        let lines = text.lines().count();
        assert!(
            lines <= 400 || LONG.iter().any(|(long, _)| *long == path),
            "{path} has {lines} lines"
        );
        assert!(
            text.starts_with("//!") || path.ends_with("tests.rs"),
            "{path} does not say what it is for"
        );
    }
}

/// The modules that a file declares in files of their own: `mod name;`, behind whatever visibility.
fn declared_modules(text: &str) -> BTreeSet<&str> {
    let declared = text.lines().filter_map(|line| {
        let (before, name) = line.trim().strip_suffix(';')?.rsplit_once("mod ")?;
        let is_visibility = before.is_empty()
            || before == "pub "
            || (before.starts_with("pub(") && before.ends_with(") "));
        is_visibility.then_some(name)
    });
    declared.collect()
}

/// The source files that no other file declares and that Cargo does not start from: nothing of them is ever compiled.
fn never_compiled(sources: &[(String, String)]) -> Vec<&str> {
    let text = |path: &str| {
        let found = sources.iter().find(|(other, _)| other == path);
        found.map(|(_, text)| text.as_str())
    };
    let is_compiled = |path: &str| {
        let Some((folder, file)) = path.rsplit_once('/') else {
            return true;
        };
        let in_source = path.contains("/src/");
        if !in_source || matches!(file, "main.rs" | "lib.rs") || folder.ends_with("/src/bin") {
            return true;
        }
        let name = file.trim_end_matches(".rs");
        let parents = [
            format!("{folder}.rs"),
            format!("{folder}/main.rs"),
            format!("{folder}/lib.rs"),
        ];
        let mut texts = parents.iter().filter_map(|parent| text(parent));
        texts.any(|text| declared_modules(text).contains(name))
    };
    sources
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !is_compiled(path))
        .collect()
}

#[test]
fn every_source_file_is_compiled() {
    assert_eq!(never_compiled(&sources("rs")), [""; 0]);
    // And a file that nobody declares, or only a comment does, would be found.
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let left_behind = [
        file("a/src/lib.rs", "pub(crate) mod used;\n"),
        file("a/src/used.rs", "mod inner;\n// mod lost;\n"),
        file("a/src/used/inner.rs", ""),
        file("a/src/used/lost.rs", ""),
        file("a/src/alone.rs", ""),
        file("a/src/bin/program.rs", ""),
    ];
    assert_eq!(
        never_compiled(&left_behind),
        ["a/src/used/lost.rs", "a/src/alone.rs"]
    );
}

#[test]
fn nothing_unfinished_is_left_behind() {
    let unfinished = [
        "dbg!(",
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
    ];
    for ending in ["rs", "html", "css", "yaml", "mjs"] {
        for (path, text) in sources(ending) {
            for word in unfinished {
                assert!(
                    path == "tests/src/tidy.rs" || !text.contains(word),
                    "{path}: {word}"
                );
            }
        }
    }
}

#[test]
fn colours_are_named_in_one_place() {
    for (path, text) in sources("css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        let literal = text.lines().find(|line| {
            line.match_indices('#').any(|(at, _)| {
                let rest = &line[at + 1..];
                rest.len() >= 3 && rest.bytes().take(3).all(|byte| byte.is_ascii_hexdigit())
            }) || line.contains("rgb(")
        });
        assert_eq!(literal, None, "{path}");
    }
}

/// The names of tests that a document gives: words in code quotes with several underscores in them.
fn named_tests(document: &str) -> Vec<&str> {
    let quoted = document.split('`').skip(1).step_by(2);
    let is_test = |name: &&str| {
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        name.bytes().all(is_name) && name.matches('_').count() >= 3
    };
    quoted.filter(is_test).collect()
}

#[test]
fn every_promise_is_kept_by_tests_that_there_are() {
    let document = fs::read_to_string(repository().join("tests/README.md")).unwrap();
    let (_, promises) = document.split_once("## What we promise").unwrap();
    let promises = promises.split("\n## ").next().unwrap();
    let sources = sources("rs");
    let is_there = |name: &str| {
        let starts = [format!("fn {name}("), format!("fn {name}<")];
        let mut texts = sources.iter().map(|(_, text)| text);
        texts.any(|text| starts.iter().any(|start| text.contains(start)))
    };
    for row in promises
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(2)
    {
        assert_ne!(named_tests(row), [""; 0], "{row}");
    }
    for name in named_tests(promises) {
        assert!(is_there(name), "there is no test {name}");
    }
    assert!(!is_there(concat!("a_test_that_", "nobody_wrote")));
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    for (path, text) in sources("md") {
        if path.starts_with("content/") && !path.starts_with("content/README.") {
            continue;
        }
        let folder = repository().join(&path).parent().unwrap().to_owned();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap();
            let outside = file.is_empty() || file.contains("://") || file.starts_with('/');
            assert!(outside || folder.join(file).exists(), "{path}: {link}");
        }
    }
}
