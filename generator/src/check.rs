//! Rules that need the whole site. To add one: a function, and a line in the table.

mod lists;
pub(crate) mod contrast;
pub(crate) mod drafts;
mod components;
pub(crate) mod gone;
pub(crate) mod pages;
pub(crate) mod statement;
mod past;
mod references;
mod unpublished;

use std::collections::BTreeMap;

use forms::Language;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, Severity, Text, closest, did_you_mean};
use crate::parse::document::DocumentId;
use crate::parse::markdown::{Link, Target};
use crate::parse::meant::meant;
use crate::pictures;
use crate::site::{BrokenLink, Entry, Permalink, Site, Version, Visibility};

/// Every rule over the site as a whole. All run, in this order.
const OF_SITE: &[fn(&Site, &mut Vec<Diagnostic>)] = &[
    home_exists,
    permalinks_are_unique,
    lists::menus_resolve,
    pages_are_translated,
    lists::tags_are_used,
    past::drafts_are_ahead,
];

/// A rule that looks at one page after another, and at what each asks of the site.
type OfPages = fn(&Site, &[&Entry], &mut Vec<Diagnostic>);

/// Every such rule. All run, in this order.
const OF_PAGES: &[OfPages] = &[
    lists::addresses_of_lists_are_free,
    links_resolve,
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
const RESERVED: [&str; 3] = ["/forms/", "/media/", "/assets/"];

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
                    Text::new(
                        format!("адресът {path} вече е зает от {other}"),
                        format!("the address {path} is already taken by {other}"),
                    ),
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

fn links_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    let mut broken = Vec::new();
    for (entry, language, version) in versions(pages.iter().copied()) {
        for link in &version.body.links {
            if let Err(reason) = site.resolve(&link.target, entry, language) {
                broken.push((version, link, reason, language));
            }
        }
    }
    let files = if broken.is_empty() {
        Vec::new()
    } else {
        linkable(site)
    };
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let addresses = if broken.is_empty() {
        BTreeMap::new()
    } else {
        addresses(site)
    };
    for (number, (from, link, reason, language)) in broken.into_iter().enumerate() {
        diagnostics.push(match reason {
            BrokenLink::Path if addresses.contains_key(link.target.path.trim_matches('/')) => {
                address_for_path(link, &addresses[link.target.path.trim_matches('/')])
            }
            BrokenLink::Path if number < SUGGESTIONS => broken_path(link, &files),
            BrokenLink::Path => broken_path(link, &[]),
            BrokenLink::Anchor => broken_anchor(site, from, link, language),
            BrokenLink::Draft => unpublished::to_draft(&link.target.path, &link.place),
            BrokenLink::Scheduled(at) => {
                unpublished::to_scheduled(site, &link.target.path, at, &link.place)
            }
        });
    }
}

/// The path of every file that a link may lead to.
fn linkable(site: &Site) -> Vec<String> {
    let pages = site.entries.iter().map(|entry| &entry.id);
    let pages = pages.map(|id| format!("{}/{}.md", id.section.folder(), id.stem));
    let media = site.media.iter().map(|path| format!("media/{path}"));
    pages.chain(media).collect()
}

/// The path of the file of every page, by its address without the slashes around.
fn addresses(site: &Site) -> BTreeMap<String, String> {
    let versions = versions(entries(site));
    let pairs = versions.map(|(entry, _, version)| {
        let DocumentId { section, stem } = &entry.id;
        let address = version.permalink.as_str().trim_matches('/').to_owned();
        (address, format!("/{}/{stem}.md", section.folder()))
    });
    pairs.collect()
}

/// A link that names a page by its address, as browsers show it, and not by its file.
fn address_for_path(link: &Link, file: &str) -> Diagnostic {
    let Target { path, anchor } = &link.target;
    let anchor = if anchor.is_empty() {
        String::new()
    } else {
        format!("#{anchor}")
    };
    let better = format!("{file}{anchor}");
    let message = Text::new(
        format!(
            "„/{path}“ е адресът на страницата; тук се пише пътят на файла ѝ, за да не се счупи връзката"
        ),
        format!(
            "“/{path}” is the address of the page; write the path of its file here, so that the link never breaks"
        ),
    );
    let diagnostic =
        Diagnostic::error("L01", link.place.clone(), message).hint(did_you_mean(&better));
    match &link.at {
        Some(at) => diagnostic.edit(at, better),
        None => diagnostic,
    }
}

fn broken_path(link: &Link, files: &[&str]) -> Diagnostic {
    let path = &link.target.path;
    Diagnostic::error(
        "L01",
        link.place.clone(),
        Text::new(
            format!("връзката към „/{path}“ не води наникъде"),
            format!("the link to “/{path}” leads nowhere"),
        ),
    )
    .hint(meant(path, files).map(|meant| meant.word).map_or_else(
        || {
            Text::new(
                "напишете пътя на файла в content, напр. /pages/kontakti.md",
                "write the path of the file in content, for example /pages/kontakti.md",
            )
        },
        |path| did_you_mean(&format!("/{path}")),
    ))
}

/// So many headings are named to choose from.
const ANCHORS: usize = 20;

fn broken_anchor(site: &Site, from: &Version, link: &Link, language: &Language) -> Diagnostic {
    let target = &link.target;
    let version = DocumentId::parse(target.path.trim_end_matches(".md"))
        .and_then(|id| site.entry(&id))
        .and_then(|entry| entry.versions.get(language))
        .unwrap_or(from);
    let anchors: Vec<&str> = version
        .body
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    let more = if anchors.len() > ANCHORS { ", …" } else { "" };
    let list = anchors[..anchors.len().min(ANCHORS)].join(", #") + more;
    let all = (!anchors.is_empty())
        .then(|| Text::new(format!("има: #{list}"), format!("there are: #{list}")));
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
            .or(all),
    )
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
            diagnostics.push(Diagnostic {
                severity,
                ..untranslated(&entry.id, language)
            });
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
    let DocumentId { section, stem } = id;
    Diagnostic::warning(
        "T01",
        Place::file(format!("content/{}/{stem}.md", section.folder())),
        Text::new(
            format!("страницата не е преведена на „{language}“"),
            format!("the page is not translated into “{language}”"),
        ),
    )
    .hint(Text::new(
        format!("преводът се пише в {stem}.{language}.md"),
        format!("the translation is written in {stem}.{language}.md"),
    ))
}
