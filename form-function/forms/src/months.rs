//! Months as people write them: a number, a name, the beginning of a name, a Roman number.

use crate::Strings;

/// The names of the months in every language of the site. Who reads one language may well write in another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MonthNames(Vec<(String, i8)>);

/// Fewer letters than this are the beginning of several names in most languages.
const SHORTEST_BEGINNING: usize = 3;

const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

impl MonthNames {
    /// The names, and the customary short ones, that these texts have.
    pub fn of<'a>(languages: impl IntoIterator<Item = &'a Strings>) -> MonthNames {
        let lists = languages.into_iter().flat_map(|strings| {
            [
                strings.list("dates.months"),
                strings.list("dates.months_short"),
            ]
        });
        MonthNames(
            lists
                .chain([ROMAN.to_vec()])
                .flat_map(|names| names.into_iter().map(letters).zip(1..))
                .collect(),
        )
    }

    /// The number of a month, from 1 if it is one.
    pub(crate) fn number(&self, typed: &str) -> Option<i8> {
        if let Ok(number) = typed.parse() {
            return Some(number);
        }
        let typed = letters(typed);
        let is_beginning = typed.chars().count() >= SHORTEST_BEGINNING;
        let (_, number) = self.0.iter().find(|(name, _)| *name == typed).or_else(|| {
            let mut names = self.0.iter().filter(|_| is_beginning);
            names.find(|(name, _)| name.starts_with(&typed))
        })?;
        Some(*number)
    }
}

/// A name in small letters, without the full stop of a short form.
fn letters(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}
