//! Where links and menus lead.

use forms::Language;
use jiff::Timestamp;

use super::lists::ListPage;
use super::{Entry, Permalink, Rendition, Site, Version, Visibility};
use crate::parse::document::{DocumentId, Section};
use crate::parse::markdown::Target;
use crate::parse::settings::MenuTarget;

/// Why a link leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrokenLink {
    /// There is no such page or file.
    Path,
    /// There is the page, but no such heading on it.
    Anchor,
    /// There is the page, but it is not finished.
    Draft,
    /// There is the page, but visitors see it only from then on.
    Scheduled(Timestamp),
}

/// Where an entry of a menu leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MenuEntry<'a> {
    /// Its address.
    pub permalink: Permalink,
    /// What it says.
    pub title: &'a str,
    /// The language of the title, where it is not the reader's.
    pub foreign: Option<&'a Language>,
}

impl Site {
    /// Where an entry of a menu leads and what it says.
    pub fn menu_entry(&self, target: &MenuTarget, language: &Language) -> Option<MenuEntry<'_>> {
        match target {
            MenuTarget::Section(section) => Some(MenuEntry {
                permalink: self.section(*section, language)?,
                title: self.settings.sections.get(section)?.title.text(language),
                foreign: None,
            }),
            MenuTarget::Tags => Some(MenuEntry {
                permalink: self.tags(language)?,
                title: self.settings.tags.title.text(language),
                foreign: None,
            }),
            MenuTarget::AToZ => Some(MenuEntry {
                permalink: self.list_permalink(&ListPage::AToZ, language)?,
                title: self.settings.a_z.as_ref()?.title.text(language),
                foreign: None,
            }),
            MenuTarget::Document(id) => {
                let page = self.entry(id)?.in_language(language)?;
                Some(MenuEntry {
                    permalink: page.permalink.clone(),
                    title: page.version.texts.in_menus(),
                    foreign: page.foreign,
                })
            }
        }
    }

    /// Where a link leads for a reader of `language`, who stays in it where there is a translation.
    pub fn resolve(
        &self,
        target: &Target,
        from: &Entry,
        language: &Language,
    ) -> Result<String, BrokenLink> {
        let anchor = if target.anchor.is_empty() {
            String::new()
        } else {
            format!("#{}", target.anchor)
        };
        if target.path.is_empty() {
            let page = from.in_language(language).ok_or(BrokenLink::Path)?;
            return has_anchor(page.version, &target.anchor).map(|()| anchor);
        }
        if let Some(path) = target.path.strip_prefix("media/") {
            return if self.media.contains(path) {
                Ok(format!("/media/{path}"))
            } else {
                Err(BrokenLink::Path)
            };
        }
        let folder = target.path.trim_end_matches('/');
        if let Some(section) = Section::LISTED
            .into_iter()
            .find(|section| section.folder() == folder)
        {
            return self
                .section(section, language)
                .map(|path| path.as_str().to_owned())
                .ok_or(BrokenLink::Path);
        }
        let id = target
            .path
            .strip_suffix(".md")
            .and_then(|path| DocumentId::parse(self.without_language(path)))
            .ok_or(BrokenLink::Path)?;
        if let Some(address) = self.row(&id, language) {
            return Ok(address);
        }
        let entry = self.linkable(&id, from)?;
        let page = self.nearest(entry, language).ok_or(BrokenLink::Path)?;
        has_anchor(page.version, &target.anchor)
            .map(|()| format!("{}{anchor}", page.permalink.as_str()))
    }

    /// Where something without a page of its own is found: a document is its file, a person a row of the list.
    fn row(&self, id: &DocumentId, language: &Language) -> Option<String> {
        match id.section {
            Section::Documents => {
                let document = self.directory.documents.get(&id.stem)?;
                Some(format!("/media/{}", document.file.value))
            }
            Section::People => {
                let list = self.section(Section::People, language)?;
                let known = self.directory.people.contains_key(&id.stem);
                known.then(|| format!("{}#{}", list.as_str(), id.stem))
            }
            Section::Pages
            | Section::Services
            | Section::News
            | Section::Events
            | Section::Venues => None,
        }
    }

    /// The page that a link names.
    pub fn linked_entry(&self, target: &Target) -> Option<&Entry> {
        let path = target.path.strip_suffix(".md")?;
        self.entry(&DocumentId::parse(self.without_language(path))?)
    }

    /// The page that `from` links to. A page that is not shown yet may be linked to by one that appears with it or later.
    fn linkable(&self, id: &DocumentId, from: &Entry) -> Result<&Entry, BrokenLink> {
        if let Some(entry) = self.entry(id) {
            return Ok(entry);
        }
        let unpublished = self.unpublished.get(id).ok_or(BrokenLink::Path)?;
        match (unpublished.visibility, from.visibility) {
            (Visibility::Scheduled(at), Visibility::Scheduled(own)) if at <= own => Ok(unpublished),
            (Visibility::Scheduled(at), _) => Err(BrokenLink::Scheduled(at)),
            _ => Err(BrokenLink::Draft),
        }
    }

    /// The page for a reader of `language`, else in the default language.
    pub fn nearest<'a>(&'a self, entry: &'a Entry, language: &Language) -> Option<Rendition<'a>> {
        entry
            .in_language(language)
            .or_else(|| entry.in_language(self.languages().next()?))
    }

    fn without_language<'a>(&self, path: &'a str) -> &'a str {
        match path.rsplit_once('.') {
            Some((stem, tag)) if self.languages().any(|language| language.as_str() == tag) => stem,
            _ => path,
        }
    }
}

fn has_anchor(version: &Version, anchor: &str) -> Result<(), BrokenLink> {
    let known = anchor.is_empty()
        || version
            .body
            .headings
            .iter()
            .any(|heading| heading.id == anchor);
    if known {
        Ok(())
    } else {
        Err(BrokenLink::Anchor)
    }
}
