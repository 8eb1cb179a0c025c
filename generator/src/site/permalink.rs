//! Paths on our site.

use forms::{Language, Slug};

use super::Site;
use crate::parse::document::Section;

/// A path on our site. Starts and ends with `/`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Permalink(String);

impl Permalink {
    /// The path made of these segments.
    pub fn of(segments: &[&str]) -> Permalink {
        let mut path = String::from("/");
        for segment in segments.iter().filter(|segment| !segment.is_empty()) {
            path.push_str(segment);
            path.push('/');
        }
        Permalink(path)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of its file below the output folder.
    pub fn file(&self, name: &str) -> String {
        format!("{}{name}", &self.0[1..])
    }
}

impl Site {
    /// The address of the home page.
    pub fn home(&self, language: &Language) -> Permalink {
        Permalink::of(&[self.prefix(language)])
    }

    /// The address of a list.
    pub fn section(&self, section: Section, language: &Language) -> Option<Permalink> {
        let settings = self.settings.sections.get(&section)?;
        Some(Permalink::of(&[
            self.prefix(language),
            settings.path.text(language),
        ]))
    }

    /// The address of the search page, where there is one.
    pub fn search(&self, language: &Language) -> Option<Permalink> {
        let search = self.settings.search.as_ref()?;
        let path = search.path.text(language);
        Some(Permalink::of(&[self.prefix(language), path]))
    }

    /// The address of the list of tags, where there are any.
    pub fn tags(&self, language: &Language) -> Option<Permalink> {
        let path = self.settings.tags.path.get(language)?;
        Some(Permalink::of(&[self.prefix(language), path]))
    }

    /// The address of a tag's list.
    pub fn tag(&self, tag: &Slug, language: &Language) -> Option<Permalink> {
        let path = self.settings.tags.path.get(language)?;
        Some(Permalink::of(&[self.prefix(language), path, tag.as_str()]))
    }

    /// The first segment of addresses in a language; empty for the default one.
    pub fn prefix<'a>(&self, language: &'a Language) -> &'a str {
        if self.languages().next() == Some(language) {
            ""
        } else {
            language.as_str()
        }
    }
}
