//! SHELL. Brings the output folder to what a build gives, in one step, and changes only what differs.
//!
//! There are two trees: the live one (`site/`, `forms/`), and the one before it in `.previous/`. A build brings the one before up to
//! date, file by file while pages are drawn, and at the end the two change places. So the live tree is at any moment what one build gave,
//! the last site stays at hand, and of a large site only what differs is written. What has not changed is one file with two names.

#![expect(clippy::disallowed_methods, reason = "this module writes the disk")]

mod lock;
mod compress;
mod record;
mod known;
mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::output::OutputFile;
pub use crate::status::build::BuildStatus;
use known::Known;
use lock::Lock;
pub use record::{BuildRecord, Fingerprint};
use tree::{delete, delete_all, exchange, link, mend_exchange, write_new, write_whole};

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Files that were new or differed.
    pub changed: usize,
    /// Files that were deleted.
    pub deleted: usize,
    /// All files of the build.
    pub total: usize,
}

/// What the record of a build says besides its files.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// See [`BuildRecord::next_change_at`].
    pub next_change_at: Option<jiff::Timestamp>,
    /// See [`BuildRecord::public`].
    pub public: BTreeSet<String>,
    /// See [`BuildRecord::gone`].
    pub gone: BTreeSet<String>,
    /// See [`BuildRecord::status`].
    pub status: BuildStatus,
}

/// The output folder could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or folder could not be written.
    #[error("{path} cannot be written: {cause}")]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The folder is somebody else's.
    #[error("{0} holds files that no build has written; choose an empty folder with --output")]
    Foreign(PathBuf),
    /// Two builds would take each other's files away.
    #[error("{0}: another build is writing here at the moment; try again in a little while")]
    Busy(PathBuf),
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |cause| WriteError::System {
        path: path.to_owned(),
        cause,
    }
}

/// What a build writes, beside its record.
const FOLDERS: [&str; 2] = ["site", "forms"];
pub(crate) const RECORD: &str = "build.json";
pub(crate) const PREVIOUS: &str = ".previous";
/// Lies in the output folder from before the trees change places until they have: as long as it is there, no record is believed.
const EXCHANGING: &str = ".exchanging";

/// A build on its way into the output folder. Dropped before [`Stage::publish`], it leaves the live site as it was.
#[derive(Debug)]
pub struct Stage {
    folder: PathBuf,
    compress: bool,
    /// What the live tree holds.
    live: Known,
    /// What the tree before it holds; `None` when it cannot be trusted.
    spare: Option<Known>,
    /// Set with the first file that differs: from then on the spare tree is being changed.
    begun: OnceLock<Result<(), io::ErrorKind>>,
    /// Let go last.
    lock: Lock,
}

/// A file of a build that is in its place, or known to be in the live tree already.
#[derive(Clone, Debug)]
pub struct Staged {
    path: String,
    fingerprint: Fingerprint,
    /// Whether the live tree has it otherwise, or not at all.
    changed: bool,
}

impl Stage {
    /// Prepares a build into `folder`. Nothing is changed yet.
    ///
    /// # Errors
    /// [`WriteError::Busy`] when another build has not ended; [`WriteError::Foreign`] when the folder holds files and no record of
    /// a build.
    pub fn open(folder: &Path, compress: bool) -> Result<Stage, WriteError> {
        let lock = Lock::take(folder)?;
        let read = Known::read(folder);
        let spare = Known::read(&folder.join(PREVIOUS));
        let (live, spare) = if folder.join(EXCHANGING).exists() {
            // Which tree the records speak of is not known; that all of it is ours, is.
            let record = |known: Option<Known>| known.map(|known| known.record).unwrap_or_default();
            let either = record(read).of_either(record(spare));
            (Known::unbelieved(folder, either), None)
        } else if let Some(live) = read {
            (live, spare)
        } else {
            for name in FOLDERS {
                let folder = folder.join(name);
                if fs::read_dir(&folder).into_iter().flatten().next().is_some() {
                    return Err(WriteError::Foreign(folder));
                }
            }
            (Known::unbelieved(folder, BuildRecord::default()), None)
        };
        Ok(Stage {
            folder: folder.to_owned(),
            compress,
            live,
            spare,
            begun: OnceLock::new(),
            lock,
        })
    }

