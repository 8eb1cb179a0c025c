//! What can be found: every page that a visitor may look for, and the texts by which it is found.

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
    /// One sentence; may be empty.
    pub(crate) description: &'a str,
    /// Its headings, for links into the middle of it.
    pub(crate) headings: &'a [Heading],
    /// Short texts that tell what the page is about.
    pub(crate) about: Vec<&'a str>,
    /// The other texts of its fields.
    pub(crate) texts: Vec<&'a str>,
    /// Its text.
    pub(crate) body: &'a [Piece],
}

/// The pages of a language, in the order of their addresses: the content, the lists, and the topics. The search itself and
/// the page for addresses that lead nowhere are not among them.
pub(crate) fn pages<'a>(site: &'a Site, language: &Language) -> Vec<Page<'a>> {
    let entries = site.entries.iter().filter_map(|entry| {
        let version = entry.versions.get(language)?;
        Some(content(site, entry, version, language))
    });
    let sections = Section::LISTED.into_iter().filter_map(|section| {
        let settings = site.settings.sections.get(&section)?;
        let path = site.section(section, language)?;
        let title = settings.title.text(language);
        let mut page = listed(path.as_str(), title);
        page.description = settings.description.text(language);
        Some(page)
    });
    let tags = site.settings.tags.terms.iter().filter_map(|(tag, title)| {
        let path = site.tag(tag, language)?;
        Some(listed(path.as_str(), title.text(language)))
    });
    let mut pages: Vec<Page<'a>> = entries.chain(sections).chain(tags).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
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
    let about = tags
        .map(|title| title.text(language))
        .chain([texts.strand.as_str(), &texts.place]);
    let others = texts.steps.iter().chain(&texts.highlights);
    Page {
        path: version.permalink.as_str().to_owned(),
        title: &texts.title,
        description: &texts.description,
        headings: &version.body.headings,
        about: about.collect(),
        texts: others
            .map(String::as_str)
            .chain([texts.lead.as_str(), &texts.audience])
            .collect(),
        body: &version.body.pieces,
    }
}

fn listed<'a>(path: &str, title: &'a str) -> Page<'a> {
    Page {
        path: path.to_owned(),
        title,
        description: "",
        headings: &[],
        about: Vec::new(),
        texts: Vec::new(),
        body: &[],
    }
}
