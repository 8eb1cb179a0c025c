//! Letters that look like those of another alphabet. Nobody sees them; searches do not find them, and they are read out wrongly.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Text, did_you_mean};
use crate::source::SourceFile;

const LATIN: &str = "aeopcyxAEOPCXBHKMT";
const CYRILLIC: &str = "аеорсухАЕОРСХВНКМТ";

/// A word of letters of two alphabets, of which one look like the other's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mixed<'a> {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// The word.
    word: &'a str,
    /// The first letter that is of the other alphabet, and how many stand before it.
    odd: (usize, char),
    /// The word in one alphabet.
    better: String,
}

/// Every such word of a text.
pub(super) fn mixed(text: &str) -> Vec<Mixed<'_>> {
    let mut found = Vec::new();
    let (mut latin, mut cyrillic, mut start) = (false, false, 0);
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        if sign.is_ascii_alphabetic() {
            latin = true;
        } else if is_cyrillic(sign) {
            cyrillic = true;
        } else {
            if latin && cyrillic {
                found.extend(judged(text, start..at));
            }
            (latin, cyrillic, start) = (false, false, at + sign.len_utf8());
        }
    }
    found
}

fn is_cyrillic(sign: char) -> bool {
    matches!(sign, '\u{400}'..='\u{4ff}')
}

fn judged(text: &str, range: Range<usize>) -> Option<Mixed<'_>> {
    let word = &text[range.clone()];
    // An abbreviation with a Bulgarian ending: „PDFа“.
    let ending = word.trim_start_matches(|sign: char| sign.is_ascii_uppercase());
    if word.len() > ending.len() + 1
        && ending
            .chars()
            .all(|sign| is_cyrillic(sign) && sign.is_lowercase())
    {
        return None;
    }
    let as_cyrillic = exchanged(word, LATIN, CYRILLIC)
        .filter(|word| !word.contains(|sign: char| sign.is_ascii_alphabetic()));
    let as_latin = exchanged(word, CYRILLIC, LATIN).filter(|word| !word.contains(is_cyrillic));
    let count = |is: fn(char) -> bool| word.chars().filter(|sign| is(*sign)).count();
    let mostly_cyrillic = count(is_cyrillic) * 2 >= word.chars().count();
    let is_latin = |sign: char| sign.is_ascii_alphabetic();
    // Where either would do, it is what most of the letters are.
    let cyrillic = as_cyrillic.filter(|_| mostly_cyrillic || as_latin.is_none());
    let (better, is_odd): (String, fn(char) -> bool) = match (cyrillic, as_latin) {
        (Some(word), _) => (word, is_latin),
        (None, Some(word)) => (word, is_cyrillic),
        (None, None) => return None,
    };
    let odd = word.chars().enumerate().find(|(_, sign)| is_odd(*sign))?;
    Some(Mixed {
        range,
        word,
        odd,
        better,
    })
}

fn exchanged(word: &str, from: &str, to: &str) -> Option<String> {
    let exchange = |sign: char| {
        let at = from.chars().position(|known| known == sign);
        at.map_or(Some(sign), |at| to.chars().nth(at))
    };
    word.chars().map(exchange).collect()
}

impl Mixed<'_> {
    /// What is said of the word in a text that begins there in the file.
    pub(super) fn diagnostic(&self, file: &SourceFile, start: usize) -> Diagnostic {
        let span = start + self.range.start..start + self.range.end;
        let (word, (before, letter)) = (self.word, self.odd);
        let (number, other) = (before + 1, is_cyrillic(letter));
        let (bg, en) = if other {
            ("на кирилица", "Cyrillic")
        } else {
            ("на латиница", "Latin")
        };
        Diagnostic::warning(
            "V13",
            Place::span(file, &span),
            Text::new(
                format!("думата „{word}“ смесва азбуки: буква {number} („{letter}“) е {bg}"),
                format!("the word “{word}” mixes alphabets: letter {number} (“{letter}”) is {en}"),
            ),
        )
        .hint({
            let meant = did_you_mean(&self.better);
            Text::new(
                format!("{}, изцяло на една азбука; така не я намират нито търсачките, нито екранните четци", meant.bg),
                format!("{}, in one alphabet; as it is neither searches nor screen readers know it", meant.en),
            )
        })
        .edit(&span, self.better.clone())
    }
}

/// Whether a text of several words has no small letter.
pub(super) fn is_shouted(text: &str) -> bool {
    let large = text.chars().filter(|sign| sign.is_uppercase()).count();
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic));
    large >= 8 && words.count() >= 2 && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_two_alphabets_are_found_and_abbreviations_are_not() {
        assert_eq!(LATIN.chars().count(), CYRILLIC.chars().count());
        let better = |text: &str| {
            mixed(text)
                .into_iter()
                .map(|word| word.better)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            better("Пoкана за младежи от Плoвдив"),
            ["Покана", "Пловдив"]
        );
        assert_eq!(
            better("Eвропа, Кapиepи и dеsign"),
            ["Европа", "Кариери", "design"]
        );
        for fine in [
            "IT-специалист с PDFа и SMSи",
            "CO₂ в Mладост2D ъя"
                .replace("Mладост2D", "Младост 2D")
                .as_str(),
            "ул. „Filip“ 5А",
            "",
        ] {
            assert!(better(fine).is_empty(), "{fine}");
        }
    }
}
