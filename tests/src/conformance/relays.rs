//! A client's way to a store, which notes what was written and when, and breaks down at a chosen point like a process
//! that dies: before a write, or after it and before its reply.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use form_function::seal::Sealed;
use form_function::store::{
    Allowance, Answer, AnsweredRequest, Applied, AuditEvent, ConsentRecord, Delivery, ListPlace,
    OutboxMessage, Step, Store, StoreError,
};
use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;

use crate::chance;

/// A way to a store. One client at a time uses it.
pub(super) struct Relay<S> {
    store: Arc<S>,
    notes: Arc<Notes>,
    /// When this client last read the queue.
    looked: AtomicU64,
    writes: AtomicU32,
    crash: Option<Crash>,
    died: Mutex<Option<Doing>>,
}

/// What all clients of a store wrote.
#[derive(Default)]
pub(super) struct Notes {
    ticks: AtomicU64,
    written: Mutex<Vec<Written>>,
}

/// A step that was carried out some time between two ticks of a clock that all clients share.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) step: Step,
    pub(super) began: u64,
    pub(super) ended: u64,
    /// When its client had last read the queue before.
    pub(super) looked: u64,
}

/// What a client was doing when it died.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Doing {
    /// It made a change, or answered a request.
    Applying,
    /// It took a message or gave it another time.
    Postponing,
    /// It recorded that a message was dealt with.
    Settling(Delivery),
    /// Something else.
    Other,
}

/// Where a client dies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crash {
    /// The number of the write, from 0.
    pub(super) at: u32,
    /// Whether the write still happens.
    pub(super) written: bool,
}

impl<S: Store> Relay<S> {
    /// The first client of a store.
    pub(super) fn new(store: Arc<S>) -> Relay<S> {
        Relay::with(store, Arc::default(), None)
    }

    /// Another client of the same store, whose writes go into the same notes.
    pub(super) fn another(&self) -> Relay<S> {
        Relay::with(Arc::clone(&self.store), Arc::clone(&self.notes), None)
    }

    /// Another client, which is going to die.
    pub(super) fn doomed(&self, crash: Crash) -> Relay<S> {
        Relay::with(
            Arc::clone(&self.store),
            Arc::clone(&self.notes),
            Some(crash),
        )
    }

    fn with(store: Arc<S>, notes: Arc<Notes>, crash: Option<Crash>) -> Relay<S> {
        Relay {
            store,
            notes,
            crash,
            looked: AtomicU64::new(0),
            writes: AtomicU32::new(0),
            died: Mutex::default(),
        }
    }

