//! Rules that need the whole site. To add one: a function, and a line in the table.

mod lists;
pub(crate) mod contrast;
pub(crate) mod drafts;
mod components;
mod links;
pub(crate) mod gone;
pub(crate) mod pages;
pub(crate) mod statement;
mod past;
mod references;
mod unpublished;

use std::collections::BTreeMap;

use forms::Language;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, Severity, Text};
use crate::parse::document::DocumentId;
use crate::pictures;
use crate::site::{Entry, Permalink, Site, Version, Visibility};

/// Every rule over the site as a whole. All run, in this order.
const OF_SITE: &[fn(&Site, &mut Vec<Diagnostic>)] = &[
    home_exists,
    permalinks_are_unique,
    lists::menus_resolve,
    pages_are_translated,
    lists::tags_are_used,
    links::of_drafts_resolve,
    past::drafts_are_ahead,
];

/// A rule that looks at one page after another, and at what each asks of the site.
type OfPages = fn(&Site, &[&Entry], &mut Vec<Diagnostic>);

/// Every such rule. All run, in this order.
const OF_PAGES: &[OfPages] = &[
    lists::addresses_of_lists_are_free,
    links::links_resolve,
    components::components_resolve,
    actions_resolve,
    references::references_resolve,
    pictures::rules::check,
];

/// Checks the whole site.
pub(crate) fn run(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let pages: Vec<&Entry> = entries(site).collect();
    let of_site = OF_SITE.par_iter().map(|check| {
        let mut diagnostics = Vec::new();
        check(site, &mut diagnostics);
        diagnostics
    });
    let of_pages = OF_PAGES.par_iter().map(|check| {
        let mut diagnostics = Vec::new();
        check(site, &pages, &mut diagnostics);
        diagnostics
    });
    diagnostics.extend(of_site.chain(of_pages).collect::<Vec<_>>().concat());
}

/// Checks what these pages ask of the site.
pub(crate) fn pages_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    for check in OF_PAGES {
        check(site, pages, diagnostics);
    }
}

/// Every page that is shown, and every one that will be without anybody's doing.
fn entries(site: &Site) -> impl Iterator<Item = &Entry> {
    let scheduled = site.unpublished.values();
    let scheduled = scheduled.filter(|entry| matches!(entry.visibility, Visibility::Scheduled(_)));
    site.entries.iter().map(AsRef::as_ref).chain(scheduled)
}

fn versions<'a>(
    pages: impl IntoIterator<Item = &'a Entry>,
) -> impl Iterator<Item = (&'a Entry, &'a Language, &'a Version)> {
    pages.into_iter().flat_map(|entry| {
        entry
            .versions
            .iter()
            .map(move |(language, version)| (entry, language, version))
    })
}

fn home_exists(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if !site.entries.iter().any(|entry| entry.id.is_home()) {
        diagnostics.push(Diagnostic::error(
            "S03",
            Place::file("content/pages/index.md"),
            Text::new("липсва началната страница", "the home page is missing"),
        ));
    }
}

/// For how many broken links a likely one is looked up: each look-up goes through the whole site.
const SUGGESTIONS: usize = 50;

/// First segments of addresses that stand for something else.
pub(crate) const RESERVED: [&str; 5] = ["/forms/", "/media/", "/assets/", "/admin/", "/staff/"];

