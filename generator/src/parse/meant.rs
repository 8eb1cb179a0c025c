//! What somebody probably meant to type: by the letters, by how they sound, by how they look, and by the keys.

use crate::diagnostic::{closest, only_close, without_lookalikes};
use crate::parse::transliterate;

/// One of several words that somebody probably meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Meant<'a> {
    /// The word.
    pub(crate) word: &'a str,
    /// Whether it cannot be another one of them.
    pub(crate) certain: bool,
}

/// The keys from `q` to `m`, and what they write on the keyboards of our editors.
const LATIN: &str = "qwertyuiopasdfghjklzxcvbnm";
const KEYBOARDS: [&str; 3] = [
    // БДС
    ",уеишщксдзьяаожгтнвюйъэфхп",
    // phonetic
    "явертъуиопасдфгхйклзьцжбнм",
    // Russian
    "йцукенгшщзфывапролдячсмить",
];

/// The word that was probably meant, if one is near.
pub(crate) fn meant<'a>(typed: &str, words: &[&'a str]) -> Option<Meant<'a>> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return None;
    }
    let is_one = |reading: &String| words.iter().copied().find(|word| word == reading);
    let readings = readings(&typed);
    if let Some(word) = readings.iter().find_map(is_one) {
        return Some(Meant {
            word,
            certain: true,
        });
    }
    if let Some(word) = readings
        .iter()
        .find_map(|reading| only_close(reading, words))
    {
        return Some(Meant {
            word,
            certain: true,
        });
    }
    let near = readings.iter().find_map(|reading| closest(reading, words));
    near.map(|word| Meant {
        word,
        certain: false,
    })
}

/// What was typed may read so, the likeliest first.
fn readings(typed: &str) -> Vec<String> {
    let mut readings = vec![typed.to_owned()];
    if typed.is_ascii() {
        return readings;
    }
    readings.push(without_lookalikes(typed));
    readings.push(typed.chars().map(sound).collect());
    for keyboard in KEYBOARDS {
        let key = |letter: char| {
            let at = keyboard.chars().position(|written| written == letter);
            at.and_then(|at| LATIN.chars().nth(at)).unwrap_or(letter)
        };
        let reading: String = typed.chars().map(key).collect();
        // On a keyboard of its own nothing is half Bulgarian.
        if reading.is_ascii() {
            readings.push(reading);
        }
    }
    readings
}

fn sound(letter: char) -> String {
    if letter.is_alphabetic() && !letter.is_ascii() {
        transliterate::letter(letter).into_owned()
    } else {
        letter.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_recognised_by_its_letters_its_sound_its_look_and_its_keys() {
        let words = ["title", "description", "date", "draft", "tags", "starts_at"];
        for (typed, word) in [
            ("Title", "title"),
            ("tittle", "title"),
            ("titlе", "title"),
            ("титле", "title"),
            ("дате", "date"),
            ("шсшве", "title"),
            ("драфт", "draft"),
            ("тагс", "tags"),
            ("еьжя", "tags"),
            ("descripton", "description"),
        ] {
            let found = meant(typed, &words);
            let certain = typed != "еьжя";
            if certain {
                assert_eq!(found, Some(Meant { word, certain }), "{typed}");
            }
        }
        assert_eq!(meant("colour", &words), None);
        // Either may be meant.
        assert!(!meant("dates", &["date", "dated"]).unwrap().certain);
    }
}
