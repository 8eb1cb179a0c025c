//! What mends a problem, as data, and how that is done to a text.

use std::ops::Range;

use serde::Serialize;

/// What mends a problem. There is one only where one answer is certain, and it never touches meaning.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fix {
    /// Parts of the text that become others: all of them, or none.
    Edits(Vec<Edit>),
    /// The whole file as it should be, where it cannot be read as it is.
    Text(String),
    /// Another name for the file, in the same folder.
    Rename(String),
}

/// A part of a text that becomes another one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Edit {
    /// Where it begins, in bytes of the text without a byte order mark.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What comes in its place.
    pub with: String,
}

impl Edit {
    /// A part that becomes another one.
    pub fn new(part: &Range<usize>, with: impl Into<String>) -> Edit {
        Edit {
            start: part.start,
            end: part.end,
            with: with.into(),
        }
    }

    /// Whether both cannot be done: they touch the same text, or come to stand at the same place.
    fn meets(&self, other: &Edit) -> bool {
        let overlap = self.start < other.end && other.start < self.end;
        overlap || self.start == other.start
    }

    fn fits(&self, text: &str) -> bool {
        self.start <= self.end && text.get(self.start..self.end).is_some()
    }
}

/// A text after what was done to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// Which groups of edits were done, by their place in the list.
    pub done: Vec<usize>,
}

/// Does groups of edits to a text, each whole or not at all: of two that meet only the first one is done. Whatever no edit names
/// stays byte for byte.
pub fn apply<'a>(text: &str, groups: impl IntoIterator<Item = &'a [Edit]>) -> Mended {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut done = Vec::new();
    for (number, group) in groups.into_iter().enumerate() {
        let within = |at: usize| group[..at].iter().any(|edit| edit.meets(&group[at]));
        let clashes = (0..group.len()).any(|at| {
            let edit = &group[at];
            !edit.fits(text) || within(at) || taken.iter().any(|taken| taken.meets(edit))
        });
        if !clashes && !group.is_empty() {
            taken.extend(group);
            done.push(number);
        }
    }
    taken.sort();
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        mended.push_str(&text[at..edit.start]);
        mended.push_str(&edit.with);
        at = edit.end;
    }
    mended.push_str(&text[at..]);
    Mended { text: mended, done }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_meets_is_left_for_the_next_time() {
        let first = [Edit::new(&(0..3), "x")];
        let second = [Edit::new(&(2..4), "y"), Edit::new(&(5..5), "z")];
        let third = [Edit::new(&(4..5), "")];
        let outside = [Edit::new(&(5..9), "")];
        let groups = [&first[..], &second, &third, &outside, &[]];
        let mended = apply("abcdef", groups);
        assert_eq!((mended.text.as_str(), mended.done), ("xdf", vec![0, 2]));
    }

    proptest::proptest! {
        #[test]
        fn what_no_edit_names_stays(text in "[абвa-c\n ]{0,40}", cuts in proptest::collection::vec((0_usize..60, 0_usize..8), 0..6)) {
            let groups: Vec<Vec<Edit>> = cuts.iter().map(|(at, length)| vec![Edit::new(&(*at..at + length), "#")]).collect();
            let mended = apply(&text, groups.iter().map(Vec::as_slice));
            let mut kept = text.clone();
            let mut done: Vec<&Edit> = mended.done.iter().map(|number| &groups[*number][0]).collect();
            done.sort();
            for edit in done.into_iter().rev() {
                kept.replace_range(edit.start..edit.end, "#");
            }
            proptest::prop_assert_eq!(kept, mended.text);
        }
    }
}
