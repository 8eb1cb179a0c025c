//! `build.json`: what a build wrote, so that the next one writes only what differs and deletes nothing that is not ours.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// What a build wrote, and what others may want to know of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BuildRecord {
    /// The next moment at which a new build would give other files (RFC 3339); `null` when time changes nothing any more.
    #[serde(default)]
    pub next_change_at: Option<jiff::Timestamp>,
    /// Whether files were written compressed, too.
    #[serde(default)]
    pub compressed: bool,
    /// Where pages were included that are not published yet (`--drafts`): the addresses of pages that were public before. Nobody
    /// knows the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<BTreeSet<String>>,
    /// Every file below the output folder, with a fingerprint of its content.
    pub files: BTreeMap<String, Fingerprint>,
    /// Files in our folders that no build has written, and that are carried along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub strangers: BTreeSet<String>,
    /// Addresses at which there once was a page, and now is neither a page nor a redirect.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub gone: BTreeSet<String>,
}

/// A fingerprint of a content: XXH3, 128 bits, in hexadecimal. It tells changes, not forgeries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint(format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes)))
    }
}

impl BuildRecord {
    /// The record in these bytes, without files outside our folders; `None` when they are no record.
    pub(crate) fn parse(bytes: &[u8]) -> Option<BuildRecord> {
        let mut record: BuildRecord = serde_json::from_slice(bytes).ok()?;
        record.files.retain(|path, _| is_ours(path));
        record.strangers.retain(|path| is_ours(path));
        Some(record)
    }

    /// The addresses at which visitors once found a page.
    pub(crate) fn pages(&self) -> BTreeSet<String> {
        let public = self.public.clone().unwrap_or_else(|| {
            let files = self.files.keys();
            let pages =
                files.filter_map(|path| path.strip_prefix("site/")?.strip_suffix("index.html"));
            pages.map(|path| format!("/{path}")).collect()
        });
        public.union(&self.gone).cloned().collect()
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}

/// Whether a recorded path can only lead into our own folders.
fn is_ours(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\\');
    let mut parts = path.split('/');
    parts
        .next()
        .is_some_and(|first| super::FOLDERS.contains(&first))
        && parts.all(plain)
}
