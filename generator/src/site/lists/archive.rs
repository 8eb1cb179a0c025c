//! The archive of a list: its entries by year, in pages that keep address and content once they are full.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::LanguageLists;
use crate::parse::document::Section;
use crate::parse::settings::Settings;

/// A list by year, the oldest first.
#[derive(Debug, Default)]
pub struct Archive {
    /// The years that have something, the oldest first.
    pub periods: Vec<Period>,
}

/// What is of one year.
#[derive(Debug)]
pub struct Period {
    /// The year; none for entries whose year nobody knows.
    pub year: Option<i16>,
    /// What is of it, the oldest first, so that what comes later is added at the end.
    pub entries: Vec<usize>,
}

impl Archive {
    /// What is of a year.
    pub fn period(&self, year: Option<i16>) -> Option<&Period> {
        self.periods.iter().find(|period| period.year == year)
    }
}

/// The archives of a language. A list that its first page shows as a whole has none.
pub(super) fn archives(
    lists: &LanguageLists,
    days: &[Option<Date>],
    settings: &Settings,
) -> BTreeMap<Section, Archive> {
    [(Section::News, &lists.news), (Section::Events, &lists.past)]
        .into_iter()
        .filter(|(section, list)| {
            let settings = settings.sections.get(section);
            settings.is_some_and(|settings| list.len() > settings.per_page)
        })
        .map(|(section, list)| (section, archive(list, days, settings.supposed_year)))
        .collect()
}

fn archive(list: &[usize], days: &[Option<Date>], supposed: Option<i16>) -> Archive {
    let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
    for index in list.iter().rev() {
        let year = days[*index].map_or(0, Date::year);
        years.entry(year).or_default().push(*index);
    }
    let periods = years.into_iter().map(|(year, entries)| Period {
        year: (supposed != Some(year)).then_some(year),
        entries,
    });
    Archive {
        periods: periods.collect(),
    }
}
