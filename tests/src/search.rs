//! The search: inflected and Latin-typed words, what is in the index, and how much a visitor has to load for it.

mod corpus;

use std::collections::BTreeMap;
use std::fs;

use forms::{Language, Strings};
use generator::Options;
use generator::cli::Status;
use generator::diagnostic::has_errors;
use generator::pictures::Pictures;
use generator::search::Analyzer;
use generator::source::SourceFile;
use proptest::prelude::*;
use serde::Deserialize;
use snapbox::{Assert, Data};

use crate::site_test::{NOW, SiteTest, repository, tests_folder};
use corpus::Corpus;

/// Words of a language, by what they have in common.
#[derive(Deserialize)]
struct Words {
    /// Forms and spellings of one word.
    same: Vec<Vec<String>>,
    /// Words of which none is another.
    different: Vec<Vec<String>>,
}

fn analyzer(language: &str) -> Analyzer {
    let file = repository().join(format!("themes/centre/i18n/{language}.yaml"));
    let tree = serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    Analyzer::read(&Strings::new(Language::new(language), tree))
}

#[test]
fn forms_of_a_word_are_found_by_each_other() {
    let words = fs::read_to_string(tests_folder("search").join("words.json")).unwrap();
    let languages: BTreeMap<String, Words> = serde_json::from_str(&words).unwrap();
    let mut wrong = Vec::new();
    for (language, words) in &languages {
        let analyzer = analyzer(language);
        let terms = |words: &[String]| -> Vec<String> {
            words.iter().map(|word| analyzer.term(word)).collect()
        };
        for forms in &words.same {
            let terms = terms(forms);
            if terms.iter().any(|term| *term != terms[0]) {
                wrong.push(format!("{forms:?}: {terms:?}"));
            }
        }
        for group in &words.different {
            let mut terms = terms(group);
            terms.sort();
            let all = terms.len();
            terms.dedup();
            if terms.len() < all {
                wrong.push(format!("{group:?}: {terms:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_has_the_term_that_the_script_is_held_to() {
    let words = fs::read_to_string(tests_folder("search").join("words.json")).unwrap();
    let languages: BTreeMap<String, Words> = serde_json::from_str(&words).unwrap();
    let terms: BTreeMap<&str, BTreeMap<&str, String>> = languages
        .iter()
        .map(|(language, words)| {
            let analyzer = analyzer(language);
            let all = words.same.iter().chain(&words.different).flatten();
            let terms = all.map(|word| (word.as_str(), analyzer.term(word)));
            (language.as_str(), terms.collect())
        })
        .collect();
    let text = serde_json::to_string_pretty(&terms).unwrap() + "\n";
    let file = tests_folder("search").join("terms.json");
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(text, Data::read_from(&file, None).raw());
}

proptest! {
    #[test]
    fn whatever_is_written_a_term_is_of_small_latin_letters_and_digits(word in "\\PC{0,24}") {
        for language in ["bg", "en"] {
            let term = analyzer(language).term(&word);
            prop_assert!(term.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        }
    }

    #[test]
    fn capitals_are_letters_too(word in "[а-яa-z0-9]{0,24}") {
        for language in ["bg", "en"] {
            let analyzer = analyzer(language);
            prop_assert_eq!(analyzer.term(&word), analyzer.term(&word.to_uppercase()));
        }
    }
}

/// What a browser gets of a text.
fn compressed(bytes: &[u8]) -> usize {
    encoders::brotli(bytes, 11, 22).unwrap().len()
}

#[test]
fn three_hundred_pages_are_searched_with_less_than_40_kb() {
    let site = SiteTest::case("search");
    let mut source = generator::load::source(&site.path("")).unwrap();
    for (language, ending) in [("bg", ""), ("en", ".en")] {
        let mut corpus = Corpus::of(language, analyzer(language));
        source.documents.extend((0..290).map(|number| {
            let (name, page) = corpus.page();
            let slug = format!("slug: {name}-{number}\n---\n");
            let path = format!("content/pages/p{number}{ending}.md");
            SourceFile::new(path, page.replacen("---\n\n", &slug, 1).into_bytes())
        }));
    }
    let options = Options {
        now: NOW.parse().unwrap(),
        drafts: false,
        base_url: None,
    };
    let (plan, diagnostics) = generator::plan(&mut source, &Pictures::default(), &options);
    assert!(!has_errors(&diagnostics), "{diagnostics:?}");
    let files = plan.unwrap().assets.files;
    let weigh = |beginning: &str, ending: &str| {
        let file = files
            .iter()
            .find(|file| file.path.starts_with(beginning) && file.path.ends_with(ending));
        compressed(&file.unwrap().bytes)
    };
    let script = weigh("assets/search.", ".js");
    for language in ["bg", "en"] {
        let index = weigh(&format!("assets/search.{language}."), ".json");
        println!(
            "{language}: index {index}, script {script}, together {}",
            index + script
        );
        assert!(index + script < 40_000, "{language}: {index} + {script}");
    }
    if let Some(folder) = std::env::var_os("SEARCH_CORPUS") {
        let folder = std::path::Path::new(&folder);
        for file in &files {
            fs::write(folder.join(file.path.replace('/', "-")), &file.bytes).unwrap();
        }
        for file in &source.documents {
            fs::write(folder.join(file.path.replace('/', "-")), &file.text).unwrap();
        }
    }
}

/// A page of the index of a language: its address, title and description.
type Row = (String, String, String);

fn index(site: &SiteTest, language: &str) -> serde_json::Value {
    let beginning = format!("search.{language}.");
    let files = site.files("dist/site/assets");
    let file = files.iter().find(|(path, _)| path.starts_with(&beginning));
    serde_json::from_slice(&file.unwrap().1).unwrap()
}

fn rows(site: &SiteTest, language: &str) -> Vec<Row> {
    let index = index(site, language);
    let column = |name: &str| -> Vec<String> {
        let text = index[name].as_str().unwrap();
        text.split('\n').map(str::to_owned).collect()
    };
    let rows = column("paths").into_iter().zip(column("titles"));
    let rows = rows.zip(column("descriptions"));
    rows.map(|((path, title), description)| (path, title, description))
        .collect()
}

#[test]
fn only_what_is_published_is_found_each_language_by_itself() {
    let site = SiteTest::case("search").build();
    let paths = |language: &str| -> Vec<String> {
        let rows = rows(&site, language).into_iter();
        rows.map(|(path, ..)| path).collect()
    };
    assert_eq!(
        paths("bg"),
        [
            "/",
            "/kontakti/",
            "/novini/",
            "/novini/otvoreni-vrati/",
            "/sabitiya/",
            "/sabitiya/ligi/",
            "/temi/dobrovolchestvo/",
            "/temi/rabota/",
            "/uslugi/",
            "/uslugi/karierno-orientirane/",
            "/uslugi/mladezhki-deynosti/"
        ]
    );
    assert_eq!(
        paths("en"),
        [
            "/en/",
            "/en/contact/",
            "/en/events/",
            "/en/news/",
            "/en/services/",
            "/en/services/youth-activities/",
            "/en/topics/dobrovolchestvo/"
        ]
    );
    let found = rows(&site, "bg");
    let news = found
        .iter()
        .find(|(path, ..)| path == "/novini/otvoreni-vrati/");
    let (_, title, description) = news.unwrap();
    assert_eq!(title, "Отворихме първия център");
    assert_eq!(
        description,
        "Дойдоха 40 души, участниците си говориха до вечерта."
    );
}

#[test]
fn what_holds_no_longer_and_what_no_search_shall_find_is_not_in_the_index() {
    let page = |fields: &str| {
        format!("---\ntitle: Т\ndescription: О.\ndate: 2026-11-20\n{fields}---\nПеперуда.\n")
    };
    let site = SiteTest::case("search")
        .file(
            "content/news/stara.md",
            &page("expires_at: 2026-11-22T18:00\n"),
        )
        .file("content/news/tiha.md", &page("noindex: true\n"))
        .build();
    let paths: Vec<String> = rows(&site, "bg")
        .into_iter()
        .map(|(path, ..)| path)
        .collect();
    for path in ["/novini/stara/", "/novini/tiha/"] {
        assert!(site.path(&format!("dist/site{path}index.html")).exists());
        assert!(!paths.iter().any(|known| known == path), "{path}");
    }
    let word = analyzer("bg").term("Пеперуда");
    assert!(!indexed(&site, "bg").contains(&word));
    // The same page without these fields is there.
    site.change("content/news/tiha.md", page("").as_bytes());
    assert!(indexed(&site.build(), "bg").contains(&word));
}

/// The terms of the index of a language, as its script reads them: how much of the one before, and what follows.
fn indexed(site: &SiteTest, language: &str) -> Vec<String> {
    let coded = index(site, language)["terms"].as_str().unwrap().to_owned();
    let mut terms: Vec<String> = Vec::new();
    for character in coded.chars() {
        if character.is_ascii_uppercase() {
            let shared = usize::from(character as u8 - b'A');
            let before = terms.last().map_or("", |term| &term[..shared]);
            terms.push(before.to_owned());
        } else {
            terms.last_mut().unwrap().push(character);
        }
    }
    terms
}

#[test]
fn what_components_say_is_found() {
    let page = "---\ntitle: Въпроси\ndescription: Отговори.\n---\n\
                ```въпроси\nquestions:\n  - question: Има ли велосипеди?\n    answer: Да, на двора има навес.\n```\n\n\
                ```програма\ntitle: Програма\nrows:\n  - time: \"10:00\"\n    what: Хорово пеене\n```\n\n\
                ```бутон\ntext: Разгледайте оранжерията\nlink: kontakti.md\n```\n";
    let site = SiteTest::case("search")
        .file("content/pages/vaprosi.md", page)
        .build();
    let (terms, analyzer) = (indexed(&site, "bg"), analyzer("bg"));
    for word in ["велосипед", "навесът", "хоровото", "оранжерия"] {
        assert!(terms.contains(&analyzer.term(word)), "{word}");
    }
}

#[test]
fn without_its_settings_there_is_no_search() {
    let site = SiteTest::new().build();
    let files = site.files("dist/site");
    assert!(
        !files
            .iter()
            .any(|(path, _)| path.ends_with(".json") && path.contains("search"))
    );
    let home = site.output("site/index.html");
    assert!(!home.contains("search") && !site.main_of("site/404.html").contains("<form"));
}

#[test]
fn the_index_is_named_by_its_content_and_the_same_every_time() {
    let site = || SiteTest::case("search").build();
    let assets = |site: &SiteTest| site.files("dist/site/assets");
    let (first, second) = (site(), site());
    assert_eq!(assets(&first), assets(&second));
    let page = first.output("site/tarsene/index.html");
    let index = assets(&first)
        .into_iter()
        .find(|(path, _)| path.starts_with("search.bg."));
    assert!(page.contains(&format!(
        "data-search-index=\"/assets/{}\"",
        index.unwrap().0
    )));
}

#[test]
fn a_line_that_is_no_rule_of_the_search_is_named() {
    let file = "themes/centre/i18n/bg.yaml";
    let before = fs::read_to_string(repository().join(file)).unwrap();
    let site = SiteTest::new();
    let after = before.replace("\"овете 3\"", "\"овете\"");
    let after = after.replace("./ ,уе", "./ уе");
    site.change(file, after.replace("\"q ya\"", "\"q\"").as_bytes());
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused);
    for line in [
        "error[E12]: “q” in “search.spelling” is not a rule of the search\n --> themes/centre/i18n/bg.yaml",
        "error[E12]: “qwertyuiop[asdfghjkl;'zxcvbnm,./ уеишщксдзцьяаожгтнвмчюйъэфхпрлб” in “search.keyboards”",
        "error[E12]: “овете” in “search.stemming” is not a rule of the search\n --> themes/centre/i18n/bg.yaml",
    ] {
        assert!(ran.messages.contains(line), "{}", ran.messages);
    }
}
