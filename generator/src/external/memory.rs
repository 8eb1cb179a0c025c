//! SHELL. What sites answered, kept from one check to the next in `.cache/links.json`. Whoever deletes it loses nothing but
//! time.

#![expect(
    clippy::disallowed_methods,
    reason = "this module reads and writes the disk"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Answers;

fn file(root: &Path) -> PathBuf {
    root.join(".cache").join("links.json")
}

/// What was known; nothing, where the file is not there or cannot be read.
pub(crate) fn recall(root: &Path) -> Answers {
    let text = fs::read_to_string(file(root)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps what is known.
pub(crate) fn remember(root: &Path, answers: &Answers) -> io::Result<()> {
    let file = file(root);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let pending = file.with_extension("pending");
    fs::write(&pending, serde_json::to_vec_pretty(answers)?)?;
    fs::rename(pending, file)
}
