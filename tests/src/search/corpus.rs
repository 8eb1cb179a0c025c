//! Pages for weighing the index: as many as one likes, as long as real ones, the same every time.
//!
//! Made of the sentences of `content/`. A site of hundreds of pages has more words than ours has yet, so every sixth word
//! is an invented one, made of the halves of two real ones and used as unevenly as words are.

use std::fs;

use generator::search::Analyzer;

use crate::site_test::repository;

/// Every so many words one is invented.
const INVENTED: usize = 6;
/// How often the number of invented words doubles: there are 16,383.
const DOUBLINGS: usize = 14;

pub(super) struct Corpus {
    analyzer: Analyzer,
    sentences: Vec<Vec<String>>,
    words: Vec<String>,
    state: u64,
}

impl Corpus {
    /// The sentences of a language: `bg` or `en`.
    pub(super) fn of(language: &str, analyzer: Analyzer) -> Corpus {
        let mut sentences = Vec::new();
        for folder in ["pages", "services", "news", "events"] {
            let mut files: Vec<_> = fs::read_dir(repository().join("content").join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.to_str().unwrap().ends_with(".en.md") == (language == "en"))
                .collect();
            files.sort();
            for file in files {
                let text = fs::read_to_string(file).unwrap();
                let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
                let plain = body.replace(['#', '*', '[', ']', '(', ')', '>', '|', '`', '"'], " ");
                let found = plain.split(['.', '?', '!', '\n', '/']).map(words);
                sentences.extend(found.filter(|words| words.len() > 3));
            }
        }
        let words = sentences.iter().flatten();
        let long = words.filter(|word| word.chars().count() > 5);
        Corpus {
            analyzer,
            words: long.cloned().collect(),
            sentences,
            state: 1,
        }
    }

    /// A page of 200 to 600 words with three headings, and its address.
    pub(super) fn page(&mut self) -> (String, String) {
        let title = self.heading();
        let description = self.sentences(14);
        let mut page = format!("---\ntitle: \"{title}\"\ndescription: \"{description}\"\n---\n");
        let length = 200 + self.below(400);
        for _ in 0..3 {
            let heading = self.heading();
            let text = self.sentences(length / 3);
            page += &format!("\n## {heading}\n\n{text}\n");
        }
        let terms = title.split(' ').map(|word| self.analyzer.term(word));
        let name: Vec<String> = terms.filter(|term| !term.is_empty()).collect();
        (name.join("-"), page)
    }

    fn heading(&mut self) -> String {
        let length = 3 + self.below(4);
        let words = self.running_words(length);
        words.join(" ")
    }

    fn sentences(&mut self, length: usize) -> String {
        self.running_words(length).join(" ") + "."
    }

    fn running_words(&mut self, length: usize) -> Vec<String> {
        let mut words = Vec::new();
        while words.len() < length {
            let sentence = self.below(self.sentences.len());
            for word in self.sentences[sentence].clone() {
                let invented = self.below(INVENTED) == 0;
                words.push(if invented { self.invented() } else { word });
            }
        }
        words.truncate(length);
        words
    }

    /// The word of a rank, where low ranks are as much more frequent as they are with words (Zipf).
    fn invented(&mut self) -> String {
        let size = 1 << self.below(DOUBLINGS);
        let rank = size + self.below(size);
        let half = |word: &str, first: bool| -> String {
            let middle = word.chars().count() / 2;
            if first {
                word.chars().take(middle).collect()
            } else {
                word.chars().skip(middle).collect()
            }
        };
        let first = &self.words[rank * 7919 % self.words.len()];
        let second = &self.words[rank * 104_729 / 3 % self.words.len()];
        half(first, true) + &half(second, false)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.state >> 33).unwrap() % limit
    }
}

fn words(sentence: &str) -> Vec<String> {
    let words = sentence.split_whitespace();
    let letters = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    letters
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
