//! Links to other sites: which there are, which to ask about again, and what is said of those that lead nowhere.
//!
//! Other sites are not ours to mend, and may be down for an hour: what is found are warnings, and no build waits for them.

mod ask;
mod command;
mod memory;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::check::pages::links;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::output::OutputFile;
use crate::source::{Source, SourceFile};

use ask::{Manners, ask};
pub(crate) use command::External;
use memory::{recall, remember};

/// What a site answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Answer {
    /// There is something.
    Found,
    /// It is elsewhere now, for good.
    Moved {
        /// Where.
        to: String,
    },
    /// There is nothing, or not now.
    Refused {
        /// The status of HTTP.
        status: u16,
    },
    /// Nobody answered.
    Silent {
        /// Why, in the words of the client.
        reason: String,
    },
}

/// What was answered, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    at: Timestamp,
    answer: Answer,
}

/// Answers by address.
pub(crate) type Answers = BTreeMap<String, Asked>;

/// How long an address that led somewhere is believed to lead there.
const BELIEVED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Every address of another site that a page links to, with the places where it is written.
pub(crate) fn addresses(
    files: &[OutputFile],
    source: &Source,
    own: &str,
) -> BTreeMap<String, Vec<Place>> {
    let mut found: BTreeMap<String, (Vec<Place>, &str)> = BTreeMap::new();
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = std::str::from_utf8(&file.bytes).unwrap_or_default();
        for address in links(page) {
            let address = address.replace("&amp;", "&");
            let is_other = address.starts_with("http://") || address.starts_with("https://");
            if is_other && !address.starts_with(own) {
                let address = address.split('#').next().unwrap_or_default();
                found
                    .entry(address.to_owned())
                    .or_insert((Vec::new(), &file.path));
            }
        }
    }
    let texts = source
        .documents
        .iter()
        .chain(&source.forms)
        .chain(&source.settings);
    for file in texts {
        for (address, place) in written(file) {
            if let Some((places, _)) = found.get_mut(address) {
                places.push(place);
            }
        }
    }
    let placed = found.into_iter().map(|(address, (places, page))| {
        let somewhere = || vec![Place::file(format!("site/{page}"))];
        let places = if places.is_empty() {
            somewhere()
        } else {
            places
        };
        (address, places)
    });
    placed.collect()
}

/// The addresses in a text, as they are written.
fn written(file: &SourceFile) -> impl Iterator<Item = (&str, Place)> {
    file.text.match_indices("://").filter_map(|(at, _)| {
        let before = &file.text[..at];
        let scheme = ["https", "http"]
            .into_iter()
            .find(|scheme| before.ends_with(scheme))?;
        let start = at - scheme.len();
        let rest = &file.text[start..];
        let is_end = |character: char| {
            character.is_whitespace()
                || matches!(character, ')' | '>' | '"' | '\'' | '<' | ']' | '#')
        };
        let end = rest.find(is_end).unwrap_or(rest.len());
        let address = rest[..end].trim_end_matches(['.', ',', ';']);
        Some((address, Place::span(file, &(start..start + address.len()))))
    })
}

/// The addresses to ask about: those of which nothing good is known, or not lately.
pub(crate) fn due<'a>(
    addresses: impl Iterator<Item = &'a str>,
    known: &Answers,
    now: Timestamp,
) -> Vec<&'a str> {
    let is_believed = |asked: &Asked| {
        asked.answer == Answer::Found && now.duration_since(asked.at).abs() < BELIEVED
    };
    addresses
        .filter(|address| !known.get(*address).is_some_and(is_believed))
        .collect()
}

/// What is known now: the new answers, and of the old ones those whose addresses are still linked to.
pub(crate) fn learned(
    mut known: Answers,
    answers: Vec<(String, Answer)>,
    linked: &BTreeSet<&str>,
    now: Timestamp,
) -> Answers {
    let answers = answers.into_iter();
    known.extend(answers.map(|(address, answer)| (address, Asked { at: now, answer })));
    known.retain(|address, _| linked.contains(address.as_str()));
    known
}

/// What is said of addresses that lead nowhere, or lead somewhere else.
pub(crate) fn report(
    addresses: &BTreeMap<String, Vec<Place>>,
    answers: &Answers,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (address, places) in addresses {
        let Some((message, hint)) = answers
            .get(address)
            .and_then(|asked| in_words(address, &asked.answer))
        else {
            continue;
        };
        diagnostics.extend(places.iter().map(|place| {
            Diagnostic::warning("L20", place.clone(), message.clone()).hint(hint.clone())
        }));
    }
    diagnostics
}

fn in_words(address: &str, answer: &Answer) -> Option<(Text, Text)> {
    let mend = Text::new(
        "отворете я в браузър; ако наистина я няма, сменете я или я махнете",
        "open it in a browser; if it is really gone, change it or take it out",
    );
    match answer {
        Answer::Found => None,
        Answer::Moved { to } => Some((
            Text::new(
                format!("страницата {address} е преместена за постоянно"),
                format!("the page {address} has moved for good"),
            ),
            Text::new(format!("напишете  {to}"), format!("write  {to}")),
        )),
        Answer::Refused { status: 404 | 410 } => Some((
            Text::new(
                format!("страницата {address} вече я няма"),
                format!("the page {address} is gone"),
            ),
            mend,
        )),
        Answer::Refused { status } => Some((
            Text::new(
                format!("{address} отговаря с грешка {status}"),
                format!("{address} answers with the error {status}"),
            ),
            mend,
        )),
        Answer::Silent { reason } => Some((
            Text::new(
                format!("{address} не отговаря ({reason})"),
                format!("{address} does not answer ({reason})"),
            ),
            mend,
        )),
    }
}
