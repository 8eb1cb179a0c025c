//! SHELL. One build at a time writes into an output folder.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{WriteError, at};

/// Lies in the output folder while a build writes there.
const LOCK: &str = ".lock";

/// The right to write into an output folder. It ends with the value, or with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _held: File,
}

impl Lock {
    /// Takes the right, and makes the folder where there is none.
    ///
    /// # Errors
    /// [`WriteError::Busy`] when another build has it.
    pub(super) fn take(folder: &Path) -> Result<Lock, WriteError> {
        let busy = || WriteError::Busy(folder.to_owned());
        fs::create_dir_all(folder).map_err(at(folder))?;
        let path = folder.join(LOCK);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            // Some file systems know no locks; there it is as it would be without.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
        }
        // Who had the lock until now has taken the file with it, and the next build may lock another one.
        if is_deleted(&file) {
            return Err(busy());
        }
        Ok(Lock { path, _held: file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What stays behind, say of a killed build, locks nobody out.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_deleted(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|metadata| metadata.nlink() == 0)
}

#[cfg(not(unix))]
fn is_deleted(_: &File) -> bool {
    false
}
