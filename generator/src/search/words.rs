//! The words of a text, as they stand in it.

/// The words of a plain text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_part_of_word(letter))
        .filter(|word| !word.is_empty())
}

/// The plain parts of HTML, between its tags. What is written as `&amp;` and the like is no part of a word.
pub(crate) fn plain_parts(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').enumerate().flat_map(|(index, part)| {
        let text = if index == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, text)| text)
        };
        text.split('&').enumerate().map(|(index, part)| {
            if index == 0 {
                part
            } else {
                part.split_once(';').map_or(part, |(_, text)| text)
            }
        })
    })
}

/// Letters and digits, what is put over them, and what is not seen within a word.
fn is_part_of_word(letter: char) -> bool {
    // Most letters need no look into the tables of Unicode: every letter of every page comes here.
    matches!(letter, 'a'..='z' | 'а'..='я' | 'А'..='Я')
        || letter.is_alphanumeric()
        || matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{plain_parts, words};

    #[test]
    fn words_are_letters_and_digits() {
        let found: Vec<&str> = words("Ден 3: „отворени врати“ – и\u{306}ога (2027 г.)").collect();
        assert_eq!(
            found,
            ["Ден", "3", "отворени", "врати", "и\u{306}ога", "2027", "г"]
        );
    }

    #[test]
    fn tags_and_signs_are_no_words() {
        let html = "<p>Ела <a href=\"/a b/\">тук</a> &amp; виж 1 &lt; 2</p>";
        let found: Vec<&str> = plain_parts(html).flat_map(words).collect();
        assert_eq!(found, ["Ела", "тук", "виж", "1", "2"]);
    }
}
