//! Stores that are wrong in the ways stores are wrong. The races and the stories must find out, or their silence about the
//! real stores means nothing.

use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use tokio::sync::Barrier;

use super::flaws::Flaw;
use super::memory::MemoryStore;
use super::races::{Race, rush};
use super::stories::{Story, all_at_once, all_at_once_without_work, at_once, runner, runtime};
use super::worlds::Deed;
use crate::faulty_store::{Fault, FaultyStore};

/// What stories find wrong with a store that has this flaw, until they find what is looked for; a hundred and twenty are told at most.
fn found(flaw: Option<Flaw>, is_enough: impl Fn(&str) -> bool) -> Vec<String> {
    found_by(is_enough, |story| {
        let flawed = Arc::new(flaw.map_or_else(MemoryStore::default, MemoryStore::with));
        all_at_once(flawed, story)
    })
}

fn found_by<F: Future<Output = Vec<String>>>(
    is_enough: impl Fn(&str) -> bool,
    tell: impl Fn(Story<Vec<Vec<Deed>>>) -> F,
) -> Vec<String> {
    let runtime = runtime();
    let mut runner = runner(1);
    let mut findings = Vec::new();
    for _ in 0..120 {
        let story = at_once().new_tree(&mut runner).unwrap().current();
        findings.extend(runtime.block_on(tell(story)));
        if findings.iter().any(|finding| is_enough(finding)) {
            break;
        }
    }
    findings
}

/// The flaw is found, and called what it is.
fn is_found(flaw: Flaw, name: &str) {
    let found = found(Some(flaw), |finding| finding.starts_with(name));
    let named = found.iter().any(|finding| finding.starts_with(name));
    assert!(named, "{flaw:?}: {found:#?}");
}

#[test]
fn a_store_without_a_flaw_is_found_to_be_right() {
    assert_eq!(found(None, |_| false), Vec::<String>::new());
}

#[test]
fn a_store_that_does_not_ask_whether_there_is_room_is_found_out() {
    is_found(Flaw::IgnoresCounters, "overbooked");
}

#[test]
fn a_store_that_does_not_ask_for_the_claim_is_found_out() {
    is_found(Flaw::IgnoresClaims, "registered twice");
}

#[test]
fn a_store_that_overwrites_what_others_changed_is_found_out() {
    is_found(Flaw::IgnoresVersions, "overwritten");
}

#[test]
fn a_store_that_forgets_requests_is_found_out() {
    is_found(Flaw::ForgetsRequests, "answered anew");
}

#[test]
fn a_store_that_gives_no_places_back_is_found_out() {
    is_found(Flaw::KeepsPlaces, "miscounted");
}

#[test]
fn a_store_that_turns_the_queue_round_is_found_out() {
    is_found(Flaw::TurnsTheQueueRound, "wrong queue");
    is_found(Flaw::TurnsTheQueueRound, "overtaken");
}

#[test]
fn a_store_that_loses_messages_is_found_out() {
    is_found(Flaw::LosesMessages, "wrong messages");
}

#[test]
fn a_store_that_keeps_what_should_be_destroyed_is_found_out() {
    is_found(Flaw::KeepsPersonalData, "wrong data");
}

#[test]
fn a_store_that_finds_who_should_be_forgotten_is_found_out() {
    is_found(Flaw::KeepsHashes, "wrong index");
}

#[test]
fn a_store_that_loses_its_history_is_found_out() {
    is_found(Flaw::LosesHistory, "broken history");
}

#[test]
fn a_store_that_keeps_claims_is_found_out() {
    is_found(Flaw::KeepsClaims, "wrong claim");
}

#[test]
fn a_store_that_loses_appointments_is_found_out() {
    is_found(Flaw::LosesAppointments, "wrong appointments");
}

#[test]
fn a_store_that_swells_parties_is_found_out() {
    is_found(Flaw::SwellsParties, "left waiting");
}

#[test]
fn a_worker_that_does_nothing_is_found_out() {
    for name in ["left empty", "overdue"] {
        let found = found_by(
            |finding| finding.starts_with(name),
            |story| all_at_once_without_work(Arc::<MemoryStore>::default(), story),
        );
        let named = found.iter().any(|finding| finding.starts_with(name));
        assert!(named, "{name}: {found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_race_sees_a_store_that_looks_first_and_books_then() {
    let asks = rush();
    let careless = Arc::new(FaultyStore {
        inner: MemoryStore::default(),
        fault: Fault::LooksFirst(Barrier::new(asks.len())),
    });
    let race = Race::run(&careless, asks).await;
    let verdict = race.verdict(40).unwrap_err();
    assert!(verdict.starts_with("overbooked"), "{verdict}");
    assert_eq!((race.confirmed, race.counted.taken), (200, 200));
}
