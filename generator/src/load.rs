//! SHELL. Reads `content/`, the theme and what the site has of its own in its place from the disk.

#![expect(clippy::disallowed_methods, reason = "this module reads the disk")]

mod theme;

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::model::Section;
use crate::parse::settings::theme::wanted_theme;
use crate::source::{Asset, Source, SourceFile};

/// A folder or file that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error(
        "there is no folder {0}: run this where `content` and `themes` are, or say where with --root"
    )]
    NoFolder(PathBuf),
    /// There is no theme.
    #[error("{0} holds no theme: a theme is a folder with `templates` in it")]
    NoTheme(PathBuf),
    /// It is there, but cannot be read.
    #[error("{path} cannot be read: {cause}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Reads everything the site in `root` is made of.
pub fn source(root: &Path) -> Result<Source, LoadError> {
    let content = root.join("content");
    if !content.is_dir() {
        return Err(LoadError::NoFolder(content));
    }
    let mut source = Source::default();
    let mut documents = Vec::new();
    for (path, bytes) in files(&content, "content")? {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["content", "site.yaml"] => source.settings = Some(SourceFile::new(path, bytes)),
            ["content", "forms", name] if name.ends_with(".yaml") => {
                source.forms.push(SourceFile::new(path, bytes));
            }
            ["content", "data", "figures.yaml"] => {
                source.figures = Some(SourceFile::new(path, bytes));
            }
            ["content", "i18n", name] if name.ends_with(".yaml") => {
                source.strings.push(SourceFile::new(path, bytes));
            }
            ["content", "media", ..] => {
                source.media.push(Asset {
                    path: path["content/media/".len()..].to_owned(),
                    bytes,
                });
            }
            ["content", folder, name]
                if name.ends_with(".md") && Section::of_folder(folder).is_some() =>
            {
                documents.push((path, bytes));
            }
            // The editor's guides are not part of the site.
            ["content", "README.md" | "README.en.md"] => {}
            _ => source.strangers.push(path),
        }
    }
    source.documents = documents
        .into_par_iter()
        .map(|(path, bytes)| SourceFile::new(path, bytes))
        .collect();
    source.themes = theme::names(root)?;
    let wanted = wanted_theme(source.settings.as_ref(), &source.themes);
    let (templates, styles) = (theme::own(root, "templates")?, theme::own(root, "css")?);
    source.theme = theme::theme(root, wanted)?.with_own(templates, styles);
    Ok(source)
}

/// One file of content, by its path; none if it cannot be read now.
pub fn document(root: &Path, path: &str) -> Option<SourceFile> {
    let place = root.join(path);
    let is_file = place.symlink_metadata().is_ok_and(|found| found.is_file());
    let bytes = is_file.then(|| std::fs::read(place))?.ok()?;
    Some(SourceFile::new(path, bytes))
}

/// Whether there is something under a path.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Every file below a folder, sorted by path, under the name by which an editor knows the folder. Hidden files are
/// left out: editors and desktops make them.
fn files(folder: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>, LoadError> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    for entry in WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if has_vanished(error.io_error()) => continue,
            Err(error) => {
                return Err(LoadError::Unreadable {
                    path: error.path().unwrap_or(folder).to_owned(),
                    cause: error.into(),
                });
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let inside: Vec<_> = inside.iter().map(OsStr::to_string_lossy).collect();
        found.push((format!("{name}/{}", inside.join("/")), entry.into_path()));
    }
    let read = found
        .into_par_iter()
        .filter_map(|(name, path)| match std::fs::read(&path) {
            Ok(bytes) => Some(Ok((name, bytes))),
            Err(cause) if has_vanished(Some(&cause)) => None,
            Err(cause) => Some(Err(LoadError::Unreadable { path, cause })),
        });
    read.collect()
}

/// Whether a file was deleted since its folder was read, as editors do that save by renaming.
fn has_vanished(error: Option<&std::io::Error>) -> bool {
    error.is_some_and(|error| error.kind() == ErrorKind::NotFound)
}
