//! Links lead somewhere, and what is said of those that do not.

use std::collections::BTreeMap;

use forms::Language;

use super::{SUGGESTIONS, entries, unpublished, versions};
use crate::diagnostic::{Diagnostic, Text, closest, did_you_mean, listed, titled};
use crate::parse::document::DocumentId;
use crate::parse::markdown::{Link, Target};
use crate::parse::meant::meant;
use crate::parse::transliterate;
use crate::site::{BrokenLink, Entry, Site, Version, Visibility};

/// Every link of these pages leads to something that visitors can see.
pub(super) fn links_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
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
    let pages = if broken.is_empty() {
        Vec::new()
    } else {
        named(site)
    };
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
            BrokenLink::Path if number < SUGGESTIONS => broken_path(link, &files, &pages),
            BrokenLink::Path => broken_path(link, &[], &[]),
            BrokenLink::Anchor => broken_anchor(site, from, link, language),
            BrokenLink::Draft => unpublished::to_draft(&link.target.path, &link.place),
            BrokenLink::Scheduled(at) => {
                unpublished::to_scheduled(site, &link.target.path, at, &link.place)
            }
        });
    }
}

/// Links of drafts lead to something that is there, if only to another draft.
pub(super) fn of_drafts_resolve(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let unpublished = site.unpublished.values();
    let drafts: Vec<&Entry> = unpublished
        .filter(|entry| entry.visibility == Visibility::Draft)
        .collect();
    let mut found = Vec::new();
    links_resolve(site, &drafts, &mut found);
    found.retain(|found| !unpublished::CODES.contains(&found.code));
    diagnostics.extend(found);
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

fn broken_path(link: &Link, files: &[&str], pages: &[Named]) -> Diagnostic {
    let path = &link.target.path;
    let diagnostic = Diagnostic::error(
        "L01",
        link.place.clone(),
        Text::new(
            format!("връзката към „/{path}“ не води наникъде"),
            format!("the link to “/{path}” leads nowhere"),
        ),
    );
    let called = called(path, pages);
    if let [first, ..] = called.as_slice() {
        let list: Vec<Text> = called.iter().map(|page| page.said()).collect();
        let diagnostic = diagnostic.hint(perhaps(&listed(&list)));
        // A name that only one page has can mean nothing else.
        let only = called.len() == 1 && first.is_called_exactly(path);
        return match link.at.as_ref().filter(|_| only) {
            Some(at) => {
                let anchor = match link.target.anchor.as_str() {
                    "" => String::new(),
                    anchor => format!("#{anchor}"),
                };
                diagnostic.edit(at, format!("/{}{anchor}", first.file))
            }
            None => diagnostic,
        };
    }
    diagnostic.hint(meant(path, files).map(|meant| meant.word).map_or_else(
        || {
            Text::new(
                "напишете пътя на файла в content, напр. /pages/kontakti.md",
                "write the path of the file in content, for example /pages/kontakti.md",
            )
        },
        |path| match pages.iter().find(|page| page.file == path) {
            Some(page) => perhaps(&page.said()),
            None => did_you_mean(&format!("/{path}")),
        },
    ))
}

fn perhaps(meant: &Text) -> Text {
    let (bg, en) = (did_you_mean(&meant.bg), did_you_mean(&meant.en));
    Text::new(bg.bg, en.en)
}

/// A page by what people may call it.
struct Named {
    /// Its file below `content`.
    file: String,
    /// The name of the file.
    stem: String,
    title: String,
    /// The last part of each of its addresses, and its titles as they would stand in an address.
    names: Vec<String>,
}

impl Named {
    /// `/pages/kontakti.md („Контакти“)`
    fn said(&self) -> Text {
        titled(&format!("/{}", self.file), &self.title)
    }

    /// Whether a link names its file, and has only the folder or the ending wrong.
    fn is_called_exactly(&self, path: &str) -> bool {
        last_part(path) == self.stem
    }
}

/// Every page by what people may call it.
fn named(site: &Site) -> Vec<Named> {
    let name = |entry: &Entry| {
        let DocumentId { section, stem } = &entry.id;
        let versions = || entry.versions.values();
        let addresses = versions().map(|version| last_part(version.permalink.as_str()).to_owned());
        let titles = versions().map(|version| transliterate::slug(&version.texts.title));
        let original = entry.versions.get(&entry.original);
        Named {
            file: format!("{}/{stem}.md", section.folder()),
            stem: stem.to_string(),
            title: original.map_or_else(String::new, |version| version.texts.title.clone()),
            names: addresses.chain(titles).collect(),
        }
    };
    entries(site).map(name).collect()
}

/// The last part of a path or an address, without its ending.
fn last_part(path: &str) -> &str {
    let last = path.trim_end_matches('/').rsplit('/').next();
    let last = last.unwrap_or_default();
    last.split('.').next().unwrap_or(last)
}

/// How many pages are named to choose from.
const PAGES: usize = 3;

/// The pages that are called as the link says, or nearly so: by their file, their address or their title.
fn called<'a>(path: &str, pages: &'a [Named]) -> Vec<&'a Named> {
    let latin = transliterate::slug(last_part(path));
    if latin.is_empty() || path.starts_with("media/") {
        return Vec::new();
    }
    let by_file = pages.iter().filter(|page| page.stem == latin);
    let mut found: Vec<&Named> = by_file.collect();
    if found.is_empty() {
        let is_one = |page: &&Named| page.names.contains(&latin);
        found = pages.iter().filter(is_one).collect();
    }
    if found.is_empty() {
        let names = pages
            .iter()
            .flat_map(|page| page.names.iter().chain([&page.stem]));
        let names: Vec<&str> = names.map(String::as_str).collect();
        let near = closest(&latin, &names);
        let is_near = |page: &&Named| {
            near.is_some_and(|near| page.stem == near || page.names.iter().any(|name| name == near))
        };
        found = pages.iter().filter(is_near).collect();
    }
    found.truncate(PAGES);
    found
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
