//! Addresses from titles.
//!
//! Cyrillic by the Bulgarian Transliteration Act (State Gazette 19 of 13.03.2009), in which ъ is a, щ is sht, a final ия is
//! ia, and България is Bulgaria. Letters outside the Bulgarian alphabet as in Russian names; Latin letters lose their marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Longest address segment made from a title, in bytes.
const LONGEST: usize = 60;

/// The address segment for a title; empty when nothing of the title can stand in an address.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in words(title) {
        let part = match word.as_str() {
            "№" => "no".to_owned(),
            "&" => "i".to_owned(),
            "€" => "evro".to_owned(),
            word => latin(word),
        };
        if part.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            if slug.len() + 1 + part.len() > LONGEST {
                break;
            }
            slug.push('-');
        }
        slug.push_str(&part);
    }
    slug.truncate(LONGEST);
    slug
}

/// Runs of letters, runs of digits, and the signs that are read as words.
fn words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joined = false;
    for character in title
        .nfc()
        .filter(|character| !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}'))
    {
        if matches!(character, '№' | '&' | '€') {
            words.push(character.to_string());
            joined = false;
        } else if character.is_alphanumeric() {
            let lower: String = character.to_lowercase().collect();
            match words.last_mut().filter(|_| joined) {
                Some(word) => word.push_str(&lower),
                None => words.push(lower),
            }
            joined = true;
        } else {
            joined = false;
        }
    }
    words
}

fn latin(word: &str) -> String {
    if word == "българия" {
        return "bulgaria".to_owned();
    }
    let (stem, ending) = match word.strip_suffix("ия") {
        Some(stem) => (stem, "ia"),
        None => (word, ""),
    };
    let mut latin = String::with_capacity(word.len());
    for letter in stem.chars() {
        latin.push_str(&self::letter(letter));
    }
    latin + ending
}

/// How a small letter is written with Latin ones; empty for what is no letter.
pub(crate) fn letter(letter: char) -> Cow<'static, str> {
    if let Some(letters) = cyrillic(letter) {
        return Cow::Borrowed(letters);
    }
    let ascii = deunicode::deunicode_char(letter).unwrap_or_default();
    if ascii
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Cow::Borrowed(ascii);
    }
    let plain = ascii.chars().filter(char::is_ascii_alphanumeric);
    Cow::Owned(plain.map(|letter| letter.to_ascii_lowercase()).collect())
}

fn cyrillic(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ъ' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' | 'ѐ' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'ѝ' => "i",
        'й' | 'ь' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sht",
        'ю' => "yu",
        'я' => "ya",
        'ё' => "yo",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::slug;

    #[test]
    fn titles_become_addresses_by_the_law() {
        let vectors = include_str!("../../../tests/addresses.json");
        let vectors: std::collections::BTreeMap<String, String> =
            serde_json::from_str(vectors).unwrap();
        assert!(vectors.len() > 25);
        for (title, address) in vectors {
            assert_eq!(slug(&title), address, "{title}");
        }
    }

    fn is_address(text: &str) -> bool {
        let part = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        text.len() <= super::LONGEST && text.split('-').all(part)
    }

    proptest::proptest! {
        #[test]
        fn any_title_gives_an_address_or_a_question(title in "\\PC{0,80}|[а-яА-ЯйѝЙ №&€–0-9a-zé]{0,120}") {
            let address = slug(&title);
            proptest::prop_assert!(address.is_empty() || is_address(&address), "{}", address);
            let taken_apart: String = title.nfd().collect();
            let together: String = title.nfc().collect();
            proptest::prop_assert_eq!(slug(&taken_apart), slug(&together));
        }

        #[test]
        fn a_title_with_a_bulgarian_letter_gives_an_address(title in ".{0,20}[а-я].{0,20}") {
            proptest::prop_assert!(is_address(&slug(&title)), "{}", slug(&title));
        }
    }
}
