//! The search: inflected and Latin-typed words, what is in the index, and how much a visitor has to load for it.

use std::collections::BTreeMap;
use std::fs;

use forms::{Language, Strings};
use generator::search::Analyzer;
use serde::Deserialize;

use crate::site_test::{repository, tests_folder};

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
    let mut diagnostics = Vec::new();
    let analyzer = Analyzer::read(
        &Strings::new(Language::new(language), tree),
        &mut diagnostics,
    );
    assert_eq!(diagnostics, []);
    analyzer
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
