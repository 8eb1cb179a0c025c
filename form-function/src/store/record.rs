//! What a step of a registration writes, whichever store writes it: both ask here, so that they cannot differ.

use forms::{Availability, Registration, RegistrationId, State};
use jiff::Timestamp;

use super::{MessageId, MessageKind, OutboxMessage, SubmitRequest};

/// Whether the party is larger than the activity will ever hold. It may not even wait: nobody behind it would get the
/// places that it cannot use.
pub(super) fn never_fits(request: &SubmitRequest) -> bool {
    request
        .capacity
        .is_some_and(|capacity| request.registration.party_size.places() > capacity.places())
}

/// The registration as it is recorded when there was room or not, for a person who had a live registration or not.
pub(super) fn recorded(
    request: &SubmitRequest,
    room: bool,
    earlier: Option<RegistrationId>,
) -> Registration {
    let state = if room {
        request.registration.state
    } else {
        State::Waitlisted
    };
    Registration {
        state,
        duplicate_of: earlier,
        ..request.registration.clone()
    }
}

/// The registration after the person gave it back.
pub(super) fn cancelled(registration: &Registration) -> Registration {
    Registration {
        state: State::CancelledByAttendee,
        version: registration.version + 1,
        ..registration.clone()
    }
}

/// The places that a registration counts for.
pub(super) fn places(registration: &Registration) -> Availability {
    let party = registration.party_size.places();
    if registration.duplicate_of.is_some() {
        return Availability::default();
    }
    match registration.state {
        State::Confirmed | State::Submitted => Availability {
            taken: party,
            waiting: 0,
        },
        State::Waitlisted => Availability {
            taken: 0,
            waiting: party,
        },
        State::CancelledByAttendee => Availability::default(),
    }
}

/// The message that recording a registration gives rise to. To a person who has one already it is about that one.
pub(crate) fn first_message(registration: &Registration) -> OutboxMessage {
    let (kind, about) = match &registration.duplicate_of {
        None => (MessageKind::Received, &registration.id),
        Some(earlier) => (MessageKind::AlreadyRegistered, earlier),
    };
    OutboxMessage {
        id: MessageId::new(&registration.id, kind),
        kind,
        registration: about.clone(),
        recorded_at: registration.submitted_at,
    }
}

/// The message that a cancellation gives rise to. None for a duplicate: its sender, who may be a stranger, gave back
/// nothing of the person's.
pub(crate) fn last_message(registration: &Registration, now: Timestamp) -> Option<OutboxMessage> {
    let kind = MessageKind::Cancelled;
    registration.duplicate_of.is_none().then(|| OutboxMessage {
        id: MessageId::new(&registration.id, kind),
        kind,
        registration: registration.id.clone(),
        recorded_at: now,
    })
}

/// An instant as text whose order is the order of time: always nine digits of a second.
pub(super) fn instant(timestamp: Timestamp) -> String {
    format!("{timestamp:.9}")
}
