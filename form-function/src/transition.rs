//! From a change to the step that brings it about. Pure: what is written is decided here, once for all stores.

use forms::{
    Capacity, Change, Lifecycle, PartySize, Registration, RegistrationId, Session, State, next_due,
    next_state, over_at, verify_until,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::seal::Sealed;
use crate::store::{
    Actor, AnsweredRequest, AuditEvent, Claim, Condition, ConsentRecord, Counters, From, QueueMove,
    Step, StepId,
};

mod messages;

use messages::{first_message, message};

/// How long the answer to a request is remembered.
pub const REQUEST_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What a change is made on.
#[derive(Clone)]
pub struct Circumstances<'a> {
    /// When.
    pub now: Timestamp,
    /// Who.
    pub actor: Actor,
    /// Why, where staff did it.
    pub reason: Option<String>,
    /// The event as it is announced now.
    pub session: Option<&'a Session>,
    /// The zone in which its times are meant.
    pub zone: &'a TimeZone,
}

/// A registration to record, on conditions.
#[derive(Clone, Debug)]
pub struct SubmitRequest<'a> {
    /// The registration in the state it has when there is room, with fresh identities.
    pub registration: Registration,
    /// Names this request: the same key again gives the first answer again.
    pub idempotency_key: IdempotencyKey,
    /// The personal data.
    pub sealed: Vec<(forms::Part, Sealed)>,
    /// What the person agreed to.
    pub consents: Vec<ConsentRecord>,
    /// The event as it is announced now.
    pub session: Option<&'a Session>,
    /// The zone in which its times are meant.
    pub zone: &'a TimeZone,
}

/// A request's name: a hash of what names it, in hexadecimal, with a digest of what it asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdempotencyKey {
    /// Which request.
    pub key: String,
    /// What it asks: the same key with another digest is refused.
    pub digest: String,
}

impl SubmitRequest<'_> {
    /// How many people may come; absent for no limit.
    pub fn capacity(&self) -> Option<Capacity> {
        self.session.and_then(|session| session.capacity)
    }

    /// Whether to wait when there is no room. A party that is larger than the activity will ever hold may not even wait:
    /// nobody behind it would get the places that it cannot use.
    pub fn may_wait(&self) -> bool {
        self.session.is_some_and(|session| session.waitlist)
            && Condition::room(self.capacity(), self.registration.party_size.places(), true)
                .is_some()
    }
}

/// What a submission supposes about the world. The conditions of its step say so; one that does not hold tells what to
/// suppose instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supposition {
    /// Whether there is room.
    pub room: bool,
    /// The person's earlier registration.
    pub earlier: Option<RegistrationId>,
}

/// The step that records a submission; `None` where there will never be room.
pub fn submission(request: &SubmitRequest<'_>, supposed: &Supposition, id: StepId) -> Option<Step> {
    let asked = &request.registration;
    let party = asked.party_size.places();
    let room = Condition::room(request.capacity(), party, true)?;
    let condition = match (supposed.room, room) {
        (false, Condition::Room { at_most, .. }) => Condition::NoRoom { at_most },
        (_, room) => room,
    };
    let registration = Registration {
        state: if supposed.room {
            asked.state
        } else {
            State::Waitlisted
        },
        duplicate_of: supposed.earlier.clone(),
        ..asked.clone()
    };
    // Whoever waits to be approved holds nothing yet, so there need be no room for them.
    let counters = Counters {
        taken: registration.places().taken.into(),
        waiting: registration.places().waiting.into(),
        condition: if registration.state == State::PendingReview {
            Condition::Always
        } else {
            condition
        },
    };
    let claim = match (registration.people.first(), &supposed.earlier) {
        (Some(person), None) => Claim::Take(person.clone()),
        (Some(person), Some(earlier)) => Claim::HeldBy(person.clone(), earlier.clone()),
        (None, _) => Claim::Keep,
    };
    let now = asked.submitted_at;
    Some(Step {
        from: From::Nothing,
        counters,
        claim,
        queue: if registration.is_queued() {
            QueueMove::Join
        } else {
            QueueMove::Keep
        },
        request: Some(AnsweredRequest {
            key: request.idempotency_key.key.clone(),
            digest: request.idempotency_key.digest.clone(),
            registration: asked.id.clone(),
            expires_at: now + REQUEST_KEPT,
        }),
        sealed: request.sealed.clone(),
        shredded: Vec::new(),
        forgotten: Vec::new(),
        message: Some(first_message(&registration, now)),
        consents: request.consents.clone(),
        audit: AuditEvent {
            id,
            at: now,
            actor: Actor::Attendee,
            action: "submit".to_owned(),
            from: None,
            to: registration.state.as_str().to_owned(),
            party_size: registration.party_size,
            reason: None,
        },
        due_at: next_due(&registration, request.session, request.zone).map(|(at, _)| at),
        registration,
    })
}

