//! What the writer takes from the language of a page: how its type is set, and the words that Markdown has no place for.

use forms::Strings;

use super::Typography;

/// The language of a page, for its text.
#[derive(Debug)]
pub struct Locale<'a> {
    /// How it sets its type.
    pub typography: Typography,
    /// Its texts.
    pub(super) strings: &'a Strings,
    /// Words that do not say where a link leads, in small letters.
    vague: Vec<String>,
    /// Abbreviations that everybody knows who reads the language.
    pub(super) abbreviations: Vec<String>,
}

fn owned(words: Vec<&str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

impl<'a> Locale<'a> {
    /// What a strings file says.
    pub fn of(strings: &'a Strings) -> Locale<'a> {
        let vague = strings.list("content.vague_links");
        Locale {
            typography: Typography::of(strings),
            strings,
            abbreviations: owned(strings.list("content.known_abbreviations")),
            vague: vague.into_iter().map(str::to_lowercase).collect(),
        }
    }

    /// Whether the language is written in Cyrillic letters, as the names of its months are.
    pub(crate) fn is_cyrillic(&self) -> bool {
        let months = self.strings.list("dates.months");
        let mut letters = months.iter().flat_map(|name| name.chars());
        letters.any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter))
    }

    /// Whether the words of a link say nothing without the text around it.
    pub(super) fn is_vague(&self, words: &str) -> bool {
        let longest = self.vague.iter().map(String::len).max().unwrap_or(0);
        let words = words.trim_matches(|sign: char| !sign.is_alphanumeric());
        words.len() <= longest && self.vague.contains(&words.to_lowercase())
    }
}
