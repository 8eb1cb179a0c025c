//! The one place that knows what time it is, so that the next change of the site is known, too.

use jiff::Timestamp;

/// Answers whether an instant has come, and remembers the next one that has not.
///
/// A [`Site`](super::Site) holds answers and no time, so whatever differs between two moments was asked here, and the first
/// "not yet" is the next instant at which the site would differ. So ask only where the answer is going to be seen.
#[derive(Debug)]
pub(crate) struct Clock {
    now: Timestamp,
    next: Option<Timestamp>,
}

impl Clock {
    /// A clock that stands still.
    pub(crate) fn at(now: Timestamp) -> Clock {
        Clock { now, next: None }
    }

    /// The same time for questions whose answers nobody sees.
    pub(crate) fn aside(&self) -> Clock {
        Clock::at(self.now)
    }

    /// Whether it is that late.
    pub(crate) fn has_come(&mut self, at: Timestamp) -> bool {
        if at <= self.now {
            return true;
        }
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
        false
    }

    /// The first of the instants that have not come.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_change_is_the_first_that_has_not_come() {
        let second = |number| Timestamp::from_second(number).unwrap();
        let mut clock = Clock::at(second(10));
        assert!(clock.has_come(second(9)) && clock.has_come(second(10)));
        assert_eq!(clock.next_change(), None);
        assert!(!clock.has_come(second(30)) && !clock.has_come(second(20)));
        assert_eq!(clock.next_change(), Some(second(20)));
    }
}
