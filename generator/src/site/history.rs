//! When a page was first shown and when it last changed, as far as the content says so. The moment of the build says nothing
//! of that: the same content is the same site.

use forms::Moment;
use jiff::Timestamp;

use super::{Entry, EntryKind, Site};
use crate::parse::document::Facts;
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
    /// What the fields say.
    pub(crate) fn of(facts: &Facts, settings: &Settings) -> History {
        let known = |moment: &Moment| Some(moment.date().year()) != settings.supposed_year;
        let instant = |moment: Moment| moment.begins(&settings.zone);
        let published = facts.publish_at.as_ref().map(|at| at.value);
        History {
            published: published.filter(known).map(instant),
            updated: facts.updated.filter(known).map(instant),
        }
    }
}

impl Site {
    /// When a page was first shown and when it last changed. News has a date, unless its year is only supposed.
    pub fn history(&self, entry: &Entry) -> History {
        let written = entry.history;
        let date = match entry.kind {
            EntryKind::News { date } if !self.is_supposed(date.year()) => {
                Some(Moment::Day(date).begins(&self.settings.zone))
            }
            _ => None,
        };
        let published = written.published.max(date);
        History {
            published,
            updated: written.updated.max(published),
        }
    }
}
