//! What a step gives the person to hear.

use forms::{Change, Registration, State};
use jiff::Timestamp;

use crate::store::{MessageKind, OutboxMessage};

/// The message that recording a registration gives rise to. To a person who has one already it is about that one.
pub(super) fn first_message(registration: &Registration, now: Timestamp) -> OutboxMessage {
    let (kind, about) = match &registration.duplicate_of {
        None => (MessageKind::Received, &registration.id),
        Some(earlier) => (MessageKind::AlreadyRegistered, earlier),
    };
    OutboxMessage::new(&registration.id, registration.version, kind, about, now)
}

/// What a change gives the person to hear. Of a duplicate only that it was given back, and that the registration there is
/// stays: its sender may be the person, who believes to have given back everything.
pub(super) fn message(
    before: &Registration,
    after: &Registration,
    change: &Change,
    now: Timestamp,
) -> Option<OutboxMessage> {
    let kind = match change {
        Change::Approve if after.must_verify => MessageKind::Received,
        Change::Verify | Change::Approve | Change::Accept | Change::Reinstate => {
            MessageKind::Confirmed
        }
        Change::Offer { .. } => MessageKind::Offered,
        Change::Lapse if matches!(before.state, State::Offered { .. }) => MessageKind::OfferLapsed,
        Change::Cancel => MessageKind::Cancelled,
        Change::CancelByOrganiser => MessageKind::CancelledByOrganiser,
        Change::Reject => MessageKind::Rejected,
        Change::Resize(_) => MessageKind::PartyChanged,
        Change::Announce => MessageKind::EventChanged,
        Change::Remind => MessageKind::Reminder,
        _ => return None,
    };
    let (kind, about) = match (&after.duplicate_of, kind) {
        (None, kind) => (kind, &after.id),
        (Some(earlier), MessageKind::Cancelled) => (MessageKind::AlreadyRegistered, earlier),
        (Some(_), _) => return None,
    };
    let message = OutboxMessage::new(&after.id, after.version, kind, about, now);
    Some(message)
}
