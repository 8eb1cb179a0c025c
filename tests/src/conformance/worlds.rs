//! A small world: an event, people who want to come, staff, a worker and a clock. What is done in it goes to a store.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use form_function::registrar::{self, Changed, Submitted};
use form_function::store::{Actor, Store};
use form_function::transition::Circumstances;
use forms::{
    Availability, Capacity, Change, PartySize, Registration, RegistrationId, Session, State,
    offer_until,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;

use super::people::{Ask, ZONE, activity, numbered, open_day, random, start};
use super::relays::{Relay, Written};
use super::workers::{self, Mailbox};

/// Something that happens.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Somebody signs up with a party.
    Submit {
        person: u8,
        party: u32,
        state: Entrance,
    },
    /// A request is sent again, with the same answers or with others.
    Repeat { which: Index, same_answers: bool },
    /// The person, or staff, change a registration.
    Change { which: Index, what: Wish },
    /// Staff change it and do not say why.
    Silently { which: Index, what: Wish },
    /// The worker does its round.
    Round,
    /// Time passes.
    Wait { hours: u8 },
    /// An editor changes the number of places.
    Places { number: u32 },
}

/// How one enters while there is room.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entrance {
    Open,
    Verification,
    Review,
}

/// What somebody wants of a registration.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    Verify,
    Cancel,
    Resize(u32),
    Accept,
    Decline,
    Approve,
    Reject,
    Reinstate,
    PromoteOutOfOrder,
    ResizeByStaff(u32),
    Erase,
}

/// Everything that can happen, by how often it does.
pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let entrance = prop_oneof![
        6 => Just(Entrance::Open),
        1 => Just(Entrance::Verification),
        1 => Just(Entrance::Review),
    ];
    let staff = prop_oneof![
        2 => Just(Wish::Approve),
        2 => Just(Wish::Reinstate),
        1 => Just(Wish::PromoteOutOfOrder),
        3 => (1_u32..6).prop_map(Wish::ResizeByStaff),
    ];
    let wish = prop_oneof![
        5 => Just(Wish::Cancel),
        2 => (1_u32..5).prop_map(Wish::Resize),
        3 => Just(Wish::Accept),
        1 => Just(Wish::Decline),
        1 => Just(Wish::Verify),
        2 => Just(Wish::Approve),
        1 => Just(Wish::Reject),
        2 => Just(Wish::Reinstate),
        2 => Just(Wish::PromoteOutOfOrder),
        1 => (1_u32..6).prop_map(Wish::ResizeByStaff),
        1 => Just(Wish::Erase),
    ];
    prop_oneof![
        10 => (0_u8..7, 1_u32..5, entrance)
            .prop_map(|(person, party, state)| Deed::Submit { person, party, state }),
        2 => (any::<Index>(), any::<bool>())
            .prop_map(|(which, same_answers)| Deed::Repeat { which, same_answers }),
        12 => (any::<Index>(), wish).prop_map(|(which, what)| Deed::Change { which, what }),
        3 => (any::<Index>(), staff).prop_map(|(which, what)| Deed::Silently { which, what }),
        4 => Just(Deed::Round),
        2 => prop_oneof![Just(1_u8), Just(13), Just(49)].prop_map(|hours| Deed::Wait { hours }),
        1 => (1_u32..9).prop_map(|number| Deed::Places { number }),
    ]
}

/// What is kept of an answer to compare it with another store's.
#[derive(PartialEq, Debug)]
pub(super) enum Told {
    Submitted(Submitted),
    Changed(Changed),
    Round(form_function::worker::Round),
    Availability(Availability),
}

/// An event and everybody around it.
pub(super) struct World<S> {
    relay: Relay<S>,
    session: Mutex<Session>,
    now: Mutex<Timestamp>,
    asks: Mutex<Vec<Ask>>,
    numbers: AtomicU32,
    most_places: AtomicU32,
    fewest_places: AtomicU32,
    worker_works: bool,
}

impl<S: Store> World<S> {
    /// A world in which nothing has happened yet.
    pub(super) fn new(store: Arc<S>, places: u32, waitlist: bool) -> World<S> {
        let session = Session {
            capacity: Some(Capacity::try_from(places).unwrap()),
            waitlist,
            ..open_day()
        };
        World {
            relay: Relay::new(store),
            session: Mutex::new(session),
            now: Mutex::new(start()),
            asks: Mutex::default(),
            numbers: AtomicU32::new(1),
            most_places: AtomicU32::new(places),
            fewest_places: AtomicU32::new(places),
            worker_works: true,
        }
    }

    /// The same, with a worker that does nothing.
    pub(super) fn without_work(self) -> World<S> {
        World {
            worker_works: false,
            ..self
        }
    }

    /// The store, for whoever looks.
    pub(super) fn store(&self) -> &Relay<S> {
        &self.relay
    }

    /// What was written, and when.
    pub(super) fn written(&self) -> Vec<Written> {
        self.relay.written()
    }

    /// Everything that was asked for, recorded or not.
    pub(super) fn asks(&self) -> Vec<Ask> {
        locked(&self.asks).clone()
    }

    /// The event as it is announced now.
    pub(super) fn session(&self) -> Session {
        locked(&self.session).clone()
    }

    /// The most places that there ever were.
    pub(super) fn most_places(&self) -> u32 {
        self.most_places.load(Ordering::SeqCst)
    }

    /// The fewest places that there ever were.
    pub(super) fn fewest_places(&self) -> u32 {
        self.fewest_places.load(Ordering::SeqCst)
    }

    /// What the clock shows.
    pub(super) fn now(&self) -> Timestamp {
        *locked(&self.now)
    }

