//! A crowd for few places, and a waiting list that moves: people leave, others come, and the worker offers what is free.

use std::sync::Arc;

use form_function::store::{Actor, Store};
use forms::State;
use tokio::task::JoinSet;

use super::findings::findings;
use super::stories::Effort;
use super::worlds::{Deed, Entrance, Wish, World};
use crate::chance;

const PLACES: u32 = 20;

/// One person, alone.
fn one(person: u8) -> Deed {
    Deed::Submit {
        person,
        party: 1,
        state: Entrance::Open,
    }
}

pub(super) fn the_list_is_promoted_in_order_and_no_place_stays_empty<S: Store, K>(
    open: impl AsyncFn() -> super::people::Opened<S, K>,
    effort: Effort,
) {
    let crowd = if effort == Effort::Whole { 120 } else { 60 };
    super::stories::runtime().block_on(async {
        let opened = open().await;
        let world = Arc::new(World::new(Arc::clone(&opened.store), PLACES, true));
        let deeds = (0..crowd).map(|person| {
            let world = Arc::clone(&world);
            async move { world.act(&one(person)).await }
        });
        deeds.collect::<JoinSet<_>>().join_all().await;
        let counted = world.availability().await;
        let waiting = u32::from(crowd) - PLACES;
        assert_eq!((counted.taken, counted.waiting), (PLACES, waiting));

        // Fewer leave than wait.
        for turn in 0..crowd / 12 {
            five_leave_and_one_comes(&world, turn, crowd + turn).await;
            assert!(world.availability().await.taken <= PLACES);
            world.settle().await;
            answers(&world, turn).await;
            world.settle().await;
            let counted = world.availability().await;
            assert!(counted.waiting > 0);
            assert_eq!(counted.taken, PLACES, "after turn {turn}");
        }
        let written = world.written();
        let mut offers: Vec<_> = written
            .iter()
            .filter(|it| it.step.audit.action == "offer" && it.step.audit.actor == Actor::System)
            .collect();
        offers.sort_by_key(|it| it.began);
        let promoted: Vec<_> = offers
            .iter()
            .map(|it| {
                let registration = &it.step.registration;
                (registration.submitted_at, registration.id.clone())
            })
            .collect();
        assert!(promoted.len() >= 10, "{promoted:?}");
        assert!(promoted.is_sorted(), "{promoted:?}");
        assert_eq!(findings(&world).await, Vec::<String>::new());
    });
}

/// Three who have a place and two who wait cancel, and one more signs up, all at once.
async fn five_leave_and_one_comes<S: Store>(world: &Arc<World<S>>, turn: u8, newcomer: u8) {
    let (mut holding, mut waiting) = (Vec::new(), Vec::new());
    for ask in world.asks() {
        let id = ask.registration.id;
        match world.store().registration(&id).await.unwrap() {
            Some(it) if it.places().taken > 0 => holding.push(id),
            Some(it) if it.is_queued() => waiting.push(id),
            _ => {}
        }
    }
    let mut clients = JoinSet::new();
    for number in 0..5 {
        let list = if number < 3 {
            &mut holding
        } else {
            &mut waiting
        };
        let which = chance::nth(u64::from(turn), number) % list.len() as u64;
        let id = list.swap_remove(usize::try_from(which).unwrap());
        let world = Arc::clone(world);
        clients.spawn(async move { drop(world.change(&id, Wish::Cancel).await) });
    }
    let world = Arc::clone(world);
    clients.spawn(async move { drop(world.act(&one(newcomer)).await) });
    clients.join_all().await;
}

/// Whoever was offered a place answers, most of them yes.
async fn answers<S: Store>(world: &Arc<World<S>>, turn: u8) {
    for ask in world.asks() {
        let id = &ask.registration.id;
        let found = world.store().registration(id).await.unwrap();
        if found.is_some_and(|it| matches!(it.state, State::Offered { .. })) {
            let wish = if turn.is_multiple_of(3) {
                Wish::Decline
            } else {
                Wish::Accept
            };
            world.change(id, wish).await;
        }
    }
}
