//! Where a registration stands, and where it can go from there.
//!
//! ```text
//!               must confirm the address              there is room
//! submitted ──► pending_verification ──verify──► confirmed ──► attended | no_show
//!    │                │ deadline                   │  ▲
//!    │                ▼                            │  │ accept
//!    │             lapsed             cancelled_by_attendee | cancelled_by_organiser
//!    ├─ full ──► waitlisted ── offer ──► offered ──┘  └── reinstate
//!    │                │ event over          │ deadline, declined
//!    │                ▼                     ▼
//!    │             lapsed                lapsed
//!    └─ approval ─► pending_review ── approve ──► confirmed  |  reject ──► rejected
//! ```
//!
//! The services have no places: submitted → contacted → `interview_scheduled` → admitted → active → exited → `follow_up_due` →
//! closed, or `not_eligible`, withdrawn, unreachable.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{FieldName, Part, PartySize};

/// What a registration is for, and so which states it can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// Places at an event.
    Reservation,
    /// The services of the Centre.
    Service,
}

/// Where a registration stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Holds a place until the person has shown that the address is theirs.
    PendingVerification {
        /// The first instant at which it is too late.
        until: Timestamp,
    },
    /// Waits for staff to approve it; holds no place.
    PendingReview,
    /// A place at an event is held.
    Confirmed,
    /// The event is full; the person waits for a place.
    Waitlisted,
    /// A place that became free is held for the person, who has yet to say whether they want it.
    Offered {
        /// The first instant at which it is too late.
        until: Timestamp,
    },
    /// The person was there.
    Attended,
    /// The person did not come.
    NoShow,
    /// The person did not confirm the address or accept the offer in time, declined it, or the event came before a place did.
    Lapsed,
    /// Staff did not approve it.
    Rejected,
    /// Given back by the person.
    CancelledByAttendee,
    /// Taken back by the Centre, or the event does not take place.
    CancelledByOrganiser,
    /// Taken for the services; staff will make contact.
    Submitted,
    /// Staff have spoken to the person.
    Contacted,
    /// There is a date for the first visit.
    InterviewScheduled,
    /// Admitted to the services.
    Admitted,
    /// Takes part.
    Active,
    /// Has left.
    Exited,
    /// Left six months ago; staff ask how it went.
    FollowUpDue,
    /// Done.
    Closed,
    /// The services are not meant for the person, as staff found out.
    NotEligible,
    /// Withdrawn by the person.
    Withdrawn,
    /// Could not be reached.
    Unreachable,
}

/// What a state holds of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Places for the party.
    Place,
    /// A place in the queue for them.
    PlaceInQueue,
    /// Nothing.
    Nothing,
}

impl State {
    /// The name in stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            State::PendingVerification { .. } => "pending_verification",
            State::PendingReview => "pending_review",
            State::Confirmed => "confirmed",
            State::Waitlisted => "waitlisted",
            State::Offered { .. } => "offered",
            State::Attended => "attended",
            State::NoShow => "no_show",
            State::Lapsed => "lapsed",
            State::Rejected => "rejected",
            State::CancelledByAttendee => "cancelled_by_attendee",
            State::CancelledByOrganiser => "cancelled_by_organiser",
            State::Submitted => "submitted",
            State::Contacted => "contacted",
            State::InterviewScheduled => "interview_scheduled",
            State::Admitted => "admitted",
            State::Active => "active",
            State::Exited => "exited",
            State::FollowUpDue => "follow_up_due",
            State::Closed => "closed",
            State::NotEligible => "not_eligible",
            State::Withdrawn => "withdrawn",
            State::Unreachable => "unreachable",
        }
    }

    /// Whether it counts as the person's registration: while it does, another one of theirs is a duplicate.
    pub fn is_live(self) -> bool {
        !matches!(
            self,
            State::Lapsed
                | State::Rejected
                | State::CancelledByAttendee
                | State::CancelledByOrganiser
                | State::Closed
                | State::NotEligible
                | State::Withdrawn
                | State::Unreachable
        )
    }

    /// What it holds of an event.
    pub fn holds(self) -> Holds {
        match self {
            State::PendingVerification { .. }
            | State::Confirmed
            | State::Offered { .. }
            | State::Attended
            | State::NoShow => Holds::Place,
            State::Waitlisted => Holds::PlaceInQueue,
            _ => Holds::Nothing,
        }
    }

    /// When it lapses by itself.
    pub fn deadline(self) -> Option<Timestamp> {
        match self {
            State::PendingVerification { until } | State::Offered { until } => Some(until),
            _ => None,
        }
    }

    /// Whether the person may still come, so that news of the event is news for them.
    pub fn looks_forward(self) -> bool {
        matches!(
            self,
            State::PendingVerification { .. }
                | State::PendingReview
                | State::Confirmed
                | State::Waitlisted
                | State::Offered { .. }
        )
    }
}

/// What can happen to a registration.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// The person showed that the address is theirs.
    Verify,
    /// Staff agree.
    Approve,
    /// Staff do not agree.
    Reject,
    /// A place became free.
    Offer {
        /// The first instant at which it is too late to accept.
        until: Timestamp,
    },
    /// The person takes the place that was offered.
    Accept,
    /// The person does not want the place that was offered.
    Decline,
    /// Time has run out.
    Lapse,
    /// The person gives it back.
    Cancel,
    /// The Centre takes it back, or the event does not take place.
    CancelByOrganiser,
    /// Staff bring it back to life. It takes its places anew, if there are any.
    Reinstate,
    /// The party grows or shrinks.
    Resize(PartySize),
    /// The person was there.
    Attend,
    /// The person did not come.
    Miss,
    /// Staff take back that the person was there, or was not.
    UndoAttendance,
    /// A step of the services.
    Proceed(Stage),
    /// Staff could not reach the person.
    FailedCall,
    /// The person hears that the event was moved.
    Announce,
    /// The person is reminded of the event.
    Remind,
    /// What is due is worked out anew, since the event was moved.
    Reschedule,
    /// The person takes back a consent (GDPR art. 7(3)). The registration stands.
    WithdrawConsent(FieldName),
    /// Every link that was given out becomes worthless.
    RevokeLinks,
    /// These parts of the personal data are destroyed.
    Purge(Vec<Part>),
}

