//! Every page of the site by its first letter, in the order of the language's alphabet.

use std::collections::BTreeMap;

use forms::{Language, date_in_words};
use unicode_normalization::UnicodeNormalization;

use super::frame;
use crate::render::view::{AToZView, LetterItemView, LetterView};
use crate::site::Site;

/// Where a character stands, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// What stands between two words: of two that begin alike, the shorter one comes first.
    Between,
    /// A digit.
    Digit(char),
    /// A letter of the language, by its place in the alphabet.
    Own(usize),
    /// A letter of another alphabet, without its marks.
    Other(char),
}

/// The pages of a site in one language by their first letters.
pub(crate) fn a_z(site: &Site, language: &Language) -> AToZView {
    let strings = site.strings(language);
    let alphabet = Alphabet::new(strings.text("lists.alphabet"));
    let mut letters: BTreeMap<Letter, Vec<(Vec<Rank>, usize, LetterItemView)>> = BTreeMap::new();
    let listed = site.entries.iter().enumerate();
    for (index, entry) in listed.filter(|(_, entry)| entry.visibility.is_listed()) {
        let Some(page) = entry.in_language(language) else {
            continue;
        };
        let title = if entry.id.is_home() {
            strings.text("ui.home")
        } else {
            &page.version.texts.title
        };
        let key = alphabet.key(title);
        let section = frame::section(site, entry.id.section, language).map(|(_, title)| title);
        let day = site.lists.day(index);
        let day = day.map(|day| date_in_words(site.strings_for(day.year(), language), day));
        let parts: Vec<&str> = section.into_iter().chain(day.as_deref()).collect();
        let item = LetterItemView {
            title: title.to_owned(),
            url: page.permalink.as_str().to_owned(),
            lang: page.foreign.cloned(),
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
            Some(Rank::Digit(_) | Rank::Between) | None => Letter::None,
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
        let title: String = title.nfc().collect();
        let words = title.split(|character: char| !character.is_alphanumeric());
        let mut key = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            if !key.is_empty() {
                key.push(Rank::Between);
            }
            let letters = word.chars().flat_map(char::to_lowercase);
            key.extend(letters.filter_map(|letter| self.rank(letter)));
        }
        key
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
            Rank::Between => ' ',
        };
        letter.to_uppercase().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    fn sorted(alphabet: &str, titles: &str) -> String {
        let alphabet = Alphabet::new(alphabet);
        let mut titles: Vec<&str> = titles.split(" | ").collect();
        titles.sort_by_key(|title| alphabet.key(title));
        titles.join(" | ")
    }

    #[test]
    fn titles_stand_in_the_order_of_the_alphabet_of_their_language() {
        let bulgarian = "абвгдежзийклмнопрстуфхцчшщъьюя";
        assert_eq!(
            sorted(
                bulgarian,
                "Яхта | „Ако“ | ъгъл | Щанд | Open day | ѝ | акация | Йога | Игра"
            ),
            "акация | „Ако“ | ѝ | Игра | Йога | Щанд | ъгъл | Яхта | Open day"
        );
        assert_eq!(
            sorted(bulgarian, "Деня | Ден на отворени врати | Ден 2 | Ден"),
            "Ден | Ден 2 | Ден на отворени врати | Деня"
        );
        assert_eq!(
            sorted(
                "aąbcćdeęfghijklłmnńoóprsśtuvwxyzźż",
                "Łódź | Luty | Mysz | Ćma | Cyrk | Żaba | Źródło | Żółw"
            ),
            "Cyrk | Ćma | Luty | Łódź | Mysz | Źródło | Żaba | Żółw"
        );
    }
}
