//! Sets a text run by run, in one pass and without regular expressions.

mod signs;

use std::ops::Range;

use super::{NO_BREAK, Typography};

/// Sets the texts of one source, block by block (a paragraph, a title), run by run (what stands between two pieces of
/// markup). Quotation marks may open in one run and close in another.
#[derive(Debug)]
pub(in crate::parse::markdown) struct Typesetter<'a> {
    typography: &'a Typography,
    source: &'a str,
    block: Range<usize>,
    /// What stands before the next run.
    before: char,
    /// The quotation marks that are open.
    open: Vec<Open>,
    /// Where in the block the last straight `'` stands that may close something; looked for when somebody asks.
    last_closing: Option<usize>,
    /// Whether a line break after what was set last would part what belongs together.
    end: End,
}

#[derive(Debug)]
struct Open {
    /// 0 for the outer marks, 1 for the inner ones.
    level: usize,
    /// Opened by a straight `'`, so that another one may close it.
    single: bool,
}

/// What the text set last ends with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Word,
    ShortWord,
    Number,
}

/// A sign at which the setter stops: it is this wide, and is replaced.
struct Found<'a> {
    width: usize,
    becomes: &'a str,
}

/// Which bytes the setter looks at; it passes over all others. 2 only matters in HTML.
const LOOK: [u8; 256] = {
    let mut table = [0; 256];
    let stops = b" \n\t\"'-.\xe2\xc2";
    let mut at = 0;
    while at < stops.len() {
        table[stops[at] as usize] = 1;
        at += 1;
    }
    table[b'&' as usize] = 2;
    table[b'<' as usize] = 2;
    table[b'>' as usize] = 2;
    table
};

/// As many bytes as brackets and quotation marks before a short word may take.
const AROUND: usize = 6;

/// Whether a letter of ASCII or Cyrillic begins with a byte.
fn begins_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, 0xd0 | 0xd1)
}

