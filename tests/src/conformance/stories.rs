//! Random stories of people who come and leave, of staff, and of a worker that does its rounds: told one after another they
//! go like in a list in memory, and told at once they leave everything as it should be.

use std::sync::Arc;

use form_function::store::Store;
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::findings::findings;
use super::memory::MemoryStore;
use super::people::{Opened, activity};
use super::worlds::{Deed, Told, World, deed};

/// How much is tried: everything where a store answers at once, a sample where each answer comes over a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effort {
    Whole,
    #[cfg_attr(
        not(feature = "dynamodb"),
        expect(dead_code, reason = "only for stores over a network")
    )]
    Sample,
}

/// An event, and what happens around it.
#[derive(Clone, Debug)]
pub(super) struct Story<T> {
    places: u32,
    waitlist: bool,
    deeds: T,
}

impl<T> Story<T> {
    /// Where it happens.
    fn world<S: Store>(&self, store: Arc<S>) -> World<S> {
        World::new(store, self.places, self.waitlist)
    }
}

fn story<T: std::fmt::Debug>(deeds: impl Strategy<Value = T>) -> impl Strategy<Value = Story<T>> {
    (1_u32..8, prop::bool::weighted(0.8), deeds).prop_map(|(places, waitlist, deeds)| Story {
        places,
        waitlist,
        deeds,
    })
}

/// Stories that go on in several places at once.
pub(super) fn at_once() -> impl Strategy<Value = Story<Vec<Vec<Deed>>>> {
    story(vec(vec(deed(), 3..16), 2..5))
}

/// Chance that falls the same way in every run.
pub(super) fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        // What happens at once does not happen the same way again, so that making it smaller misleads.
        max_shrink_iters: 64,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

pub(super) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

pub(super) fn stories_told_one_by_one_go_like_in_a_list<S: Store, K>(
    open: impl AsyncFn() -> Opened<S, K>,
    effort: Effort,
) {
    let runtime = runtime();
    let cases = if effort == Effort::Whole { 32 } else { 4 };
    let told = runner(cases).run(&story(vec(deed(), 1..40)), |story| {
        runtime.block_on(async {
            let opened = open().await;
            one_by_one(Arc::clone(&opened.store), &story).await
        })
    });
    told.unwrap_or_else(|error| panic!("{error}"));
}

async fn one_by_one<S: Store>(store: Arc<S>, told: &Story<Vec<Deed>>) -> Result<(), TestCaseError> {
    let world = World::new(store, told.places, told.waitlist);
    let list: World<MemoryStore> = World::new(Arc::default(), told.places, told.waitlist);
    let mut before = world.availability().await;
    for deed in &told.deeds {
        let answer = world.act(deed).await;
        prop_assert_eq!(&answer, &list.act(deed).await, "after {:?}", deed);
        let now = world.availability().await;
        let places = world.session().capacity.unwrap().places();
        prop_assert!(
            now.taken <= before.taken.max(places),
            "overbooked by {:?}",
            deed
        );
        let counted = Some(Told::Availability(now));
        let expected = Some(Told::Availability(list.availability().await));
        prop_assert_eq!(counted, expected, "after {:?}", deed);
        before = now;
    }
    prop_assert_eq!(kept(&world).await, kept(&list).await);
    let findings = ending(&world).await;
    prop_assert!(findings.is_empty(), "{findings:#?}");
    Ok(())
}

/// Everything that is kept of a story, without the identities of steps.
pub(super) async fn kept<S: Store>(world: &World<S>) -> Vec<String> {
    let store = world.store();
    let listed = store.registrations(&activity(), None, 1000).await.unwrap();
    let mut kept = Vec::new();
    for registration in &listed {
        let id = &registration.id;
        kept.push(format!("{registration:?}"));
        for event in store.history(id).await.unwrap() {
            kept.push(format!(
                "{} {:?} {} {:?}->{} {:?} {:?}",
                event.at,
                event.actor,
                event.action,
                event.from,
                event.to,
                event.party_size,
                event.reason
            ));
        }
        kept.push(format!("{:?}", store.deliveries(id).await.unwrap()));
        kept.push(format!("{:?}", store.consents(id).await.unwrap()));
    }
    kept.push(format!(
        "{:?}",
        store.outbox(Timestamp::MAX, 1000).await.unwrap()
    ));
    kept.push(format!(
        "{:?}",
        store.queue(&activity(), 1000).await.unwrap()
    ));
    kept
}

pub(super) fn stories_told_at_once_leave_everything_in_order<S: Store, K>(
    open: impl AsyncFn() -> Opened<S, K>,
    effort: Effort,
) {
    let runtime = runtime();
    let cases = if effort == Effort::Whole { 40 } else { 5 };
    let told = runner(cases).run(&at_once(), |story| {
        let findings = runtime.block_on(async {
            let opened = open().await;
            all_at_once(Arc::clone(&opened.store), story).await
        });
        prop_assert!(findings.is_empty(), "{findings:#?}");
        Ok(())
    });
    told.unwrap_or_else(|error| panic!("{error}"));
}

/// Tells it, and says what is wrong afterwards.
pub(super) async fn all_at_once<S: Store>(
    store: Arc<S>,
    told: Story<Vec<Vec<Deed>>>,
) -> Vec<String> {
    let world = told.world(store);
    told_in(world, told.deeds).await
}

/// The same where the worker does nothing.
pub(super) async fn all_at_once_without_work<S: Store>(
    store: Arc<S>,
    told: Story<Vec<Vec<Deed>>>,
) -> Vec<String> {
    let world = told.world(store).without_work();
    told_in(world, told.deeds).await
}

async fn told_in<S: Store>(world: World<S>, deeds: Vec<Vec<Deed>>) -> Vec<String> {
    let world = Arc::new(world);
    let mut tellers = JoinSet::new();
    for deeds in deeds {
        let world = Arc::clone(&world);
        tellers.spawn(async move {
            for deed in &deeds {
                world.act(deed).await;
            }
        });
    }
    tellers.join_all().await;
    ending(&world).await
}

/// What is wrong when all is quiet, and years later, when nobody may be known any more.
async fn ending<S: Store>(world: &World<S>) -> Vec<String> {
    world.settle().await;
    let mut findings = findings(world).await;
    let counted = world.availability().await;

    world.is_now("2030-01-01T00:00:00Z".parse().unwrap());
    world.settle().await;
    findings.extend(super::findings::findings(world).await);
    for ask in world.asks() {
        for person in &ask.registration.people {
            let found = world.store().registrations_of(person).await.unwrap();
            if !found.is_empty() {
                findings.push(format!("kept for ever: {person:?} leads to {found:?}"));
            }
        }
    }
    // Whoever had the places keeps them; what was waited or thought about is over.
    let now = world.availability().await;
    if now.taken > counted.taken || now.waiting > 0 {
        findings.push(format!("miscounted for ever: {counted:?} became {now:?}"));
    }
    findings
}
