//! A page as readers of a language find it: translated, or, where the section says so, in the original.

use forms::Language;

use super::{Entry, Permalink, Version};

/// A page as readers of a language find it.
#[derive(Clone, Copy, Debug)]
pub struct Rendition<'a> {
    /// Where they find it.
    pub permalink: &'a Permalink,
    /// What they read.
    pub version: &'a Version,
    /// The language of what they read, where it is not theirs.
    pub foreign: Option<&'a Language>,
}

impl Entry {
    /// The page for readers of a language. [`Entry::versions`] has the translations alone.
    pub fn in_language(&self, language: &Language) -> Option<Rendition<'_>> {
        if let Some(version) = self.versions.get(language) {
            return Some(Rendition {
                permalink: &version.permalink,
                version,
                foreign: None,
            });
        }
        Some(Rendition {
            permalink: self.fallbacks.get(language)?,
            version: self.versions.get(&self.original)?,
            foreign: Some(&self.original),
        })
    }
}
