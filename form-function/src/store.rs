//! Where registrations are kept, in the words of the trade.
//!
//! Every method that changes something is one atomic, durable step: when it has answered, the answer survives a crash;
//! when it has failed, nothing changed. A refused condition is an answer, not an error.

use std::future::Future;

use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;

use crate::seal::Sealed;

mod document;
mod message;
mod step;
#[cfg(feature = "aws")]
pub mod dynamodb;
#[cfg(feature = "embedded")]
pub mod sqlite;

pub use document::{Collection, Document, Documents, Order};
pub use message::{
    Allowance, Delivery, DeliveryStatus, Mails, MessageId, MessageKind, OutboxMessage,
};
pub use step::{
    Actor, AnsweredRequest, Applied, AuditEvent, Claim, Condition, ConsentRecord, Counters, From,
    QueueMove, Refusal, Step, StepId,
};

pub(crate) use step::audit_kept;

/// What a method of a store answers with.
pub type Answer<T> = Result<T, StoreError>;

/// Where registrations are kept.
pub trait Store: Send + Sync + 'static {
    /// Carries out a step, or nothing of it. Of several conditions that do not hold it names the first: request,
    /// counters, claim, version.
    fn apply(&self, step: &Step) -> impl Future<Output = Answer<Applied>> + Send;

    /// The request of this key, if it was answered and is not forgotten by `now`.
    fn request(
        &self,
        key: &str,
        now: Timestamp,
    ) -> impl Future<Output = Answer<Option<AnsweredRequest>>> + Send;

    /// The registration of this identity.
    fn registration(
        &self,
        id: &RegistrationId,
    ) -> impl Future<Output = Answer<Option<Registration>>> + Send;

    /// A part of the personal data of a registration, sealed.
    fn sealed(
        &self,
        id: &RegistrationId,
        part: Part,
    ) -> impl Future<Output = Answer<Option<Sealed>>> + Send;

    /// What happened to a registration, in order.
    fn history(&self, id: &RegistrationId) -> impl Future<Output = Answer<Vec<AuditEvent>>> + Send;

    /// What the person agreed to, in order.
    fn consents(
        &self,
        id: &RegistrationId,
    ) -> impl Future<Output = Answer<Vec<ConsentRecord>>> + Send;

    /// What became of the messages about a registration.
    fn deliveries(&self, id: &RegistrationId)
    -> impl Future<Output = Answer<Vec<Delivery>>> + Send;

    /// How many places of an activity are taken and waited for.
    fn availability(&self, activity: &Slug) -> impl Future<Output = Answer<Availability>> + Send;

    /// The registration of a person for an activity that counts, if there is one.
    fn holder(
        &self,
        activity: &Slug,
        person: &ContactHash,
    ) -> impl Future<Output = Answer<Option<RegistrationId>>> + Send;

    /// Who waits for a place, the first first, at most `limit`.
    fn queue(
        &self,
        activity: &Slug,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<RegistrationId>>> + Send;

    /// Registrations that have to be looked at by `now`, the most overdue first, at most `limit`. May be a little behind.
    fn due(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<RegistrationId>>> + Send;

    /// Registrations for an activity in the order in which they were taken, after `after`, at most `limit`. May be a little
    /// behind: what is to be changed is read anew.
    fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<Registration>>> + Send;

    /// Every registration of a person.
    fn registrations_of(
        &self,
        person: &ContactHash,
    ) -> impl Future<Output = Answer<Vec<RegistrationId>>> + Send;

    /// What was last announced of an activity, as [`forms::Session::fingerprint`] names it.
    fn announced(&self, activity: &Slug) -> impl Future<Output = Answer<Option<String>>> + Send;

    /// Records what was announced of an activity.
    fn announce(
        &self,
        activity: &Slug,
        fingerprint: &str,
    ) -> impl Future<Output = Answer<()>> + Send;

    /// What was last noted of the keys that the store is filled with, as [`keys_check`](crate::keys_check) writes it.
    fn noted_keys(&self) -> impl Future<Output = Answer<Option<String>>> + Send;

    /// Notes the keys that the store is filled with from now on. Tells nothing of the keys themselves.
    fn note_keys(&self, keys: &str) -> impl Future<Output = Answer<()>> + Send;

    /// Messages that are due by `now`, the oldest first, at most `limit`.
    fn outbox(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<OutboxMessage>>> + Send;

    /// Gives a message a new due time, and says whether it still had the one it came with: then it is whoever asked who
    /// delivers it. `attempts` is written too.
    fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> impl Future<Output = Answer<bool>> + Send;

    /// Records what became of a message about a registration, and takes it out of the outbox. Doing it twice does no harm;
    /// what is recorded last counts.
    fn settle(
        &self,
        about: &RegistrationId,
        delivery: &Delivery,
    ) -> impl Future<Output = Answer<()>> + Send;

    /// Uses up one of an allowance, if there is one left.
    fn spend(&self, allowance: &Allowance) -> impl Future<Output = Answer<bool>> + Send;

    /// Forgets requests, deliveries, allowances and audit events whose time is over by `now`.
    fn forget_expired(&self, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;

    /// Whether the store answers.
    fn health(&self) -> impl Future<Output = Answer<()>> + Send;
}

/// A place in the list of an activity's registrations: when one was taken, and, of one instant, its identity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ListPlace {
    /// When it was taken.
    pub submitted_at: Timestamp,
    /// Its identity.
    pub id: RegistrationId,
}

impl ListPlace {
    /// The place of this registration.
    pub fn of(registration: &Registration) -> ListPlace {
        ListPlace {
            submitted_at: registration.submitted_at,
            id: registration.id.clone(),
        }
    }
}

/// An instant as text whose order is the order of time: always nine digits of a second.
pub(crate) fn instant(timestamp: Timestamp) -> String {
    format!("{timestamp:.9}")
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
