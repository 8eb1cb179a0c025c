//! A rush on a bad day of the service: conflicts, throttling, errors, silence, and half of the replies lost.
//!
//! Visitors see answers and pages alone, so the tests look at nothing else.

use std::collections::BTreeSet;
use std::io::{Write, stderr};
use std::mem;

use tokio::task::JoinSet;

use super::instance::Instance;
use super::start::{BULGARIAN, ENGLISH, apologises};
use super::{Deployment, new_table, seats};
use crate::fault_proxy::{Fault, FaultProxy, Rates, seeded};
use crate::form_test::{OPEN_DAY, Reply, SITE, person};

const PLACES: u64 = 40;
const VISITORS: usize = 120;
/// A function works on one request at a time, so this many of them are under way.
const INSTANCES: usize = 12;

/// A day on which visitors who ask again get there.
const BAD: Rates = Rates {
    conflict: 30,
    throttled: 10,
    error: 5,
    silence: 1,
    lost: 50,
};

/// A day on which everybody is at the same items.
const CROWDED: Rates = Rates {
    conflict: 60,
    lost: 20,
    ..BAD
};

/// A day on which hardly a reply arrives.
const WORSE: Rates = Rates { lost: 95, ..BAD };

/// A function behind a proxy, in as many instances as there are requests at once.
struct Rush {
    healthy: Deployment,
    faulty: Deployment,
    proxy: FaultProxy,
    instances: Vec<Instance>,
}

/// Somebody who was told "yes".
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    visitor: usize,
    reference: String,
    receipt: String,
}

/// What became of everybody.
#[derive(Default)]
struct Answered {
    confirmed: Vec<Told>,
    full: usize,
    apologies: usize,
}

impl Rush {
    async fn with(seed: u64, rates: Rates) -> Rush {
        let (_, table) = new_table().await;
        let proxy = FaultProxy::start(seeded(seed, rates)).await;
        let healthy = Deployment::new(&table);
        let faulty = Deployment::new(&table).with("AWS_ENDPOINT_URL_DYNAMODB", &proxy.url());
        let mut instances = Vec::new();
        for _ in 0..INSTANCES {
            instances.push(faulty.start().await);
        }
        Rush {
            healthy,
            faulty,
            proxy,
            instances,
        }
    }

    /// All of them ask once, each at the instance that has the next free hand.
    async fn ask(&mut self, visitors: &[usize], round: usize) -> Vec<(usize, Reply)> {
        let mut work = JoinSet::new();
        for (place, mut instance) in mem::take(&mut self.instances).into_iter().enumerate() {
            let turn = |at: usize| (at + round) % INSTANCES == place;
            let theirs = visitors.iter().enumerate().filter(|(at, _)| turn(*at));
            let theirs: Vec<usize> = theirs.map(|(_, visitor)| *visitor).collect();
            work.spawn(async move {
                let mut replies = Vec::new();
                for visitor in theirs {
                    replies.push((visitor, sign_up(&mut instance, visitor).await));
                }
                (instance, replies)
            });
        }
        let mut answered = Vec::new();
        for (instance, replies) in work.join_all().await {
            self.instances.push(instance);
            answered.extend(replies);
        }
        answered
    }

    /// Whoever gets an apology asks again, of another instance.
    async fn until_answered(&mut self, visitors: Vec<usize>) -> Answered {
        let mut answered = Answered::default();
        let mut waiting = visitors;
        for round in 0.. {
            assert!(round < 30, "no answer for {waiting:?}");
            for (visitor, reply) in self.ask(&mem::take(&mut waiting), round).await {
                match reply.status {
                    201 => answered.confirmed.push(told(visitor, &reply)),
                    409 => answered.full += 1,
                    503 => waiting.push(visitor),
                    _ => panic!("{}: {}", reply.status, reply.body),
                }
            }
            if waiting.is_empty() {
                break;
            }
            answered.apologies += waiting.len();
        }
        answered
    }

    /// What a function without a proxy knows.
    async fn healthy(&self) -> Instance {
        self.healthy.start().await
    }

    /// Ends everything; nothing may have panicked.
    async fn end(self) {
        for instance in self.instances {
            let log = instance.stop().await;
            assert!(!log.contains("panicked"), "{log}");
        }
        drop(self.faulty);
    }
}

fn party(visitor: usize) -> u64 {
    if visitor.is_multiple_of(5) { 2 } else { 1 }
}

