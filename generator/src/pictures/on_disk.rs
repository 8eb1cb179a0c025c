//! SHELL. The stage as commands run it: with the cache below the root of a site, and a word on the terminal.

use std::path::Path;

use super::disk_cache::DiskCache;
use super::progress::ProgressLine;
use super::{Pictures, prepare};
use crate::diagnostic::MessageLanguage;
use crate::source::Asset;

/// What is published of these files, made with the cache of the site in `root`. Somebody who waits is told in this language.
pub(crate) fn prepare_below(
    root: &Path,
    media: &[Asset],
    told: Option<MessageLanguage>,
) -> Pictures {
    let cache = DiskCache::below(root);
    let line = told.map(ProgressLine::new);
    let pictures = prepare(media, &cache, &|progress| {
        if let Some(line) = &line {
            line.say(progress);
        }
    });
    cache.prune();
    pictures
}
