//! Which terms lead to which page, and how surely.
//!
//! Every word of titles, descriptions and headings counts. Of the text only the most telling terms are kept, as many as
//! the index has room for: those that a page uses often and other pages do not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::analyzer::{Analyzer, alphabet};
use super::pages::Page;
use super::words::{plain_parts, words};
use crate::parse::markdown::Piece;

/// How surely a term leads to a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Weight {
    /// It stands in the text.
    Body,
    /// It stands in a heading, or names a topic.
    About,
    /// It stands in the title or in the description, as the index holds them.
    Shown,
}

/// The terms of all pages.
pub(crate) struct Terms {
    /// Every term in its order, with the pages to which it leads, in theirs.
    pub(crate) postings: Vec<(String, Vec<(usize, Weight)>)>,
    /// How the letters of all words are written with Latin ones.
    pub(crate) alphabet: BTreeMap<char, String>,
}

/// A term on a page: its number, how often it stands there, and where.
type Found = (u32, u16, Weight);

/// A share of the pages: its terms by their numbers, and what was found on each page.
struct Share<'a> {
    terms: Vec<String>,
    words: HashMap<&'a str, u32>,
    pages: Vec<Vec<Found>>,
}

/// How much of the text of a page counts.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// So many of its words are read.
    pub(crate) words: usize,
    /// So many of its terms are kept.
    pub(crate) telling: usize,
}

/// The terms of these pages.
pub(crate) fn terms(pages: &[Page<'_>], analyzer: &Analyzer, limits: Limits) -> Terms {
    let at_once = pages.len().div_ceil(rayon::current_num_threads()).max(1);
    let shares: Vec<Share<'_>> = pages
        .par_chunks(at_once)
        .map(|pages| share(pages, analyzer, limits))
        .collect();
    let letters: BTreeSet<char> = shares
        .iter()
        .flat_map(|share| share.words.keys().flat_map(|word| word.chars()))
        .filter(|letter| !letter.is_ascii())
        .collect();
    let names: BTreeSet<&str> = shares
        .iter()
        .flat_map(|share| share.terms.iter().map(String::as_str))
        .filter(|term| can_be_looked_up(term))
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    let found = renumbered(&shares, &names);
    let mut used_by = vec![0_u32; names.len()];
    for (term, ..) in found.iter().flatten() {
        used_by[*term as usize] += 1;
    }
    let kept: Vec<Vec<Found>> = found
        .into_par_iter()
        .map(|found| most_telling(found, &used_by, pages.len(), limits.telling))
        .collect();
    let mut postings: Vec<(String, Vec<(usize, Weight)>)> = names
        .iter()
        .map(|name| ((*name).to_owned(), Vec::new()))
        .collect();
    for (page, found) in kept.into_iter().enumerate() {
        for (term, _, weight) in found {
            postings[term as usize].1.push((page, weight));
        }
    }
    postings.retain(|(_, pages)| !pages.is_empty());
    Terms {
        postings,
        alphabet: alphabet(letters.into_iter()),
    }
}

/// One letter alone says nothing.
fn can_be_looked_up(term: &str) -> bool {
    term.len() > 1 || term.bytes().all(|byte| byte.is_ascii_digit()) && !term.is_empty()
}

fn share<'a>(pages: &'a [Page<'a>], analyzer: &Analyzer, limits: Limits) -> Share<'a> {
    let mut share = Share {
        terms: Vec::new(),
        words: HashMap::new(),
        pages: Vec::with_capacity(pages.len()),
    };
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut on_page: Vec<Option<(u16, Weight)>> = Vec::new();
    for page in pages {
        let mut found: Vec<u32> = Vec::new();
        let mut add = |word: &'a str, weight: Weight| {
            let number = *share.words.entry(word).or_insert_with(|| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(analyzer.term(word)).or_insert(next)
            });
            let place = number as usize;
            if on_page.len() <= place {
                on_page.resize(place + 1, None);
            }
            match &mut on_page[place] {
                Some((times, best)) => {
                    *times = times.saturating_add(1);
                    *best = weight.max(*best);
                }
                first @ None => {
                    *first = Some((1, weight));
                    found.push(number);
                }
            }
        };
        words(page.title).for_each(|word| add(word, Weight::Shown));
        words(&page.description).for_each(|word| add(word, Weight::Shown));
        let headings = page.headings.iter().map(|heading| heading.text.as_str());
        for text in headings.chain(page.about.iter().copied()) {
            words(text).for_each(|word| add(word, Weight::About));
        }
        for text in &page.texts {
            words(text).for_each(|word| add(word, Weight::Body));
        }
        let html = page.body.iter().filter_map(|piece| {
            let Piece::Html(html) = piece else {
                return None;
            };
            Some(html.as_str())
        });
        html.flat_map(plain_parts)
            .flat_map(words)
            .take(limits.words)
            .for_each(|word| add(word, Weight::Body));
        let found = found.into_iter().filter_map(|number| {
            let (times, weight) = on_page[number as usize].take()?;
            Some((number, times, weight))
        });
        share.pages.push(found.collect());
    }
    let mut terms: Vec<(String, u32)> = numbers.into_iter().collect();
    terms.sort_unstable_by_key(|(_, number)| *number);
    share.terms = terms.into_iter().map(|(term, _)| term).collect();
    share
}

/// What was found on each page of every share, with the numbers that the terms have in the order of their names.
fn renumbered(shares: &[Share<'_>], names: &[&str]) -> Vec<Vec<Found>> {
    let mut all = Vec::new();
    for share in shares {
        let numbers: Vec<Option<u32>> = share
            .terms
            .iter()
            .map(|term| {
                let number = names.binary_search(&term.as_str()).ok()?;
                u32::try_from(number).ok()
            })
            .collect();
        let renumbered = |found: &Vec<Found>| -> Vec<Found> {
            let known = found.iter().filter_map(|(number, times, weight)| {
                Some((numbers[*number as usize]?, *times, *weight))
            });
            known.collect()
        };
        all.extend(share.pages.par_iter().map(renumbered).collect::<Vec<_>>());
    }
    all
}

/// All that stands in headings and the best of the text, without what is shown.
fn most_telling(
    mut found: Vec<Found>,
    used_by: &[u32],
    pages: usize,
    telling: usize,
) -> Vec<Found> {
    found.retain(|(_, _, weight)| *weight < Weight::Shown);
    let surely = found.iter().filter(|found| found.2 > Weight::Body).count();
    // Whole numbers, since the order must be the same on every machine.
    let key = |(term, times, weight): &Found| {
        let rare = pages as u64 * 16 / u64::from(used_by[*term as usize].max(1));
        let rare = u64::from((rare + 1).ilog2());
        let often = u64::from(*times).min(8) + 2;
        (Reverse(*weight), Reverse(rare * often), *term)
    };
    if found.len() > surely + telling {
        found.select_nth_unstable_by_key(surely + telling, key);
        found.truncate(surely + telling);
    }
    found
}
