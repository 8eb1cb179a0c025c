//! SHELL: `dist/forms/` from disk.
#![expect(clippy::disallowed_methods, reason = "SHELL: reads files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Bundle, BundleError};

impl Bundle {
    /// Reads a bundle from the folder that the generator wrote.
    pub fn load(folder: &Path) -> Result<Bundle, BundleError> {
        let mut files = BTreeMap::new();
        read_folder(folder, "", &mut files)?;
        Bundle::from_files(&files)
    }
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), BundleError> {
    let unreadable = |path: &Path, cause| BundleError::Unreadable {
        file: path.display().to_string(),
        cause,
    };
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        // The generator writes only names that are UTF-8.
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(
                name,
                fs::read(&path).map_err(|cause| unreadable(&path, cause))?,
            );
        }
    }
    Ok(())
}
