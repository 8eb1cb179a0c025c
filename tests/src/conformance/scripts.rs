//! Random short stories of people who come and leave, told to a store and to a model that keeps a list.

use std::sync::Arc;

use form_function::store::{Cancelled, IdempotencyKey, Store, SubmitRequest, Submitted};
use forms::{Availability, Registration, State};
use proptest::prelude::*;
use tokio::task::JoinSet;

use super::people::{Opened, again, ask_for, availability, later, places};
use super::sqlite;

/// Something a person does.
#[derive(Clone, Debug)]
enum Step {
    Submit {
        person: u8,
        party: u32,
    },
    /// Sends an earlier request again, with the same answers or with others.
    Repeat {
        request: prop::sample::Index,
        same_answers: bool,
    },
    Cancel {
        request: prop::sample::Index,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u8..5, 1_u32..4).prop_map(|(person, party)| Step::Submit { person, party }),
        1 => any::<(prop::sample::Index, bool)>()
            .prop_map(|(request, same_answers)| Step::Repeat { request, same_answers }),
        2 => any::<prop::sample::Index>().prop_map(|request| Step::Cancel { request }),
    ]
}

/// What the activity of a story offers.
#[derive(Clone, Copy, Debug)]
struct Offer {
    capacity: Option<u32>,
    waitlist: bool,
}

fn offer() -> impl Strategy<Value = Offer> {
    (prop::option::weighted(0.9, 1_u32..8), any::<bool>())
        .prop_map(|(capacity, waitlist)| Offer { capacity, waitlist })
}

impl Offer {
    fn request(self, person: u8, party: u32) -> SubmitRequest {
        let capacity = self.capacity.and_then(places);
        SubmitRequest {
            capacity,
            waitlist: self.waitlist,
            ..ask_for(party, &format!("person-{person}"))
        }
    }
}

/// Everything that was recorded, with the request that brought it. What a store counts, this adds up.
#[derive(Default)]
struct Model {
    recorded: Vec<(SubmitRequest, Registration)>,
}

impl Model {
    fn submit(&mut self, request: &SubmitRequest) -> Submitted {
        let key = &request.idempotency_key;
        if let Some((first, registration)) = self
            .recorded
            .iter()
            .find(|(first, _)| first.idempotency_key.key == key.key)
        {
            let same = first.idempotency_key.digest == key.digest;
            return if same {
                Submitted::Replayed(registration.clone())
            } else {
                Submitted::KeyReused
            };
        }
        let Availability { taken, waiting } = self.availability();
        let party = request.registration.party_size.places();
        let limit = request.capacity.map_or(u32::MAX, u32::from);
        let room = request.capacity.is_none() || (waiting == 0 && taken + party <= limit);
        if !room && (!request.waitlist || party > limit) {
            return Submitted::Full;
        }
        let mut registration = request.registration.clone();
        if !room {
            registration.state = State::Waitlisted;
        }
        registration.duplicate_of = self.holders(request).next().map(|holder| holder.id.clone());
        self.recorded.push((request.clone(), registration.clone()));
        Submitted::Recorded(registration)
    }

    fn cancel(&mut self, request: &SubmitRequest) -> Cancelled {
        let id = &request.registration.id;
        match self
            .recorded
            .iter_mut()
            .map(|(_, registration)| registration)
            .find(|found| found.id == *id)
        {
            None => Cancelled::Unknown,
            Some(registration) if !registration.state.is_live() => {
                Cancelled::Already(registration.clone())
            }
            Some(registration) => {
                registration.state = State::CancelledByAttendee;
                registration.version += 1;
                Cancelled::Cancelled(registration.clone())
            }
        }
    }

    fn holders(&self, request: &SubmitRequest) -> impl Iterator<Item = &Registration> {
        self.recorded
            .iter()
            .filter(|(other, _)| other.contact_hash == request.contact_hash)
            .map(|(_, registration)| registration)
            .filter(|registration| {
                registration.state.is_live() && registration.duplicate_of.is_none()
            })
    }

    fn availability(&self) -> Availability {
        let mut sum = Availability::default();
        for (_, registration) in self
            .recorded
            .iter()
            .filter(|(_, it)| it.duplicate_of.is_none())
        {
            match registration.state {
                State::Waitlisted => sum.waiting += registration.party_size.places(),
                State::CancelledByAttendee => {}
                _ => sum.taken += registration.party_size.places(),
            }
        }
        sum
    }
}

/// Tells the steps to the store one after another, and gives every request that was made.
async fn tell(
    store: &Arc<impl Store>,
    offer: Offer,
    steps: Vec<Step>,
    mut submitted: impl FnMut(&SubmitRequest, Submitted),
    mut cancelled: impl FnMut(&SubmitRequest, Cancelled),
) -> Vec<SubmitRequest> {
    let mut requests: Vec<SubmitRequest> = Vec::new();
    for step in steps {
        let request = match step {
            Step::Submit { person, party } => offer.request(person, party),
            _ if requests.is_empty() => continue,
            Step::Repeat {
                request,
                same_answers,
            } => {
                let mut repeated = again(request.get(&requests));
                if !same_answers {
                    repeated.idempotency_key = IdempotencyKey {
                        digest: "other".to_owned(),
                        ..repeated.idempotency_key
                    };
                }
                repeated
            }
            Step::Cancel { request } => {
                let request = request.get(&requests);
                cancelled(
                    request,
                    store
                        .cancel(&request.registration.id, later())
                        .await
                        .unwrap(),
                );
                continue;
            }
        };
        submitted(&request, store.submit(&request).await.unwrap());
        requests.push(request);
    }
    requests
}

async fn store_and_model_agree(offer: Offer, steps: Vec<Step>) {
    let Opened {
        store,
        keep: _folder,
    } = sqlite::open().await;
    let model = std::cell::RefCell::new(Model::default());
    tell(
        &store,
        offer,
        steps,
        |request, answer| assert_eq!(answer, model.borrow_mut().submit(request)),
        |request, answer| assert_eq!(answer, model.borrow_mut().cancel(request)),
    )
    .await;
    assert_eq!(availability(&store).await, model.borrow().availability());
}

/// Several stories at once: the answers depend on chance, but what is counted is what is there.
async fn counters_are_sums(offer: Offer, stories: Vec<Vec<Step>>) {
    let Opened {
        store,
        keep: _folder,
    } = sqlite::open().await;
    let told = stories.into_iter().map(|steps| {
        let store = Arc::clone(&store);
        async move { tell(&store, offer, steps, |_, _| {}, |_, _| {}).await }
    });
    let requests = told.collect::<JoinSet<_>>().join_all().await.concat();

    let mut there = Model::default();
    for request in requests {
        if let Some(registration) = store.registration(&request.registration.id).await.unwrap() {
            there.recorded.push((request, registration));
        }
    }
    let counted = availability(&store).await;
    assert_eq!(counted, there.availability());
    assert!(
        offer
            .capacity
            .is_none_or(|capacity| counted.taken <= capacity),
        "overbooked: {counted:?}"
    );
    for (request, _) in &there.recorded {
        assert!(
            there.holders(request).count() <= 1,
            "two places for one person: {:?}",
            request.contact_hash
        );
    }
}

fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap()
        .block_on(story);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_answers_like_the_model(offer in offer(), steps in prop::collection::vec(step(), 1..40)) {
        run(store_and_model_agree(offer, steps));
    }

    #[test]
    fn stories_told_at_once_leave_counters_that_are_sums(
        offer in offer(),
        stories in prop::collection::vec(prop::collection::vec(step(), 1..15), 2..5),
    ) {
        run(counters_are_sums(offer, stories));
    }
}
