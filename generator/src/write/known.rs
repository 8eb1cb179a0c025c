//! SHELL. What is known of a tree: what its record says, and a look at the file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::RECORD;
use super::record::{BuildRecord, Fingerprint};

/// A tree and its record.
#[derive(Debug)]
pub(super) struct Known {
    folder: PathBuf,
    pub(super) record: BuildRecord,
    /// When the record was written; files of a later date were changed by somebody else. `None` when the record is not believed.
    believed_until: Option<SystemTime>,
}

impl Known {
    /// The tree in this folder; `None` without a record.
    pub(super) fn read(folder: &Path) -> Option<Known> {
        let path = folder.join(RECORD);
        let record = BuildRecord::parse(&fs::read(&path).ok()?)?;
        let metadata = fs::metadata(&path);
        Some(Known {
            folder: folder.to_owned(),
            record,
            believed_until: metadata.and_then(|metadata| metadata.modified()).ok(),
        })
    }

    /// A tree of which only the names of files are known, if they are.
    pub(super) fn unbelieved(folder: &Path, record: BuildRecord) -> Known {
        Known {
            folder: folder.to_owned(),
            record,
            believed_until: None,
        }
    }

    pub(super) fn is_believed(&self) -> bool {
        self.believed_until.is_some()
    }

    /// Whether the tree has this content under this path. The record is believed of a file that is as long as it should be and
    /// that nobody has touched since; another is read.
    pub(super) fn has(&self, path: &str, wanted: &Fingerprint) -> bool {
        // What no build has written is somebody else's, and replaced: there is no need to look.
        let Some(recorded) = self.record.files.get(path) else {
            return false;
        };
        let file = self.folder.join(path);
        let Ok(metadata) = fs::symlink_metadata(&file) else {
            return false;
        };
        if !metadata.is_file() || Some(metadata.len()) != wanted.length() {
            return false;
        }
        let dates = self.believed_until.zip(metadata.modified().ok());
        if dates.is_some_and(|(until, modified)| modified <= until) {
            return recorded == wanted;
        }
        fs::read(file).is_ok_and(|found| Fingerprint::of(&found) == *wanted)
    }
}
