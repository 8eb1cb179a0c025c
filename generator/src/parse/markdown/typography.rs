//! How a language sets its type: quotation marks, dashes, and the spaces at which a line may not break.
//!
//! What a language does stands in its strings file under `typography`; nothing is built in. Texts of Markdown and plain
//! texts of fields are set by one [`Typesetter`].

mod address;
mod typesetter;

use forms::Strings;

pub(super) use address::address;
pub(super) use typesetter::Typesetter;

/// A space at which a line does not break.
pub(super) const NO_BREAK: &str = "\u{a0}";

/// How a language sets its type.
#[derive(Clone, Debug)]
pub struct Typography {
    /// „ and “, and those that stand inside them, ‚ and ‘.
    quotes: [[String; 2]; 2],
    apostrophe: String,
    ellipsis: String,
    dash: Dash,
    /// After these the line does not break. Packed and sorted, each as it stands in a sentence, at its beginning and in
    /// capitals: it is asked at every space of the site.
    short_words: Vec<u128>,
    /// Which first letters in bytes they have, one bit for each: most words have none of these.
    beginnings: [u64; 4],
    /// The length in bytes of the longest of them.
    longest: usize,
    /// Behind a number, the line does not break before these.
    units: Vec<String>,
}

/// What stands for a hyphen between two spaces, with the spaces around it.
#[derive(Clone, Debug)]
struct Dash {
    before: String,
    sign: String,
    after: String,
}

impl Typography {
    /// What a strings file says under `typography`. The names of months behind a day are taken from its dates.
    pub fn of(strings: &Strings) -> Typography {
        let pair = |path: &str, otherwise: [&str; 2]| match strings.list(path).as_slice() {
            [opening, closing] => [(*opening).to_owned(), (*closing).to_owned()],
            _ => otherwise.map(str::to_owned),
        };
        // A text that is not there shows its own path, and was reported.
        let sign = |path: &str| {
            let text = strings.text(path);
            if text == path {
                String::new()
            } else {
                text.to_owned()
            }
        };
        let words: Vec<String> = strings
            .list("typography.no_break_after")
            .into_iter()
            .flat_map(in_every_case)
            .filter(|word| packed(word).is_some())
            .collect();
        let mut short_words: Vec<u128> = words.iter().filter_map(|word| packed(word)).collect();
        short_words.sort_unstable();
        short_words.dedup();
        let mut beginnings = [0; 4];
        for letter in words.iter().filter_map(|word| first_letter(word)) {
            beginnings[usize::from(letter / 64)] |= 1 << (letter % 64);
        }
        let units = strings.list("typography.no_break_before");
        let months = strings.list("dates.months");
        Typography {
            quotes: [
                pair("typography.quotes", ["“", "”"]),
                pair("typography.quotes_inner", ["‘", "’"]),
            ],
            apostrophe: sign("typography.apostrophe"),
            ellipsis: sign("typography.ellipsis"),
            dash: Dash::of(&sign("typography.dash")),
            longest: words.iter().map(String::len).max().unwrap_or(0),
            short_words,
            beginnings,
            units: units.into_iter().chain(months).map(str::to_owned).collect(),
        }
    }

    /// A text without markup, set. Addresses in it stay as they are.
    ///
    /// What is set already stays as it is, so setting twice is setting once.
    pub fn set(&self, text: &str) -> String {
        let mut set = String::with_capacity(text.len() + 8);
        let mut typesetter = Typesetter::new(self, text);
        typesetter.begin(0..text.len());
        let mut at = 0;
        while let Some(found) = address(&text[at..]) {
            let (start, end) = (at + found.start, at + found.end);
            typesetter.run::<false>(at..start, &mut set);
            set.push_str(&text[start..end]);
            typesetter.passed(&text[start..end]);
            at = end;
        }
        typesetter.run::<false>(at..text.len(), &mut set);
        set
    }

    fn is_short_word(&self, word: &str) -> bool {
        let begins = first_letter(word).is_some_and(|letter| self.may_begin_short(letter));
        begins && packed(word).is_some_and(|word| self.short_words.binary_search(&word).is_ok())
    }

    /// Whether a short word may begin with a letter of which this is the last byte.
    fn may_begin_short(&self, letter: u8) -> bool {
        self.beginnings[usize::from(letter / 64)] >> (letter % 64) & 1 == 1
    }

    /// Whether what follows a number and a space belongs to the number.
    fn begins_with_unit(&self, text: &str) -> bool {
        self.units.iter().any(|unit| {
            text.strip_prefix(unit.as_str()).is_some_and(|rest| {
                !unit.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric)
            })
        })
    }
}

/// A text as calendars, mail and lists of staff get it: a space is a space there, so that who searches finds.
pub fn in_data(text: &str) -> String {
    text.replace(NO_BREAK, " ")
}

impl Dash {
    fn of(text: &str) -> Dash {
        let sign = text.trim();
        let (before, after) = text.split_once(sign).unwrap_or_default();
        Dash {
            before: before.to_owned(),
            sign: sign.to_owned(),
            after: after.to_owned(),
        }
    }
}

/// What tells the first letters of a language apart: the last byte of a letter.
fn first_letter(word: &str) -> Option<u8> {
    let width = word.chars().next()?.len_utf8();
    Some(word.as_bytes()[width - 1])
}

/// A word as one number; longer ones than this holds are not short.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

/// „в“, „В“; of a word of several letters also all in capitals.
fn in_every_case(word: &str) -> Vec<String> {
    let mut letters = word.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    vec![
        word.to_owned(),
        first + letters.as_str(),
        word.to_uppercase(),
    ]
}
