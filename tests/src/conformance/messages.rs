//! What a store does with messages: each is recorded once, taken by one, and settled once.

use std::slice;
use std::sync::Arc;

use form_function::store::{
    Allowance, Delivery, DeliveryStatus, Mails, MessageId, MessageKind, OutboxMessage, Store,
};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::people::{ask, cancelled, later, outbox, recorded, start};

/// What became of a message.
fn sent(message: &OutboxMessage, at: Timestamp) -> Delivery {
    Delivery {
        id: message.id.clone(),
        kind: message.kind,
        status: DeliveryStatus::Sent,
        at,
    }
}

pub(super) async fn messages_come_when_they_are_due_the_oldest_first(store: &Arc<impl Store>) {
    // Recorded in an order that is neither that of the instants nor that of the identities.
    let first = later();
    let delays = [
        SignedDuration::from_millis(500),
        SignedDuration::ZERO,
        SignedDuration::from_secs(2),
        SignedDuration::from_nanos(1),
    ];
    for (person, delay) in ["ana", "boris", "vera", "georgi"].into_iter().zip(delays) {
        recorded(store, &ask(person).at(first + delay)).await;
    }
    let messages = outbox(store).await;
    let ages: Vec<_> = messages
        .iter()
        .map(|message| message.recorded_at.duration_since(first))
        .collect();
    let mut expected = delays;
    expected.sort();
    assert_eq!(ages, expected);
    assert_eq!(
        store.outbox(Timestamp::MAX, 2).await.unwrap(),
        messages[..2]
    );
    let now = first + SignedDuration::from_millis(500);
    assert_eq!(store.outbox(now, 10).await.unwrap(), messages[..3]);
    let before = first - SignedDuration::from_nanos(1);
    assert_eq!(store.outbox(before, 10).await.unwrap(), []);
}

pub(super) async fn a_message_is_taken_by_one_of_many(store: &Arc<impl Store>) {
    recorded(store, &ask("ana")).await;
    let message = outbox(store).await.remove(0);
    let lease = later() + SignedDuration::from_secs(45);
    let mut takers = JoinSet::new();
    for _ in 0..20 {
        let (store, message) = (Arc::clone(store), message.clone());
        takers.spawn(async move { store.postpone(&message, lease, 0).await.unwrap() });
    }
    let taken = takers.join_all().await;
    assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
    assert_eq!(store.outbox(later(), 10).await.unwrap(), []);
    // After the lease it is anybody's again, and the attempts are counted.
    let again = store.outbox(lease, 10).await.unwrap();
    let expected = OutboxMessage {
        due_at: lease,
        ..message.clone()
    };
    assert_eq!(again, [expected]);
    let next = lease + SignedDuration::from_mins(4);
    assert!(store.postpone(&again[0], next, 1).await.unwrap());
    assert!(!store.postpone(&message, next, 1).await.unwrap());
    let [tried] = outbox(store).await.try_into().unwrap();
    assert_eq!((tried.due_at, tried.attempts), (next, 1));
    assert_eq!(tried.recorded_at, message.recorded_at);
}

pub(super) async fn a_settled_message_is_gone_and_its_delivery_is_remembered(
    store: &Arc<impl Store>,
) {
    let registration = recorded(store, &ask("ana")).await;
    recorded(store, &ask("boris")).await;
    let messages = outbox(store).await;
    let delivery = sent(&messages[0], later());
    // Twice does no harm: the reply to the first may have been lost.
    store.settle(&registration.id, &delivery).await.unwrap();
    store.settle(&registration.id, &delivery).await.unwrap();
    assert_eq!(outbox(store).await, messages[1..]);
    let deliveries = || async { store.deliveries(&registration.id).await.unwrap() };
    assert_eq!(deliveries().await, slice::from_ref(&delivery));
    // Nobody takes it any more.
    assert!(
        !store
            .postpone(&messages[0], Timestamp::MAX, 0)
            .await
            .unwrap()
    );
    assert_eq!(outbox(store).await, messages[1..]);

    // What is recorded last counts, as when a mail comes back, which the outbox knows nothing of any more.
    let back = Delivery {
        status: DeliveryStatus::Bounced,
        at: later() + SignedDuration::from_hours(1),
        ..delivery
    };
    store.settle(&registration.id, &back).await.unwrap();
    assert_eq!(deliveries().await, slice::from_ref(&back));
    assert_eq!(outbox(store).await, messages[1..]);

    let kept_until = back.at + SignedDuration::from_hours(90 * 24);
    let second = SignedDuration::from_secs(1);
    store.forget_expired(kept_until - second).await.unwrap();
    assert_eq!(deliveries().await, [back]);
    store.forget_expired(kept_until + second).await.unwrap();
    assert_eq!(deliveries().await, []);
}

pub(super) async fn every_version_has_its_own_message_of_a_kind(store: &Arc<impl Store>) {
    let registration = recorded(store, &ask("ana")).await;
    cancelled(store, &registration).await;
    let by = super::people::staff();
    super::people::changed(store, &registration.id, &forms::Change::Reinstate, &by).await;
    cancelled(store, &registration).await;
    let mut ids: Vec<_> = outbox(store)
        .await
        .into_iter()
        .map(|message| message.id)
        .collect();
    ids.sort();
    let expected = [
        (0, MessageKind::Received),
        (1, MessageKind::Cancelled),
        (2, MessageKind::Confirmed),
        (3, MessageKind::Cancelled),
    ];
    let expected = expected.map(|(version, kind)| MessageId::new(&registration.id, version, kind));
    assert_eq!(ids, expected);
}

pub(super) async fn an_allowance_is_spent_as_often_as_it_says_and_no_more(store: &Arc<impl Store>) {
    let allowance = Allowance {
        person: super::people::hash("address", "ana"),
        of: Mails::Unasked,
        day: jiff::civil::date(2027, 5, 9),
        limit: 3,
        expires_at: start() + SignedDuration::from_hours(48),
    };
    let mut spenders = JoinSet::new();
    for _ in 0..10 {
        let (store, allowance) = (Arc::clone(store), allowance.clone());
        spenders.spawn(async move { store.spend(&allowance).await.unwrap() });
    }
    let spent = spenders.join_all().await;
    assert_eq!(spent.iter().filter(|spent| **spent).count(), 3);
    let tomorrow = Allowance {
        day: jiff::civil::date(2027, 5, 10),
        ..allowance.clone()
    };
    assert!(store.spend(&tomorrow).await.unwrap());
    let others = Allowance {
        of: Mails::Caused,
        ..allowance.clone()
    };
    assert!(store.spend(&others).await.unwrap());
    let somebody_else = Allowance {
        person: super::people::hash("address", "boris"),
        ..allowance
    };
    assert!(store.spend(&somebody_else).await.unwrap());
}
