//! SHELL. Brings the output folder to what a build gave: changes only what differs, deletes only what an earlier build
//! wrote, and never leaves a file half written.

#![expect(clippy::disallowed_methods, reason = "this module writes the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::output::Output;

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

/// The output folder could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or folder could not be written.
    #[error("{path} cannot be written: {cause}")]
    System {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The folder is somebody else's.
    #[error("{0} holds files that no build has written; choose an empty folder with --output")]
    Foreign(PathBuf),
}

fn system(path: &Path, cause: std::io::Error) -> WriteError {
    WriteError::System {
        path: path.to_owned(),
        cause,
    }
}

/// `build.json`: the files of the last build, so that the next one deletes no file that is not ours.
#[derive(Default, Serialize, Deserialize)]
struct BuildRecord {
    files: BTreeSet<String>,
}

const RECORD: &str = "build.json";
/// What a build writes, beside its record.
const FOLDERS: [&str; 2] = ["site", "forms"];
/// The ending of a file that is not complete yet.
const PENDING: &str = ".pending";

/// Brings `folder` up to date.
pub fn write(folder: &Path, output: &Output) -> Result<Written, WriteError> {
    let files: Vec<(String, &[u8])> = FOLDERS
        .into_iter()
        .zip([&output.site, &output.forms])
        .flat_map(|(name, files)| {
            files
                .iter()
                .map(move |file| (format!("{name}/{}", file.path), file.bytes.as_slice()))
        })
        .collect();
    let produced: BTreeSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let before = record(folder)?;

    let changed: Vec<&(String, &[u8])> = files
        .par_iter()
        .filter(|(path, bytes)| !same(&folder.join(path), bytes))
        .collect();
    let stale: Vec<String> = before.files.difference(&produced).cloned().collect();
    if before.files != produced {
        // Names new files before they appear, so that after a crash the next build still knows them as ours.
        let all = BuildRecord {
            files: before.files.union(&produced).cloned().collect(),
        };
        write_whole(&folder.join(RECORD), &to_json(&all))?;
    }
    make_folders(folder, &changed)?;
    changed
        .par_iter()
        .try_for_each(|(path, bytes)| write_file(&pending(&folder.join(path)), bytes))?;
    changed
        .par_iter()
        .try_for_each(|(path, _)| rename(&folder.join(path)))?;
    for path in &stale {
        delete(folder, path)?;
    }
    if before.files != produced {
        write_whole(
            &folder.join(RECORD),
            &to_json(&BuildRecord { files: produced }),
        )?;
    }
    Ok(Written {
        changed: changed.len(),
        deleted: stale.len(),
        total: files.len(),
    })
}

/// What the last build wrote. A folder without a record must not hold a site of somebody else.
fn record(folder: &Path) -> Result<BuildRecord, WriteError> {
    if let Ok(text) = fs::read_to_string(folder.join(RECORD)) {
        let record: BuildRecord = serde_json::from_str(&text).unwrap_or_default();
        let files = record.files.into_iter().filter(|path| is_ours(path));
        return Ok(BuildRecord {
            files: files.collect(),
        });
    }
    for name in FOLDERS {
        let folder = folder.join(name);
        let mut entries = fs::read_dir(&folder).into_iter().flatten();
        if entries.next().is_some() {
            return Err(WriteError::Foreign(folder));
        }
    }
    Ok(BuildRecord::default())
}

/// Whether a recorded path can only lead into our own folders.
fn is_ours(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\\');
    let mut parts = path.split('/');
    parts.next().is_some_and(|first| FOLDERS.contains(&first)) && parts.all(plain)
}

fn to_json(record: &BuildRecord) -> Vec<u8> {
    serde_json::to_vec_pretty(record).unwrap_or_default()
}

fn same(path: &Path, bytes: &[u8]) -> bool {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    fs::metadata(path).is_ok_and(|metadata| metadata.len() == length)
        && fs::read(path).is_ok_and(|found| found == bytes)
}

fn make_folders(folder: &Path, files: &[&(String, &[u8])]) -> Result<(), WriteError> {
    let folders: BTreeSet<PathBuf> = files
        .iter()
        .filter_map(|(path, _)| folder.join(path).parent().map(Path::to_owned))
        .collect();
    folders
        .into_iter()
        .try_for_each(|path| fs::create_dir_all(&path).map_err(|cause| system(&path, cause)))
}

fn pending(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(PENDING);
    PathBuf::from(name)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    fs::write(path, bytes).map_err(|cause| system(path, cause))
}

fn rename(path: &Path) -> Result<(), WriteError> {
    fs::rename(pending(path), path).map_err(|cause| system(path, cause))
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|cause| system(parent, cause))?;
    }
    write_file(&pending(path), bytes)?;
    rename(path)
}

/// Deletes a file and the folders that become empty by it.
fn delete(folder: &Path, path: &str) -> Result<(), WriteError> {
    let file = folder.join(path);
    match fs::remove_file(&file) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(system(&file, cause));
        }
        _ => {}
    }
    let mut parent = file.parent();
    while let Some(empty) =
        parent.filter(|parent| *parent != folder && fs::remove_dir(parent).is_ok())
    {
        parent = empty.parent();
    }
    Ok(())
}
