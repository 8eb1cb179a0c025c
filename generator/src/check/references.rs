//! What pages say of other files of content: the venue of an event, the person to ask, the event that news is about.

use forms::Slug;

use super::SUGGESTIONS;
use crate::diagnostic::{Diagnostic, Text, closest, did_you_mean};
use crate::model;
use crate::parse::document::{DocumentId, Reference, Section};
use crate::site::{Entry, Site};

/// Every reference leads to something that visitors can see.
pub(super) fn references_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    let references = pages.iter().flat_map(|entry| &entry.references);
    let broken = references.filter(|reference| !resolves(site, reference));
    for (number, reference) in broken.enumerate() {
        diagnostics.push(if is_unpublished(site, reference) {
            unpublished(reference)
        } else if number < SUGGESTIONS {
            broken_reference(reference, &names(site, reference.section))
        } else {
            broken_reference(reference, &[])
        });
    }
}

fn id(reference: &Reference) -> Option<DocumentId> {
    Some(DocumentId {
        section: reference.section,
        stem: Slug::parse(&reference.stem.value).ok()?,
    })
}

fn resolves(site: &Site, reference: &Reference) -> bool {
    id(reference).is_some_and(|id| site.directory.contains(&id) || site.entry(&id).is_some())
}

fn is_unpublished(site: &Site, reference: &Reference) -> bool {
    id(reference)
        .is_some_and(|id| site.directory.drafts.contains(&id) || site.unpublished.contains_key(&id))
}

fn names(site: &Site, section: Section) -> Vec<&str> {
    let pages = site.entries.iter().map(|entry| &entry.id);
    let pages = pages.filter(|id| id.section == section && !id.is_home());
    let mut names = site.directory.names(section);
    names.extend(pages.map(|id| id.stem.as_str()));
    names.sort_unstable();
    names.dedup();
    names
}

fn unpublished(reference: &Reference) -> Diagnostic {
    let name = &reference.stem.value;
    let folder = reference.section.folder();
    Diagnostic::error(
        "X05",
        reference.stem.place.clone(),
        Text::new(
            format!("content/{folder}/{name}.md още не е публикувано"),
            format!("content/{folder}/{name}.md is not published yet"),
        ),
    )
    .hint(Text::new(
        "публикувайте първо него или изтрийте този ред",
        "publish that first, or delete this line",
    ))
}

/// How many names are listed where none is near.
const LISTED: usize = 10;

fn broken_reference(reference: &Reference, known: &[&str]) -> Diagnostic {
    let name = &reference.stem.value;
    let folder = reference.section.folder();
    let kind = model::kind_of(reference.section, false);
    let plain = name.rsplit('/').next().unwrap_or(name);
    let plain = plain.strip_suffix(".md").unwrap_or(plain);
    let latin = crate::parse::transliterate::slug(plain);
    let hint = if known.is_empty() {
        Text::new(
            format!(
                "там още няма нищо; създайте го с  centre new {} \"…\"",
                kind.name
            ),
            format!(
                "there is nothing yet; make it with  centre new {} \"…\"",
                kind.name
            ),
        )
    } else {
        let near = closest(plain, known).or_else(|| closest(&latin, known));
        near.map_or_else(
            || {
                let some = known[..known.len().min(LISTED)].join(", ");
                let more = if known.len() > LISTED { ", …" } else { "" };
                Text::new(
                    format!("там има: {some}{more}"),
                    format!("there are: {some}{more}"),
                )
            },
            did_you_mean,
        )
    };
    Diagnostic::error(
        "X05",
        reference.stem.place.clone(),
        Text::new(
            format!("в content/{folder} няма „{name}“"),
            format!("there is no “{name}” in content/{folder}"),
        ),
    )
    .hint(hint)
}
