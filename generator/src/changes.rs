//! SHELL. `centre changes`: what a deployment has to do. Two records of builds are compared; no file of the site is read.

#![expect(
    clippy::disallowed_methods,
    reason = "a command that reads two records"
)]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::cli::{Common, Status};
use crate::load::is_there;
use crate::write::{BuildRecord, PREVIOUS, RECORD};

/// The arguments of `centre changes`.
#[derive(Clone, Debug, Args)]
pub struct Changes {
    /// The record (`build.json`) of what is deployed now; otherwise that of the build before the last one, and where there was
    /// none, everything is new.
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
}

/// What a deployment has to do, in this order: first what is new, then the caches, last what is gone.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct DeployPlan {
    /// Files to be sent, below the output folder.
    pub changed: Vec<String>,
    /// What a host has to say of each of them that visitors get, where it does not know it by itself: how long it may be kept,
    /// what it is. The other headers are the same for all, and stand in `_headers`.
    pub headers: BTreeMap<String, BTreeMap<&'static str, &'static str>>,
    /// Addresses whose answer differs now, for the caches of a content delivery network.
    pub invalidate: Vec<String>,
    /// Files to be deleted.
    pub deleted: Vec<String>,
}

/// What differs between two builds.
pub fn deploy_plan(before: &BuildRecord, now: &BuildRecord) -> DeployPlan {
    let differs = |path: &&String| before.files.get(*path) != now.files.get(*path);
    let changed: Vec<String> = now.files.keys().filter(differs).cloned().collect();
    let deleted: Vec<String> = before
        .files
        .keys()
        .filter(|path| !now.files.contains_key(*path))
        .cloned()
        .collect();
    // What nobody could ask for before is in no cache; compressed forms are answers at the address of their file.
    let known = changed
        .iter()
        .filter(|path| before.files.contains_key(*path))
        .chain(&deleted);
    let addresses = known.filter_map(|path| {
        let path = path.strip_prefix("site/")?;
        let is_form = path.ends_with(".br") || path.ends_with(".gz");
        (!is_form && !path.starts_with('_'))
            .then(|| format!("/{}", path.strip_suffix("index.html").unwrap_or(path)))
    });
    let mut invalidate: Vec<String> = addresses.collect();
    invalidate.sort();
    let visible = changed.iter().filter_map(|path| {
        let of_site = path.strip_prefix("site/")?;
        (!of_site.starts_with('_')).then(|| (path.clone(), headers(of_site)))
    });
    DeployPlan {
        headers: visible.collect(),
        changed,
        invalidate,
        deleted,
    }
}

/// What is to be said of a file of the site, compressed or not.
fn headers(path: &str) -> BTreeMap<&'static str, &'static str> {
    let mut encodings = [(".br", "br"), (".gz", "gzip")].into_iter();
    let encoded =
        encodings.find_map(|(ending, encoding)| Some((path.strip_suffix(ending)?, encoding)));
    let address = format!("/{}", encoded.map_or(path, |(plain, _)| plain));
    let mut headers = BTreeMap::from([("cache-control", forms::kept(&address))]);
    headers.extend(forms::content_type(&address).map(|kind| ("content-type", kind)));
    headers.extend(encoded.map(|(_, encoding)| ("content-encoding", encoding)));
    headers
}

/// Prints the plan as JSON.
pub(crate) fn run(
    common: &Common,
    changes: &Changes,
    output: &mut dyn Write,
) -> anyhow::Result<Status> {
    let folder = common.root.join(&common.output);
    let now = read(common, &folder.join(RECORD))?;
    let before = match &changes.since {
        Some(path) => read(common, path)?,
        None => {
            let last = folder.join(PREVIOUS).join(RECORD);
            // Before the first build there was nothing, and so everything is new.
            if is_there(&last) {
                read(common, &last)?
            } else {
                BuildRecord::default()
            }
        }
    };
    writeln!(
        output,
        "{}",
        serde_json::to_string_pretty(&deploy_plan(&before, &now))?
    )?;
    Ok(Status::Done)
}

/// The record of a build in this file.
fn read(common: &Common, path: &Path) -> anyhow::Result<BuildRecord> {
    let name = path.display();
    let bytes = std::fs::read(path).with_context(|| {
        common.word(
            &format!("{name} не може да бъде прочетен; първо направете сайта (centre build) или посочете с --since записа на това, което е публикувано"),
            &format!("{name} cannot be read; build the site first (centre build), or say with --since where the record is of what is deployed"),
        ).to_owned()
    })?;
    BuildRecord::parse(&bytes).with_context(|| {
        common
            .word(
                &format!("{name} не е запис на направен сайт (build.json)"),
                &format!("{name} is not the record of a build (build.json)"),
            )
            .to_owned()
    })
}
