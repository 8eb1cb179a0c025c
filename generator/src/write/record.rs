//! `build.json`: what a build wrote, so that the next one writes only what differs and deletes nothing that is not ours.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::status::build::BuildStatus;

/// What a build wrote, and what others may want to know of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BuildRecord {
    /// The next moment at which a new build would give other files (RFC 3339); `null` when time changes nothing any more.
    #[serde(default)]
    pub next_change_at: Option<jiff::Timestamp>,
    /// Whether files were written compressed, too.
    #[serde(default)]
    pub compressed: bool,
    /// Addresses at which visitors find a page that somebody wrote; lists come and go by themselves. Where pages were included that
    /// are not published yet (`--drafts`), those that were public before: nobody knows the others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub public: BTreeSet<String>,
    /// Every file below the output folder, with a fingerprint of its content.
    pub files: BTreeMap<String, Fingerprint>,
    /// Files in our folders that no build has written, and that are carried along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub strangers: BTreeSet<String>,
    /// Where the site stands: what is published, what waits, what was warned of.
    #[serde(default)]
    pub status: BuildStatus,
    /// Addresses at which there once was a page, and now is neither a page nor a redirect.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub gone: BTreeSet<String>,
}

/// A fingerprint of a content: XXH3, 128 bits, in hexadecimal, and the length in bytes. It tells changes, not forgeries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        let hash = xxhash_rust::xxh3::xxh3_128(bytes);
        Fingerprint(format!("{hash:032x}-{}", bytes.len()))
    }

    /// That of no content: nothing is known but the name.
    fn unknown() -> Fingerprint {
        Fingerprint(String::new())
    }

    pub(super) fn length(&self) -> Option<u64> {
        let (_, length) = self.0.split_once('-')?;
        length.parse().ok()
    }
}

impl BuildRecord {
    /// The record in these bytes, without files outside our folders and what is no address; `None` when they are no record.
    pub(crate) fn parse(bytes: &[u8]) -> Option<BuildRecord> {
        let mut record: BuildRecord = serde_json::from_slice(bytes).ok()?;
        record.files.retain(|path, _| is_ours(path));
        record.strangers.retain(|path| is_ours(path));
        record.public.retain(|address| address.starts_with('/'));
        record.gone.retain(|address| address.starts_with('/'));
        Some(record)
    }

    /// What may be in a tree of which it is not known by which of two builds it was left: their names together, no content.
    pub(super) fn of_either(self, other: BuildRecord) -> BuildRecord {
        let names = self.files.into_keys().chain(other.files.into_keys());
        BuildRecord {
            next_change_at: self.next_change_at,
            compressed: self.compressed && other.compressed,
            public: &self.public | &other.public,
            files: names.map(|name| (name, Fingerprint::unknown())).collect(),
            strangers: &self.strangers | &other.strangers,
            gone: &self.gone | &other.gone,
            status: BuildStatus::default(),
        }
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