impl<'a> Typesetter<'a> {
    pub(in crate::parse::markdown) fn new(
        typography: &'a Typography,
        source: &'a str,
    ) -> Typesetter<'a> {
        Typesetter {
            typography,
            source,
            block: 0..0,
            before: ' ',
            open: Vec::new(),
            last_closing: None,
            end: End::Word,
        }
    }

    /// Begins a paragraph or the like, in which quotation marks open and close.
    pub(in crate::parse::markdown) fn begin(&mut self, block: Range<usize>) {
        self.block = block;
        self.before = ' ';
        self.open.clear();
        self.last_closing = None;
        self.end = End::Word;
    }

    /// Passes over what is not set: code, an address, a picture.
    pub(in crate::parse::markdown) fn passed(&mut self, text: &str) {
        self.before = text.chars().next_back().unwrap_or('\u{fffc}');
        self.end = if self.before.is_ascii_digit() {
            End::Number
        } else {
            End::Word
        };
    }

    /// What stands for the end of a line between two lines of a paragraph, before what follows in the source.
    pub(in crate::parse::markdown) fn line_break(&mut self, following: usize) -> &'static str {
        let next = self.source[following..self.block.end.max(following)]
            .trim_start_matches([' ', '\t', '>']);
        self.before = ' ';
        let parts = match std::mem::replace(&mut self.end, End::Word) {
            End::Word => false,
            End::ShortWord => next.starts_with(char::is_alphanumeric),
            End::Number => self.typography.begins_with_unit(next),
        };
        if parts { NO_BREAK } else { "\n" }
    }

    /// Sets a run of the source.
    pub(in crate::parse::markdown) fn run<const HTML: bool>(
        &mut self,
        range: Range<usize>,
        out: &mut String,
    ) {
        let text = &self.source[range.clone()];
        if text.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let stops = if HTML { 2 } else { 1 };
        // What is copied up to here; `self.before` stands before it.
        let mut copied = 0;
        // Where the word begins that is being passed, at the latest.
        let mut word = 0;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let look = LOOK[usize::from(*byte)];
            if look == 0 || look > stops {
                at += 1;
                continue;
            }
            match byte {
                b' ' => {
                    let passed = &bytes[word..at];
                    word = at + 1;
                    if self.is_plain_word(passed) {
                        at += 1;
                        continue;
                    }
                }
                b'\n' | b'\t' => {
                    at += 1;
                    word = at;
                    continue;
                }
                0xc2 if bytes.get(at + 1) == Some(&0xa0) => word = at + 2,
                _ => {}
            }
            let before = text[copied..at].chars().next_back().unwrap_or(self.before);
            let place = Place {
                text,
                at,
                before,
                start: range.start,
            };
            let found = match byte {
                b' ' => self.space(&place),
                b'"' => self.double(&place),
                b'\'' => self.single(&place),
                b'-' => {
                    let count = self.hyphens(&place, &mut copied, out);
                    at += count;
                    if count > 1 {
                        word = at;
                    }
                    continue;
                }
                b'.' => self.dots(&place),
                b'&' => Some(Found {
                    width: 1,
                    becomes: "&amp;",
                }),
                b'<' => Some(Found {
                    width: 1,
                    becomes: "&lt;",
                }),
                b'>' => Some(Found {
                    width: 1,
                    becomes: "&gt;",
                }),
                _ => {
                    self.typed(&place);
                    None
                }
            };
            match found {
                Some(Found { width, becomes }) => {
                    out.push_str(&text[copied..at]);
                    out.push_str(becomes);
                    at += width;
                    copied = at;
                    self.before = becomes.chars().next_back().unwrap_or(before);
                }
                None => at += 1,
            }
        }
        out.push_str(&text[copied..]);
        self.before = text[copied..].chars().next_back().unwrap_or(self.before);
        self.end = match self.before {
            last if last.is_ascii_digit() => End::Number,
            _ if self.is_short_word(text, text.len(), range.start) => End::ShortWord,
            _ => End::Word,
        };
    }

    /// Whether a word is none behind which there is anything to decide: no number, no initial, no short word. Most are.
    fn is_plain_word(&self, word: &[u8]) -> bool {
        let [first, .., last] = word else {
            return false;
        };
        // Neither a digit nor a dot.
        let ends_with_letter = last.is_ascii_alphabetic() || !last.is_ascii();
        if !begins_letter(*first) {
            return ends_with_letter && word.len() > self.typography.longest + AROUND;
        }
        let letter = if first.is_ascii() { *first } else { word[1] };
        ends_with_letter
            && (word.len() > self.typography.longest || !self.typography.may_begin_short(letter))
    }

    /// What follows a place in the source, as far as the block goes.
    fn following(&self, place: &Place<'_>, width: usize) -> &'a str {
        let from = place.start + place.at + width;
        self.source.get(from..self.block.end).unwrap_or_default()
    }

    fn space(&self, place: &Place<'_>) -> Option<Found<'a>> {
        let no_break = Some(Found {
            width: 1,
            becomes: NO_BREAK,
        });
        if place.before.is_ascii_digit() {
            let rest = &place.text[place.at + 1..];
            let parts = self.typography.begins_with_unit(rest) || is_group(place, rest);
            return if parts { no_break } else { None };
        }
        let next = self.following(place, 1).chars().next()?;
        if place.before == '.' && next.is_uppercase() && is_initial(&place.text[..place.at]) {
            return no_break;
        }
        let is_short = self.is_short_word(place.text, place.at, place.start);
        if is_short && (next.is_alphanumeric() || self.opens_with(next)) {
            return no_break;
        }
        None
    }

    fn opens_with(&self, sign: char) -> bool {
        matches!(sign, '"' | '\'' | '(') || self.is_opening_mark(sign)
    }

    fn is_opening_mark(&self, sign: char) -> bool {
        let mut marks = self.typography.quotes.iter();
        marks.any(|[opening, closing]| opening.ends_with(sign) && opening != closing)
    }

    /// Whether the word that ends here, in the run that starts at `run`, is one of those after which the line does not break.
    fn is_short_word(&self, text: &str, end: usize, run: usize) -> bool {
        let limit = self.typography.longest + AROUND;
        let bytes = &text.as_bytes()[..end];
        let is_space = |at: usize| match bytes[at] {
            b' ' | b'\n' | b'\t' => true,
            0xa0 => at > 0 && bytes[at - 1] == 0xc2,
            // Two hyphens become a dash, behind which a word begins.
            b'-' => at > 0 && bytes[at - 1] == b'-',
            _ => false,
        };
        let mut start = end;
        while start > 0 && !is_space(start - 1) {
            start -= 1;
            if end - start > limit {
                return false;
            }
        }
        if start == 0 && self.goes_on_from(run) {
            return false;
        }
        let mut word = &text[start..end];
        // Most words begin with a letter of ASCII or Cyrillic; „ and the like begin with other bytes.
        if !word
            .as_bytes()
            .first()
            .is_some_and(|byte| begins_letter(*byte))
        {
            word = word.trim_start_matches(|sign: char| {
                matches!(sign, '(' | '[' | '"' | '\'' | '«') || self.is_opening_mark(sign)
            });
        }
        !word.is_empty() && self.typography.is_short_word(word)
    }

    /// Whether a word that stands before a run may go on in it.
    fn goes_on_from(&self, run: usize) -> bool {
        let before = self.source[..run].chars().next_back();
        run > self.block.start
            && before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '-' | '.'))
    }
}

/// A place in a run.
struct Place<'a> {
    text: &'a str,
    at: usize,
    before: char,
    /// Where the run starts in the source.
    start: usize,
}

/// Two hyphens become a dash, behind which a word begins.
fn after_dash(word: &str) -> &str {
    word.rfind("--").map_or(word, |at| &word[at + 2..])
}

/// Whether these are digits in groups of three: 199 408.
fn is_group(place: &Place<'_>, rest: &str) -> bool {
    let digits = |text: &mut dyn Iterator<Item = u8>| text.take_while(u8::is_ascii_digit).count();
    let before = digits(&mut place.text[..place.at].bytes().rev());
    (1..=3).contains(&before) && digits(&mut rest.bytes()) == 3
}

/// Whether a text ends with initials: И., М. А.
fn is_initial(text: &str) -> bool {
    let start = text
        .rfind(|character: char| character.is_whitespace() || character == '(')
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    let mut letters = after_dash(&text[start..]).chars();
    let mut any = false;
    while let Some(letter) = letters.next() {
        if !letter.is_uppercase() || letters.next() != Some('.') {
            return false;
        }
        any = true;
    }
    any
}
