//! Any store, or that store with a fault: what tests of errors and negative controls of races are made with.

use form_function::seal::Sealed;
use form_function::store::{
    Allowance, Answer, AnsweredRequest, Applied, AuditEvent, Collection, Condition, ConsentRecord,
    Counters, Delivery, Document, Documents, ListPlace, Order, OutboxMessage, Refusal, Step, Store,
    StoreError,
};
use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use tokio::sync::Barrier;

/// A store, perhaps with a fault.
pub(crate) struct FaultyStore<S> {
    /// The store without it.
    pub(crate) inner: S,
    /// What is wrong with it.
    pub(crate) fault: Fault,
}

/// What is wrong with a store.
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It looks whether there is room and books then; so many have looked before anybody books.
    LooksFirst(Barrier),
    /// It does not answer.
    Silent,
}

impl<S: Store> FaultyStore<S> {
    fn answers(&self) -> Answer<&S> {
        match self.fault {
            Fault::Silent => Err(StoreError::new("no connection")),
            Fault::None | Fault::LooksFirst(_) => Ok(&self.inner),
        }
    }
}

impl<S: Store> Store for FaultyStore<S> {
    async fn apply(&self, step: &Step) -> Answer<Applied> {
        let inner = self.answers()?;
        let condition = step.counters.condition;
        let (Fault::LooksFirst(everybody_has_looked), false) =
            (&self.fault, condition == Condition::Always)
        else {
            return inner.apply(step).await;
        };
        let seen = inner.availability(&step.registration.activity).await?;
        everybody_has_looked.wait().await;
        if !condition.holds(seen.taken, seen.waiting) {
            return Ok(Applied::Refused(Refusal::Counters));
        }
        let unguarded = Step {
            counters: Counters {
                condition: Condition::Always,
                ..step.counters
            },
            ..step.clone()
        };
        inner.apply(&unguarded).await
    }

    async fn request(&self, key: &str, now: Timestamp) -> Answer<Option<AnsweredRequest>> {
        self.answers()?.request(key, now).await
    }

    async fn registration(&self, id: &RegistrationId) -> Answer<Option<Registration>> {
        self.answers()?.registration(id).await
    }

    async fn sealed(&self, id: &RegistrationId, part: Part) -> Answer<Option<Sealed>> {
        self.answers()?.sealed(id, part).await
    }

    async fn history(&self, id: &RegistrationId) -> Answer<Vec<AuditEvent>> {
        self.answers()?.history(id).await
    }

    async fn consents(&self, id: &RegistrationId) -> Answer<Vec<ConsentRecord>> {
        self.answers()?.consents(id).await
    }

    async fn deliveries(&self, id: &RegistrationId) -> Answer<Vec<Delivery>> {
        self.answers()?.deliveries(id).await
    }

    async fn availability(&self, activity: &Slug) -> Answer<Availability> {
        self.answers()?.availability(activity).await
    }

    async fn holder(
        &self,
        activity: &Slug,
        person: &ContactHash,
    ) -> Answer<Option<RegistrationId>> {
        self.answers()?.holder(activity, person).await
    }

    async fn queue(&self, activity: &Slug, limit: u32) -> Answer<Vec<RegistrationId>> {
        self.answers()?.queue(activity, limit).await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Answer<Vec<RegistrationId>> {
        self.answers()?.due(now, limit).await
    }

    async fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Answer<Vec<Registration>> {
        self.answers()?.registrations(activity, after, limit).await
    }

    async fn registrations_of(&self, person: &ContactHash) -> Answer<Vec<RegistrationId>> {
        self.answers()?.registrations_of(person).await
    }

    async fn announced(&self, activity: &Slug) -> Answer<Option<String>> {
        self.answers()?.announced(activity).await
    }

    async fn announce(&self, activity: &Slug, fingerprint: &str) -> Answer<()> {
        self.answers()?.announce(activity, fingerprint).await
    }

    async fn noted_keys(&self) -> Answer<Option<String>> {
        self.answers()?.noted_keys().await
    }

    async fn note_keys(&self, keys: &str) -> Answer<()> {
        self.answers()?.note_keys(keys).await
    }

    async fn outbox(&self, now: Timestamp, limit: u32) -> Answer<Vec<OutboxMessage>> {
        self.answers()?.outbox(now, limit).await
    }

    async fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> Answer<bool> {
        self.answers()?.postpone(message, due_at, attempts).await
    }

    async fn settle(&self, about: &RegistrationId, delivery: &Delivery) -> Answer<()> {
        self.answers()?.settle(about, delivery).await
    }

    async fn spend(&self, allowance: &Allowance) -> Answer<bool> {
        self.answers()?.spend(allowance).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Answer<()> {
        self.answers()?.forget_expired(now).await
    }

    async fn health(&self) -> Answer<()> {
        self.answers()?.health().await
    }
}

impl<S: Store + Documents> Documents for FaultyStore<S> {
    async fn document(&self, collection: Collection, key: &str) -> Answer<Option<Document>> {
        self.answers()?.document(collection, key).await
    }

    async fn documents(
        &self,
        collection: Collection,
        order: Order,
        after: Option<&str>,
        limit: u32,
    ) -> Answer<Vec<Document>> {
        let inner = self.answers()?;
        inner.documents(collection, order, after, limit).await
    }

    async fn keep(&self, collection: Collection, document: &Document) -> Answer<bool> {
        self.answers()?.keep(collection, document).await
    }

    async fn discard(&self, collection: Collection, key: &str) -> Answer<()> {
        self.answers()?.discard(collection, key).await
    }
}
