//! Where a site stands, for the record of a build.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::report::file;
use crate::diagnostic::{Diagnostic, Severity};
use crate::parse::document::Standing;
use crate::site::{Site, Visibility};

/// Where a site stands. Files are named as seen from its root.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BuildStatus {
    /// How many pages that somebody wrote are published in each language.
    pub pages: BTreeMap<String, usize>,
    /// What is not finished.
    pub drafts: Vec<String>,
    /// What waits for its date, and until when.
    pub scheduled: BTreeMap<String, Timestamp>,
    /// Translations that are not there.
    pub untranslated: Vec<String>,
    /// Translations of what the original does not say any more.
    pub outdated: Vec<String>,
    /// How often each code was warned of.
    pub warnings: BTreeMap<String, usize>,
}

/// The status of a site in which this was found.
pub(crate) fn build_status(site: &Site, found: &[Diagnostic]) -> BuildStatus {
    let mut status = BuildStatus::default();
    let shown = site.entries.iter().map(AsRef::as_ref);
    for entry in shown.chain(site.unpublished.values()) {
        let original = || file(entry, &entry.original);
        match entry.visibility {
            Visibility::Draft => status.drafts.push(original()),
            Visibility::Scheduled(at) => {
                status.scheduled.insert(original(), at);
            }
            Visibility::Public | Visibility::Expired(_) => {
                for language in site.languages() {
                    let version = entry.versions.get(language);
                    match version.map(|version| &version.standing) {
                        None => status.untranslated.push(file(entry, language)),
                        Some(standing) => {
                            *status.pages.entry(language.to_string()).or_default() += 1;
                            if matches!(standing, Standing::Outdated { .. }) {
                                status.outdated.push(file(entry, language));
                            }
                        }
                    }
                }
            }
        }
    }
    for diagnostic in found {
        if diagnostic.severity == Severity::Warning {
            *status
                .warnings
                .entry(diagnostic.code.to_owned())
                .or_default() += 1;
        }
    }
    status
}
