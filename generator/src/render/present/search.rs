//! The search page as it stands without a script: the ways to everything that could be searched for.

use forms::Language;

use super::link;
use crate::parse::document::Section;
use crate::render::view::{LinkGroupView, LinkView, SearchFilesView, SearchView};
use crate::site::Site;

/// The search page: what the script needs, and where one finds the rest without it.
pub(crate) fn search(site: &Site, files: SearchFilesView, language: &Language) -> SearchView {
    let strings = site.strings(language);
    let menu = site.settings.navigation.iter().chain(&site.settings.footer);
    let pages: Vec<LinkView> = menu
        .filter_map(|entry| site.menu_entry(&entry.value, language))
        .map(|(permalink, title)| link(title, &permalink))
        .collect();
    let services = site.lists.services.iter().filter_map(|index| {
        let version = site.entries[*index].versions.get(language)?;
        Some(link(&version.texts.title, &version.permalink))
    });
    let topics = site.settings.tags.terms.iter().filter_map(|(tag, title)| {
        let path = site.tag(tag, language)?;
        Some(link(title.text(language), &path))
    });
    let title_of = |section: Section| {
        let settings = site.settings.sections.get(&section);
        settings.map_or("", |settings| settings.title.text(language))
    };
    let groups = [
        (strings.text("ui.pages"), pages),
        (title_of(Section::Services), services.collect()),
        (site.settings.tags.title.text(language), topics.collect()),
    ];
    SearchView {
        files,
        groups: groups
            .into_iter()
            .filter(|(_, links)| !links.is_empty())
            .map(|(title, links)| LinkGroupView {
                title: title.to_owned(),
                links,
            })
            .collect(),
    }
}
