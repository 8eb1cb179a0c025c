//! Every page of the site by its first letter, in the order of the language's alphabet.

use std::collections::BTreeMap;

use forms::Language;
use unicode_normalization::UnicodeNormalization;

use super::cards::day_of;
use super::frame;
use crate::render::view::{AToZView, LetterItemView, LetterView};
use crate::site::Site;

/// Where a character stands: letters of the language first, then other letters, then digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// A letter of the language, by its place in the alphabet.
    Own(usize),
    /// A letter of another alphabet, without its marks.
    Other(char),
    /// A digit.
    Digit(char),
}

/// The pages of a site in one language by their first letters.
pub(crate) fn a_z(site: &Site, language: &Language) -> AToZView {
    let strings = site.strings(language);
    let alphabet = Alphabet::new(strings.text("lists.alphabet"));
    let mut letters: BTreeMap<Letter, Vec<(Vec<Rank>, usize, LetterItemView)>> = BTreeMap::new();
    for (index, entry) in site.entries.iter().enumerate() {
        let Some(version) = entry.versions.get(language) else {
            continue;
        };
        let title = &version.texts.title;
        let key = alphabet.key(title);
        let section = frame::section(site, entry.id.section, language).map(|(_, title)| title);
        let (_, day) = day_of(site, index, language);
        let parts = section.into_iter().chain(Some(day.as_str()));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let item = LetterItemView {
            title: title.clone(),
            url: version.permalink.as_str().to_owned(),
            note: parts.join(", "),
        };
        let letter = Letter::of(key.first());
        letters.entry(letter).or_default().push((key, index, item));
    }
    let letters = letters.into_iter().map(|(letter, mut items)| {
        items.sort_by(|(a, at, _), (b, other, _)| (a, at).cmp(&(b, other)));
        let title = match letter {
            Letter::Letter(rank) => alphabet.capital(rank),
            Letter::None => strings.text("lists.no_letter").to_owned(),
        };
        LetterView {
            id: match letter {
                Letter::Letter(_) => format!("letter-{}", title.to_lowercase()),
                Letter::None => "letter-0".to_owned(),
            },
            title,
            items: items.into_iter().map(|(_, _, item)| item).collect(),
        }
    });
    AToZView {
        letters: letters.collect(),
    }
}

/// What pages are gathered under.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letter {
    Letter(Rank),
    /// Digits, and titles without any letter.
    None,
}

impl Letter {
    fn of(first: Option<&Rank>) -> Letter {
        match first {
            Some(Rank::Digit(_)) | None => Letter::None,
            Some(rank) => Letter::Letter(*rank),
        }
    }
}

/// The letters of a language in their order, small.
struct Alphabet {
    letters: Vec<char>,
}

impl Alphabet {
    fn new(letters: &str) -> Alphabet {
        let letters = letters.nfc().flat_map(char::to_lowercase).collect();
        Alphabet { letters }
    }

    /// What a title is sorted by: its letters and digits, whatever their case, without quotation marks and other signs.
    fn key(&self, title: &str) -> Vec<Rank> {
        let characters = title.nfc().filter(|character| character.is_alphanumeric());
        characters
            .flat_map(char::to_lowercase)
            .filter_map(|character| self.rank(character))
            .collect()
    }

    fn rank(&self, character: char) -> Option<Rank> {
        if character.is_numeric() {
            return Some(Rank::Digit(character));
        }
        if let Some(at) = self.place(character) {
            return Some(Rank::Own(at));
        }
        // „ѝ“ stands with „и“, and é with e.
        let plain = std::iter::once(character)
            .nfd()
            .find(|part| part.is_alphabetic())?;
        Some(self.place(plain).map_or(Rank::Other(plain), Rank::Own))
    }

    fn place(&self, character: char) -> Option<usize> {
        self.letters.iter().position(|letter| *letter == character)
    }

    fn capital(&self, rank: Rank) -> String {
        let letter = match rank {
            Rank::Own(at) => self.letters.get(at).copied().unwrap_or_default(),
            Rank::Other(letter) | Rank::Digit(letter) => letter,
        };
        letter.to_uppercase().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    fn sorted(alphabet: &str, titles: &[&str]) -> Vec<String> {
        let alphabet = Alphabet::new(alphabet);
        let mut titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        titles.sort_by_key(|title| alphabet.key(title));
        titles
    }

    #[test]
    fn titles_stand_in_the_order_of_the_alphabet_of_their_language() {
        assert_eq!(
            sorted(
                "абвгдежзийклмнопрстуфхцчшщъьюя",
                &[
                    "Яхта",
                    "„Ако“",
                    "2027",
                    "ъгъл",
                    "Щанд",
                    "Open day",
                    "ѝ",
                    "акация",
                    "Йога",
                    "Игра"
                ],
            ),
            [
                "акация",
                "„Ако“",
                "ѝ",
                "Игра",
                "Йога",
                "Щанд",
                "ъгъл",
                "Яхта",
                "Open day",
                "2027"
            ]
        );
        assert_eq!(
            sorted(
                "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
                &[
                    "Łódź",
                    "Luty",
                    "Mysz",
                    "Ćma",
                    "Cyrk",
                    "Żaba",
                    "Źródło",
                    "Żółw"
                ],
            ),
            [
                "Cyrk",
                "Ćma",
                "Luty",
                "Łódź",
                "Mysz",
                "Źródło",
                "Żaba",
                "Żółw"
            ]
        );
    }
}
