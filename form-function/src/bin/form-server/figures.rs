//! SHELL: the numbers that the site shows.

use std::fs;
use std::path::Path;

use anyhow::Context;
use form_function::desk::{self, Desk};
use form_function::store::{Documents, Store};

use crate::handed_over;
use crate::office::{Office, at_desk};

/// Writes them to a file of the site's content, or to standard output.
pub(crate) async fn run(out: Option<&Path>) -> anyhow::Result<()> {
    let office = Office::open(&[]).await?;
    at_desk!(office, desk => write(desk, out).await)
}

#[expect(clippy::disallowed_methods, reason = "SHELL: writes a file")]
async fn write<S: Store + Documents>(desk: &Desk<'_, S>, out: Option<&Path>) -> anyhow::Result<()> {
    let figures = desk::figures(desk).await?;
    let today = desk.now.to_zoned(desk.bundle.zone.clone()).date();
    let yaml = figures.to_yaml(today);
    let Some(out) = out else {
        return Ok(handed_over::print(yaml.as_bytes())?);
    };
    // Whoever builds the site meanwhile reads the file before, or this one, and nothing between.
    let unfinished = out.with_extension("yaml.new");
    let name = out.display();
    let problem = || format!("`{name}` cannot be written; is there a folder for it?");
    fs::write(&unfinished, yaml).with_context(problem)?;
    fs::rename(&unfinished, out).with_context(problem)
}
