//! SHELL: a copy of the file while others write to it.
#![expect(clippy::disallowed_methods, reason = "SHELL: names and deletes files")]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::connection;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is nothing to copy.
    #[error("there is no store at `{}`; set `DATA_DIR` to the folder with the data of the server", .0.display())]
    NoStore(PathBuf),
    /// Something else has that name.
    #[error("`{}` is there already, and is left as it is; choose another name", .0.display())]
    Exists(PathBuf),
    /// The copy cannot be put there.
    #[error("`{}` cannot be written: {cause}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The store cannot be read.
    #[error("`{}` cannot be copied: {cause}", file.display())]
    Unreadable {
        /// The store.
        file: PathBuf,
        /// What `SQLite` says.
        cause: rusqlite::Error,
    },
    /// The copy is not what it should be.
    #[error("the copy of `{}` is damaged, and was deleted: {problem}; is the disk in order?", file.display())]
    Damaged {
        /// The store.
        file: PathBuf,
        /// What `SQLite` says.
        problem: String,
    },
}

/// Copies the store as it is at this moment to a new file that only its owner may read. A server that runs on the store
/// neither waits nor notices. Under its name there is a whole, checked copy or none.
pub fn back_up(store: &Path, to: &Path) -> Result<(), BackupError> {
    let unwritable = |cause| BackupError::Unwritable {
        file: to.to_owned(),
        cause,
    };
    if !store.is_file() {
        return Err(BackupError::NoStore(store.to_owned()));
    }
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let draft = with_ending(to, ".partial");
    make_private(&draft).map_err(unwritable)?;
    let copied = copy(store, &draft).and_then(|()| check(store, &draft));
    let named = copied.and_then(|()| {
        File::open(&draft)
            .and_then(|file| file.sync_all())
            // Unlike a renaming, a second name never takes the place of a file that is there.
            .and_then(|()| fs::hard_link(&draft, to))
            .map_err(|cause| match cause.kind() {
                io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
                _ => unwritable(cause),
            })
    });
    let removed = fs::remove_file(&draft).map_err(unwritable);
    named.and(removed)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn make_private(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// `VACUUM INTO` takes an empty file, and copies what one transaction sees. Nothing that was deleted is in the copy.
fn copy(store: &Path, draft: &Path) -> Result<(), BackupError> {
    let unreadable = |cause| BackupError::Unreadable {
        file: store.to_owned(),
        cause,
    };
    let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(unreadable)?;
    connection
        .busy_timeout(connection::PATIENCE)
        .map_err(unreadable)?;
    let name = draft.to_string_lossy();
    connection
        .execute("VACUUM INTO ?1", [&name])
        .map(drop)
        .map_err(unreadable)
}

fn check(store: &Path, draft: &Path) -> Result<(), BackupError> {
    let damaged = |problem: String| BackupError::Damaged {
        file: store.to_owned(),
        problem,
    };
    let said: rusqlite::Result<String> =
        Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|copy| copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)));
    match said {
        Ok(said) if said == "ok" => Ok(()),
        Ok(said) => Err(damaged(said)),
        Err(error) => Err(damaged(error.to_string())),
    }
}
