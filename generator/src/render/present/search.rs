//! The search page as it stands without a script: the ways to everything that could be searched for.

use forms::Language;

use super::{link, not_found};
use crate::render::view::{LinkGroupView, SearchFilesView, SearchView};
use crate::site::Site;

/// The search page: what the script needs, and where one finds the rest without it.
pub(crate) fn search(site: &Site, files: SearchFilesView, language: &Language) -> SearchView {
    let topics = site.settings.tags.terms.iter().filter_map(|(tag, title)| {
        let path = site.tag(tag, language)?;
        Some(link(title.text(language), &path))
    });
    let strings = site.strings(language);
    let groups = [
        // Who finds nothing needs the same ways as who came to a wrong address.
        (strings.text("ui.pages"), not_found(site, language).links),
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
