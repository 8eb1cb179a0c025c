//! Finished pages, as people and browsers get them: can everybody read them, and will browsers do what they say?
//!
//! Whatever a template or a text brings into a page is judged here, in one pass that takes a few microseconds. A fault of a
//! template is said once, with the first page that has it.

mod faults;
mod markup;
mod words;

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::output::OutputFile;
use crate::source::Theme;
use faults::{Fault, FaultKind, faults};
#[cfg(feature = "external")]
use markup::{Part, Parts};

/// What an author wrote into a page: the file, and the text as HTML.
pub(crate) struct Written {
    /// The file.
    pub(crate) file: String,
    /// Its text.
    pub(crate) html: String,
}

/// First segments of addresses that are answered by something else than a file.
const ANSWERED: &str = "/forms/";

/// What pages are judged by.
pub(crate) struct Judge<'a> {
    /// The addresses that lead somewhere.
    known: HashSet<&'a str>,
    theme: &'a Theme,
}

/// A fault of a page; equal ones of many pages are said once.
pub(crate) type Found = ((FaultKind, Place), Diagnostic);

impl<'a> Judge<'a> {
    /// A judge of the pages of a site that has these files, below `dist/site/`.
    pub(crate) fn new(files: impl Iterator<Item = &'a str>, theme: &'a Theme) -> Judge<'a> {
        let known = files
            .map(|path| path.strip_suffix("index.html").unwrap_or(path))
            .collect();
        Judge { known, theme }
    }

    /// What is wrong with a page. `written` says what of it its author wrote; it is asked only when something is wrong.
    pub(crate) fn faults(
        &self,
        file: &OutputFile,
        written: impl FnOnce() -> Option<Written>,
    ) -> Vec<Found> {
        if !file.path.ends_with(".html") {
            return Vec::new();
        }
        let is_known = |path: &str| path.starts_with(ANSWERED) || self.known.contains(&path[1..]);
        let page = std::str::from_utf8(&file.bytes).unwrap_or_default();
        let faults = faults(page, &is_known);
        if faults.is_empty() {
            return Vec::new();
        }
        let author = written();
        let faults = faults.into_iter().filter_map(|fault| {
            let place = place(&fault, &file.path, author.as_ref(), self.theme)?;
            let diagnostic = diagnostic(&fault, place.clone(), &file.path)?;
            Some(((fault.kind, place), diagnostic))
        });
        faults.collect()
    }
}

/// Every fault once, with the first page that has it.
pub(crate) fn once(found: impl IntoIterator<Item = Found>) -> impl Iterator<Item = Diagnostic> {
    let mut first = BTreeMap::new();
    for (fault, diagnostic) in found {
        first.entry(fault).or_insert(diagnostic);
    }
    first.into_values()
}

/// Where the links of a page lead, as it is written.
#[cfg(feature = "external")]
pub(crate) fn links(page: &str) -> Vec<&str> {
    let mut parts = Parts::of(page);
    let mut links = Vec::new();
    while let Some(part) = parts.next() {
        if matches!(part, Part::Open(tag) if tag.name == "a") {
            let mut attributes = parts.attributes().iter();
            links.extend(
                attributes
                    .find(|(name, _)| *name == "href")
                    .map(|(_, to)| *to),
            );
        }
    }
    links
}

/// Where a fault comes from: a text, a template, or else only the page is known. Nothing, where another check knows more.
fn place(fault: &Fault<'_>, path: &str, author: Option<&Written>, theme: &Theme) -> Option<Place> {
    if let Some(author) = author.filter(|author| is_from(fault, &author.html)) {
        let is_others = fault.kind == FaultKind::SkippedHeading;
        return (!is_others).then(|| Place::file(&author.file));
    }
    Some(in_template(fault.written, theme).unwrap_or_else(|| Place::file(format!("site/{path}"))))
}

fn is_from(fault: &Fault<'_>, html: &str) -> bool {
    !fault.written.is_empty() && html.contains(fault.written)
}

/// The place in a template of a tag as it was drawn: the longest beginning of it that is written anywhere, up to the end of
/// a value.
fn in_template(written: &str, theme: &Theme) -> Option<Place> {
    let values = written
        .match_indices('"')
        .map(|(at, _)| at + 1)
        .collect::<Vec<_>>();
    let beginnings = [written.len()]
        .into_iter()
        .chain(values.into_iter().skip(1).step_by(2).rev());
    beginnings
        .map(|end| &written[..end])
        .filter(|beginning| !beginning.is_empty())
        .find_map(|beginning| {
            theme.templates.iter().find_map(|file| {
                let at = file.text.find(beginning)?;
                Some(Place::span(file, &(at..at + beginning.len())))
            })
        })
}

fn diagnostic(fault: &Fault<'_>, place: Place, path: &str) -> Option<Diagnostic> {
    let (code, message, hint) = words::in_words(fault)?;
    let address = format!("/{}", path.trim_end_matches("index.html"));
    let shown = match fault.written.lines().next() {
        Some(tag) if place.line == 0 => format!("  {tag}"),
        _ => String::new(),
    };
    let message = Text::new(
        format!("{} (страница {address}){shown}", message.bg),
        format!("{} (page {address}){shown}", message.en),
    );
    Some(Diagnostic::error(code, place, message).hint(hint))
}