    /// What the last build left behind.
    pub fn last(&self) -> &BuildRecord {
        &self.live.record
    }

    /// Takes one file of the build, with its compressed forms. Safe to be called from many threads.
    pub fn put(&self, file: &OutputFile) -> Result<Vec<Staged>, WriteError> {
        let staged = self.put_one(file.path.clone(), &file.bytes)?;
        let mut all = Vec::with_capacity(1);
        if self.compress && compress::pays(&file.path, file.bytes.len()) {
            let known = !staged.changed && self.live.record.compressed;
            for (encoding, ending) in compress::ENCODINGS {
                let path = format!("{}{ending}", file.path);
                match self.live.record.files.get(&path) {
                    // What has not changed and had no such form gets none: it would not pay.
                    None if known => {}
                    Some(recorded) if known && self.live.has(&path, recorded) => {
                        all.push(Staged {
                            fingerprint: recorded.clone(),
                            changed: false,
                            path,
                        });
                    }
                    _ => {
                        if let Some(bytes) = compress::compressed(encoding, &file.bytes) {
                            all.push(self.put_one(path, &bytes)?);
                        }
                    }
                }
            }
        }
        all.push(staged);
        Ok(all)
    }

    fn put_one(&self, path: String, bytes: &[u8]) -> Result<Staged, WriteError> {
        let fingerprint = Fingerprint::of(bytes);
        let changed = !self.live.has(&path, &fingerprint);
        if changed && !self.is_spare(&path, &fingerprint) {
            self.begin()?;
            let to = self.folder.join(PREVIOUS).join(&path);
            write_new(&to, bytes).map_err(at(&to))?;
        }
        Ok(Staged {
            path,
            fingerprint,
            changed,
        })
    }

    fn is_spare(&self, path: &str, fingerprint: &Fingerprint) -> bool {
        let spare = self.spare.as_ref();
        spare.is_some_and(|spare| spare.has(path, fingerprint))
    }

    /// From now on the spare tree is in change: without its record, the next build will not trust it.
    fn begin(&self) -> Result<(), WriteError> {
        let previous = self.folder.join(PREVIOUS);
        let prepare = || {
            if self.spare.is_some() {
                fs::remove_file(previous.join(RECORD))?;
            } else {
                if self.folder.join(EXCHANGING).exists() {
                    self.recover()?;
                }
                delete_all(&previous)?;
            }
            fs::create_dir_all(&previous)
        };
        let begun = self
            .begun
            .get_or_init(|| prepare().map_err(|error| error.kind()));
        (*begun).map_err(|kind| at(&previous)(kind.into()))
    }

    /// After an interrupted exchange: what is ours must be known even when this build does not come through either.
    fn recover(&self) -> io::Result<()> {
        for name in FOLDERS {
            mend_exchange(&self.folder.join(name))?;
        }
        write_whole(&self.folder.join(RECORD), &self.live.record.to_json())
    }

    /// Makes the build live. `files` is everything that was [`put`](Stage::put).
    pub fn publish(self, files: &[Staged], about: About) -> Result<Written, WriteError> {
        let live = &self.live.record;
        let named = files
            .iter()
            .map(|file| (file.path.clone(), file.fingerprint.clone()));
        let mut record = BuildRecord {
            next_change_at: about.next_change_at,
            compressed: self.compress,
            public: about.public,
            files: named.collect(),
            strangers: live.strangers.clone(),
            gone: about.gone,
            status: about.status,
        };
        let stale = live
            .files
            .keys()
            .filter(|path| !record.files.contains_key(*path));
        let written = Written {
            changed: files.iter().filter(|file| file.changed).count(),
            deleted: stale.count(),
            total: files.len(),
        };
        if written.changed == 0 && written.deleted == 0 && self.live.is_believed() {
            if record != *live {
                let path = self.folder.join(RECORD);
                write_whole(&path, &record.to_json()).map_err(at(&path))?;
            }
            return Ok(written);
        }
        self.begin()?;
        record.strangers = self.strangers(&record)?;
        self.complete(&record, files)?;
        self.swap(&record)?;
        Ok(written)
    }

