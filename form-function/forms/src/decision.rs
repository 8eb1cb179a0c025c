//! What to do with a valid submission. Whether there is room is the store's to say.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::eligibility::NotEligible;
use crate::{
    Activity, ActivityStatus, FormDefinition, PartySize, Session, State, Submission, eligibility,
};

/// What to do with a valid submission.
#[derive(Clone, PartialEq, Debug)]
pub enum Decision {
    /// Ask the store for it.
    Reserve(Reservation),
    /// The form is not meant for this person, who is told where to turn.
    NotEligible(NotEligible),
    /// One cannot sign up yet.
    NotYetOpen(Timestamp),
    /// One can no longer sign up.
    Closed,
    /// The event does not take place, or not then.
    Off(ActivityStatus),
}

/// What the store is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Reservation {
    /// The answers.
    pub submission: Submission,
    /// The state when there is room.
    pub state: State,
}

impl Reservation {
    /// The number of places asked for.
    pub fn party_size(&self) -> PartySize {
        self.submission.party_size
    }
}

/// Whether one can sign up for an activity, as far as its announcement says. Whether there is room is the store's to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Admission {
    /// One can.
    Open,
    /// Not yet.
    NotYetOpen(Timestamp),
    /// No longer.
    Closed,
    /// The event does not take place, or not then.
    Off(ActivityStatus),
}

/// Whether one can sign up for an activity at `now`. For the services one always can.
pub fn admission(activity: &Activity, now: Timestamp) -> Admission {
    let session = activity.session.as_ref();
    session.map_or(Admission::Open, |session| session.admission(now))
}

impl Session {
    /// Whether one can sign up at `now`.
    pub fn admission(&self, now: Timestamp) -> Admission {
        self.admission_by(|at| at <= now)
    }

    /// Whether one can sign up, where somebody else knows which instants have come. Asks only as far as the answer depends
    /// on it.
    pub fn admission_by(&self, mut has_come: impl FnMut(Timestamp) -> bool) -> Admission {
        if self.status != ActivityStatus::Scheduled {
            return Admission::Off(self.status);
        }
        match self.window.opens_at {
            Some(opens_at) if !has_come(opens_at) => Admission::NotYetOpen(opens_at),
            _ if has_come(self.window.closes_at) => Admission::Closed,
            _ => Admission::Open,
        }
    }
}

/// Decides on a valid submission at `now`, in the zone where wall times are meant.
pub fn decide(
    activity: &Activity,
    definition: &FormDefinition,
    submission: Submission,
    now: Timestamp,
    zone: &TimeZone,
) -> Decision {
    match admission(activity, now) {
        Admission::Open => {}
        Admission::NotYetOpen(opens_at) => return Decision::NotYetOpen(opens_at),
        Admission::Closed => return Decision::Closed,
        Admission::Off(status) => return Decision::Off(status),
    }
    if let Some(reason) = eligibility::unmet(
        activity,
        definition,
        &submission,
        now.to_zoned(zone.clone()).date(),
    ) {
        return Decision::NotEligible(reason);
    }
    Decision::Reserve(reservation(activity, definition, submission, now, zone))
}

/// How long a place is held for somebody who has yet to show that the address is theirs.
const TIME_TO_VERIFY: SignedDuration = SignedDuration::from_hours(24);

/// When it is too late to show that an address is one's own: after a day, or when the event is over.
pub fn verify_until(session: Option<&Session>, zone: &TimeZone, now: Timestamp) -> Timestamp {
    session
        .map_or(Timestamp::MAX, |session| session.when.is_over(zone))
        .min(now.saturating_add(TIME_TO_VERIFY).unwrap_or(now))
}

fn reservation(
    activity: &Activity,
    definition: &FormDefinition,
    submission: Submission,
    now: Timestamp,
    zone: &TimeZone,
) -> Reservation {
    let session = activity.session.as_ref();
    let until = verify_until(session, zone, now);
    let state = match session {
        Some(session) if session.approval => State::PendingReview,
        _ if definition.verify_email => State::PendingVerification { until },
        Some(_) => State::Confirmed,
        None => State::Submitted,
    };
    Reservation { submission, state }
}
