//! SHELL. Reads a theme, and the templates and style sheets that a site has of its own.

use std::path::Path;

use super::{LoadError, files};
use crate::source::{Asset, SourceFile, Theme};

/// The names of the folders in `themes/`, sorted; at least one.
pub(super) fn names(root: &Path) -> Result<Vec<String>, LoadError> {
    let themes = root.join("themes");
    if !themes.is_dir() {
        return Err(LoadError::NoFolder(themes));
    }
    let entries = std::fs::read_dir(&themes).map_err(|cause| LoadError::Unreadable {
        path: themes.clone(),
        cause,
    })?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(LoadError::NoTheme(themes));
    }
    Ok(names)
}

/// The theme of this name.
pub(super) fn theme(root: &Path, name: &str) -> Result<Theme, LoadError> {
    let folder = root.join("themes").join(name);
    let part = |part: &str| -> Result<Vec<(String, Vec<u8>)>, LoadError> {
        let folder = folder.join(part);
        if folder.is_dir() {
            files(&folder, &format!("themes/{name}/{part}"))
        } else {
            Ok(Vec::new())
        }
    };
    let texts = |part_name: &str| -> Result<Vec<SourceFile>, LoadError> {
        let files = part(part_name)?.into_iter();
        Ok(files
            .map(|(path, bytes)| SourceFile::new(path, bytes))
            .collect())
    };
    let prefix = format!("themes/{name}/static/");
    let statics = part("static")?.into_iter().map(|(path, bytes)| Asset {
        path: path[prefix.len()..].to_owned(),
        bytes,
    });
    Ok(Theme {
        name: name.to_owned(),
        templates: texts("templates")?,
        styles: texts("css")?,
        strings: texts("i18n")?,
        statics: statics.collect(),
        added: Vec::new(),
    })
}

/// What a site has of its own in `templates/` or `css/`, beside `content/`.
pub(super) fn own(root: &Path, part: &str) -> Result<Vec<SourceFile>, LoadError> {
    let folder = root.join(part);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let files = files(&folder, part)?.into_iter();
    Ok(files
        .map(|(path, bytes)| SourceFile::new(path, bytes))
        .collect())
}
