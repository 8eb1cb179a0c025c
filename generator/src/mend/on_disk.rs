//! SHELL. Puts mended files in the place of those that were read.

#![expect(clippy::disallowed_methods, reason = "this module writes content")]

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use super::{MendedFile, SourceText};
use crate::source::{BYTE_ORDER_MARK, SourceFile};

/// Writes one file, as a whole or not at all. Nothing is done, and `false` comes back, where the file is not any more what was read, or
/// another one has its new name.
pub(crate) fn write(root: &Path, file: &MendedFile) -> anyhow::Result<bool> {
    let from = root.join(&file.from);
    let said = || from.display().to_string();
    let bytes = fs::read(&from).with_context(said)?;
    let mark = bytes.starts_with(BYTE_ORDER_MARK);
    let read = SourceFile::new(file.from.clone(), bytes);
    let same = SourceText {
        text: read.text,
        broken_at: read.broken_at,
    };
    if same != file.before {
        return Ok(false);
    }
    let to = root.join(&file.to);
    if from != to && to.symlink_metadata().is_ok() {
        return Ok(false);
    }
    if file.before.text != file.text || file.before.broken_at.is_some() {
        // Where the name is a link to a file, that file is written.
        let place = fs::canonicalize(&from).with_context(said)?;
        let head = if mark { BYTE_ORDER_MARK } else { &[] };
        replace(&place, &[head, file.text.as_bytes()]).with_context(said)?;
    }
    if from != to {
        fs::rename(&from, &to).with_context(said)?;
    }
    Ok(true)
}

/// Puts bytes in the place of a file in one step: whoever reads it finds the old ones or the new ones.
fn replace(place: &Path, parts: &[&[u8]]) -> std::io::Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.mended"));
    let written = fs::File::create(&beside).and_then(|mut file| {
        for part in parts {
            file.write_all(part)?;
        }
        file.set_permissions(fs::metadata(place)?.permissions())?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&beside, place))
        .inspect_err(|_| {
            // What is left behind is hidden, and in nobody's way.
            let _ = fs::remove_file(&beside);
        })
}
