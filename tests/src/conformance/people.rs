//! People who sign up, what they ask for, and what is asked of a store on their behalf.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use form_function::app::Random;
use form_function::registrar::{self, Changed, Submitted};
use form_function::seal::Sealed;
use form_function::store::{Actor, ConsentRecord, OutboxMessage, Store};
use form_function::transition::{Circumstances, IdempotencyKey, SubmitRequest};
use forms::{
    ActivityStatus, Availability, Capacity, Change, ContactHash, FieldName, Group, Language,
    Lifecycle, Localized, Part, PartySize, Reference, Registration, RegistrationId, Session, Slug,
    Span, State, Window,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::chance;

/// Makes every request of this run another one, a second after the one before.
static REQUESTS: AtomicU32 = AtomicU32::new(1);

/// The zone in which the times of the open day are meant.
pub(super) static ZONE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Sofia").unwrap());

/// A store with what has to live as long.
pub(super) struct Opened<S, K> {
    pub(super) store: Arc<S>,
    pub(super) keep: K,
}

/// What somebody asks for: all of a submission but the borrowed parts.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) registration: Registration,
    pub(super) idempotency_key: IdempotencyKey,
    pub(super) sealed: Vec<(Part, Sealed)>,
    pub(super) consents: Vec<ConsentRecord>,
    pub(super) session: Option<Session>,
}

/// One person's request for one of the forty places at the open day, under a key of its own.
pub(super) fn ask(person: &str) -> Ask {
    numbered(REQUESTS.fetch_add(1, Ordering::Relaxed), person)
}

/// The same for a party.
pub(super) fn ask_for(party: u32, person: &str) -> Ask {
    ask(person).party(party)
}

/// The request of this number, which makes all that is unique about it.
pub(super) fn numbered(number: u32, person: &str) -> Ask {
    let id = RegistrationId::from_random(u128::from(number).to_be_bytes());
    let session = open_day();
    let now = start() + SignedDuration::from_secs(i64::from(number));
    let parts = [part(Group::Contact, 60), part(Group::Answers, 30)];
    Ask {
        sealed: parts.map(|part| (part, sealed(&id, part))).into(),
        consents: vec![ConsentRecord {
            purpose: FieldName::parse("photos").unwrap(),
            given: true,
            form_version: "1".to_owned(),
            language: Language::new("bg"),
            at: now,
        }],
        idempotency_key: IdempotencyKey {
            key: format!("key-{number}"),
            digest: "answers".to_owned(),
        },
        registration: Registration {
            id,
            reference: Reference::from_random(u64::from(number).to_le_bytes()),
            activity: activity(),
            lifecycle: Lifecycle::Reservation,
            form: Slug::parse("visit").unwrap(),
            form_version: "1".to_owned(),
            language: Language::new("bg"),
            state: State::Confirmed,
            party_size: PartySize::ONE,
            submitted_at: now,
            changed_at: now,
            ends_at: Some(session.when.is_over(&ZONE)),
            version: 0,
            token_epoch: 0,
            failed_calls: 0,
            must_verify: false,
            heard: session.fingerprint(),
            reminded: false,
            duplicate_of: None,
            consents: Vec::new(),
            people: vec![hash("address", person), hash("telephone", person)],
            parts: parts.into(),
        },
        session: Some(session),
    }
}

impl Ask {
    /// The same for a party.
    pub(super) fn party(mut self, places: u32) -> Ask {
        self.registration.party_size = PartySize::new(places).unwrap();
        self
    }

    /// The same for an open day of so many places.
    pub(super) fn places(mut self, places: u32) -> Ask {
        self.session.as_mut().unwrap().capacity = Some(Capacity::try_from(places).unwrap());
        self
    }

    /// The same for an open day without a limit.
    pub(super) fn without_limit(mut self) -> Ask {
        self.session.as_mut().unwrap().capacity = None;
        self
    }

    /// The same for an open day with a waiting list.
    pub(super) fn waits(mut self) -> Ask {
        self.session.as_mut().unwrap().waitlist = true;
        self
    }

    /// The same in another state when there is room.
    pub(super) fn state(mut self, state: State) -> Ask {
        self.registration.state = state;
        self
    }

    /// The same at another instant.
    pub(super) fn at(mut self, now: Timestamp) -> Ask {
        self.registration.submitted_at = now;
        self.registration.changed_at = now;
        for consent in &mut self.consents {
            consent.at = now;
        }
        self
    }

    /// The same answers sent again: the server gives fresh identities and seals anew, the key stays.
    pub(super) fn again(&self) -> Ask {
        let fresh = ask("again");
        let registration = Registration {
            id: fresh.registration.id,
            reference: fresh.registration.reference,
            submitted_at: fresh.registration.submitted_at,
            changed_at: fresh.registration.changed_at,
            ..self.registration.clone()
        };
        Ask {
            registration,
            sealed: fresh.sealed,
            consents: fresh.consents,
            ..self.clone()
        }
    }

    /// What a store is asked for.
    pub(super) fn request(&self) -> SubmitRequest<'_> {
        SubmitRequest {
            registration: self.registration.clone(),
            idempotency_key: self.idempotency_key.clone(),
            sealed: self.sealed.clone(),
            consents: self.consents.clone(),
            session: self.session.as_ref(),
            zone: &ZONE,
        }
    }
}

