//! What happens to a registration by itself, and when.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::{ActivityStatus, Lifecycle, Moment, Part, PartySize, Registration, Session, State};

/// What is due for a registration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// Its time has run out.
    Lapse,
    /// The event is tomorrow.
    Remind,
    /// Half a year has passed since the person left the services.
    FollowUp,
    /// These parts of the personal data are kept no longer.
    Purge(Vec<Part>),
}

/// How long somebody may think about an offer, while there is time.
const TIME_TO_ACCEPT: SignedDuration = SignedDuration::from_hours(48);
/// How long when the event is near.
const SHORT_TIME_TO_ACCEPT: SignedDuration = SignedDuration::from_hours(12);
/// What "near" is.
const NEAR: SignedDuration = SignedDuration::from_hours(3 * 24);
/// So long before the event nothing is offered any more: reception admits by hand.
const LAST_OFFER: SignedDuration = SignedDuration::from_hours(3);
/// For how many days at most the data of somebody is kept who waited for a place in vain.
const DAYS_AFTER_WAITING: u32 = 7;

/// When an offer that is made at `now` runs out; `None` when it is too late for offers.
pub fn offer_until(session: &Session, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    if session.status != ActivityStatus::Scheduled {
        return None;
    }
    let starts = session.when.starts.begins(zone);
    let last = starts.saturating_sub(LAST_OFFER).ok()?;
    let time = if starts.duration_since(now) < NEAR {
        SHORT_TIME_TO_ACCEPT
    } else {
        TIME_TO_ACCEPT
    };
    (now < last).then(|| last.min(now.saturating_add(time).unwrap_or(last)))
}

/// Why somebody waits for a place while some are free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyWaiting {
    /// The event is not to be, or nobody knows when.
    NotScheduled,
    /// So near the event nothing is offered any more by itself.
    TooNear,
    /// The first in the queue come together and need so many places. Whoever is behind them does not overtake them.
    FirstNeeds(PartySize),
    /// Nothing is in the way: the next round offers.
    AboutToBeOffered,
}

/// Why the first in the queue, with this party, was not offered one of so many free places; by the rules that offers are made by.
pub fn why_waiting(
    session: &Session,
    zone: &TimeZone,
    now: Timestamp,
    free: u32,
    first: PartySize,
) -> WhyWaiting {
    if session.status != ActivityStatus::Scheduled {
        WhyWaiting::NotScheduled
    } else if offer_until(session, zone, now).is_none() {
        WhyWaiting::TooNear
    } else if first.places() > free {
        WhyWaiting::FirstNeeds(first)
    } else {
        WhyWaiting::AboutToBeOffered
    }
}

/// How long a postponed event may take to find another date. After that it counts as over.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(365 * 24);

/// When what a registration is for is over: by the session as it is announced now, or as it was when the registration
/// last changed, when it is announced no more. The date of a postponed event is none.
pub fn over_at(
    registration: &Registration,
    session: Option<&Session>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let Some(session) = session else {
        return registration.ends_at;
    };
    let over = session.when.is_over(zone);
    Some(match session.status {
        ActivityStatus::Postponed => over.saturating_add(LONGEST_WAIT).unwrap_or(over),
        ActivityStatus::Scheduled | ActivityStatus::Cancelled => over,
    })
}

/// What is due next for a registration, and when.
pub fn next_due(
    registration: &Registration,
    session: Option<&Session>,
    zone: &TimeZone,
) -> Option<(Timestamp, Due)> {
    let lapse = lapses_at(registration, session, zone).map(|at| (at, Due::Lapse));
    let remind = session
        .and_then(|session| reminder_at(registration, session, zone))
        .map(|at| (at, Due::Remind));
    let follow_up = follow_up_at(registration, zone).map(|at| (at, Due::FollowUp));
    let purge = purge_at(registration, session, zone);
    // Of equals the first: what lapses may be purged at once.
    [lapse, remind, follow_up, purge]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
}

fn lapses_at(
    registration: &Registration,
    session: Option<&Session>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    match registration.state {
        State::Waitlisted => over_at(registration, session, zone),
        state => state.deadline(),
    }
}

/// 18:00 on the day before, when people plan tomorrow. Who got the place later needs no reminder.
fn reminder_at(
    registration: &Registration,
    session: &Session,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let wanted = registration.state == State::Confirmed
        && session.status == ActivityStatus::Scheduled
        && !registration.reminded;
    if !wanted {
        return None;
    }
    let evening = session.when.starts.date().checked_sub(1.day()).ok()?;
    let at = Moment::At(evening.to_datetime(Time::constant(18, 0, 0, 0))).begins(zone);
    (registration.changed_at < at).then_some(at)
}

fn follow_up_at(registration: &Registration, zone: &TimeZone) -> Option<Timestamp> {
    if registration.state != State::Exited {
        return None;
    }
    let left = registration.changed_at.to_zoned(zone.clone());
    left.checked_add(6.months()).ok().map(|at| at.timestamp())
}

fn purge_at(
    registration: &Registration,
    session: Option<&Session>,
    zone: &TimeZone,
) -> Option<(Timestamp, Due)> {
    let since = kept_since(registration, session, zone)?;
    let dies = |part: &Part| {
        let days = if registration.state == State::Lapsed {
            part.days.min(DAYS_AFTER_WAITING)
        } else {
            part.days
        };
        let kept = SignedDuration::from_hours(24 * i64::from(days));
        since.saturating_add(kept).unwrap_or(Timestamp::MAX)
    };
    let first = registration.parts.iter().map(dies).min()?;
    let parts = registration.parts.iter().copied();
    let due = parts.filter(|part| dies(part) <= first).collect();
    Some((first, Due::Purge(due)))
}

/// What the time of keeping counts from. Who was admitted to the services is kept for as long as the programme's rules
/// say, which a person decides.
fn kept_since(
    registration: &Registration,
    session: Option<&Session>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    match (registration.lifecycle, registration.state) {
        (Lifecycle::Reservation, _) => over_at(registration, session, zone),
        (
            Lifecycle::Service,
            State::Admitted | State::Active | State::Exited | State::FollowUpDue | State::Closed,
        ) => None,
        (Lifecycle::Service, _) => Some(registration.changed_at),
    }
}
