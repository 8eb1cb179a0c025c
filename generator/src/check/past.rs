//! New events that are over already: most often the year is wrong.

use crate::diagnostic::{Diagnostic, Place, Text, date_in_words};
use crate::site::{EntryKind, Site, Visibility};

/// Looks at what is still being written: of an event that was published everybody knows that it was.
pub(super) fn drafts_are_ahead(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let shown = site.entries.iter().map(AsRef::as_ref);
    for entry in site.unpublished.values().chain(shown) {
        let EntryKind::Event(event) = &entry.kind else {
            continue;
        };
        let day = event.when.starts.date();
        // What could not be read has a day of long ago.
        if entry.visibility != Visibility::Draft || !event.over || day.year() < 2000 {
            continue;
        }
        let Some(version) = entry.versions.get(&entry.original) else {
            continue;
        };
        let day = date_in_words(day);
        diagnostics.push(
            Diagnostic::warning(
                "V16",
                Place::file(&version.place.file),
                Text::new(
                    format!("това събитие още е чернова, а вече е минало: {}", day.bg),
                    format!(
                        "this event is still a draft, and is over already: {}",
                        day.en
                    ),
                ),
            )
            .hint(Text::new(
                "вярна ли е годината в starts_at?",
                "is the year in starts_at right?",
            )),
        );
    }
}