/// What everybody signs up for.
pub(super) fn activity() -> Slug {
    Slug::parse("open-day").unwrap()
}

/// An event of forty places without a waiting list.
pub(super) fn open_day() -> Session {
    Session {
        when: Span {
            starts: "2027-06-10T09:00".to_owned().try_into().unwrap(),
            ends: Some("2027-06-10T17:00".to_owned().try_into().unwrap()),
        },
        place: Localized::default(),
        window: Window {
            opens_at: None,
            closes_at: later(),
        },
        capacity: Some(Capacity::try_from(40).unwrap()),
        waitlist: false,
        approval: false,
        max_party: PartySize::new(4).unwrap(),
        status: ActivityStatus::Scheduled,
    }
}

pub(super) fn part(group: Group, days: u32) -> Part {
    Part { group, days }
}

/// A hash under which a person is found.
pub(super) fn hash(what: &str, person: &str) -> ContactHash {
    ContactHash(format!("{what}-of-{person}"))
}

/// Something that a store cannot tell from sealed personal data.
fn sealed(id: &RegistrationId, part: Part) -> Sealed {
    Sealed(format!("sealed {part} of {}", id.as_str()).into_bytes())
}

pub(super) fn taken(taken: u32) -> Availability {
    Availability { taken, waiting: 0 }
}

/// Before every request.
pub(super) fn start() -> Timestamp {
    "2027-05-09T14:00:00.25Z".parse().unwrap()
}

/// After every request, and well before the open day.
pub(super) fn later() -> Timestamp {
    "2027-06-01T00:00:00Z".parse().unwrap()
}

/// Chance that never gives the same twice.
pub(super) fn random() -> Random {
    static PLACE: AtomicU32 = AtomicU32::new(0);
    Arc::new(|bytes| {
        for chunk in bytes.chunks_mut(8) {
            let number = chance::nth(7, PLACE.fetch_add(1, Ordering::Relaxed).into());
            chunk.copy_from_slice(&number.to_le_bytes()[..chunk.len()]);
        }
    })
}

/// Submits a request.
pub(super) async fn submit(store: &Arc<impl Store>, ask: &Ask) -> Submitted {
    registrar::submit(store.as_ref(), &random(), &ask.request())
        .await
        .unwrap()
}

/// Submits a request that must be recorded.
pub(super) async fn recorded(store: &Arc<impl Store>, ask: &Ask) -> Registration {
    match submit(store, ask).await {
        Submitted::Recorded(registration) => registration,
        other => panic!("not recorded: {other:?}"),
    }
}

/// Who asks for a change, and when, and of which event.
pub(super) struct By {
    pub(super) actor: Actor,
    pub(super) now: Timestamp,
    pub(super) session: Session,
}

impl By {
    /// An actor, later, at an open day of so many places with a waiting list.
    pub(super) fn new(actor: Actor, places: u32) -> By {
        By {
            actor,
            now: later(),
            session: ask("nobody").places(places).waits().session.unwrap(),
        }
    }
}

/// The person, where the number of places does not matter.
pub(super) fn attendee() -> By {
    By::new(Actor::Attendee, 40)
}

/// The same by staff, who always say why.
pub(super) fn staff() -> By {
    By::new(Actor::Staff, 40)
}

/// Makes a change to a registration.
pub(super) async fn change(
    store: &Arc<impl Store>,
    id: &RegistrationId,
    what: &Change,
    by: &By,
) -> Changed {
    let at = Circumstances {
        now: by.now,
        actor: by.actor.clone(),
        reason: (by.actor == Actor::Staff).then(|| "she rang".to_owned()),
        session: Some(&by.session),
        zone: &ZONE,
    };
    registrar::change(store.as_ref(), &random(), id, what, &at)
        .await
        .unwrap()
}

/// Makes a change that must be possible.
pub(super) async fn changed(
    store: &Arc<impl Store>,
    id: &RegistrationId,
    what: &Change,
    by: &By,
) -> Registration {
    match change(store, id, what, by).await {
        Changed::Done(registration) => registration,
        other => panic!("not changed: {other:?}"),
    }
}

/// Cancels a registration that must be live.
pub(super) async fn cancelled(
    store: &Arc<impl Store>,
    registration: &Registration,
) -> Registration {
    changed(store, &registration.id, &Change::Cancel, &attendee()).await
}

pub(super) async fn availability(store: &Arc<impl Store>) -> Availability {
    store.availability(&activity()).await.unwrap()
}

/// Every message that waits, the oldest first.
pub(super) async fn outbox(store: &Arc<impl Store>) -> Vec<OutboxMessage> {
    store.outbox(Timestamp::MAX, 10_000).await.unwrap()
}

/// Submits all requests at once, and gives the answers in no particular order.
pub(super) async fn at_once(store: &Arc<impl Store>, asks: Vec<Ask>) -> Vec<Submitted> {
    let line = Arc::new(Barrier::new(asks.len()));
    let mut clients = JoinSet::new();
    for ask in asks {
        let (store, line) = (Arc::clone(store), Arc::clone(&line));
        clients.spawn(async move {
            line.wait().await;
            submit(&store, &ask).await
        });
    }
    clients.join_all().await
}
