//! SHELL: one server for one folder of data.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use anyhow::Context;

use crate::private_folder;

/// While it lives no other server works on the folder. The system frees it when the process ends, however it ends.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder.
    pub(super) fn take(folder: &Path) -> anyhow::Result<Lock> {
        let file = folder.join("server.lock");
        let name = file.display().to_string();
        private_folder::make(folder)
            .with_context(|| format!("the folder `{}` (see `DATA_DIR`)", folder.display()))?;
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let opened = options
            .open(file)
            .with_context(|| format!("`{name}` (see `DATA_DIR`)"))?;
        match opened.try_lock() {
            Ok(()) => Ok(Lock { _file: opened }),
            Err(TryLockError::WouldBlock) => anyhow::bail!(
                "another server holds `{name}`; stop it first, or give this one a `DATA_DIR` of its own"
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("`{name}` (see `DATA_DIR`)"))
            }
        }
    }
}
