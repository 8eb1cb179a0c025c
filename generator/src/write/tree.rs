//! SHELL. The few ways in which files and folders are changed: each in one step.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Writes a new file. Whatever had its name is let go first, since it may have a second name in the other tree.
pub(super) fn write_new(path: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    let_go(path, replace)?;
    let create = || fs::File::create_new(path);
    let mut file = match create() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make_parent(path)?;
            create()?
        }
        created => created?,
    };
    io::Write::write_all(&mut file, bytes)
}

/// Gives a file a second name, or copies it where the file system has no second names.
pub(super) fn link(from: &Path, to: &Path, replace: bool) -> io::Result<()> {
    let_go(to, replace)?;
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make_parent(to)?;
            fs::hard_link(from, to)
        }
        Err(error) if error.kind() == ErrorKind::Unsupported => fs::copy(from, to).map(|_| ()),
        linked => linked,
    }
}

/// Writes a small file as a whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = path.as_os_str().to_owned();
    pending.push(".pending");
    let pending = Path::new(&pending);
    write_new(pending, bytes, true)?;
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
    let mut aside = a.as_os_str().to_owned();
    aside.push(".aside");
    let aside = Path::new(&aside);
    fs::rename(a, aside)?;
    fs::rename(b, a)?;
    fs::rename(aside, b)
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn let_go(path: &Path, replace: bool) -> io::Result<()> {
    if replace {
        gone(fs::remove_file(path))?;
    }
    Ok(())
}

/// What was not there needs no deleting.
fn gone(deleted: io::Result<()>) -> io::Result<()> {
    match deleted {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn make_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}
