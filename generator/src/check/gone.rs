//! Addresses that had a page after the last build and lead nowhere after this one: links to them exist out there.

use std::collections::BTreeSet;

use crate::Plan;
use crate::diagnostic::{Diagnostic, Place, Text, closest};
use crate::write::BuildRecord;

/// Every address that once had a page and now has neither a page nor a redirect, with a warning for each.
pub(crate) fn gone(
    plan: &Plan,
    record: &BuildRecord,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let now: BTreeSet<&str> = plan
        .routes
        .iter()
        .filter_map(|route| route.path.strip_suffix("index.html"))
        .collect();
    let forwarded: BTreeSet<&str> = plan
        .redirects
        .iter()
        .map(|redirect| redirect.from.trim_start_matches('/'))
        .collect();
    let once = record.pages();
    let once: BTreeSet<&str> = once.iter().map(|path| &path[1..]).collect();
    let vanished = once
        .iter()
        .copied()
        .filter(|path| !now.contains(path) && !forwarded.contains(path));
    let lost: Vec<&str> = vanished.collect();
    let new: Vec<&str> = now.difference(&once).copied().collect();
    diagnostics.extend(lost.iter().take(MOST).map(|path| warning(plan, path, &new)));
    lost.into_iter().map(|path| format!("/{path}")).collect()
}

/// For how many addresses a likely new one is looked up, and said; the others follow when these are mended.
const MOST: usize = 50;

fn warning(plan: &Plan, path: &str, new: &[&str]) -> Diagnostic {
    let renamed = closest(path, new).and_then(|new| {
        let entries = plan.site.entries.iter();
        let mut versions = entries.flat_map(|entry| entry.versions.values());
        versions.find(|version| version.permalink.as_str()[1..] == *new)
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
                "публикуваната страница /{path} вече я няма{}",
                looks("; този файл прилича на новото ѝ име")
            ),
            format!(
                "the published page /{path} no longer exists{}",
                looks("; this file looks like its new name")
            ),
        ),
    )
    .hint(Text::new(
        format!("добавете  aliases: [/{path}]  в страницата, която я замества, за да работят старите връзки"),
        format!("add  aliases: [/{path}]  to the page that takes its place, so that old links keep working"),
    ))
}
