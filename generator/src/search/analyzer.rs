//! From a word to the term by which it is found.
//!
//! Two steps, the same for the words of a page and for those of a query. *Folding* writes a word with Latin letters and in
//! one spelling, so that „център“ and “tsentar” are one word. *Stemming* takes endings off, so that „център“ and
//! „центровете“ are one. What a language needs for both stands in its strings file; the script gets it with the index, and
//! so cannot disagree.

use std::collections::BTreeMap;

use forms::Strings;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::transliterate;

/// How often a rule may be applied to one word: rules that undo each other come to an end all the same.
const ROUNDS: usize = 12;

/// What makes a term of a word of one language.
#[derive(Debug, Default, Serialize)]
pub struct Analyzer {
    /// What stands for what, in Latin letters, one after the other.
    spelling: Vec<(String, String)>,
    /// The endings that are taken off or changed. Of those that fit, the first one counts.
    endings: Vec<Ending>,
}

/// An ending, what stands for it, and how many letters have to be left before it.
#[derive(Debug, Serialize)]
struct Ending(String, String, usize);

impl Analyzer {
    /// Reads `search.spelling` and `search.stemming` of a strings file. A line that is no rule is reported and left out.
    pub fn read(strings: &Strings, diagnostics: &mut Vec<Diagnostic>) -> Analyzer {
        let mut rules = |path: &str, rule: &dyn Fn(&[&str]) -> bool, sample: &str| {
            let mut good = Vec::new();
            for line in strings.list(path) {
                let parts: Vec<&str> = line.split_whitespace().collect();
                if rule(&parts) {
                    good.push(parts);
                } else {
                    diagnostics.push(not_a_rule(strings, path, line, sample));
                }
            }
            good
        };
        let spelling = rules("search.spelling", &|parts| parts.len() == 2, "zh j");
        let endings = rules("search.stemming", &is_ending, "овете 3");
        let mut analyzer = Analyzer {
            spelling: spelling
                .iter()
                .filter_map(|parts| Some((latin(parts.first()?), latin(parts.last()?))))
                .collect(),
            endings: Vec::new(),
        };
        analyzer.endings = endings
            .iter()
            .filter_map(|parts| {
                let (ending, rest) = parts.split_first()?;
                let (least, replacement) = rest.split_last()?;
                let replacement = replacement.first().map(|text| analyzer.fold(text));
                Some(Ending(
                    analyzer.fold(ending),
                    replacement.unwrap_or_default(),
                    least.parse().ok()?,
                ))
            })
            .collect();
        analyzer
    }

    /// The term of a word; empty when nothing of the word can be looked up.
    pub fn term(&self, word: &str) -> String {
        self.stem(self.fold(word))
    }

    /// The word in Latin letters and one spelling.
    fn fold(&self, word: &str) -> String {
        let mut folded = latin(word);
        // A number is a number, and no letter that is typed as one.
        if folded.bytes().all(|byte| byte.is_ascii_digit()) {
            return folded;
        }
        for (from, to) in &self.spelling {
            if folded.contains(from.as_str()) {
                folded = folded.replace(from.as_str(), to);
            }
        }
        let mut previous = None;
        folded.retain(|letter| {
            let again = previous == Some(letter) && letter.is_ascii_alphabetic();
            previous = Some(letter);
            !again
        });
        folded
    }

    fn stem(&self, mut word: String) -> String {
        for _ in 0..ROUNDS {
            let fits = |ending: &&Ending| {
                word.len() >= ending.0.len() + ending.2 && word.ends_with(ending.0.as_str())
            };
            let Some(Ending(ending, replacement, _)) = self.endings.iter().find(fits) else {
                break;
            };
            word.truncate(word.len() - ending.len());
            word.push_str(replacement);
        }
        word
    }
}

/// How the letters of a text are written with Latin ones, for all letters that are none themselves. Who knows one letter of
/// an alphabet gets it whole, since other words are looked up than are written.
pub(crate) fn alphabet(letters: impl Iterator<Item = char>) -> BTreeMap<char, String> {
    let mut alphabet = BTreeMap::new();
    let mut add = |letter: char| {
        for lower in letter.to_lowercase().filter(|lower| !lower.is_ascii()) {
            alphabet
                .entry(lower)
                .or_insert_with(|| transliterate::letter(lower).into_owned());
        }
    };
    let mut cyrillic = false;
    for letter in letters {
        add(letter);
        cyrillic |= matches!(letter, 'а'..='я' | 'А'..='Я');
    }
    if cyrillic {
        ('а'..='я').chain(['ѐ', 'ё', 'ѝ']).for_each(add);
    }
    alphabet
}

fn latin(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    for letter in word.nfc().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            latin.push(letter);
        } else if !letter.is_ascii() {
            latin.push_str(&transliterate::letter(letter));
        }
    }
    latin
}

fn is_ending(parts: &[&str]) -> bool {
    let least = parts.last().and_then(|least| least.parse::<usize>().ok());
    matches!(parts.len(), 2 | 3) && least.is_some()
}

fn not_a_rule(strings: &Strings, path: &str, line: &str, sample: &str) -> Diagnostic {
    Diagnostic::error(
        "E12",
        Place::file(format!("i18n/{}.yaml", strings.language)),
        Text::new(
            format!("„{line}“ в „{path}“ не е правило за търсенето"),
            format!("“{line}” in “{path}” is not a rule of the search"),
        ),
    )
    .hint(Text::new(
        format!("правилата се пишат като „{sample}“"),
        format!("rules are written like “{sample}”"),
    ))
}
