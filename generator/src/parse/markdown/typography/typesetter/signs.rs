//! Quotation marks, apostrophes, dashes and dots.
//!
//! What is open follows from the marks that were set, whether they were typed or took the place of straight ones, so
//! that a text that is set already is left as it is.

use super::{Found, Open, Place, Typesetter};

impl<'a> Typesetter<'a> {
    /// A straight `"`.
    pub(super) fn double(&mut self, place: &Place<'_>) -> Option<Found<'a>> {
        let next = self.following(place, 1).chars().next();
        if self.may_open(place.before, next) {
            let level = usize::from(self.open.last().is_some_and(|open| open.level == 0));
            return Some(self.opened(level, false));
        }
        let becomes = &self.typography.quotes[self.open.last()?.level][1];
        let in_word = place.before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        // Where a closing mark looks like an apostrophe, one inside a word would be read as such.
        let quotes = &self.typography.quotes;
        if in_word
            && quotes
                .iter()
                .any(|[_, closing]| *closing == self.typography.apostrophe)
        {
            return None;
        }
        self.open.pop();
        Some(Found { width: 1, becomes })
    }

    /// A straight `'`: it opens if something later closes it, closes what another one opened, or is an apostrophe.
    pub(super) fn single(&mut self, place: &Place<'_>) -> Option<Found<'a>> {
        let next = self.following(place, 1).chars().next();
        let apostrophe = Some(Found {
            width: 1,
            becomes: self.typography.apostrophe.as_str(),
        })
        .filter(|found| !found.becomes.is_empty());
        let in_word = place.before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        if in_word {
            return apostrophe;
        }
        if self.may_open(place.before, next) {
            let level = usize::from(self.open.last().is_none_or(|open| open.level == 0));
            return if self.closes_later(place.start + place.at) {
                Some(self.opened(level, true))
            } else if next.is_some_and(char::is_alphanumeric) {
                apostrophe
            } else {
                None
            };
        }
        if let Some(at) = self.open.iter().rposition(|open| open.single) {
            let open = self.open.remove(at);
            return Some(Found {
                width: 1,
                becomes: &self.typography.quotes[open.level][1],
            });
        }
        // Behind a number it may be a minute or a foot.
        apostrophe.filter(|_| place.before.is_alphabetic())
    }

    fn opened(&mut self, level: usize, single: bool) -> Found<'a> {
        self.open.push(Open { level, single });
        Found {
            width: 1,
            becomes: &self.typography.quotes[level][0],
        }
    }

    fn may_open(&self, before: char, next: Option<char>) -> bool {
        let after_gap = before.is_whitespace()
            || matches!(before, '(' | '[' | '{' | '/' | '-' | '–' | '—' | '"' | '\'')
            || self.is_opening_mark(before);
        after_gap && next.is_some_and(|next| !next.is_whitespace())
    }

    /// Whether a straight `'` that may close something follows in the block.
    fn closes_later(&mut self, at: usize) -> bool {
        let last = *self.last_closing.get_or_insert_with(|| {
            let block = &self.source[self.block.clone()];
            let closing = block.match_indices('\'').rev().find(|(at, _)| {
                let before = block[..*at].chars().next_back();
                let next = block[at + 1..].chars().next();
                before.is_some_and(|before| !before.is_whitespace())
                    && next.is_none_or(|next| !next.is_alphanumeric())
            });
            closing.map_or(0, |(at, _)| self.block.start + at)
        });
        last > at
    }

    /// A sign outside ASCII: a quotation mark that was typed.
    pub(super) fn typed(&mut self, place: &Place<'_>) {
        let rest = &place.text[place.at..];
        for (level, [opening, closing]) in self.typography.quotes.iter().enumerate() {
            if opening == closing {
                continue;
            }
            if rest.starts_with(opening.as_str()) {
                self.open.push(Open {
                    level,
                    single: false,
                });
                return;
            }
            if let Some(next) = rest.strip_prefix(closing.as_str()) {
                let in_word = *closing == self.typography.apostrophe
                    && place.before.is_alphanumeric()
                    && next.starts_with(char::is_alphanumeric);
                if !in_word
                    && !self.may_open(place.before, next.chars().next())
                    && let Some(at) = self.open.iter().rposition(|open| open.level == level)
                {
                    self.open.remove(at);
                }
                return;
            }
        }
    }

    /// One to three hyphens may be a dash: between two spaces, or two or three of them between two words. Writes what
    /// comes of them, and says how much of the run was passed.
    pub(super) fn hyphens(
        &mut self,
        place: &Place<'_>,
        copied: &mut usize,
        out: &mut String,
    ) -> usize {
        let count = place.text[place.at..]
            .bytes()
            .take_while(|byte| *byte == b'-')
            .count();
        let dash = &self.typography.dash;
        let next = self.following(place, count).chars().next();
        let spaced = place.before == ' ' || place.before == '\u{a0}';
        let begins = place.start + place.at == self.block.start || dash.sign.is_empty();
        let Some(next) = next.filter(|_| count <= 3 && !begins) else {
            return count;
        };
        let joined = count > 1 && !place.before.is_whitespace() && !next.is_whitespace();
        let apart = spaced && next.is_whitespace();
        if !joined && !apart {
            return count;
        }
        out.push_str(&place.text[*copied..place.at]);
        if spaced && (out.ends_with(' ') || out.ends_with('\u{a0}')) {
            out.pop();
        }
        out.push_str(&dash.before);
        out.push_str(&dash.sign);
        let mut width = count;
        // At the end of a line, or of a run, what follows brings its own space.
        let space = place.text[place.at + count..].starts_with(' ');
        if space || joined {
            out.push_str(&dash.after);
            width += usize::from(space);
        }
        *copied = place.at + width;
        self.before = out.chars().next_back().unwrap_or(' ');
        width
    }

    /// Three dots.
    pub(super) fn dots(&self, place: &Place<'_>) -> Option<Found<'a>> {
        let three = place.text[place.at..].starts_with("...");
        let more = place.before == '.' || place.text[place.at..].starts_with("....");
        let ellipsis = self.typography.ellipsis.as_str();
        (three && !more && !ellipsis.is_empty()).then_some(Found {
            width: 3,
            becomes: ellipsis,
        })
    }
}
