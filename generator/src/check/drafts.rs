//! Mistakes in drafts: nobody sees the page, so they need not keep everything else from being published.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::parse::document::Document;

/// The files of pages that are certainly not published.
pub(crate) fn files(documents: &[Document]) -> BTreeSet<String> {
    let drafts = documents.iter().filter(|document| document.draft);
    let originals = drafts.clone().filter(|document| document.facts.is_some());
    let originals: BTreeSet<_> = originals.map(|document| &document.id).collect();
    let translations = documents
        .iter()
        .filter(|document| originals.contains(&document.id));
    drafts
        .chain(translations)
        .map(|document| document.path.clone())
        .collect()
}

/// Whether a mistake leaves it open what a file says of being a draft.
fn is_doubtful(found: &Diagnostic) -> bool {
    found.code.starts_with('F') || matches!(found.code, "M10" | "V05")
}

/// Turns errors in these files into warnings.
pub(crate) fn soften(drafts: &BTreeSet<String>, diagnostics: &mut [Diagnostic]) {
    let in_draft = |found: &Diagnostic| drafts.contains(&found.place.file);
    let doubtful: BTreeSet<String> = diagnostics
        .iter()
        .filter(|found| is_doubtful(found))
        .map(|found| found.place.file.clone())
        .collect();
    for found in diagnostics {
        if found.is_error() && in_draft(found) && !doubtful.contains(&found.place.file) {
            *found = found.clone().softened();
        }
    }
}