    /// From here on it is this time.
    pub(super) fn is_now(&self, now: Timestamp) {
        *locked(&self.now) = now;
    }

    /// Does it, and says what came of it; nothing where there is nothing to do it with.
    pub(super) async fn act(&self, deed: &Deed) -> Option<Told> {
        match deed {
            Deed::Submit {
                person,
                party,
                state,
            } => {
                let number = self.numbers.fetch_add(1, Ordering::SeqCst);
                let ask = numbered(number, &format!("person-{person}"))
                    .unreachable()
                    .party(*party);
                let until = self.now() + SignedDuration::from_hours(24);
                let ask = ask.state(match state {
                    Entrance::Open => State::Confirmed,
                    Entrance::Verification => State::PendingVerification { until },
                    Entrance::Review => State::PendingReview,
                });
                Some(Told::Submitted(self.submit(ask).await))
            }
            Deed::Repeat {
                which,
                same_answers,
            } => {
                let mut ask = self.pick(*which)?;
                let number = self.numbers.fetch_add(1, Ordering::SeqCst);
                let fresh = numbered(number, "again");
                ask.registration.id = fresh.registration.id;
                if !same_answers {
                    "other answers".clone_into(&mut ask.idempotency_key.digest);
                }
                Some(Told::Submitted(self.submit(ask).await))
            }
            Deed::Change { which, what } => {
                let id = self.pick(*which)?.registration.id;
                self.change(&id, *what).await.map(Told::Changed)
            }
            Deed::Silently { which, what } => {
                let id = self.pick(*which)?.registration.id;
                self.change_for(&id, *what, None).await.map(Told::Changed)
            }
            Deed::Round => Some(Told::Round(self.round().await)),
            Deed::Wait { hours } => {
                *locked(&self.now) += SignedDuration::from_hours((*hours).into());
                None
            }
            Deed::Places { number } => {
                let capacity = Capacity::try_from(*number).unwrap();
                locked(&self.session).capacity = Some(capacity);
                self.most_places.fetch_max(*number, Ordering::SeqCst);
                self.fewest_places.fetch_min(*number, Ordering::SeqCst);
                None
            }
        }
    }

    async fn submit(&self, ask: Ask) -> Submitted {
        // Every request has an instant of its own, so that there is an order.
        let ask = {
            let mut now = locked(&self.now);
            *now += SignedDuration::from_secs(1);
            let mut asks = locked(&self.asks);
            let mut ask = ask.at(*now);
            ask.session = Some(self.session());
            asks.push(ask.clone());
            ask
        };
        let client = self.relay.another();
        registrar::submit(&client, &random(), &ask.request())
            .await
            .unwrap()
    }

    /// Does what somebody wishes, if it is theirs to wish; the actor is who may. Staff say why.
    pub(super) async fn change(&self, id: &RegistrationId, wish: Wish) -> Option<Changed> {
        self.change_for(id, wish, Some("she rang")).await
    }

    /// The same, with what staff say why.
    async fn change_for(
        &self,
        id: &RegistrationId,
        wish: Wish,
        reason: Option<&str>,
    ) -> Option<Changed> {
        let client = self.relay.another();
        let (session, now) = (self.session(), self.now());
        let before: Registration = client.registration(id).await.unwrap()?;
        let in_time = before.state.deadline().is_none_or(|until| now < until);
        let (what, actor) = match wish {
            Wish::Verify if in_time => (Change::Verify, Actor::Attendee),
            Wish::Accept if in_time => (Change::Accept, Actor::Attendee),
            Wish::Verify | Wish::Accept => return None,
            Wish::Cancel => (Change::Cancel, Actor::Attendee),
            Wish::Decline => (Change::Decline, Actor::Attendee),
            Wish::Resize(party) => {
                let party = PartySize::new(party).unwrap();
                (Change::Resize(party), Actor::Attendee)
            }
            Wish::ResizeByStaff(party) => {
                let party = PartySize::new(party).unwrap();
                (Change::Resize(party), Actor::Staff)
            }
            Wish::Approve => (Change::Approve, Actor::Staff),
            Wish::Reject => (Change::Reject, Actor::Staff),
            Wish::Reinstate => (Change::Reinstate, Actor::Staff),
            Wish::PromoteOutOfOrder => {
                let until = offer_until(&session, &ZONE, now)?;
                (Change::Offer { until }, Actor::Staff)
            }
            Wish::Erase => (Change::Purge(before.parts), Actor::Staff),
        };
        let at = Circumstances {
            now,
            reason: reason.filter(|_| actor == Actor::Staff).map(str::to_owned),
            actor,
            session: Some(&session),
            zone: &ZONE,
        };
        let changed = registrar::change(&client, &random(), id, &what, &at).await;
        Some(changed.unwrap())
    }

    /// One round of the worker.
    pub(super) async fn round(&self) -> form_function::worker::Round {
        if !self.worker_works {
            return form_function::worker::Round::default();
        }
        let client = Arc::new(self.relay.another());
        workers::round(client, &self.session(), self.now(), &Mailbox::default())
            .await
            .unwrap()
    }

    /// Rounds until there is nothing left to do.
    pub(super) async fn settle(&self) {
        for _ in 0..20 {
            if !self.round().await.may_go_on() {
                return;
            }
        }
        panic!("the worker finds no end");
    }

    pub(super) async fn availability(&self) -> Availability {
        self.relay.availability(&activity()).await.unwrap()
    }

    fn pick(&self, which: Index) -> Option<Ask> {
        let asks = locked(&self.asks);
        (!asks.is_empty()).then(|| which.get(&asks).clone())
    }
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
