//! SHELL. Keeps what was made of pictures from one build to the next, in a folder that may be deleted at any time.

#![expect(
    clippy::disallowed_methods,
    reason = "this module reads and writes the disk"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::Cache;

/// How long the date of a file that is used may lag behind.
const LAG: Duration = Duration::from_hours(7 * 24);
/// How long something is kept that no build has used.
const KEPT: Duration = Duration::from_hours(90 * 24);

/// A folder with one file for each outcome.
#[derive(Debug)]
pub(super) struct DiskCache {
    folder: PathBuf,
    now: SystemTime,
    grew: AtomicBool,
}

impl DiskCache {
    /// The cache below the root of a site. What cannot be kept is made again the next time, which is slower and
    /// otherwise the same: nothing here can fail a build.
    pub(super) fn below(root: &Path) -> DiskCache {
        DiskCache {
            folder: root.join(".cache").join("pictures"),
            now: SystemTime::now(),
            grew: AtomicBool::new(false),
        }
    }

    fn age(&self, path: &Path) -> Option<Duration> {
        let modified = fs::metadata(path)
            .and_then(|metadata| metadata.modified())
            .ok()?;
        self.now.duration_since(modified).ok()
    }

    /// Deletes what no build has used for months. Only after something new was kept: a build with nothing to do stays that.
    pub(super) fn prune(&self) {
        if !self.grew.load(Ordering::Relaxed) {
            return;
        }
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for file in files.map(|entry| entry.path()) {
            if self.age(&file).is_some_and(|age| age > KEPT) {
                let _ = fs::remove_file(file);
            }
        }
    }
}

impl Cache for DiskCache {
    fn load(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let bytes = fs::read(&path).ok()?;
        // The date of the file says when it was last of use; to the week is enough.
        if self.age(&path).is_some_and(|age| age > LAG) {
            let _ = fs::File::options()
                .append(true)
                .open(&path)
                .and_then(|file| file.set_modified(self.now));
        }
        Some(bytes)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        // Two builds at once write the same bytes, each into a file of its own.
        let pending = self
            .folder
            .join(format!("{name}.{}.pending", std::process::id()));
        let kept = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&pending, bytes))
            .and_then(|()| fs::rename(&pending, self.folder.join(name)));
        match kept {
            Ok(()) => self.grew.store(true, Ordering::Relaxed),
            Err(_) => drop(fs::remove_file(&pending)),
        }
    }
}
