//! Pages as others name them: links, and what leaves the site as data.

use forms::Language;

use super::{Entry, Site, Version};
use crate::parse::document::DocumentId;
use crate::parse::markdown::Target;

impl Site {
    /// The page that a link names.
    pub fn linked_entry(&self, target: &Target) -> Option<&Entry> {
        let path = target.path.strip_suffix(".md")?;
        self.entry(&DocumentId::parse(self.without_language(path))?)
    }

    /// The page in a language, or in the default one where it was not translated.
    pub fn version<'a>(&self, entry: &'a Entry, language: &Language) -> Option<&'a Version> {
        let versions = &entry.versions;
        let original = || versions.get(self.languages().next()?);
        versions.get(language).or_else(original)
    }
}
