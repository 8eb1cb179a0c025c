//! Rules that need the whole site. To add one: a function, and a line in the table.

use std::collections::BTreeMap;

use forms::Language;

use crate::diagnostic::closest;
use crate::diagnostic::did_you_mean;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::parse::markdown::Link;
use crate::parse::settings::MenuTarget;
use crate::site::{BrokenLink, Entry, Permalink, Site, Version};

/// Every rule. All run, in this order.
const CHECKS: &[fn(&Site, &mut Vec<Diagnostic>)] = &[
    home_exists,
    permalinks_are_unique,
    links_resolve,
    menus_resolve,
    actions_resolve,
    pages_are_translated,
];

/// Checks the whole site.
pub(crate) fn run(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for check in CHECKS {
        check(site, diagnostics);
    }
}

fn versions(site: &Site) -> impl Iterator<Item = (&Entry, &Language, &Version)> {
    site.entries.iter().flat_map(|entry| {
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

fn permalinks_are_unique(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<Permalink, String> = BTreeMap::new();
    for language in site.languages() {
        for section in crate::parse::document::Section::LISTED {
            if let Some(path) = site.section(section, language) {
                seen.insert(path, "content/site.yaml".to_owned());
            }
        }
        seen.extend(
            site.tags(language)
                .map(|path| (path, "content/site.yaml".to_owned())),
        );
    }
    for (_, _, version) in versions(site) {
        let place = version
            .texts
            .slug
            .as_ref()
            .map_or(&version.place, |slug| &slug.place);
        if let Some(other) = seen.get(&version.permalink) {
            diagnostics.push(
                Diagnostic::error(
                    "P02",
                    place.clone(),
                    Text::new(
                        format!(
                            "адресът {} вече е зает от {other}",
                            version.permalink.as_str()
                        ),
                        format!(
                            "the address {} is already taken by {other}",
                            version.permalink.as_str()
                        ),
                    ),
                )
                .hint(Text::new(
                    "добавете ред  slug: друг-адрес",
                    "add a line  slug: another-address",
                )),
            );
        }
        seen.insert(version.permalink.clone(), version.place.file.clone());
    }
}

fn links_resolve(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (entry, language, version) in versions(site) {
        for link in &version.body.links {
            if let Err(broken) = site.resolve(&link.target, entry, language) {
                diagnostics.push(broken_link(site, version, link, broken, language));
            }
        }
    }
}

fn broken_link(
    site: &Site,
    from: &Version,
    link: &Link,
    broken: BrokenLink,
    language: &Language,
) -> Diagnostic {
    let target = &link.target;
    match broken {
        BrokenLink::Path => {
            let mut known: Vec<String> = site
                .media
                .iter()
                .map(|path| format!("media/{path}"))
                .collect();
            known.extend(
                site.entries
                    .iter()
                    .map(|entry| format!("{}/{}.md", entry.id.section.folder(), entry.id.stem)),
            );
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            Diagnostic::error(
                "L01",
                link.place.clone(),
                Text::new(
                    format!("връзката към „/{}“ не води наникъде", target.path),
                    format!("the link to “/{}” leads nowhere", target.path),
                ),
            )
            .hint(closest(&target.path, &known).map_or_else(
                || {
                    Text::new(
                        "напишете пътя на файла в content, напр. /pages/kontakti.md",
                        "write the path of the file in content, for example /pages/kontakti.md",
                    )
                },
                |path| did_you_mean(&format!("/{path}")),
            ))
        }
        BrokenLink::Anchor => {
            let id = target.path.trim_end_matches(".md");
            let version = crate::parse::document::DocumentId::parse(id)
                .and_then(|id| site.entry(&id))
                .and_then(|entry| entry.versions.get(language))
                .unwrap_or(from);
            let anchors: Vec<&str> = version
                .body
                .headings
                .iter()
                .map(|heading| heading.id.as_str())
                .collect();
            Diagnostic::error(
                "L02",
                link.place.clone(),
                Text::new(
                    format!("там няма подзаглавие „#{}“", target.anchor),
                    format!("there is no heading “#{}” there", target.anchor),
                ),
            )
            .maybe_hint(
                closest(&target.anchor, &anchors)
                    .map(|anchor| did_you_mean(&format!("#{anchor}")))
                    .or_else(|| {
                        let list = anchors.join(", #");
                        (!anchors.is_empty()).then(|| {
                            Text::new(format!("има: #{list}"), format!("there are: #{list}"))
                        })
                    }),
            )
        }
    }
}

fn menus_resolve(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for entry in site
        .settings
        .navigation
        .iter()
        .chain(&site.settings.footer)
        .chain(&site.settings.privacy)
    {
        let found = site
            .languages()
            .any(|language| site.menu_entry(&entry.value, language).is_some());
        if !found {
            let name = match &entry.value {
                MenuTarget::Section(section) => section.folder().to_owned(),
                MenuTarget::Document(id) => format!("{}/{}", id.section.folder(), id.stem),
            };
            diagnostics.push(Diagnostic::error(
                "S02",
                entry.place.clone(),
                Text::new(
                    format!("менюто сочи към „{name}“, а такава страница няма"),
                    format!("the menu points to “{name}”, which does not exist"),
                ),
            ));
        }
    }
}

fn actions_resolve(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (_, _, version) in versions(site) {
        let Some(action) = &version.texts.action else {
            continue;
        };
        let known = crate::parse::document::DocumentId::parse(&action.page.value)
            .and_then(|id| site.entry(&id));
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

fn pages_are_translated(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for entry in &site.entries {
        for language in site
            .languages()
            .filter(|language| !entry.versions.contains_key(language))
        {
            let path = format!("content/{}/{}.md", entry.id.section.folder(), entry.id.stem);
            diagnostics.push(
                Diagnostic::warning(
                    "T01",
                    Place::file(path),
                    Text::new(
                        format!("страницата не е преведена на „{language}“"),
                        format!("the page is not translated into “{language}”"),
                    ),
                )
                .hint(Text::new(
                    format!("преводът се пише в {}.{language}.md", entry.id.stem),
                    format!(
                        "the translation is written in {}.{language}.md",
                        entry.id.stem
                    ),
                )),
            );
        }
    }
}
