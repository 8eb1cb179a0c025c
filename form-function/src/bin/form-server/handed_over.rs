//! SHELL: personal data on its way out of the store.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

/// Writes to standard output. Whoever reads there may stop when they have seen enough, as `head` does.
pub(crate) fn print(content: &[u8]) -> io::Result<()> {
    let mut screen = io::stdout();
    match screen.write_all(content).and_then(|()| screen.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Writes to a new file that only its owner can read, or to standard output.
pub(crate) fn write(file: Option<&Path>, content: &[u8]) -> anyhow::Result<()> {
    let Some(file) = file else {
        return Ok(print(content)?);
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let name = file.display();
    let mut opened = options.open(file).with_context(|| {
        format!("`{name}` cannot be made; one that is there already is left as it is")
    })?;
    opened
        .write_all(content)
        .with_context(|| format!("`{name}` cannot be written"))?;
    Ok(writeln!(
        io::stdout(),
        "`{name}` holds personal data: hand it over safely, then delete it."
    )?)
}
