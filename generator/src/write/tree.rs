//! SHELL. The few ways in which files and folders are changed: each in one step.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Writes a new file. Whatever had its name is let go first, since it may have a second name in the other tree.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = make(path, || fs::File::create_new(path))?;
    io::Write::write_all(&mut file, bytes)
}

/// Gives a file a second name, or copies it where the file system has no second names, or no more of them.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    match make(to, || fs::hard_link(from, to)) {
        // Each system has its own words for it.
        Err(error) if error.kind() != ErrorKind::NotFound => {
            gone(fs::remove_file(to))?;
            fs::copy(from, to).map(|_| ())
        }
        linked => linked,
    }
}

/// Makes what was not there, with the folders that it is in; what had its name goes.
fn make<T>(path: &Path, create: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match create() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            create()
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            gone(fs::remove_file(path))?;
            create()
        }
        created => created,
    }
}

/// Writes a small file as a whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = path.as_os_str().to_owned();
    pending.push(".pending");
    let pending = Path::new(&pending);
    write_new(pending, bytes)?;
    fs::rename(pending, path)
}

/// Deletes a file and the folders below `root` that become empty by it.
pub(super) fn delete(root: &Path, path: &str) -> io::Result<()> {
    let file = root.join(path);
    gone(fs::remove_file(&file))?;
    let mut parent = file.parent();
    while let Some(empty) =
        parent.filter(|parent| *parent != root && fs::remove_dir(parent).is_ok())
    {
        parent = empty.parent();
    }
    Ok(())
}

/// Deletes a folder and all that is in it, if it is there.
pub(super) fn delete_all(folder: &Path) -> io::Result<()> {
    gone(fs::remove_dir_all(folder))
}

/// Lets two files or folders change their names; what is alone gets the other name. One step where the system can do that.
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    match (exists(a), exists(b)) {
        (false, false) => Ok(()),
        (true, false) => fs::rename(a, b),
        (false, true) => fs::rename(b, a),
        (true, true) => exchange_both(a, b),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_both(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            exchange_in_turn(a, b)
        }
        exchanged => Ok(exchanged?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_both(a: &Path, b: &Path) -> io::Result<()> {
    exchange_in_turn(a, b)
}

/// For file systems that cannot exchange: for a moment there is nothing under the first name.
fn exchange_in_turn(a: &Path, b: &Path) -> io::Result<()> {
    let aside = aside(a);
    fs::rename(a, &aside)?;
    fs::rename(b, a)?;
    fs::rename(&aside, b)
}

/// Makes good what a build left that was killed while it exchanged this folder in turn with another.
pub(super) fn mend_exchange(folder: &Path) -> io::Result<()> {
    let aside = aside(folder);
    if exists(folder) {
        delete_all(&aside)
    } else {
        gone(fs::rename(&aside, folder))
    }
}

fn aside(path: &Path) -> PathBuf {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".aside");
    aside.into()
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// What was not there needs no deleting.
fn gone(deleted: io::Result<()>) -> io::Result<()> {
    match deleted {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