fn permalinks_are_unique(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let settings = Place::file("content/site.yaml");
    let lists = site.languages().flat_map(|language| {
        let pages = site.list_pages(language).into_iter();
        let pages = pages.filter_map(move |page| site.list_permalink(&page, language));
        pages.chain(site.search(language))
    });
    let pages = versions(entries(site)).filter(|(entry, language, version)| {
        // What is kept for lists has a message of its own, today and when the list needs the address.
        !lists::is_kept(site, entry, language, version)
    });
    let pages = pages.map(|(_, _, version)| {
        let slug = version.texts.slug.as_ref();
        let place = slug.map_or(&version.place, |slug| &slug.place);
        (version.permalink.clone(), place)
    });
    let fallbacks = entries(site).flat_map(|entry| {
        let place = entry
            .versions
            .get(&entry.original)
            .map(|original| &original.place);
        let permalinks = entry.fallbacks.values().cloned();
        permalinks.zip(std::iter::repeat(place))
    });
    let fallbacks = fallbacks.filter_map(|(permalink, place)| Some((permalink, place?)));
    let mut seen: BTreeMap<Permalink, &str> = BTreeMap::new();
    let lists = lists.map(|permalink| (permalink, &settings));
    let all = lists.chain(pages).chain(fallbacks);
    for (permalink, place) in all {
        let path = permalink.as_str();
        let reserved = RESERVED
            .iter()
            .find(|reserved| path.starts_with(**reserved));
        let taken = reserved.copied().or_else(|| seen.get(&permalink).copied());
        if let Some(other) = taken {
            diagnostics.push(
                Diagnostic::error(
                    "P02",
                    place.clone(),
                    if reserved.is_some() {
                        Text::new(
                            format!("адресът {path} е запазен: под {other} сайтът има нещо друго"),
                            format!("the address {path} is kept: below {other} the site has something else"),
                        )
                    } else {
                        Text::new(
                            format!("адресът {path} вече е зает от {other}"),
                            format!("the address {path} is already taken by {other}"),
                        )
                    },
                )
                .hint(Text::new(
                    "изберете друг адрес: slug на страницата или path в настройките",
                    "choose another address: slug of the page, or path in the settings",
                )),
            );
        }
        seen.insert(permalink, &place.file);
    }
}

fn actions_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    for (_, _, version) in versions(pages.iter().copied()) {
        for action in version.texts.actions() {
            let known = DocumentId::parse(&action.page.value).and_then(|id| site.entry(&id));
            if known.is_none() {
                diagnostics.push(Diagnostic::error(
                    "L01",
                    action.page.place.clone(),
                    Text::new(
                        format!("няма страница „{}“", action.page.value),
                        format!("there is no page “{}”", action.page.value),
                    ),
                ));
            }
        }
    }
}

fn pages_are_translated(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &site.entries {
        for language in site
            .languages()
            .filter(|language| !entry.versions.contains_key(language))
        {
            let severity = if entry.fallbacks.contains_key(language) {
                Severity::Note
            } else {
                Severity::Warning
            };
            let found = if entry.waiting.contains(language) {
                translation_is_draft(&entry.id, language)
            } else {
                untranslated(&entry.id, language)
            };
            diagnostics.push(Diagnostic { severity, ..found });
        }
    }
    for (id, title) in site.directory.titles() {
        // A venue that has a page was named with the pages.
        let rows = site.languages().filter(|_| site.entry(&id).is_none());
        for language in rows.filter(|language| title.get(language).is_none()) {
            diagnostics.push(untranslated(&id, language));
        }
    }
}

fn untranslated(id: &DocumentId, language: &Language) -> Diagnostic {
    let (folder, stem) = (id.section.folder(), &id.stem);
    Diagnostic::warning(
        "T01",
        Place::file(format!("content/{folder}/{stem}.md")),
        Text::new(
            format!("страницата не е преведена на „{language}“"),
            format!("the page is not translated into “{language}”"),
        ),
    )
    .hint(Text::new(
        format!("направете превода с  centre new translation content/{folder}/{stem}.md --to {language}"),
        format!("make the translation with  centre new translation content/{folder}/{stem}.md --to {language}"),
    ))
}

/// A translation that is there and that nobody sees.
fn translation_is_draft(id: &DocumentId, language: &Language) -> Diagnostic {
    let (folder, stem) = (id.section.folder(), &id.stem);
    Diagnostic::warning(
        "T01",
        Place::file(format!("content/{folder}/{stem}.{language}.md")),
        Text::new(
            format!("преводът на „{language}“ е още чернова и посетителите не го виждат"),
            format!(
                "the translation into “{language}” is still a draft, which visitors do not see"
            ),
        ),
    )
    .hint(Text::new(
        "щом е готов, изтрийте в него реда  draft: true",
        "when it is ready, delete the line  draft: true  in it",
    ))
}
