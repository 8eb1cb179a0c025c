//! One step in the life of a registration: everything that it writes, and the conditions on which it does.
//!
//! Which steps there are is decided elsewhere, once for all stores. A store carries out a step whole or not at all.

use forms::{
    Capacity, ContactHash, FieldName, Language, Part, PartySize, Registration, RegistrationId,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::OutboxMessage;
use crate::seal::Sealed;

/// Everything that a step writes, and on which conditions.
#[derive(Clone, Debug)]
pub struct Step {
    /// The registration as it is afterwards.
    pub registration: Registration,
    /// Where it comes from.
    pub from: From,
    /// What it changes of the activity's counters, and on which condition.
    pub counters: Counters,
    /// What it changes of the person's claim to one registration for the activity.
    pub claim: Claim,
    /// What it changes of the queue.
    pub queue: QueueMove,
    /// The request that it answers, if it answers one.
    pub request: Option<AnsweredRequest>,
    /// Parts of the personal data to keep.
    pub sealed: Vec<(Part, Sealed)>,
    /// Parts of the personal data to destroy.
    pub shredded: Vec<Part>,
    /// Hashes under which the person is found no more.
    pub forgotten: Vec<ContactHash>,
    /// What has to be said to the person.
    pub message: Option<OutboxMessage>,
    /// What the person agreed to.
    pub consents: Vec<ConsentRecord>,
    /// What happened, for the log that is never changed. Its identity is the step's.
    pub audit: AuditEvent,
    /// When the registration has to be looked at again by itself.
    pub due_at: Option<Timestamp>,
}

/// Where a step starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// There is no such registration yet.
    Nothing,
    /// The registration has this version.
    Version(u32),
}

/// What a step changes of an activity's counters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counters {
    /// Places taken, or given back when negative.
    pub taken: i64,
    /// Places waited for.
    pub waiting: i64,
    /// The condition.
    pub condition: Condition,
}

/// The condition on an activity's counters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// None.
    Always,
    /// So many more places are free.
    Room {
        /// The places that may be taken already.
        at_most: u32,
        /// Whether nobody may wait: newcomers do not overtake.
        queue_empty: bool,
    },
    /// So many places are not free, or somebody waits.
    NoRoom {
        /// The places of which more must be taken.
        at_most: u32,
    },
}

impl Condition {
    /// Room for a party; `None` when it is larger than the activity will ever hold.
    pub fn room(capacity: Option<Capacity>, party: u32, queue_empty: bool) -> Option<Condition> {
        let Some(capacity) = capacity else {
            return Some(Condition::Always);
        };
        let at_most = capacity.places().checked_sub(party)?;
        Some(Condition::Room {
            at_most,
            queue_empty,
        })
    }

    /// Whether it holds.
    pub fn holds(self, taken: u32, waiting: u32) -> bool {
        match self {
            Condition::Always => true,
            Condition::Room {
                at_most,
                queue_empty,
            } => taken <= at_most && (waiting == 0 || !queue_empty),
            Condition::NoRoom { at_most } => taken > at_most || waiting > 0,
        }
    }
}

/// What a step changes of the person's claim to one registration for the activity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Nothing.
    Keep,
    /// This registration becomes the person's; nobody's must be.
    Take(ContactHash),
    /// Another registration is the person's, and has to be still.
    HeldBy(ContactHash, RegistrationId),
    /// The person has none any more.
    Release(ContactHash),
}

/// What a step changes of the queue. Its order is that of [`Registration::submitted_at`], then of the identity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QueueMove {
    /// Nothing.
    Keep,
    /// The registration joins it.
    Join,
    /// The registration leaves it.
    Leave,
}

/// A request that was answered. Kept for a day, so that the same request gets the same answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnsweredRequest {
    /// Which request: a hash of what names it.
    pub key: String,
    /// What it asks: the same key with another digest is refused.
    pub digest: String,
    /// The registration it was answered with.
    pub registration: RegistrationId,
    /// From when on the key may be used anew.
    pub expires_at: Timestamp,
}

/// The identity of a step: 128 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub String);

/// Who did something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Whoever has the link of the registration.
    Attendee,
    /// Staff.
    Staff,
    /// The program, because it was time.
    System,
}

/// What happened to a registration. Holds nothing that the person wrote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditEvent {
    /// The identity of the step.
    pub id: StepId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, as [`forms::Change::as_str`] names it, or `submit`.
    pub action: String,
    /// The state before; absent for the first event.
    pub from: Option<String>,
    /// The state after.
    pub to: String,
    /// The party after.
    pub party_size: PartySize,
    /// Why, where staff did it.
    pub reason: Option<String>,
}

/// A consent that was given or withdrawn (GDPR art. 7(1)). The last one of a purpose counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// What for: the name of the question.
    pub purpose: FieldName,
    /// Whether it was given or withdrawn.
    pub given: bool,
    /// The version of the form whose text was agreed to.
    pub form_version: String,
    /// The language of that text.
    pub language: Language,
    /// When.
    pub at: Timestamp,
}

/// What became of a step.
#[derive(Clone, PartialEq, Debug)]
pub enum Applied {
    /// It was carried out.
    Done,
    /// A condition does not hold, and nothing was changed.
    Refused(Refusal),
}

/// The first condition of a step that does not hold.
#[derive(Clone, PartialEq, Debug)]
pub enum Refusal {
    /// The request was answered before.
    Request(AnsweredRequest),
    /// The counters are not as supposed.
    Counters,
    /// The person's claim is not as supposed; whose it is.
    Claim(Option<RegistrationId>),
    /// The registration has another version.
    Version,
}

/// Until when an audit event of this instant is kept.
pub(crate) fn audit_kept(at: Timestamp) -> Timestamp {
    const TWO_YEARS: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
    at.saturating_add(TWO_YEARS).unwrap_or(Timestamp::MAX)
}
