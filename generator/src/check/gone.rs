//! Addresses that had a page after the last build and lead nowhere after this one: links to them exist out there.

use std::collections::{BTreeSet, HashSet};

use crate::Plan;
use crate::diagnostic::{Diagnostic, Place, Text, closest};
use crate::render::routes::What;
use crate::write::BuildRecord;

/// The address of every page that somebody wrote. Lists, tags and archives come and go by themselves; nobody is to forward them.
pub(crate) fn written(plan: &Plan) -> BTreeSet<String> {
    let pages = plan
        .routes
        .iter()
        .filter(|route| matches!(route.what, What::Entry(_)));
    let addresses = pages.filter_map(|route| route.path.strip_suffix("index.html"));
    addresses.map(|path| format!("/{path}")).collect()
}

/// Every address that once had a page and now has neither a page nor a redirect, with a warning for each.
pub(crate) fn gone(
    plan: &Plan,
    record: &BuildRecord,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let bare = |address: &str| address.trim_start_matches('/').to_owned();
    let mut answered: HashSet<String> = plan
        .redirects
        .iter()
        .map(|redirect| bare(&redirect.from))
        .collect();
    let pages = plan.routes.iter();
    answered
        .extend(pages.filter_map(|route| route.path.strip_suffix("index.html").map(str::to_owned)));
    let once = &record.public | &record.gone;
    let lost: BTreeSet<String> = once
        .iter()
        .filter(|address| !answered.contains(address.trim_start_matches('/')))
        .cloned()
        .collect();
    let written = written(plan);
    let new: Vec<&str> = written.difference(&once).map(String::as_str).collect();
    diagnostics.extend(
        lost.iter()
            .take(MOST)
            .map(|address| warning(plan, address, &new)),
    );
    lost
}

/// For how many addresses a likely new one is looked up, and said; the others follow when these are mended.
const MOST: usize = 50;

fn warning(plan: &Plan, address: &str, new: &[&str]) -> Diagnostic {
    let renamed = closest(address, new).and_then(|new| {
        let entries = plan.site.entries.iter();
        let mut versions = entries.flat_map(|entry| entry.versions.values());
        versions.find(|version| version.permalink.as_str() == new)
    });
    let place = renamed.map_or_else(
        || Place::file("content"),
        |version| Place::file(&version.place.file),
    );
    let looks = |words: &'static str| if renamed.is_some() { words } else { "" };
    Diagnostic::warning(
        "P06",
        place,
        Text::new(
            format!(
                "публикуваната страница {address} вече я няма{}",
                looks("; този файл прилича на новото ѝ име")
            ),
            format!(
                "the published page {address} no longer exists{}",
                looks("; this file looks like its new name")
            ),
        ),
    )
    .hint(Text::new(
        format!("добавете  aliases: [{address}]  в страницата, която я замества, за да работят старите връзки"),
        format!("add  aliases: [{address}]  to the page that takes its place, so that old links keep working"),
    ))
}
