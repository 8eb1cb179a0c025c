//! People who sign up, and what they ask for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use form_function::store::{
    Cancelled, ContactHash, IdempotencyKey, Store, SubmitRequest, Submitted,
};
use forms::{
    Availability, Capacity, Contact, Language, PartySize, Reference, Registration, RegistrationId,
    Slug, State,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Makes every request of this run another one, a second after the one before.
static REQUESTS: AtomicU32 = AtomicU32::new(1);

/// A store with what has to live as long.
pub(super) struct Opened<S, K> {
    pub(super) store: Arc<S>,
    pub(super) keep: K,
}

/// One person's request for one of the forty places at the open day, under a key of its own.
pub(super) fn ask(person: &str) -> SubmitRequest {
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let registration = Registration {
        id: RegistrationId::from_random(u128::from(number).to_be_bytes()),
        reference: Reference::from_random(u64::from(number).to_le_bytes()),
        activity: activity(),
        form: Slug::parse("visit").unwrap(),
        form_version: "1".to_owned(),
        language: Language::new("bg"),
        state: State::Confirmed,
        party_size: PartySize::ONE,
        contact: Contact {
            name: "Ана".to_owned(),
            email: Some(format!("{person}@example.org")),
            telephone: None,
        },
        answers: BTreeMap::new(),
        submitted_at: start() + SignedDuration::from_secs(i64::from(number)),
        version: 0,
        duplicate_of: None,
    };
    SubmitRequest {
        registration,
        capacity: places(40),
        waitlist: false,
        idempotency_key: IdempotencyKey {
            key: format!("key-{number}"),
            digest: "answers".to_owned(),
        },
        contact_hash: ContactHash(format!("hash-of-{person}")),
    }
}

/// The same for a party.
pub(super) fn ask_for(party: u32, person: &str) -> SubmitRequest {
    let mut request = ask(person);
    request.registration.party_size = PartySize::new(party).unwrap();
    request
}

/// The same answers sent again: the server gives fresh identities, the key stays.
pub(super) fn again(first: &SubmitRequest) -> SubmitRequest {
    let Registration {
        id,
        reference,
        submitted_at,
        ..
    } = ask("again").registration;
    let registration = Registration {
        id,
        reference,
        submitted_at,
        ..first.registration.clone()
    };
    SubmitRequest {
        registration,
        ..first.clone()
    }
}

pub(super) fn activity() -> Slug {
    Slug::parse("open-day").unwrap()
}

/// So many places, as a request says it.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a request may also be without a limit"
)]
pub(super) fn places(number: u32) -> Option<Capacity> {
    Some(Capacity::try_from(number).unwrap())
}

pub(super) fn taken(taken: u32) -> Availability {
    Availability { taken, waiting: 0 }
}

/// Before every request.
pub(super) fn start() -> Timestamp {
    "2026-05-09T14:00:00.25Z".parse().unwrap()
}

/// After every request.
pub(super) fn later() -> Timestamp {
    "2027-01-01T00:00:00Z".parse().unwrap()
}

/// Submits a request that must be recorded.
pub(super) async fn recorded(store: &Arc<impl Store>, request: &SubmitRequest) -> Registration {
    match store.submit(request).await.unwrap() {
        Submitted::Recorded(registration) => registration,
        other => panic!("not recorded: {other:?}"),
    }
}

/// Cancels a registration that must be live.
pub(super) async fn cancelled(
    store: &Arc<impl Store>,
    registration: &Registration,
) -> Registration {
    match store.cancel(&registration.id, later()).await.unwrap() {
        Cancelled::Cancelled(registration) => registration,
        other => panic!("not cancelled: {other:?}"),
    }
}

pub(super) async fn availability(store: &Arc<impl Store>) -> Availability {
    store.availability(&activity()).await.unwrap()
}

/// Submits all requests at once, and gives the answers in no particular order.
pub(super) async fn at_once(
    store: &Arc<impl Store>,
    requests: Vec<SubmitRequest>,
) -> Vec<Submitted> {
    let line = Arc::new(Barrier::new(requests.len()));
    let mut clients = JoinSet::new();
    for request in requests {
        let (store, line) = (Arc::clone(store), Arc::clone(&line));
        clients.spawn(async move {
            line.wait().await;
            store.submit(&request).await.unwrap()
        });
    }
    clients.join_all().await
}
