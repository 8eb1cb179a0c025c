//! SHELL. Reads `content/` and the theme from the disk.

#![expect(clippy::disallowed_methods, reason = "this module reads the disk")]

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::Section;
use crate::source::{Asset, Source, SourceFile, Theme};

/// A folder or file that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error(
        "there is no folder {0}: run this where `content` and `themes` are, or say where with --root"
    )]
    NoFolder(PathBuf),
    /// There is no theme, or more than one.
    #[error("{0} must hold exactly one theme, it holds {1}")]
    Themes(PathBuf, usize),
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
    let mut source = Source {
        theme: theme(root)?,
        ..Source::default()
    };
    for (path, bytes) in files(&content, "content")? {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["content", "site.yaml"] => source.settings = Some(SourceFile::new(path, bytes)),
            ["content", "forms", name] if name.ends_with(".yaml") => {
                source.forms.push(SourceFile::new(path, bytes));
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
                source.documents.push(SourceFile::new(path, bytes));
            }
            // The editor's guide is not part of the site.
            ["content", "README.md"] => {}
            _ => source.strangers.push(path),
        }
    }
    Ok(source)
}

fn theme(root: &Path) -> Result<Theme, LoadError> {
    let themes = root.join("themes");
    if !themes.is_dir() {
        return Err(LoadError::NoFolder(themes));
    }
    let entries = std::fs::read_dir(&themes).map_err(|cause| LoadError::Unreadable {
        path: themes.clone(),
        cause,
    })?;
    let folders: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    let [folder] = folders.as_slice() else {
        return Err(LoadError::Themes(themes, folders.len()));
    };
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let prefix = format!("themes/{name}");
    let mut theme = Theme::default();
    for (path, bytes) in files(folder, &prefix)? {
        let inside = &path[prefix.len() + 1..];
        match inside.split_once('/') {
            Some(("templates", _)) => theme.templates.push(SourceFile::new(path, bytes)),
            Some(("css", _)) => theme.styles.push(SourceFile::new(path, bytes)),
            Some(("i18n", _)) => theme.strings.push(SourceFile::new(path, bytes)),
            Some(("static", rest)) => theme.statics.push(Asset {
                path: rest.to_owned(),
                bytes,
            }),
            _ => {}
        }
    }
    Ok(theme)
}

/// Every file below a folder, sorted by path, under the name by which an editor knows the folder. Hidden files are
/// left out: editors and desktops make them.
fn files(folder: &Path, name: &str) -> Result<Vec<(String, Vec<u8>)>, LoadError> {
    let mut files = Vec::new();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    for entry in WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.map_err(|error| LoadError::Unreadable {
            path: error.path().unwrap_or(folder).to_owned(),
            cause: error.into(),
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).map_err(|cause| LoadError::Unreadable {
            path: entry.path().to_owned(),
            cause,
        })?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let inside: Vec<String> = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        files.push((format!("{name}/{}", inside.join("/")), bytes));
    }
    Ok(files)
}
