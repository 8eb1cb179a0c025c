//! A picture that is published in many forms, and what of it is there already.

use image::DynamicImage;
use rayon::prelude::*;

use super::encode::{self, Facts, RECIPE};
use super::messages::Fault;
use super::recognise::Kind;
use super::work::Made;
use super::{Cache, Picture, Social, Variant, address, derived, ladder};
use crate::fingerprint::fingerprint;
use crate::output::OutputFile;

/// What is made of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Making {
    /// The original, the right way up.
    Original,
    /// WebP in this width.
    WebP(u32),
    /// AVIF in this width.
    Avif(u32),
    /// What other sites show.
    Social,
}

impl Making {
    fn name(self) -> String {
        match self {
            Making::Original => "original".to_owned(),
            Making::WebP(width) => format!("{width}.webp"),
            Making::Avif(width) => format!("{width}.avif"),
            Making::Social => "social.jpg".to_owned(),
        }
    }
}

/// A piece of work: what, and its outcome once it is known; empty bytes say that it was not worth it.
#[derive(Debug)]
struct Job {
    making: Making,
    bytes: Option<Vec<u8>>,
}

/// The picture, and what is to be made of it.
#[derive(Debug)]
pub(super) struct Photograph {
    facts: Facts,
    /// The original without metadata.
    clean: Vec<u8>,
    /// The name of its content.
    content: String,
    jobs: Vec<Job>,
}

impl Photograph {
    /// Looks into the cache for what is to be made.
    pub(super) fn of(facts: Facts, clean: Vec<u8>, bytes: &[u8], cache: &dyn Cache) -> Photograph {
        let content = fingerprint::<16>(bytes);
        let (width, height) = facts.size;
        let widths = ladder::widths(width);
        // What cannot be made must not be remembered as not worth it.
        let avif = if encode::MAKES_AVIF {
            widths.as_slice()
        } else {
            &[]
        };
        let social =
            (width >= encode::SOCIAL.0 && height >= encode::SOCIAL.1).then_some(Making::Social);
        let makings = facts
            .turned
            .then_some(Making::Original)
            .into_iter()
            .chain(widths.iter().map(|width| Making::WebP(*width)))
            .chain(avif.iter().map(|width| Making::Avif(*width)))
            .chain(social);
        let jobs = makings.map(|making| Job {
            making,
            bytes: cache.load(&kept_as(&content, making)),
        });
        Photograph {
            jobs: jobs.collect(),
            facts,
            clean,
            content,
        }
    }

    /// Whether something is left to do.
    pub(super) fn is_waiting(&self) -> bool {
        self.jobs.iter().any(|job| job.bytes.is_none())
    }

    /// Does what is left to do.
    pub(super) fn carry_out(
        &mut self,
        kind: Kind,
        bytes: &[u8],
        cache: &dyn Cache,
    ) -> Result<(), Fault> {
        let decoded = encode::decode(kind, bytes)?;
        let widths = ladder::widths(self.facts.size.0);
        let resized = encode::resized(&decoded.pixels, &widths);
        let of_width = |width: u32| {
            widths
                .iter()
                .position(|known| *known == width)
                .map(|at| &resized[at])
        };
        let make = |making: Making| -> Vec<u8> {
            let made = match making {
                Making::Original => encode::original(kind, &decoded),
                Making::WebP(width) => of_width(width)
                    .and_then(|pixels: &DynamicImage| encode::webp(pixels, kind == Kind::Png)),
                Making::Avif(width) => of_width(width).and_then(encode::avif),
                Making::Social => encode::social(&decoded.pixels),
            };
            made.unwrap_or_default()
        };
        self.finish(|making| !matches!(making, Making::Avif(_)), &make, cache);
        // Where the narrowest one is no smaller than its WebP, the others need not be tried: a second each.
        let (first, webp) = (Making::Avif(widths[0]), Making::WebP(widths[0]));
        self.finish(|making| making == first, &make, cache);
        if (1..self.length(webp)).contains(&self.length(first)) {
            self.finish(|_| true, &make, cache);
        } else {
            self.finish(|_| true, &|_| Vec::new(), cache);
        }
        Ok(())
    }

    /// Does the jobs that are chosen and not done, side by side.
    fn finish(
        &mut self,
        chosen: impl Fn(Making) -> bool + Sync,
        make: &(impl Fn(Making) -> Vec<u8> + Sync),
        cache: &dyn Cache,
    ) {
        let content = &self.content;
        self.jobs
            .par_iter_mut()
            .filter(|job| job.bytes.is_none() && chosen(job.making))
            .for_each(|job| {
                let bytes = make(job.making);
                cache.keep(&kept_as(content, job.making), &bytes);
                job.bytes = Some(bytes);
            });
    }

    /// How many bytes came of a job.
    fn length(&self, making: Making) -> usize {
        let job = self.jobs.iter().find(|job| job.making == making);
        job.and_then(|job| job.bytes.as_ref()).map_or(0, Vec::len)
    }

    /// What is published.
    pub(super) fn made(self, path: &str) -> Made {
        // Another content or another recipe is another address, so that browsers may keep what they have for good.
        let version = fingerprint::<4>(format!("{RECIPE} {}", self.content).as_bytes());
        let name = |making: Making| match making {
            Making::Original => format!("media/{path}"),
            Making::WebP(_) | Making::Avif(_) | Making::Social => {
                derived(path, &version, &making.name())
            }
        };
        let mut picture = Picture {
            width: self.facts.size.0,
            height: self.facts.size.1,
            address: address(path),
            bytes: self.clean.len(),
            webp: Vec::new(),
            avif: Vec::new(),
            social: None,
        };
        let mut files = Vec::new();
        let mut original = self.clean;
        for job in self.jobs {
            let bytes = job.bytes.unwrap_or_default();
            if bytes.is_empty() {
                continue;
            }
            let file = name(job.making);
            let variant = |width: u32| Variant {
                address: format!("/{file}"),
                width,
                bytes: bytes.len(),
            };
            match job.making {
                Making::Original => {
                    original = bytes;
                    continue;
                }
                Making::WebP(width) => picture.webp.push(variant(width)),
                Making::Avif(width) => picture.avif.push(variant(width)),
                Making::Social => {
                    picture.social = Some(Social {
                        address: format!("/{file}"),
                        width: encode::SOCIAL.0,
                        height: encode::SOCIAL.1,
                    });
                }
            }
            files.push(OutputFile { path: file, bytes });
        }
        if !is_smaller(&picture.avif, &picture.webp) {
            let dropped = std::mem::take(&mut picture.avif);
            files.retain(|file| {
                dropped
                    .iter()
                    .all(|variant| variant.address[1..] != file.path)
            });
        }
        files.push(OutputFile {
            path: format!("media/{path}"),
            bytes: original,
        });
        Made {
            picture: Some(picture),
            files,
        }
    }
}

/// Whether AVIF is worth it: a browser that is offered it takes no WebP, so it must be smaller in every width.
fn is_smaller(avif: &[Variant], webp: &[Variant]) -> bool {
    avif.len() == webp.len()
        && avif
            .iter()
            .zip(webp)
            .all(|(avif, webp)| avif.bytes < webp.bytes)
}

/// The name under which the outcome is kept: what it was made of, how, and what it is.
fn kept_as(content: &str, making: Making) -> String {
    format!("{RECIPE}-{content}-{}", making.name())
}