/// Why a change cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Impossible {
    /// Not from where the registration stands.
    State,
    /// There will never be room for it.
    NeverFits,
}

/// The step that makes a change to a registration.
pub fn change(
    before: &Registration,
    change: &Change,
    at: &Circumstances<'_>,
    id: StepId,
) -> Result<Step, Impossible> {
    let after = after(before, change, at).ok_or(Impossible::State)?;
    let counters = counters(before, &after, at).ok_or(Impossible::NeverFits)?;
    let person = before.people.first();
    let claim = match (before.claims_person(), after.claims_person(), person) {
        (false, true, Some(person)) => Claim::Take(person.clone()),
        (true, false, Some(person)) => Claim::Release(person.clone()),
        _ => Claim::Keep,
    };
    let gone = |part: &&forms::Part| !after.parts.contains(part);
    Ok(Step {
        from: From::Version(before.version),
        counters,
        claim,
        queue: match (before.is_queued(), after.is_queued()) {
            (false, true) => QueueMove::Join,
            (true, false) => QueueMove::Leave,
            _ => QueueMove::Keep,
        },
        request: None,
        sealed: Vec::new(),
        shredded: before.parts.iter().filter(gone).copied().collect(),
        forgotten: if after.people.is_empty() {
            before.people.clone()
        } else {
            Vec::new()
        },
        message: message(before, &after, change, at.now),
        consents: withdrawn(before, change, at.now),
        audit: AuditEvent {
            id,
            at: at.now,
            actor: at.actor.clone(),
            action: change.as_str().to_owned(),
            from: Some(before.state.as_str().to_owned()),
            to: after.state.as_str().to_owned(),
            party_size: after.party_size,
            reason: at.reason.clone(),
        },
        due_at: next_due(&after, at.session, at.zone).map(|(at, _)| at),
        registration: after,
    })
}

fn after(before: &Registration, change: &Change, at: &Circumstances<'_>) -> Option<Registration> {
    let state = next_state(before.lifecycle, before.state, before.failed_calls, change)?;
    let mut after = Registration {
        state,
        version: before.version + 1,
        ends_at: over_at(before, at.session, at.zone),
        ..before.clone()
    };
    if state != before.state || matches!(change, Change::FailedCall) {
        after.changed_at = at.now;
    }
    match change {
        // A slip of the finger months before must not tell anybody that the event is over.
        Change::Attend if !has_come(at) => return None,
        Change::Miss if after.ends_at.is_some_and(|over| at.now < over) => return None,
        // A link that only the address has got takes the place and shows whose the address is, at once.
        Change::Accept if before.must_verify => return None,
        Change::Verify | Change::Reinstate => after.must_verify = false,
        Change::Approve if before.must_verify => {
            after.state = State::PendingVerification {
                until: verify_until(at.session, at.zone, at.now),
            };
        }
        _ => {}
    }
    match change {
        // Nobody could be told, and nothing would be known of whom it is.
        Change::Reinstate if before.people.is_empty() => return None,
        Change::Resize(party) if *party == before.party_size => return None,
        // Staff may let more people come than the public may bring, if they say why.
        Change::Resize(party) if at.reason.is_none() && !may_come(*party, before, at) => {
            return None;
        }
        Change::Resize(party) => after.party_size = *party,
        Change::FailedCall => after.failed_calls += 1,
        Change::Proceed(_) => after.failed_calls = 0,
        Change::Remind => after.reminded = true,
        Change::WithdrawConsent(purpose) if !before.consents.contains(purpose) => return None,
        Change::WithdrawConsent(purpose) => after.consents.retain(|consent| consent != purpose),
        Change::RevokeLinks => after.token_epoch += 1,
        Change::Announce => {
            let news = at.session?.fingerprint();
            if news == before.heard {
                return None;
            }
            after.heard = news;
            after.reminded = false;
        }
        Change::Purge(parts) => {
            purge(&mut after, |part| parts.contains(part));
            let is_over = after.ends_at.is_none_or(|over| over <= at.now);
            if after.parts.is_empty() && after.state.looks_forward() && !is_over {
                // Nobody could be told of the event any more, so nobody would come.
                after.state = State::CancelledByOrganiser;
            }
        }
        // Nobody showed that the address is theirs, so nothing of it is kept.
        Change::Lapse if matches!(before.state, State::PendingVerification { .. }) => {
            purge(&mut after, |_| true);
        }
        _ => {}
    }
    Some(after)
}

