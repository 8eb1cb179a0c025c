//! Messages that have to be delivered, and what became of them.

use forms::{ContactHash, RegistrationId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The identity of a message. Becomes its Message-ID, so that a message sent twice is recognised as one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub String);

impl MessageId {
    /// The one message of this kind that this version of a registration gives rise to.
    pub fn new(cause: &RegistrationId, version: u32, kind: MessageKind) -> MessageId {
        MessageId(format!("{}.{version}.{}", cause.as_str(), kind.as_str()))
    }

    /// The registration that gave rise to it.
    pub fn cause(&self) -> Option<RegistrationId> {
        let (cause, _) = self.0.split_once('.')?;
        Some(RegistrationId::from_stored(cause))
    }
}

/// A message that has to be delivered. Holds no address: that is opened when the message leaves.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OutboxMessage {
    /// Its identity.
    pub id: MessageId,
    /// What it says.
    pub kind: MessageKind,
    /// The registration it is about, and whose contact receives it.
    pub registration: RegistrationId,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// When it is to be tried next.
    pub due_at: Timestamp,
    /// How often it was tried in vain.
    pub attempts: u32,
}

impl OutboxMessage {
    /// A message that is due at once.
    pub fn new(
        cause: &RegistrationId,
        version: u32,
        kind: MessageKind,
        about: &RegistrationId,
        now: Timestamp,
    ) -> OutboxMessage {
        OutboxMessage {
            id: MessageId::new(cause, version, kind),
            kind,
            registration: about.clone(),
            recorded_at: now,
            due_at: now,
            attempts: 0,
        }
    }
}

/// What a message says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// The registration was taken; its state says how.
    Received,
    /// Somebody, probably the person, signed up again; here is the registration there is.
    AlreadyRegistered,
    /// The registration counts now: it was verified, approved, accepted or brought back.
    Confirmed,
    /// A place became free.
    Offered,
    /// The offer ran out.
    OfferLapsed,
    /// The party is of another size.
    PartyChanged,
    /// The event was moved or postponed.
    EventChanged,
    /// The event is tomorrow.
    Reminder,
    /// The person cancelled.
    Cancelled,
    /// The Centre cancelled.
    CancelledByOrganiser,
    /// Staff did not approve it.
    Rejected,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [MessageKind; 11] = [
        MessageKind::Received,
        MessageKind::AlreadyRegistered,
        MessageKind::Confirmed,
        MessageKind::Offered,
        MessageKind::OfferLapsed,
        MessageKind::PartyChanged,
        MessageKind::EventChanged,
        MessageKind::Reminder,
        MessageKind::Cancelled,
        MessageKind::CancelledByOrganiser,
        MessageKind::Rejected,
    ];

    /// The name in stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageKind::Received => "received",
            MessageKind::AlreadyRegistered => "already_registered",
            MessageKind::Confirmed => "confirmed",
            MessageKind::Offered => "offered",
            MessageKind::OfferLapsed => "offer_lapsed",
            MessageKind::PartyChanged => "party_changed",
            MessageKind::EventChanged => "event_changed",
            MessageKind::Reminder => "reminder",
            MessageKind::Cancelled => "cancelled",
            MessageKind::CancelledByOrganiser => "cancelled_by_organiser",
            MessageKind::Rejected => "rejected",
        }
    }
}

/// What became of a message. Holds no address.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The message.
    pub id: MessageId,
    /// What it said.
    pub kind: MessageKind,
    /// What became of it.
    pub status: DeliveryStatus,
    /// When.
    pub at: Timestamp,
}

impl Delivery {
    /// How long deliveries are remembered.
    pub const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

    /// Until when it is remembered.
    pub fn kept_until(&self) -> Timestamp {
        self.at
            .saturating_add(Delivery::KEPT)
            .unwrap_or(Timestamp::MAX)
    }
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// The mail system took it.
    Sent,
    /// There was nothing true left to say, or nobody to say it to.
    Dropped,
    /// Too many messages to one address on one day.
    Suppressed,
    /// There is no such mailbox, or it does not take this message.
    Bounced,
    /// The owner of the address called it unwanted.
    Unwanted,
    /// It could not leave for days.
    Failed,
}

/// Mails that are counted together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mails {
    /// Those that anybody can have sent to an address by a form.
    Unasked,
    /// Those that whoever has the link of a registration can have sent to its owner.
    Caused,
    /// Links by which staff sign in.
    SignIn,
}

impl Mails {
    /// The name in stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Mails::Unasked => "unasked",
            Mails::Caused => "caused",
            Mails::SignIn => "sign-in",
        }
    }
}

impl DeliveryStatus {
    /// The name in stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            DeliveryStatus::Sent => "sent",
            DeliveryStatus::Dropped => "dropped",
            DeliveryStatus::Suppressed => "suppressed",
            DeliveryStatus::Bounced => "bounced",
            DeliveryStatus::Unwanted => "unwanted",
            DeliveryStatus::Failed => "failed",
        }
    }
}

/// So many of something on one day, for one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// Who.
    pub person: ContactHash,
    /// Of what.
    pub of: Mails,
    /// The day, by the clock of the site.
    pub day: jiff::civil::Date,
    /// How many at most.
    pub limit: u32,
    /// From when on nobody asks any more.
    pub expires_at: Timestamp,
}
