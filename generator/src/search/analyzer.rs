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

use crate::parse::transliterate;

/// Where the rules stand in a strings file.
const SPELLING: &str = "search.spelling";
const STEMMING: &str = "search.stemming";
const KEYBOARDS: &str = "search.keyboards";

/// How often a rule may be applied to one word: rules that undo each other come to an end all the same.
const ROUNDS: usize = 12;

/// What makes a term of a word of one language.
#[derive(Debug, Default, Serialize)]
pub struct Analyzer {
    /// What stands for what, in Latin letters, one after the other.
    spelling: Vec<(String, String)>,
    /// The endings that are taken off or changed. Of those that fit, the first one counts.
    endings: Vec<Ending>,
    /// What was meant by whoever wrote with the keyboard set to another language: keys, and the letter of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keyboards: Vec<(String, String)>,
}

/// An ending, what stands for it, and how many letters have to be left before it.
#[derive(Debug, Serialize)]
struct Ending(String, String, usize);

impl Analyzer {
    /// Reads `search.spelling`, `search.stemming` and `search.keyboards` of a strings file. What is no rule was reported, and is left out.
    pub fn read(strings: &Strings) -> Analyzer {
        let mut analyzer = Analyzer::default();
        let spelling = strings.list(SPELLING);
        analyzer.spelling = spelling
            .iter()
            .filter_map(|line| match parts(line)[..] {
                [from, to] => Some((latin(from), latin(to))),
                _ => None,
            })
            .collect();
        let endings = strings.list(STEMMING);
        analyzer.endings = endings
            .iter()
            .filter_map(|line| ending(line))
            .map(|(ending, replacement, least)| {
                Ending(analyzer.fold(ending), analyzer.fold(replacement), least)
            })
            .collect();
        let keyboards = strings.list(KEYBOARDS);
        analyzer.keyboards = keyboards
            .iter()
            .filter_map(|line| keyboard(line))
            .map(|(keys, letters)| (keys.to_owned(), letters.to_owned()))
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
        once_each(&mut folded);
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
            once_each(&mut word);
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

/// A letter that stands twice in a row counts once: it does where an ending begins, and people forget it.
fn once_each(word: &mut String) {
    let mut previous = None;
    word.retain(|letter| {
        let again = previous == Some(letter) && letter.is_ascii_alphabetic();
        previous = Some(letter);
        !again
    });
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

fn parts(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// An ending, what stands for it, and how many letters have to be left before it.
fn ending(line: &str) -> Option<(&str, &str, usize)> {
    let (ending, replacement, least) = match parts(line)[..] {
        [ending, least] => (ending, "", least),
        [ending, replacement, least] => (ending, replacement, least),
        _ => return None,
    };
    Some((ending, replacement, least.parse().ok()?))
}

/// The keys of a keyboard and as many letters.
fn keyboard(line: &str) -> Option<(&str, &str)> {
    match parts(line)[..] {
        [keys, letters] if keys.chars().count() == letters.chars().count() => Some((keys, letters)),
        _ => None,
    }
}

/// The lines of a strings file that are no rules of the search, with the path of their list and a rule to compare them with.
pub(crate) fn faults(strings: &Strings) -> Vec<(&'static str, &str, &'static str)> {
    let spelling = strings.list(SPELLING).into_iter();
    let spelling = spelling.filter(|line| parts(line).len() != 2);
    let endings = strings.list(STEMMING).into_iter();
    let endings = endings.filter(|line| ending(line).is_none());
    let keyboards = strings.list(KEYBOARDS).into_iter();
    let keyboards = keyboards.filter(|line| keyboard(line).is_none());
    spelling
        .map(|line| (SPELLING, line, "zh j"))
        .chain(endings.map(|line| (STEMMING, line, "ies i 2")))
        .chain(keyboards.map(|line| (KEYBOARDS, line, "qwe явe")))
        .collect()
}
