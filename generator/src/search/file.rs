//! The file in which a browser looks terms up.
//!
//! JSON, so that every server compresses it and no script has to be trusted with bytes. Lists of texts are one text with
//! line breaks; terms and postings are coded so that a compressed index of 300 pages and the script stay below 40 KB. What
//! stands in titles and descriptions is not coded again: the script takes their words from the texts that it shows.

use std::collections::BTreeMap;

use forms::{Language, Strings};
use serde::Serialize;
use serde_json::Value;

use super::analyzer::Analyzer;
use super::pages::Page;
use super::terms::{Terms, Weight};

/// How many letters of headings an index may hold; beyond, results lead to pages only.
const HEADINGS: usize = 12_000;

/// The index of a language. `themes/centre/static/search.js` says how it is read.
#[derive(Serialize)]
struct File<'a> {
    language: &'a Language,
    #[serde(flatten)]
    analyzer: &'a Analyzer,
    alphabet: BTreeMap<char, String>,
    texts: &'a Value,
    sections: Vec<(&'a str, &'a str)>,
    paths: String,
    titles: String,
    descriptions: String,
    headings: String,
    terms: String,
    counts: String,
    pages: String,
    weights: String,
}

/// The bytes of the index. `sections` are the beginnings of addresses with their names.
pub(crate) fn file(
    strings: &Strings,
    analyzer: &Analyzer,
    sections: Vec<(&str, &str)>,
    pages: &[Page<'_>],
    terms: Terms,
) -> Vec<u8> {
    let joined = |text: &dyn Fn(&Page<'_>) -> String| -> String {
        let lines: Vec<String> = pages.iter().map(text).collect();
        lines.join("\n")
    };
    let file = File {
        language: &strings.language,
        analyzer,
        alphabet: terms.alphabet,
        texts: strings.tree().get("search").unwrap_or(&Value::Null),
        sections,
        paths: joined(&|page| page.path.clone()),
        titles: joined(&|page| one_line(page.title)),
        descriptions: joined(&|page| one_line(&page.description)),
        headings: headings(pages),
        terms: front_coded(terms.postings.iter().map(|(term, _)| term.as_str())),
        counts: (terms.postings.iter())
            .map(|(_, pages)| number(pages.len()))
            .collect(),
        pages: (terms.postings.iter())
            .map(|(_, pages)| distances(pages.iter().map(|(page, _)| *page)))
            .collect(),
        weights: (terms.postings.iter().flat_map(|(_, pages)| pages))
            .map(|(_, weight)| if *weight == Weight::About { '1' } else { '0' })
            .collect(),
    };
    // A value made of texts and lists alone can always be written.
    serde_json::to_vec(&file).unwrap_or_default()
}

/// The headings of each page in a line of its own, as `id text`, with tabs between them.
fn headings(pages: &[Page<'_>]) -> String {
    let lines = pages.iter().map(|page| {
        let headings = page.headings.iter();
        let parts: Vec<String> = headings
            .map(|heading| format!("{} {}", heading.id, one_line(&heading.text)))
            .collect();
        parts.join("\t")
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    if lines.chars().count() > HEADINGS {
        return String::new();
    }
    lines
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sorted terms, each as the number of letters that it shares with the one before it (`A` none, `B` one, … `Z` 25), and
/// the rest of it.
fn front_coded<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let mut coded = String::new();
    let mut before = "";
    for term in terms {
        let pairs = before.bytes().zip(term.bytes());
        let shared = pairs.take_while(|(a, b)| a == b).take(25).count();
        coded.push(char::from(b'A' + u8::try_from(shared).unwrap_or_default()));
        coded.push_str(&term[shared..]);
        before = term;
    }
    coded
}

fn distances(pages: impl Iterator<Item = usize>) -> String {
    let mut next = 0;
    let coded = pages.map(|page| {
        let distance = page - next;
        next = page + 1;
        number(distance)
    });
    coded.collect()
}

/// A number in characters that JSON leaves alone: any number of digits to the base of 30, the lowest first, and a last one
/// below 60, which most numbers consist of.
fn number(mut number: usize) -> String {
    const DIGITS: &[u8; 90] =
        b"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}";
    let mut coded = String::new();
    while number >= 60 {
        coded.push(char::from(DIGITS[60 + number % 30]));
        number /= 30;
    }
    coded.push(char::from(DIGITS[number]));
    coded
}

#[cfg(test)]
mod tests {
    use super::{distances, front_coded, number};

    #[test]
    fn terms_share_their_beginnings() {
        assert_eq!(
            front_coded(["centr", "central", "cirk"].into_iter()),
            "AcentrFalBirk"
        );
    }

    #[test]
    fn numbers_and_distances_are_short() {
        assert_eq!(
            [number(0), number(59), number(60), number(1799)].join(" "),
            "# _ `% }_"
        );
        assert_eq!(distances([0, 1, 5].into_iter()), "##&");
    }
}
