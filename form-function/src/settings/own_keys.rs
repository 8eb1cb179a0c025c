//! SHELL: the keys that one machine makes for itself at its first start, and keeps in its data folder.
#![expect(
    clippy::disallowed_methods,
    reason = "SHELL: reads and makes the file with the keys"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use super::{KeySettings, new_keys_env};
use crate::app::Random;
use crate::keys::hexadecimal;
use crate::private_folder;

/// The keys in the file, which is made if it is not there.
pub(super) fn read_or_make(file: &Path, random: &Random) -> anyhow::Result<KeySettings> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(file, random).and_then(|()| fs::read_to_string(file))
        }
        read => read,
    };
    let name = file.display();
    let text = text.with_context(|| {
        format!("the keys in `{name}` can be neither read nor made; see `DATA_DIR`")
    })?;
    let values = values(&text)
        .with_context(|| format!("`{name}`: every line is a comment or NAME=value"))?;
    KeySettings::from_lookup(|variable| values.get(variable).map(|value| (*value).to_owned()))
        .with_context(|| format!("in `{name}`"))
}

/// The values of an environment file without quotes or continued lines, which ours has not.
fn values(text: &str) -> anyhow::Result<BTreeMap<&str, &str>> {
    let lines = (1..).zip(text.lines().map(str::trim));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            let (variable, value) = line
                .split_once('=')
                .with_context(|| format!("line {number} is neither"))?;
            Ok((variable.trim(), value.trim()))
        })
        .collect()
}

/// Makes the file, whole or not at all. One that another process made in the meantime stays.
fn make(file: &Path, random: &Random) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    private_folder::make(folder)?;
    let mut suffix = [0; 8];
    random(&mut suffix);
    let draft = file.with_extension(hexadecimal(&suffix));
    write_privately(&draft, &of_one_machine(random))?;
    // Unlike a renaming, a second name never takes the place of a file that is there.
    let named = match fs::hard_link(&draft, file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        named => named,
    };
    fs::remove_file(&draft)?;
    named?;
    // Without this the name may be lost in a power cut, and with it everything sealed since.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// New keys for a process that both seals and opens: what it seals with follows from what it opens with, so that one line
/// changes both.
fn of_one_machine(random: &Random) -> String {
    let all = new_keys_env(random);
    let lines = all
        .lines()
        .filter(|line| !line.starts_with("SEALING_KEYS=") && !line.starts_with("# Seals"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn write_privately(file: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests;
