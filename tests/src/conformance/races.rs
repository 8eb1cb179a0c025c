//! What a store does when many people come at once. A [`Race`] says what came of it and whether that can be right.

use std::sync::Arc;

use form_function::registrar::Submitted;
use form_function::store::Store;
use forms::{Availability, Change, State};
use tokio::task::JoinSet;

use super::people::{
    Ask, ask, ask_for, at_once, attendee, availability, cancelled, change, outbox, recorded, taken,
};

/// What came of many requests for few places.
#[derive(PartialEq, Debug)]
pub(super) struct Race {
    /// Requests that were told they have places.
    pub(super) confirmed: u32,
    /// Requests that were told there are none.
    pub(super) full: u32,
    /// The places that were promised.
    pub(super) promised: u32,
    /// The places that are waited for.
    pub(super) waiting: u32,
    /// What the store counts.
    pub(super) counted: Availability,
}

impl Race {
    /// Runs all requests at once.
    pub(super) async fn run(store: &Arc<impl Store>, asks: Vec<Ask>) -> Race {
        let answers = at_once(store, asks).await;
        let mut race = Race {
            confirmed: 0,
            full: 0,
            promised: 0,
            waiting: 0,
            counted: availability(store).await,
        };
        for answer in answers {
            match answer {
                Submitted::Recorded(registration) if registration.state == State::Waitlisted => {
                    race.waiting += registration.party_size.places();
                }
                Submitted::Recorded(registration) => {
                    race.confirmed += 1;
                    race.promised += registration.party_size.places();
                }
                Submitted::Full => race.full += 1,
                other => panic!("neither recorded nor full: {other:?}"),
            }
        }
        race
    }

    /// Whether nobody was promised a place that there is not, and the store knows of every promise.
    pub(super) fn verdict(&self, capacity: u32) -> Result<(), String> {
        if self.promised > capacity {
            return Err(format!("overbooked: {self:?}"));
        }
        let promised = Availability {
            taken: self.promised,
            waiting: self.waiting,
        };
        if self.counted != promised {
            return Err(format!("miscounted: {self:?}"));
        }
        Ok(())
    }
}

/// Two hundred people for forty places.
pub(super) fn rush() -> Vec<Ask> {
    (0..200)
        .map(|number| ask(&format!("person-{number}")))
        .collect()
}

pub(super) async fn forty_places_go_to_forty_of_two_hundred(store: &Arc<impl Store>) {
    let race = Race::run(store, rush()).await;
    race.verdict(40).unwrap();
    assert_eq!(
        (race.confirmed, race.full, race.counted),
        (40, 160, taken(40))
    );
    assert_eq!(outbox(store).await.len(), 40);
}

pub(super) async fn mixed_parties_never_exceed_the_capacity(store: &Arc<impl Store>) {
    let parties = rush().into_iter().zip((1..=5).cycle());
    let asks = parties.map(|(ask, party)| ask.party(party));
    let race = Race::run(store, asks.collect()).await;
    race.verdict(40).unwrap();
    // Forty people asked for one place alone, so none can be left over.
    assert_eq!(race.counted, taken(40));
}

pub(super) async fn fifty_posts_of_one_request_are_one_registration(store: &Arc<impl Store>) {
    let first = ask_for(2, "ana").places(2);
    let answers = at_once(store, (0..50).map(|_| first.again()).collect()).await;
    let mut registrations = Vec::new();
    let mut fresh = 0;
    for answer in answers {
        match answer {
            Submitted::Recorded(registration) => {
                fresh += 1;
                registrations.push(registration);
            }
            Submitted::Replayed(registration) => registrations.push(registration),
            other => panic!("neither recorded nor replayed: {other:?}"),
        }
    }
    assert_eq!(fresh, 1);
    assert_eq!(registrations.len(), 50);
    registrations.dedup();
    assert_eq!(registrations.len(), 1);
    assert_eq!(availability(store).await, taken(2));
    assert_eq!(outbox(store).await.len(), 1);
}

pub(super) async fn a_queue_that_forms_in_a_rush_counts_everybody_once(store: &Arc<impl Store>) {
    let race = Race::run(store, rush().into_iter().map(Ask::waits).collect()).await;
    race.verdict(40).unwrap();
    let counted = Availability {
        taken: 40,
        waiting: 160,
    };
    assert_eq!(race.counted, counted);
    let queue = store.queue(&super::people::activity(), 1000).await.unwrap();
    assert_eq!(queue.len(), 160);
}

pub(super) async fn places_given_back_in_a_rush_are_counted_once(store: &Arc<impl Store>) {
    let mut held = Vec::new();
    for number in 0..20 {
        held.push(recorded(store, &ask_for(2, &format!("early-{number}"))).await);
    }
    // Half of them leave, each of them asking twice, while others come.
    let mut leaving = JoinSet::new();
    let twice = |registration: &forms::Registration| [(); 2].map(|()| registration.id.clone());
    for id in held.iter().take(10).flat_map(twice) {
        let store = Arc::clone(store);
        leaving.spawn(async move { change(&store, &id, &Change::Cancel, &attendee()).await });
    }
    let race = Race::run(store, rush()).await;
    leaving.join_all().await;
    assert!(race.promised <= 20, "{race:?}");
    assert_eq!(availability(store).await, taken(20 + race.promised));
    for registration in &held[10..] {
        cancelled(store, registration).await;
    }
    assert_eq!(availability(store).await, taken(race.promised));
}
