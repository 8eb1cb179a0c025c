//! What can be found: every page that a visitor may look for, and the texts by which it is found.

use std::borrow::Cow;
use std::sync::Arc;

use forms::Language;

use crate::parse::document::Section;
use crate::parse::markdown::{Heading, Piece};
use crate::site::{Entry, Site, Version};

/// A page that can be found.
pub(crate) struct Page<'a> {
    /// Its address.
    pub(crate) path: String,
    /// Its title.
    pub(crate) title: &'a str,
    /// The beginning of its description, as results show it; may be empty.
    pub(crate) description: String,
    /// Its headings, for links into the middle of it.
    pub(crate) headings: &'a [Heading],
    /// Short texts that tell what the page is about.
    pub(crate) about: Vec<&'a str>,
    /// The other texts of its fields, and those of its components.
    pub(crate) texts: Vec<Cow<'a, str>>,
    /// Its text.
    pub(crate) body: &'a [Piece],
}

/// How many letters of descriptions an index may hold together, and a single one at most.
const DESCRIPTIONS: usize = 24_000;
const DESCRIPTION: usize = 160;
/// A description of fewer letters would say nothing.
const SHORTEST: usize = 40;

/// The pages of a language, in the order of their addresses: the content, the lists, and the topics. The search itself and
/// the page for addresses that lead nowhere are not among them.
pub(crate) fn pages<'a>(site: &'a Site, language: &Language) -> Vec<Page<'a>> {
    // In the preview one also finds what is not published yet.
    let found = |entry: &&Arc<Entry>| entry.visibility.is_listed() && !entry.noindex;
    let entries = site.entries.iter().filter(found).filter_map(|entry| {
        let version = entry.versions.get(language)?;
        Some(content(site, entry, version, language))
    });
    let sections = Section::LISTED.into_iter().filter_map(|section| {
        let settings = site.settings.sections.get(&section)?;
        let path = site.section(section, language)?;
        let title = settings.title.text(language);
        let mut page = listed(path.as_str(), title);
        page.describe(settings.description.text(language));
        Some(page)
    });
    let tags = site.settings.tags.terms.iter().filter_map(|(tag, title)| {
        let path = site.tag(tag, language)?;
        site.lists.of(language).tags.get(tag)?;
        Some(listed(path.as_str(), title.value.text(language)))
    });
    let mut pages: Vec<Page<'a>> = entries.chain(sections).chain(tags).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let longest = (DESCRIPTIONS / pages.len().max(1)).min(DESCRIPTION);
    for page in &mut pages {
        page.description = shortened(&page.description, longest);
    }
    pages
}

impl<'a> Page<'a> {
    /// Results show the beginning of a description; found is the page by all of it.
    fn describe(&mut self, description: &'a str) {
        description.clone_into(&mut self.description);
        self.about.push(description);
    }
}

fn content<'a>(
    site: &'a Site,
    entry: &'a Entry,
    version: &'a Version,
    language: &Language,
) -> Page<'a> {
    let texts = &version.texts;
    let terms = &site.settings.tags.terms;
    let tags = entry.tags.iter().filter_map(|tag| terms.get(tag));
    let mut page = listed(version.permalink.as_str(), &texts.title);
    page.describe(&texts.description);
    page.about
        .extend(tags.map(|title| title.value.text(language)));
    page.about.extend([texts.strand.as_str(), &texts.place]);
    page.headings = &version.body.headings;
    let others = texts.steps.iter().chain(&texts.highlights);
    page.texts = others
        .chain([&texts.lead, &texts.audience])
        .map(|text| text.as_str().into())
        .collect();
    let components = version.body.components.iter();
    page.texts
        .extend(components.flat_map(|component| component.content.texts()));
    page.body = &version.body.pieces;
    page
}

fn listed<'a>(path: &str, title: &'a str) -> Page<'a> {
    Page {
        path: path.to_owned(),
        title,
        description: String::new(),
        headings: &[],
        about: Vec::new(),
        texts: Vec::new(),
        body: &[],
    }
}

/// The beginning of a text, up to the end of a word.
fn shortened(text: &str, longest: usize) -> String {
    if longest < SHORTEST {
        return String::new();
    }
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => {
            let whole = text[..end].rfind(' ').unwrap_or(end);
            let whole = text[..whole].trim_end_matches([',', ':', ';', '–', ' ']);
            format!("{whole}…")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_description_ends_with_a_whole_word() {
        let text = "Личен разговор с експерт – за това какво умееш и какво искаш";
        assert_eq!(
            shortened(text, 42),
            "Личен разговор с експерт – за това какво…"
        );
        assert_eq!(shortened(text, 100), text);
        assert_eq!(shortened(text, 10), "");
    }
}
