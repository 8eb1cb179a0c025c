//! Where registrations are kept, in the words of the trade.
//!
//! Every method that changes something is one atomic, durable step: when it has answered, the answer survives a crash;
//! when it has failed, nothing changed. A refused condition is an answer, not an error.

use std::future::Future;

use forms::{Availability, Capacity, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) mod record;
#[cfg(feature = "aws")]
pub mod dynamodb;
#[cfg(feature = "embedded")]
pub mod sqlite;

/// Where registrations are kept.
pub trait Store: Send + Sync + 'static {
    /// Takes the places and records the registration with its first message, or changes nothing.
    fn submit(
        &self,
        request: &SubmitRequest,
    ) -> impl Future<Output = Result<Submitted, StoreError>> + Send;

    /// The registration that this very request was answered with, if it was.
    fn answered(
        &self,
        key: &IdempotencyKey,
    ) -> impl Future<Output = Result<Option<Registration>, StoreError>> + Send;

    /// The registration of this identity.
    fn registration(
        &self,
        id: &RegistrationId,
    ) -> impl Future<Output = Result<Option<Registration>, StoreError>> + Send;

    /// Gives the places of a live registration back and records the message about it.
    fn cancel(
        &self,
        id: &RegistrationId,
        now: Timestamp,
    ) -> impl Future<Output = Result<Cancelled, StoreError>> + Send;

    /// How many places of an activity are taken and waited for.
    fn availability(
        &self,
        activity: &Slug,
    ) -> impl Future<Output = Result<Availability, StoreError>> + Send;

    /// Messages that are recorded and not yet delivered, oldest first, at most `limit`.
    fn undelivered(
        &self,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<OutboxMessage>, StoreError>> + Send;

    /// Records that a message was handed over. Doing it twice does no harm.
    fn mark_delivered(&self, id: &MessageId)
    -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Whether the store answers.
    fn health(&self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// A registration to record, on conditions.
#[derive(Clone, Debug)]
pub struct SubmitRequest {
    /// The registration in the state it has when there is room, with fresh identities.
    pub registration: Registration,
    /// How many people may come; absent for no limit. The places taken never exceed it.
    pub capacity: Option<Capacity>,
    /// Whether to wait when there is no room.
    pub waitlist: bool,
    /// Names this request: the same key again gives the first answer again.
    pub idempotency_key: IdempotencyKey,
    /// A keyed hash of the contact, which is the same for one person and says nothing about them.
    pub contact_hash: ContactHash,
}

/// What became of a [`SubmitRequest`].
#[derive(Clone, PartialEq, Debug)]
pub enum Submitted {
    /// Recorded now, in the state that the registration says: the asked one, or waiting. When the person had a live
    /// registration for the activity, `duplicate_of` names it and no place was taken.
    Recorded(Registration),
    /// Recorded before, under the same key and with the same answers.
    Replayed(Registration),
    /// The key was used before for other answers.
    KeyReused,
    /// No room, and no waiting list.
    Full,
}

/// What became of a cancellation.
#[derive(Clone, PartialEq, Debug)]
pub enum Cancelled {
    /// Cancelled now; its places are free again.
    Cancelled(Registration),
    /// It was cancelled before.
    Already(Registration),
    /// There is no such registration.
    Unknown,
}

/// A request's name: the SHA-256 of what names it, in hexadecimal, with a digest of what it asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdempotencyKey {
    /// Which request.
    pub key: String,
    /// What it asks: the same key with another digest is refused.
    pub digest: String,
}

/// A keyed hash of the contact, in hexadecimal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ContactHash(pub String);

/// The identity of a message. Becomes its Message-ID, so that a message sent twice is recognised as one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub String);

impl MessageId {
    /// The one message of this kind that this registration gives rise to.
    pub fn new(cause: &RegistrationId, kind: MessageKind) -> MessageId {
        MessageId(format!("{}.{}", cause.as_str(), kind.as_str()))
    }
}

/// A message that has to be delivered.
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
}

/// What a message says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// The registration was taken; its state says how.
    Received,
    /// Somebody, probably the person, signed up again; here is the registration there is.
    AlreadyRegistered,
    /// The registration was cancelled.
    Cancelled,
}

impl MessageKind {
    /// The name in stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageKind::Received => "received",
            MessageKind::AlreadyRegistered => "already_registered",
            MessageKind::Cancelled => "cancelled",
        }
    }
}

/// The store could not answer. The visitor sees an apology, the log sees the cause.
#[derive(Debug, thiserror::Error)]
#[error("the registration store did not answer")]
pub struct StoreError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

impl StoreError {
    /// The error with this cause.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
        StoreError(cause.into())
    }
}