impl Change {
    /// The name in the audit log.
    pub fn as_str(&self) -> &'static str {
        match self {
            Change::Verify => "verify",
            Change::Approve => "approve",
            Change::Reject => "reject",
            Change::Offer { .. } => "offer",
            Change::Accept => "accept",
            Change::Decline => "decline",
            Change::Lapse => "lapse",
            Change::Cancel => "cancel",
            Change::CancelByOrganiser => "cancel_by_organiser",
            Change::Reinstate => "reinstate",
            Change::Resize(_) => "resize",
            Change::Attend => "attend",
            Change::Miss => "miss",
            Change::UndoAttendance => "undo_attendance",
            Change::Proceed(_) => "proceed",
            Change::FailedCall => "failed_call",
            Change::Announce => "announce",
            Change::Remind => "remind",
            Change::Reschedule => "reschedule",
            Change::WithdrawConsent(_) => "withdraw_consent",
            Change::RevokeLinks => "revoke_links",
            Change::Purge(_) => "purge",
        }
    }
}

/// The steps of the services after the request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Staff have spoken to the person.
    Contacted,
    /// There is a date for the first visit.
    InterviewScheduled,
    /// Admitted.
    Admitted,
    /// Takes part.
    Active,
    /// Has left.
    Exited,
    /// Left six months ago.
    FollowUpDue,
    /// Done.
    Closed,
    /// Not meant for the person.
    NotEligible,
}

/// After so many calls that nobody answered a person counts as unreachable.
pub const CALLS: u32 = 3;

/// The state after a change, or `None` where the change is not possible from here.
pub fn next_state(
    lifecycle: Lifecycle,
    state: State,
    failed_calls: u32,
    change: &Change,
) -> Option<State> {
    use State as S;

    let taken = match lifecycle {
        Lifecycle::Reservation => S::Confirmed,
        Lifecycle::Service => S::Submitted,
    };
    Some(match (change, state) {
        (Change::Verify, S::PendingVerification { .. } | S::Offered { .. })
        | (Change::Approve, S::PendingReview)
        | (
            Change::Reinstate,
            S::CancelledByAttendee
            | S::CancelledByOrganiser
            | S::Rejected
            | S::Lapsed
            | S::Withdrawn
            | S::Unreachable
            | S::NotEligible,
        ) => taken,
        (Change::Reject, S::PendingReview) => S::Rejected,
        (Change::Offer { until }, S::Waitlisted) => S::Offered { until: *until },
        (Change::Accept, S::Offered { .. })
        | (Change::UndoAttendance, S::Attended | S::NoShow)
        | (Change::Remind, S::Confirmed) => S::Confirmed,
        (Change::Decline | Change::Lapse, S::Offered { .. })
        | (Change::Lapse, S::PendingVerification { .. } | S::Waitlisted) => S::Lapsed,
        (Change::Cancel, state) => cancelled(lifecycle, state)?,
        (Change::CancelByOrganiser, state) if state.looks_forward() => S::CancelledByOrganiser,
        (
            Change::Resize(_),
            S::Confirmed | S::Waitlisted | S::PendingReview | S::PendingVerification { .. },
        ) if lifecycle == Lifecycle::Reservation => state,
        (Change::Attend, S::Confirmed | S::NoShow) => S::Attended,
        (Change::Miss, S::Confirmed) => S::NoShow,
        (Change::Proceed(next), state) => proceed(state, *next)?,
        (Change::FailedCall, S::Submitted) if failed_calls + 1 >= CALLS => S::Unreachable,
        (Change::FailedCall, S::Submitted) => S::Submitted,
        (Change::Announce, state) if state.looks_forward() => state,
        (
            Change::Reschedule
            | Change::WithdrawConsent(_)
            | Change::RevokeLinks
            | Change::Purge(_),
            state,
        ) => state,
        _ => return None,
    })
}

/// What a person gives back. What is over, or was given back before, stays as it is.
fn cancelled(lifecycle: Lifecycle, state: State) -> Option<State> {
    match (lifecycle, state) {
        (Lifecycle::Reservation, state) if state.looks_forward() => {
            Some(State::CancelledByAttendee)
        }
        (
            Lifecycle::Service,
            State::PendingVerification { .. }
            | State::Submitted
            | State::Contacted
            | State::InterviewScheduled,
        ) => Some(State::Withdrawn),
        _ => None,
    }
}

fn proceed(state: State, next: Stage) -> Option<State> {
    use State as S;

    Some(match (next, state) {
        (Stage::Contacted, S::Submitted | S::Unreachable) => S::Contacted,
        (Stage::InterviewScheduled, S::Contacted) => S::InterviewScheduled,
        (Stage::Admitted, S::Contacted | S::InterviewScheduled) => S::Admitted,
        (Stage::Active, S::Admitted) => S::Active,
        (Stage::Exited, S::Admitted | S::Active) => S::Exited,
        (Stage::FollowUpDue, S::Exited) => S::FollowUpDue,
        (Stage::Closed, S::Exited | S::FollowUpDue) => S::Closed,
        (Stage::NotEligible, S::Submitted | S::Contacted | S::InterviewScheduled) => S::NotEligible,
        _ => return None,
    })
}
