//! What has to be made of each file, and what of it is there already.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::encode;
use super::messages::{self, Fault};
use super::names;
use super::photograph::Photograph;
use super::recognise::{self, Kind};
use super::{Cache, Picture, Progress, address, strip, vector};
use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::source::Asset;

/// What is to be done for one file.
#[derive(Debug)]
pub(super) struct Work<'a> {
    asset: &'a Asset,
    kind: Kind,
    state: Result<State, Fault>,
}

#[derive(Debug)]
enum State {
    /// Published like this, and with this size where it is a picture.
    AsItIs(Option<Vec<u8>>, Option<(u32, u32)>),
    /// Published in many forms.
    Photograph(Photograph),
}

/// What came of a file.
#[derive(Debug)]
pub(super) struct Made {
    /// How it is shown, where it is a picture.
    pub(super) picture: Option<Picture>,
    /// What is published.
    pub(super) files: Vec<OutputFile>,
}

impl<'a> Work<'a> {
    /// Looks at a file, and into the cache.
    pub(super) fn of(asset: &'a Asset, cache: &dyn Cache) -> (Work<'a>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let kind = recognise::kind(&asset.path, &asset.bytes);
        let state = kind
            .ok_or(Fault::Damaged)
            .and_then(|kind| state(asset, kind, cache, &mut diagnostics));
        let kind = kind.unwrap_or(Kind::Other);
        if kind != Kind::Other && asset.bytes.len() > messages::LARGE {
            diagnostics.push(messages::large(&asset.path, asset.bytes.len()));
        }
        (Work { asset, kind, state }, diagnostics)
    }

    fn is_waiting(&self) -> bool {
        matches!(&self.state, Ok(State::Photograph(photograph)) if photograph.is_waiting())
    }

    fn made(self) -> Result<Made, Fault> {
        let path = format!("media/{}", self.asset.path);
        Ok(match self.state? {
            State::AsItIs(clean, size) => {
                let bytes = clean.unwrap_or_else(|| self.asset.bytes.clone());
                let picture = size.map(|(width, height)| Picture {
                    width,
                    height,
                    address: address(&self.asset.path),
                    bytes: bytes.len(),
                    webp: Vec::new(),
                    avif: Vec::new(),
                    social: None,
                });
                Made {
                    picture,
                    files: vec![OutputFile { path, bytes }],
                }
            }
            State::Photograph(photograph) => photograph.made(&self.asset.path),
        })
    }
}

fn state(
    asset: &Asset,
    kind: Kind,
    cache: &dyn Cache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<State, Fault> {
    let bytes = &asset.bytes;
    // Of a picture in another format, how to save it says more than its name.
    if !matches!(kind, Kind::Foreign(_))
        && let Some(fault) = names::fault(&asset.path)
    {
        return Err(fault);
    }
    let (clean, moves) = match kind {
        Kind::Foreign(format) => return Err(Fault::Foreign(format)),
        Kind::Other => return Ok(State::AsItIs(None, None)),
        Kind::Svg => return Ok(State::AsItIs(None, Some(vector::size(bytes)?))),
        Kind::Gif => {
            let clean = strip::gif::clean(bytes).ok_or(Fault::Damaged)?;
            encode::can_be_opened(clean.size)?;
            if clean.frames > 1 {
                diagnostics.push(messages::moves(&asset.path));
            }
            return Ok(State::AsItIs(Some(clean.bytes), Some(clean.size)));
        }
        Kind::Jpeg => (strip::jpeg::clean(bytes), false),
        Kind::Png => {
            let clean = strip::png::clean(bytes);
            let moves = clean.as_deref().is_some_and(strip::png::moves);
            (clean, moves)
        }
        Kind::WebP => {
            let clean = strip::webp::clean(bytes);
            let moves = clean.as_deref().is_some_and(strip::webp::moves);
            (clean, moves)
        }
    };
    let clean = clean.ok_or(Fault::Damaged)?;
    if kind == Kind::Jpeg && strip::jpeg::components(&clean) == Some(4) {
        diagnostics.push(messages::for_printing(&asset.path));
    }
    let facts = encode::facts(kind, bytes)?;
    if moves {
        diagnostics.push(messages::moves(&asset.path));
        return Ok(State::AsItIs(Some(clean), Some(facts.size)));
    }
    Ok(State::Photograph(Photograph::of(
        facts, clean, bytes, cache,
    )))
}

/// Does all work that is left, picture by picture on every core, and says after each how far it is.
pub(super) fn carry_out(
    mut works: Vec<Work<'_>>,
    cache: &dyn Cache,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<Result<Made, Fault>> {
    let total = works.iter().filter(|work| work.is_waiting()).count();
    let done = AtomicUsize::new(0);
    works
        .par_iter_mut()
        .filter(|work| work.is_waiting())
        .for_each(|work| {
            if let Ok(State::Photograph(photograph)) = &mut work.state
                && let Err(fault) = photograph.carry_out(work.kind, &work.asset.bytes, cache)
            {
                work.state = Err(fault);
            }
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(Progress { done, total });
        });
    works.into_iter().map(Work::made).collect()
}