    /// Gives a build up. The live site stays as it is; the tree before it, which was being changed, goes.
    pub fn abandon(self) -> Result<(), WriteError> {
        if self.begun.get().is_some() {
            let previous = self.folder.join(PREVIOUS);
            delete_all(&previous).map_err(at(&previous))?;
        }
        drop(self.lock);
        // Goes only when it is empty.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }

    /// Brings into the spare tree what it lacks of the live one, and takes away what the build does not have.
    fn complete(&self, record: &BuildRecord, files: &[Staged]) -> Result<(), WriteError> {
        let previous = self.folder.join(PREVIOUS);
        files.par_iter().try_for_each(|file| {
            if file.changed || self.is_spare(&file.path, &file.fingerprint) {
                return Ok(());
            }
            self.carry(&file.path)
        })?;
        let strangers: Vec<&String> = record.strangers.iter().collect();
        strangers.par_iter().try_for_each(|path| self.carry(path))?;
        let Some(Known { record: spare, .. }) = &self.spare else {
            return Ok(());
        };
        // The record of the tree before knows nothing of strangers who came since.
        let strangers = spare.strangers.union(&self.live.record.strangers);
        let known =
            |path: &&String| !record.files.contains_key(*path) && !record.strangers.contains(*path);
        for path in spare.files.keys().chain(strangers).filter(known) {
            delete(&previous, path).map_err(at(&previous.join(path)))?;
        }
        Ok(())
    }

    fn carry(&self, path: &str) -> Result<(), WriteError> {
        let to = self.folder.join(PREVIOUS).join(path);
        link(&self.folder.join(path), &to).map_err(at(&to))
    }

    /// Files in the live tree that no build has written: they are somebody's, so they stay.
    fn strangers(&self, record: &BuildRecord) -> Result<BTreeSet<String>, WriteError> {
        let mut strangers = BTreeSet::new();
        for name in FOLDERS {
            let folder = self.folder.join(name);
            if !folder.exists() {
                continue;
            }
            for entry in WalkDir::new(&folder) {
                let entry = entry.map_err(|error| at(&folder)(error.into()))?;
                if entry.file_type().is_dir() {
                    continue;
                }
                let inside = entry
                    .path()
                    .strip_prefix(&self.folder)
                    .unwrap_or(entry.path());
                let parts: Vec<_> = inside
                    .iter()
                    .map(std::ffi::OsStr::to_string_lossy)
                    .collect();
                let path = parts.join("/");
                if !record.files.contains_key(&path) && !self.live.record.files.contains_key(&path)
                {
                    strangers.insert(path);
                }
            }
        }
        Ok(strangers)
    }

    /// Lets the trees change places, and their records with them.
    fn swap(&self, record: &BuildRecord) -> Result<(), WriteError> {
        let previous = self.folder.join(PREVIOUS);
        let json = previous.join(RECORD);
        let mark = self.folder.join(EXCHANGING);
        write_whole(&json, &record.to_json()).map_err(at(&json))?;
        // Not made anew where it is there: without it, an interrupted build would be believed.
        fs::File::create(&mark).map_err(at(&mark))?;
        for name in ["forms", "site", RECORD] {
            let live = self.folder.join(name);
            exchange(&live, &previous.join(name)).map_err(at(&live))?;
        }
        fs::remove_file(&mark).map_err(at(&mark))
    }
}
