//! Words of capitals that the page does not explain: who does not know them stops reading there.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Look;
use crate::diagnostic::{Severity, Text as Words};
use crate::parse::alphabets;
use crate::parse::markdown::text::Text;

/// How many letters make an abbreviation: with more of them it is a word in capitals.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

/// The first place of each abbreviation on a page.
#[derive(Default)]
pub(super) struct Abbreviations {
    first: BTreeMap<String, Range<usize>>,
}

impl Abbreviations {
    /// Notes the abbreviations in a part of the text.
    pub(super) fn note(&mut self, text: Text<'_>, range: &Range<usize>) {
        let part = text.slice(range);
        if alphabets::is_shouted(part) {
            return;
        }
        let mut start = 0;
        for (at, sign) in part.char_indices().chain([(part.len(), ' ')]) {
            if sign.is_alphabetic() {
                continue;
            }
            let word = &part[start..at];
            let before = part[..start].chars().next_back();
            if is_abbreviation(word) && !is_part_of_more(before, &part[at..]) {
                let place = range.start + start..range.start + at;
                self.first.entry(word.to_owned()).or_insert(place);
            }
            start = at + sign.len_utf8();
        }
    }

    /// Says of each one that nobody explains where it stands first. `known` are those that everybody knows.
    pub(super) fn report(self, look: &mut Look<'_, '_>, known: &[String]) {
        if self.first.is_empty() {
            return;
        }
        let page = look.text.file.text.as_str();
        let initials = initials(page);
        for (word, range) in self.first {
            let spelled: Vec<char> = word.to_lowercase().chars().collect();
            let is_spelled_out = initials
                .windows(spelled.len())
                .any(|letters| letters == spelled);
            if is_spelled_out || known.contains(&word) || is_explained(page, &word) {
                continue;
            }
            let words = [
                Words::new(
                    format!("съкращението „{word}“ никъде на страницата не е обяснено"),
                    format!("the abbreviation “{word}” is not explained anywhere on the page"),
                ),
                Words::new(
                    format!(
                        "първия път напишете пълното име, а съкращението – в скоби: … ({word})"
                    ),
                    format!(
                        "write the full name the first time, with the abbreviation in brackets: … ({word})"
                    ),
                ),
            ];
            look.say((Severity::Note, "R05"), &range, words, Vec::new());
        }
    }
}

/// Whether a word is one of capitals, with at most one small letter among them.
fn is_abbreviation(word: &str) -> bool {
    // Most words begin with a small letter, or have one next.
    if !word.starts_with(char::is_uppercase) || !word.ends_with(char::is_uppercase) {
        return false;
    }
    let length = word.chars().count();
    let small = word.chars().filter(|sign| sign.is_lowercase()).count();
    let is_numeral = word.chars().all(|sign| "IVXLCDMХІ".contains(sign));
    let is_latin = |sign: char| sign.is_ascii_alphabetic();
    let one_alphabet = word.chars().all(is_latin) || !word.contains(is_latin);
    // A slip of another kind, and a word that is only emphasised.
    if !one_alphabet || length > 3 && is_spoken(word) {
        return false;
    }
    LENGTHS.contains(&length) && small <= usize::from(length > 2) && !is_numeral
}

/// Whether a word of capitals can be read like any other: vowels stand apart, and no three letters without one stand together.
fn is_spoken(word: &str) -> bool {
    let is_vowel = |sign: char| "АЕИОУЪЮЯAEIOUY".contains(sign);
    let vowels: Vec<bool> = word.chars().map(is_vowel).collect();
    let apart = vowels.windows(2).all(|pair| pair != [true, true]);
    let near = vowels.windows(3).all(|three| three.contains(&true));
    apart && near && vowels.iter().filter(|vowel| **vowel).count() >= 2
}

/// Whether a word is a part of a number, an address or a name, by what stands around it.
fn is_part_of_more(before: Option<char>, rest: &str) -> bool {
    let of_code = |sign: char| sign.is_ascii_digit() || "-_/.@\\".contains(sign);
    let opens = |sign: char| "„“«\"".contains(sign);
    let mut after = rest.chars();
    let next = after.next();
    // What heads a name belongs to it.
    let heads_name = rest
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let joined = next.is_some_and(|sign| {
        sign.is_ascii_digit()
            || "-_/.@\\".contains(sign) && after.next().is_some_and(char::is_alphanumeric)
    });
    before.is_some_and(|sign| of_code(sign) || opens(sign)) || joined || heads_name
}

/// Whether the page says what a word stands for: beside it stand brackets, or it stands in some.
fn is_explained(page: &str, word: &str) -> bool {
    page.match_indices(word).any(|(at, _)| {
        let (before, after) = (page[..at].trim_end(), &page[at + word.len()..]);
        let in_brackets = before.ends_with('(') || before.ends_with("(„");
        let follows = [" (", "“ (", " – ", " — ", " - "];
        in_brackets || follows.iter().any(|start| after.starts_with(start))
    })
}

/// The first letter of each word that has a letter in an abbreviation.
fn initials(page: &str) -> Vec<char> {
    const PASSED_OVER: [&str; 18] = [
        "и", "на", "за", "по", "от", "в", "във", "с", "със", "към", "of", "and", "for", "the",
        "in", "to", "or", "on",
    ];
    let words = page.split(|sign: char| !sign.is_alphabetic());
    let words = words.filter(|word| !word.is_empty());
    let words = words.map(str::to_lowercase);
    words
        .filter(|word| !PASSED_OVER.contains(&word.as_str()))
        .filter_map(|word| word.chars().next())
        .collect()
}