/// Whether the day of the event has come.
fn has_come(at: &Circumstances<'_>) -> bool {
    at.session.is_none_or(|session| {
        let day = session.when.starts.date();
        at.now.to_zoned(at.zone.clone()).date() >= day
    })
}

/// Whether a party is no larger than anybody may bring, or than it was.
fn may_come(party: PartySize, before: &Registration, at: &Circumstances<'_>) -> bool {
    let largest = at
        .session
        .map_or(PartySize::ONE, |session| session.max_party);
    party <= largest.max(before.party_size)
}

/// The evidence that a consent was taken back.
fn withdrawn(before: &Registration, change: &Change, now: Timestamp) -> Vec<ConsentRecord> {
    let Change::WithdrawConsent(purpose) = change else {
        return Vec::new();
    };
    vec![ConsentRecord {
        purpose: purpose.clone(),
        given: false,
        form_version: before.form_version.clone(),
        language: before.language.clone(),
        at: now,
    }]
}

/// Destroys parts of the personal data. With the last of them goes everything by which the person could be found.
fn purge(registration: &mut Registration, dies: impl Fn(&forms::Part) -> bool) {
    registration.parts.retain(|part| !dies(part));
    if registration.parts.is_empty() {
        registration.people.clear();
        registration.token_epoch += 1;
        if registration.lifecycle == Lifecycle::Service && registration.state.is_live() {
            registration.state = State::Closed;
        }
    }
}

/// What a change does to the counters; `None` where there will never be room for it.
fn counters(
    before: &Registration,
    after: &Registration,
    at: &Circumstances<'_>,
) -> Option<Counters> {
    let [old, new] = [before, after].map(Registration::places);
    // A duplicate takes nothing, but is refused like any other, so that nobody can tell.
    let [was, is] = [before, after].map(|registration| {
        let alone = Registration {
            duplicate_of: None,
            ..registration.clone()
        };
        alone.places()
    });
    let capacity = at.session.and_then(|session| session.capacity);
    if is.waiting > was.waiting {
        // Nobody behind a party that can never fit would get the places that it cannot use.
        Condition::room(capacity, is.waiting, false)?;
    }
    // Nobody overtakes those who wait; what is offered is offered to one of them. Staff may, if they say why.
    let queue_empty = match at.actor {
        Actor::Attendee => true,
        Actor::Staff => at.reason.is_none(),
        Actor::System => false,
    };
    let condition = match is.taken.checked_sub(was.taken) {
        Some(more @ 1..) => Condition::room(capacity, more, queue_empty)?,
        _ => Condition::Always,
    };
    Some(Counters {
        taken: i64::from(new.taken) - i64::from(old.taken),
        waiting: i64::from(new.waiting) - i64::from(old.waiting),
        condition,
    })
}

/// The party of a size that an activity gives to one person, if it is one.
pub(crate) fn party(typed: &str, session: &Session) -> Option<PartySize> {
    let party = typed.parse().ok().and_then(PartySize::new)?;
    (party <= session.max_party).then_some(party)
}
