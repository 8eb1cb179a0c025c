//! The part of an address that names one page, and the key under which its registrations are kept.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One segment of an address: `a` to `z`, `0` to `9` and single hyphens between them.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Not usable as a segment of an address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address may use only a–z, 0–9 and single hyphens: `{0}`")]
pub struct InvalidSlug(pub String);

impl Slug {
    /// Longest slug in bytes; keeps an address readable and a store key short.
    pub const MAX_LENGTH: usize = 80;

    /// The slug that this text is, if it is one.
    pub fn parse(text: &str) -> Result<Slug, InvalidSlug> {
        let valid = !text.is_empty()
            && text.len() <= Slug::MAX_LENGTH
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        if valid {
            Ok(Slug(text.to_owned()))
        } else {
            Err(InvalidSlug(text.to_owned()))
        }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = InvalidSlug;

    fn try_from(text: String) -> Result<Slug, InvalidSlug> {
        Slug::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}
