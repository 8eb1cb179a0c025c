//! SHELL. Reads `content/`, the theme and the site's own templates from the disk.

#![expect(clippy::disallowed_methods, reason = "this module reads the disk")]

mod theme;

use std::path::{Path, PathBuf};

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
    source.themes = theme::names(root)?;
    let wanted = wanted_theme(source.settings.as_ref(), &source.themes);
    source.theme = theme::theme(root, wanted)?.with_overrides(theme::overrides(root)?);
    Ok(source)
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
