//! Rules of lists, tags and menus.

use forms::Language;

use super::{entries, versions};
use crate::diagnostic::{Diagnostic, Placed, Text};
use crate::parse::document::Section;
use crate::parse::settings::MenuTarget;
use crate::site::{Entry, Site, Version, Visibility};

/// Whether a page has an address that is kept for the pages of its list.
pub(super) fn is_kept(site: &Site, entry: &Entry, language: &Language, version: &Version) -> bool {
    let slug = version.texts.slug.as_ref();
    let segment = slug.map_or(&entry.id.stem, |slug| &slug.value).as_str();
    entry.id.section != Section::Pages && site.is_kept_for_lists(segment, language)
}

/// No page takes the address of a year or of a list's further pages, whether or not there is such a page today.
pub(super) fn addresses_of_lists_are_free(
    site: &Site,
    pages: &[&Entry],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (entry, language, version) in versions(pages.iter().copied()) {
        if is_kept(site, entry, language, version) {
            let slug = version.texts.slug.as_ref();
            let place = slug.map_or(&version.place, |slug| &slug.place);
            let path = version.permalink.as_str();
            diagnostics.push(
                Diagnostic::error(
                    "P02",
                    place.clone(),
                    Text::new(
                        format!("адресът {path} е запазен за страниците на списъка: години и номера"),
                        format!("the address {path} is kept for the pages of the list: years and numbers"),
                    ),
                )
                .hint(Text::new(
                    "изберете друг адрес: slug на страницата, или друго име на файла",
                    "choose another address: slug of the page, or another name of the file",
                )),
            );
        }
    }
}

/// Every entry of a menu leads somewhere: of a menu of one language in that language, otherwise in any.
pub(super) fn menus_resolve(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let settings = &site.settings;
    let menus = [&settings.navigation, &settings.footer];
    let shared = menus.iter().flat_map(|menu| menu.shared());
    let pages = settings.privacy.iter().chain(&settings.accessibility);
    for entry in shared.chain(pages) {
        let mut languages = site.languages();
        let found = languages.any(|language| site.menu_entry(&entry.value, language).is_some());
        if !found && !appears_later(site, &entry.value) {
            diagnostics.push(leads_nowhere(entry));
        }
    }
    for (language, entry) in menus.iter().flat_map(|menu| menu.own()) {
        let found = site.menu_entry(&entry.value, language).is_some();
        if !found && !appears_later(site, &entry.value) {
            diagnostics.push(leads_nowhere(entry).hint(Text::new(
                format!("това меню е за езика „{language}“: страницата трябва да я има на него"),
                format!("this menu is for the language “{language}”: the page must be there in it"),
            )));
        }
    }
}

/// Whether a page is published later, and with it its entry of the menu.
fn appears_later(site: &Site, target: &MenuTarget) -> bool {
    entries(site)
        .filter(|entry| entry.visibility != Visibility::Public)
        .any(|entry| *target == MenuTarget::Document(entry.id.clone()))
}

fn leads_nowhere(entry: &Placed<MenuTarget>) -> Diagnostic {
    let name = entry.value.name();
    Diagnostic::error(
        "S02",
        entry.place.clone(),
        Text::new(
            format!("менюто сочи към „{name}“, а такава страница няма"),
            format!("the menu points to “{name}”, which does not exist"),
        ),
    )
}

/// A topic that nothing has gets no page. Until the first page has a topic, there is nothing to say.
pub(super) fn tags_are_used(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(default) = site.languages().next() else {
        return;
    };
    let used = &site.lists.of(default).tags;
    if used.is_empty() {
        return;
    }
    for (slug, term) in &site.settings.tags.terms {
        if !used.contains_key(slug) {
            diagnostics.push(
                Diagnostic::warning(
                    "S12",
                    term.place.clone(),
                    Text::new(
                        format!("темата „{slug}“ я няма на никоя страница"),
                        format!("no page has the topic “{slug}”"),
                    ),
                )
                .hint(Text::new(
                    "дотогава няма и своя страница; махнете я, ако не ви трябва",
                    "until one does, it has no page of its own; take it out if you do not need it",
                )),
            );
        }
    }
}
