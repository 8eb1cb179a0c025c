//! Pictures: from the files of `content/media` to what a browser loads.
//!
//! In: the bytes of the files, and what earlier builds have kept. Out: [`Pictures`], which knows the size and the
//! addresses of every picture, and the files to be published: a ladder of widths, and the originals without anything that
//! a camera wrote into them about people, places and times. Runs between `load` and `plan`.

mod ladder;
mod names;
mod recognise;
mod strip;
mod colours;
mod encode;
mod photograph;
mod work;
mod vector;
pub(crate) mod messages;
pub(crate) mod rules;
pub(crate) mod markup;
mod disk_cache;
mod progress;
pub(crate) mod on_disk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::output::OutputFile;
use crate::parse::transliterate;
use crate::source::Asset;
use work::Work;

/// Every picture of `content/media`, by its path there. Cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    by_file: Arc<BTreeMap<String, Picture>>,
    /// What is published below `dist/site/`: originals, variants, and the media that are no pictures.
    pub files: Arc<Vec<OutputFile>>,
    /// What is wrong with files, whoever uses them.
    pub diagnostics: Arc<Vec<Diagnostic>>,
}

/// A picture, ready to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Its width as it is seen, after the camera's note which side is up.
    pub width: u32,
    /// Its height as it is seen.
    pub height: u32,
    /// The address of the original, without metadata.
    pub address: String,
    /// The bytes of the original.
    pub bytes: usize,
    /// The same picture in several widths, the narrowest first; empty for what is shown as it is (SVG, GIF, moving ones).
    pub webp: Vec<Variant>,
    /// The same for browsers that know AVIF; empty where that is not smaller.
    pub avif: Vec<Variant>,
    /// What other sites show when somebody sends a link.
    pub social: Option<Social>,
}

/// A picture in one width.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variant {
    /// Its address.
    pub address: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its size.
    pub bytes: usize,
}

/// A picture of the shape that social networks show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Social {
    /// Its address; a JPEG.
    pub address: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// What an earlier build has made, by the name of the work. The same name always means the same bytes.
pub trait Cache: Sync {
    /// What was kept under this name.
    fn load(&self, name: &str) -> Option<Vec<u8>>;
    /// Keeps it, if that is possible.
    fn keep(&self, name: &str, bytes: &[u8]);
}

/// Keeps nothing.
#[derive(Debug)]
pub struct NoCache;

impl Cache for NoCache {
    fn load(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep(&self, _: &str, _: &[u8]) {}
}

/// How far the work is. Nothing is said while every picture comes from the cache.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Pictures that are done.
    pub done: usize,
    /// Pictures that had to be worked on.
    pub total: usize,
}

/// Makes what is published of the files in `content/media`, taking from the cache what is there already.
pub fn prepare(
    media: &[Asset],
    cache: &dyn Cache,
    progress: &(dyn Fn(Progress) + Sync),
) -> Pictures {
    let (works, mut diagnostics): (Vec<Work<'_>>, Vec<Vec<Diagnostic>>) =
        media.par_iter().map(|asset| Work::of(asset, cache)).unzip();
    let made = work::carry_out(works, cache, progress);
    let mut by_file = BTreeMap::new();
    let mut files = Vec::new();
    for (asset, made) in media.iter().zip(made) {
        match made {
            Ok(made) => {
                if let Some(picture) = made.picture {
                    by_file.insert(asset.path.clone(), picture);
                }
                files.extend(made.files);
            }
            Err(fault) => diagnostics.push(vec![messages::fault(&asset.path, fault)]),
        }
    }
    Pictures {
        by_file: Arc::new(by_file),
        files: Arc::new(files),
        diagnostics: Arc::new(diagnostics.into_iter().flatten().collect()),
    }
}

impl Pictures {
    /// The picture of a file of `content/media`, by its path below that folder.
    pub fn get(&self, path: &str) -> Option<&Picture> {
        self.by_file.get(path)
    }

    /// The picture that other sites show for a page with this one, 1200 by 630; none for one that is too small for that.
    pub fn social(&self, path: &str) -> Option<&Social> {
        self.get(path)?.social.as_ref()
    }

    /// The picture that was written as `media/ekip.jpg` or `/media/ekip.jpg`.
    pub(crate) fn written(&self, src: &str) -> Option<&Picture> {
        self.get(src.trim_start_matches('/').strip_prefix("media/")?)
    }

    /// What is published, when these pictures are shown by other sites beside links to ours: of the others no such form is
    /// needed.
    pub(crate) fn published(&self, shown_elsewhere: &BTreeSet<&str>) -> Vec<&OutputFile> {
        let others = self
            .by_file
            .iter()
            .filter(|(path, _)| !shown_elsewhere.contains(path.as_str()));
        let left_out: BTreeSet<&str> = others
            .filter_map(|(_, picture)| picture.social.as_ref()?.address.strip_prefix('/'))
            .collect();
        let files = self.files.iter();
        files
            .filter(|file| !left_out.contains(file.path.as_str()))
            .collect()
    }

    /// The files that are pictures, in the order of their paths.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_file.keys().map(String::as_str)
    }
}

/// The address of a file of `content/media`, as it may stand in an attribute.
pub(crate) fn address(path: &str) -> String {
    let mut address = String::from("/media/");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The path below `dist/site/` of something made from a picture: its name, its version, what was made.
/// It lies where everything lies that is named by its content.
fn derived(path: &str, version: &str, what: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder: String = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| named(part) + "/")
        .collect();
    format!("assets/media/{folder}{}.{version}-{what}", named(stem))
}

/// Letters that need no escaping in an address.
fn named(name: &str) -> String {
    let slug = transliterate::slug(name);
    if slug.is_empty() {
        fingerprint::<4>(name.as_bytes())
    } else {
        slug
    }
}
