//! When a page was first shown and when it last changed, as far as the content says so. The moment of the build says nothing
//! of that, except that what is still to come has not happened: the same content is the same site.

use forms::{Language, Moment};
use jiff::Timestamp;

use super::clock::Clock;
use super::{Entry, Site};
use crate::parse::document::{Facts, Kind};
use crate::parse::settings::Settings;

/// When a page was first shown and when it last changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct History {
    /// When it was first shown, where that is known.
    pub published: Option<Timestamp>,
    /// When it last changed, where that is known.
    pub updated: Option<Timestamp>,
}

impl History {
    /// What the fields say by this clock. News has a date; one whose year is only supposed says nothing.
    pub(crate) fn of(facts: &Facts, settings: &Settings, clock: &mut Clock) -> History {
        let mut instant = |moment: Moment| {
            let at = moment.begins(&settings.zone);
            let is_known = Some(moment.date().year()) != settings.supposed_year;
            (is_known && clock.has_come(at)).then_some(at)
        };
        let date = match facts.kind {
            Kind::News { date } => instant(Moment::Day(date)),
            _ => None,
        };
        let published = facts.publish_at.as_ref();
        let published = published.and_then(|at| instant(at.value));
        History {
            published: published.max(date),
            updated: facts.updated.and_then(instant),
        }
    }
}

impl Site {
    /// When a page was first shown and when it last changed: at the latest when it was shown.
    pub fn history(&self, entry: &Entry) -> History {
        let History { published, updated } = entry.history;
        History {
            published,
            updated: updated.max(published),
        }
    }

    /// The first instant of which any of these pages says that it was shown then.
    pub fn first_published(&self, entries: impl IntoIterator<Item = usize>) -> Option<Timestamp> {
        let entries = entries.into_iter();
        entries
            .filter_map(|index| self.entries[index].history.published)
            .min()
    }

    /// When anything that is listed in a language last changed, as far as that is known.
    pub fn last_changed_at_all(&self, language: &Language) -> Option<Timestamp> {
        let entries = self.entries.iter().enumerate();
        let listed = entries.filter(|(_, entry)| {
            entry.visibility.is_listed() && entry.in_language(language).is_some()
        });
        self.last_changed(listed.map(|(index, _)| index))
    }

    /// When any of these pages last changed, as far as that is known.
    pub fn last_changed(&self, entries: impl IntoIterator<Item = usize>) -> Option<Timestamp> {
        let entries = entries.into_iter();
        entries
            .filter_map(|index| self.history(&self.entries[index]).updated)
            .max()
    }
}