/// Always under the same key and with the same answers.
async fn sign_up(instance: &mut Instance, visitor: usize) -> Reply {
    let name = format!("visitor-{visitor}");
    let answers = person(&name).with("party", &party(visitor).to_string());
    instance
        .json(&format!("/forms/{OPEN_DAY}"), &name, &answers.as_json())
        .await
}

fn told(visitor: usize, reply: &Reply) -> Told {
    let answer = reply.json();
    assert_eq!(answer["state"], "confirmed", "{}", reply.body);
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    Told {
        visitor,
        reference: text("reference"),
        receipt: text("manage_url").strip_prefix(SITE).unwrap().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_place_is_lost_or_given_twice_while_everything_fails() {
    let mut rush = Rush::with(0x00ba_dda7, BAD).await;
    let Answered {
        confirmed,
        full,
        apologies,
    } = rush.until_answered((0..VISITORS).collect()).await;
    assert_eq!(confirmed.len() + full, VISITORS, "one answer each");
    let faults = rush.proxy.done();
    for fault in [
        Fault::Conflict,
        Fault::Throttled,
        Fault::ThroughputExceeded,
        Fault::InternalError,
        Fault::Silence,
        Fault::LostReply,
    ] {
        assert!(faults.contains_key(&fault), "{fault:?} never happened");
    }
    let mut screen = stderr();
    writeln!(screen, "a rush with {faults:?}: {apologies} apologies").unwrap();

    let mut healthy = rush.healthy().await;
    let held: u64 = confirmed.iter().map(|told| party(told.visitor)).sum();
    let (remaining, _) = seats(&mut healthy).await;
    // More of them came alone than there are places, so somebody who needed only one was turned away.
    assert_eq!(
        (held, remaining),
        (PLACES, 0),
        "held by those who were told so, and left"
    );
    let references: BTreeSet<&str> = confirmed
        .iter()
        .map(|told| told.reference.as_str())
        .collect();
    assert_eq!(references.len(), confirmed.len(), "one reference each");
    for told in &confirmed {
        let page = healthy.get(&told.receipt).await.must_be(200);
        assert!(page.page().has(".panel--confirmed"), "{}", page.words());
        assert!(page.words().contains(&told.reference), "{}", page.words());
        let again = sign_up(&mut healthy, told.visitor).await.must_be(201);
        assert_eq!(again.json()["reference"], told.reference);
    }
    assert_eq!(seats(&mut healthy).await.0, 0);
    rush.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_full_while_there_is_room() {
    let mut rush = Rush::with(0x0f11, CROWDED).await;
    // As many as there are places.
    let visitors: Vec<usize> = (0..33).collect();
    let all: u64 = visitors.iter().map(|visitor| party(*visitor)).sum();
    assert_eq!(all, PLACES);
    let answered = rush.until_answered(visitors).await;
    assert_eq!((answered.confirmed.len(), answered.full), (33, 0));
    assert_eq!(seats(&mut rush.healthy().await).await, (0, 0));
    rush.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_asking_again_visitors_would_lose_their_places() {
    let mut rush = Rush::with(0x0bad, WORSE).await;
    let visitors: Vec<usize> = (1..=24).collect();
    let replies = rush.ask(&visitors, 0).await;
    let unheard: Vec<usize> = replies
        .iter()
        .filter(|(_, reply)| reply.status == 503)
        .map(|(visitor, _)| *visitor)
        .collect();
    let told_yes = replies.iter().filter(|(_, reply)| reply.status == 201);
    let held: u64 = told_yes.map(|(visitor, _)| party(*visitor)).sum();
    let mut healthy = rush.healthy().await;
    let taken = PLACES - seats(&mut healthy).await.0;
    assert!(
        !unheard.is_empty() && taken > held,
        "{taken} taken, {held} told so"
    );
    // And so they ask again, when the day is better.
    for visitor in unheard {
        sign_up(&mut healthy, visitor).await.must_be(201);
    }
    let all: u64 = visitors.iter().map(|visitor| party(*visitor)).sum();
    assert_eq!(seats(&mut healthy).await.0, PLACES - all);
    rush.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_no_answer_at_all_gets_the_telephone() {
    let rates = Rates {
        error: 100,
        ..Rates::default()
    };
    let mut rush = Rush::with(0, rates).await;
    let function = &mut rush.instances[0];
    let form = format!("/forms/{OPEN_DAY}");
    let ana = person("ana");
    apologises(function.post(&form, &ana).await, BULGARIAN);
    apologises(
        function.post(&form, &ana.with("_language", "en")).await,
        ENGLISH,
    );
    rush.end().await;
}
