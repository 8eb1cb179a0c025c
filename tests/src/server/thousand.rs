//! A thousand people for three hundred places and a waiting list, and a hundred of those who have one think better of it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::{FormServer, Machine, seats};
use crate::chance;
use crate::form_test::{Answers, ROUND_TABLE, SITE, Visitor, person};
use crate::program::PATIENCE;

const PLACES: usize = 300;
const PEOPLE: usize = 1000;
const CANCELLED: usize = 100;
/// How many of them cancel at once.
const WAVE: usize = 25;
const SEED: u64 = 0x1000;

/// What one person was told, and when they asked and heard it, by a clock that counts both.
struct Told {
    asked: u64,
    heard: u64,
    state: String,
    receipt: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_of_a_thousand_hold_a_place_at_any_time() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let told = everybody_signs_up(server.address).await;
    let (confirmed, waiting): (Vec<Told>, Vec<Told>) =
        told.into_iter().partition(|told| told.state == "confirmed");
    assert!(waiting.iter().all(|told| told.state == "waitlisted"));
    assert_eq!((confirmed.len(), waiting.len()), (PLACES, PEOPLE - PLACES));
    let receipts = confirmed
        .iter()
        .chain(&waiting)
        .map(|told| told.receipt.as_str());
    assert_eq!(
        receipts.collect::<BTreeSet<_>>().len(),
        PEOPLE,
        "a page each"
    );
    let mut visitor = server.visitor().await;
    let list = (PEOPLE - PLACES) as u64;
    assert_eq!(seats(&mut visitor, ROUND_TABLE).await, (0, list));

    let (leaving, staying) = hundred_of(confirmed);
    for wave in leaving.chunks(WAVE) {
        let watcher = server.visitor().await;
        let (held, ()) = tokio::join!(
            held_at_least(watcher, &leaving, &waiting),
            they_cancel(&server, wave)
        );
        assert!(
            staying.len() + held <= PLACES,
            "{held} places held by the others"
        );
    }
    for told in &staying {
        assert_eq!(standing(&mut visitor, told).await, "confirmed");
    }
    the_first_of_the_list_move_up(&mut visitor, &waiting).await;
    // Nobody jumps the queue.
    let newcomer = visitor
        .json(&form(), "newcomer", &person("newcomer").as_json())
        .await
        .must_be(201);
    assert_eq!(newcomer.json()["state"], "waitlisted");
}

fn form() -> String {
    format!("/forms/{ROUND_TABLE}")
}

/// Half of them have connected before anybody asks; each of these is followed by another on the same connection, so that
/// some have surely come before others.
async fn everybody_signs_up(server: SocketAddr) -> Vec<Told> {
    let line = Arc::new(Barrier::new(PEOPLE / 2));
    let clock = Arc::new(AtomicU64::new(0));
    let mut people = JoinSet::new();
    for first in 0..PEOPLE / 2 {
        let (line, clock) = (Arc::clone(&line), Arc::clone(&clock));
        people.spawn(async move {
            let mut visitor = Visitor::connect(server).await;
            line.wait().await;
            let one = sign_up(&mut visitor, first, &clock).await;
            let other = sign_up(&mut visitor, PEOPLE / 2 + first, &clock).await;
            [one, other]
        });
    }
    people.join_all().await.into_iter().flatten().collect()
}

async fn sign_up(visitor: &mut Visitor, number: usize, clock: &AtomicU64) -> Told {
    let name = format!("person-{number}");
    let answers = person(&name).as_json();
    let asked = clock.fetch_add(1, Ordering::SeqCst);
    let reply = visitor.json(&form(), &name, &answers).await.must_be(201);
    let heard = clock.fetch_add(1, Ordering::SeqCst);
    let text = |name: &str| reply.json()[name].as_str().unwrap().to_owned();
    Told {
        asked,
        heard,
        state: text("state"),
        receipt: text("manage_url").strip_prefix(SITE).unwrap().to_owned(),
    }
}

/// A hundred by lot, and the others.
fn hundred_of(mut confirmed: Vec<Told>) -> (Vec<Told>, Vec<Told>) {
    let mut leaving = Vec::new();
    for draw in 0..CANCELLED as u64 {
        let lot = chance::nth(SEED, draw) % confirmed.len() as u64;
        leaving.push(confirmed.swap_remove(usize::try_from(lot).unwrap()));
    }
    (leaving, confirmed)
}

/// They press the button at once, and once more: given back once.
async fn they_cancel(server: &FormServer, leaving: &[Told]) {
    let line = Arc::new(Barrier::new(leaving.len()));
    let mut people = JoinSet::new();
    for told in leaving {
        let line = Arc::clone(&line);
        let path = format!("{}/cancel", told.receipt);
        let mut visitor = server.visitor().await;
        people.spawn(async move {
            line.wait().await;
            for _ in 0..2 {
                visitor.post(&path, &Answers::default()).await.must_be(303);
            }
        });
    }
    people.join_all().await;
}

/// How many places these people held at least at one moment, of which nobody knows when exactly it was: after the look at
/// the last of those who wait, and before the look at the first of those who leave. A place that is offered stays so
/// meanwhile, and a place that was given back is not taken back.
async fn held_at_least(mut watcher: Visitor, leaving: &[Told], waiting: &[Told]) -> usize {
    let mut held = 0;
    for told in waiting.iter().chain(leaving) {
        let holds = ["offered", "confirmed"].contains(&standing(&mut watcher, told).await.as_str());
        held += usize::from(holds);
    }
    held
}

/// How a registration stands, by its page.
async fn standing(visitor: &mut Visitor, told: &Told) -> String {
    let page = visitor.get(&told.receipt).await.must_be(200).page();
    let classes = page.attributes(".panel", "class").remove(0);
    let standing = classes
        .split_whitespace()
        .find_map(|class| class.strip_prefix("panel--"));
    standing.unwrap().to_owned()
}

/// All places are promised again, to as many as have left, and nobody who surely came later is offered one before
/// somebody who came earlier.
async fn the_first_of_the_list_move_up(visitor: &mut Visitor, waiting: &[Told]) {
    let left = (waiting.len() - CANCELLED) as u64;
    let limit = Instant::now() + PATIENCE;
    while seats(visitor, ROUND_TABLE).await != (0, left) {
        assert!(Instant::now() < limit, "places stay free while people wait");
    }
    let (mut offered, mut left) = (Vec::new(), Vec::new());
    for told in waiting {
        match standing(visitor, told).await.as_str() {
            "offered" => offered.push(told),
            "waitlisted" => left.push(told),
            other => panic!("{other}"),
        }
    }
    assert_eq!(
        (offered.len(), left.len()),
        (CANCELLED, waiting.len() - CANCELLED)
    );
    let latest = offered.iter().map(|told| told.asked).max().unwrap();
    for told in left {
        assert!(
            told.heard > latest,
            "somebody who came later was offered a place"
        );
    }
}
