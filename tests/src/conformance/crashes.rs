//! One story, in which the program dies at each of its writes in turn, before it or after it and before the reply. Whoever
//! got no answer asks again, another worker goes on, and in the end everything is as if nobody had died.

use std::collections::BTreeMap;
use std::sync::Arc;

use form_function::registrar::{self, Changed, Submitted};
use form_function::store::{Actor, DeliveryStatus, MessageId, Store, StoreError};
use form_function::transition::Circumstances;
use forms::{Change, Session};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::people::{Ask, Opened, ZONE, activity, numbered, random};
use super::relays::{Crash, Doing, Relay};
use super::stories::{Effort, runtime};
use super::workers::{Mailbox, round};

/// Something that happens, at a time.
enum Act {
    /// The request of this number, from this person.
    Submit(u32, &'static str),
    /// The person changes the registration of this number.
    Change(u32, Change),
    /// The event is moved.
    Move(&'static str),
    /// The worker does its rounds.
    Rounds,
}

/// Three places: they are taken, waited for, given back, offered, accepted, moved, and in the end forgotten.
fn story() -> Vec<(&'static str, Act)> {
    vec![
        ("2027-05-10T10:00:00Z", Act::Submit(1, "ana")),
        ("2027-05-10T11:00:00Z", Act::Submit(2, "boris")),
        ("2027-05-10T12:00:00Z", Act::Submit(3, "vera")),
        ("2027-05-10T13:00:00Z", Act::Submit(4, "ana")),
        ("2027-05-10T14:00:00Z", Act::Rounds),
        ("2027-05-11T10:00:00Z", Act::Change(2, Change::Cancel)),
        ("2027-05-11T11:00:00Z", Act::Rounds),
        ("2027-05-11T12:00:00Z", Act::Change(3, Change::Accept)),
        ("2027-05-12T10:00:00Z", Act::Move("2027-06-10T11:00")),
        ("2027-05-12T11:00:00Z", Act::Rounds),
        ("2027-06-09T18:00:00Z", Act::Rounds),
        ("2027-09-01T12:00:00Z", Act::Rounds),
    ]
}

/// One after another they ask for two places and then for one each.
fn asked(number: u32, person: &str) -> Ask {
    let party = if number == 1 { 2 } else { 1 };
    numbered(number, person)
        .party(party)
        .places(3)
        .waits()
        .reachable()
}

/// What is left of a story: everything but instants, and but changes that only work out appointments anew.
#[derive(PartialEq, Debug)]
struct Ending {
    registrations: Vec<String>,
    histories: Vec<Vec<String>>,
    /// What became of the messages of each registration, by their kinds.
    deliveries: Vec<(String, DeliveryStatus)>,
    counted: forms::Availability,
    left: usize,
}

/// What came of a story, and how the program died in it.
struct Told {
    ending: Ending,
    mails: BTreeMap<MessageId, u32>,
    writes: u32,
    died: Option<Doing>,
}

/// Tells the story, in which the program may die once.
async fn tell<S: Store>(store: Arc<S>, crash: Option<Crash>) -> Told {
    let first = Relay::new(store);
    let client = crash.map_or_else(|| first.another(), |crash| first.doomed(crash));
    let mut client = Arc::new(client);
    let mailbox = Mailbox::default();
    let mut session = asked(1, "ana").session.unwrap();
    let mut late = SignedDuration::ZERO;
    let (mut died, mut writes) = (None, 0);
    for (at, act) in story() {
        let at: Timestamp = at.parse().unwrap();
        if let Act::Move(starts) = act {
            session.when.starts = starts.to_owned().try_into().unwrap();
            continue;
        }
        let done = perform(&client, &act, &session, at + late, &mailbox, false).await;
        if done.is_err() {
            died = Some(client.died().expect("nothing else goes wrong"));
            // By then what the dead one had taken is anybody's.
            late = SignedDuration::from_mins(1);
            client = Arc::new(first.another());
            perform(&client, &act, &session, at + late, &mailbox, true)
                .await
                .unwrap();
        }
        writes = client.writes();
    }
    Told {
        ending: ending(&client).await,
        mails: mailbox.counted(),
        writes,
        died,
    }
}

/// Does it. The second time it may have been done already.
async fn perform<S: Store>(
    client: &Arc<Relay<S>>,
    act: &Act,
    session: &Session,
    now: Timestamp,
    mailbox: &Mailbox,
    again: bool,
) -> Result<(), StoreError> {
    match act {
        Act::Submit(number, person) => {
            let ask = asked(*number, person).at(now);
            let answer = registrar::submit(client.as_ref(), &random(), &ask.request()).await?;
            let taken = matches!(answer, Submitted::Recorded(_))
                || again && matches!(answer, Submitted::Replayed(_));
            assert!(taken, "{answer:?}");
        }
        Act::Change(number, change) => {
            let at = Circumstances {
                now,
                actor: Actor::Attendee,
                reason: None,
                session: Some(session),
                zone: &ZONE,
            };
            let id = numbered(*number, "").registration.id;
            let answer = registrar::change(client.as_ref(), &random(), &id, change, &at).await?;
            let changed = matches!(answer, Changed::Done(_))
                || again && matches!(answer, Changed::NotFromHere(_));
            assert!(changed, "{answer:?}");
        }
        Act::Rounds => {
            while round(Arc::clone(client), session, now, mailbox)
                .await?
                .may_go_on()
            {}
        }
        Act::Move(_) => {}
    }
    Ok(())
}

async fn ending<S: Store>(client: &Relay<S>) -> Ending {
    let listed = client.registrations(&activity(), None, 100).await.unwrap();
    let mut ending = Ending {
        registrations: Vec::new(),
        histories: Vec::new(),
        deliveries: Vec::new(),
        counted: client.availability(&activity()).await.unwrap(),
        left: client.outbox(Timestamp::MAX, 100).await.unwrap().len(),
    };
    for it in &listed {
        let id = &it.id;
        ending.registrations.push(format!(
            "{} {} {:?} {:?} {:?} {:?} {} {}",
            id.as_str(),
            it.state.as_str(),
            it.party_size,
            it.parts,
            it.people,
            it.duplicate_of,
            it.heard,
            it.reminded
        ));
        let history = client.history(id).await.unwrap();
        assert_eq!(history.len(), it.version as usize + 1);
        let events = history.iter().filter(|event| event.action != "reschedule");
        let told = events.map(|event| format!("{} {:?}->{}", event.action, event.from, event.to));
        ending.histories.push(told.collect());
        for delivery in client.deliveries(id).await.unwrap() {
            ending
                .deliveries
                .push((without_version(&delivery.id), delivery.status));
        }
    }
    ending.deliveries.sort_by(|one, other| one.0.cmp(&other.0));
    ending
}

/// A message by its cause and its kind: the version is another one when appointments were worked out twice.
fn without_version(id: &MessageId) -> String {
    let parts: Vec<&str> = id.0.split('.').collect();
    format!("{} {}", parts[0], parts[2])
}

/// The mails of a story, each once.
fn each_once(mails: &BTreeMap<MessageId, u32>) -> Vec<String> {
    let mut each: Vec<String> = mails.keys().map(without_version).collect();
    each.sort();
    each
}

pub(super) fn wherever_the_program_dies_the_story_ends_the_same<S: Store, K>(
    open: impl AsyncFn() -> Opened<S, K>,
    effort: Effort,
) {
    let step = if effort == Effort::Whole { 1 } else { 5 };
    runtime().block_on(async {
        let opened = open().await;
        let whole = Arc::new(tell(Arc::clone(&opened.store), None).await);
        assert!(whole.mails.values().all(|count| *count == 1));
        assert_eq!((whole.ending.left, whole.ending.counted.taken), (0, 3));
        assert!(whole.mails.len() >= 10, "{:?}", whole.mails);

        let numbers = (0..whole.writes).step_by(step);
        let crashes: Vec<Crash> = numbers
            .flat_map(|at| [false, true].map(|written| Crash { at, written }))
            .collect();
        let mut sent_twice = 0;
        for some in crashes.chunks(8) {
            let mut stories = JoinSet::new();
            let mut kept = Vec::new();
            for crash in some.iter().copied() {
                let Opened { store, keep } = open().await;
                kept.push(keep);
                stories.spawn(async move { (crash, tell(store, Some(crash)).await) });
            }
            for (crash, told) in stories.join_all().await {
                sent_twice += ends_the_same(crash, &told, &whole);
            }
        }
        // The test would not see much if nobody ever died between sending a mail and recording it.
        assert!(sent_twice > 0);
    });
}

/// The story with this death in it ended like the whole one. Gives the number of mails that came twice.
fn ends_the_same(crash: Crash, told: &Told, whole: &Told) -> usize {
    let died = told.died.as_ref().expect("it died");
    assert_eq!(told.ending, whole.ending, "{crash:?} {died:?}");
    assert_eq!(
        each_once(&told.mails),
        each_once(&whole.mails),
        "{crash:?} {died:?}"
    );
    let twice: Vec<_> = told
        .mails
        .iter()
        .filter(|(_, count)| **count > 1)
        .map(|(id, count)| (id.clone(), *count))
        .collect();
    // It left and nobody knows: then it leaves again, under the same Message-ID.
    let expected = match died {
        Doing::Settling(delivery) if !crash.written && delivery.status == DeliveryStatus::Sent => {
            vec![(delivery.id.clone(), 2)]
        }
        _ => Vec::new(),
    };
    assert_eq!(twice, expected, "{crash:?} {died:?}");
    twice.len()
}
