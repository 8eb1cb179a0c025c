//! Languages, and texts that exist in several of them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A language as a BCP 47 tag, lower case, such as `bg`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// The language of a tag such as `bg`.
    pub fn new(tag: impl Into<String>) -> Language {
        Language(tag.into())
    }

    /// The tag, as it stands in `lang` attributes and addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One text in each language of the site.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(BTreeMap<Language, String>);

impl Localized {
    /// The text in `language`, or in another one where it was not translated: a text in the wrong language still
    /// helps, an empty one never does.
    pub fn text(&self, language: &Language) -> &str {
        self.0
            .get(language)
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in exactly this language.
    pub fn get(&self, language: &Language) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// Every language that has the text, with the text, in the order of the tags.
    pub fn iter(&self) -> impl Iterator<Item = (&Language, &str)> {
        self.0
            .iter()
            .map(|(language, text)| (language, text.as_str()))
    }
}

impl FromIterator<(Language, String)> for Localized {
    fn from_iter<I: IntoIterator<Item = (Language, String)>>(texts: I) -> Localized {
        Localized(texts.into_iter().collect())
    }
}