    /// Every step that was carried out.
    pub(super) fn written(&self) -> Vec<Written> {
        let written = self.notes.written.lock();
        written.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often this client wrote.
    pub(super) fn writes(&self) -> u32 {
        self.writes.load(Ordering::SeqCst)
    }

    /// What this client was doing when it died, if it has.
    pub(super) fn died(&self) -> Option<Doing> {
        let died = self.died.lock();
        died.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tick(&self) -> u64 {
        self.notes.ticks.fetch_add(1, Ordering::SeqCst)
    }

    /// The store, for as long as this client lives.
    fn alive(&self) -> Answer<&S> {
        if self.died().is_some() {
            return Err(StoreError::new("the process has died"));
        }
        Ok(&self.store)
    }

    /// Writes, unless this is where the client dies. Others may come in between what was read and this.
    async fn write<T>(&self, doing: Doing, writing: impl Future<Output = Answer<T>>) -> Answer<T> {
        for _ in 0..chance::nth(3, self.tick()) % 3 {
            tokio::task::yield_now().await;
        }
        self.alive()?;
        let number = self.writes.fetch_add(1, Ordering::SeqCst);
        let crash = self.crash.filter(|crash| crash.at == number);
        if crash.is_none_or(|crash| crash.written) {
            let answer = writing.await;
            if crash.is_none() {
                return answer;
            }
        }
        *self.died.lock().unwrap_or_else(PoisonError::into_inner) = Some(doing);
        Err(StoreError::new("the process died"))
    }
}

impl<S: Store> Store for Relay<S> {
    async fn apply(&self, step: &Step) -> Answer<Applied> {
        let noting = async {
            let looked = self.looked.load(Ordering::SeqCst);
            let began = self.tick();
            let applied = self.store.apply(step).await?;
            let ended = self.tick();
            if applied == Applied::Done {
                let mut written = self
                    .notes
                    .written
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let step = step.clone();
                written.push(Written {
                    step,
                    began,
                    ended,
                    looked,
                });
            }
            Ok(applied)
        };
        self.write(Doing::Applying, noting).await
    }

    async fn request(&self, key: &str, now: Timestamp) -> Answer<Option<AnsweredRequest>> {
        self.alive()?.request(key, now).await
    }

    async fn registration(&self, id: &RegistrationId) -> Answer<Option<Registration>> {
        self.alive()?.registration(id).await
    }

    async fn sealed(&self, id: &RegistrationId, part: Part) -> Answer<Option<Sealed>> {
        self.alive()?.sealed(id, part).await
    }

    async fn history(&self, id: &RegistrationId) -> Answer<Vec<AuditEvent>> {
        self.alive()?.history(id).await
    }

    async fn consents(&self, id: &RegistrationId) -> Answer<Vec<ConsentRecord>> {
        self.alive()?.consents(id).await
    }

    async fn deliveries(&self, id: &RegistrationId) -> Answer<Vec<Delivery>> {
        self.alive()?.deliveries(id).await
    }

    async fn availability(&self, activity: &Slug) -> Answer<Availability> {
        self.alive()?.availability(activity).await
    }

    async fn holder(
        &self,
        activity: &Slug,
        person: &ContactHash,
    ) -> Answer<Option<RegistrationId>> {
        self.alive()?.holder(activity, person).await
    }

    async fn queue(&self, activity: &Slug, limit: u32) -> Answer<Vec<RegistrationId>> {
        self.looked.store(self.tick(), Ordering::SeqCst);
        self.alive()?.queue(activity, limit).await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Answer<Vec<RegistrationId>> {
        self.alive()?.due(now, limit).await
    }

    async fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Answer<Vec<Registration>> {
        self.alive()?.registrations(activity, after, limit).await
    }

    async fn registrations_of(&self, person: &ContactHash) -> Answer<Vec<RegistrationId>> {
        self.alive()?.registrations_of(person).await
    }

    async fn announced(&self, activity: &Slug) -> Answer<Option<String>> {
        self.alive()?.announced(activity).await
    }

    async fn announce(&self, activity: &Slug, fingerprint: &str) -> Answer<()> {
        self.write(Doing::Other, self.store.announce(activity, fingerprint))
            .await
    }

    async fn noted_keys(&self) -> Answer<Option<String>> {
        self.alive()?.noted_keys().await
    }

    async fn note_keys(&self, keys: &str) -> Answer<()> {
        self.write(Doing::Other, self.store.note_keys(keys)).await
    }

    async fn outbox(&self, now: Timestamp, limit: u32) -> Answer<Vec<OutboxMessage>> {
        self.alive()?.outbox(now, limit).await
    }

    async fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> Answer<bool> {
        self.write(
            Doing::Postponing,
            self.store.postpone(message, due_at, attempts),
        )
        .await
    }

    async fn settle(&self, about: &RegistrationId, delivery: &Delivery) -> Answer<()> {
        self.write(
            Doing::Settling(delivery.clone()),
            self.store.settle(about, delivery),
        )
        .await
    }

    async fn spend(&self, allowance: &Allowance) -> Answer<bool> {
        self.write(Doing::Other, self.store.spend(allowance)).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Answer<()> {
        self.write(Doing::Other, self.store.forget_expired(now))
            .await
    }

    async fn health(&self) -> Answer<()> {
        self.alive()?.health().await
    }
}
