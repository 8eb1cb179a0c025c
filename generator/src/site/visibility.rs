//! Who sees a page at the moment for which the site is built.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::clock::Clock;
use crate::parse::document::Facts;

/// Who sees a page at the moment for which the site is built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visibility {
    /// Editors alone, in the preview: it is not finished.
    Draft,
    /// Editors alone, in the preview, until this instant.
    Scheduled(Timestamp),
    /// Everybody.
    Public,
    /// Whoever has its address: since this instant it says that it holds no longer, and stands in no list.
    Expired(Timestamp),
}

impl Visibility {
    /// Whether visitors can open the page.
    pub fn is_published(self) -> bool {
        matches!(self, Visibility::Public | Visibility::Expired(_))
    }

    /// Whether lists, feeds, the search and the sitemap have the page, wherever it is shown at all.
    pub fn is_listed(self) -> bool {
        !matches!(self, Visibility::Expired(_))
    }
}

/// When a page is shown, by its fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lifetime {
    /// Whether it is not finished, whatever the dates say.
    pub draft: bool,
    /// The first instant; absent for "since ever".
    pub publish_at: Option<Timestamp>,
    /// The first instant at which it holds no longer; absent for "for good".
    pub expires_at: Option<Timestamp>,
}

impl Lifetime {
    pub(crate) fn of(facts: &Facts, zone: &TimeZone) -> Lifetime {
        let instant = |moment: &crate::diagnostic::Placed<forms::Moment>| moment.value.begins(zone);
        Lifetime {
            draft: facts.draft,
            publish_at: facts.publish_at.as_ref().map(instant),
            expires_at: facts.expires_at.as_ref().map(instant),
        }
    }

    /// Who sees it by this clock.
    pub(crate) fn visibility(self, clock: &mut Clock) -> Visibility {
        if self.draft {
            return Visibility::Draft;
        }
        if let Some(at) = self.publish_at.filter(|at| !clock.has_come(*at)) {
            return Visibility::Scheduled(at);
        }
        match self.expires_at.filter(|at| clock.has_come(*at)) {
            Some(at) => Visibility::Expired(at),
            None => Visibility::Public,
        }
    }
}
