//! What a store does for one visitor after another.

use std::sync::Arc;

use form_function::store::{
    IdempotencyKey, MessageId, MessageKind, OutboxMessage, Store, SubmitRequest, Submitted,
};
use forms::{Availability, Slug, State};
use jiff::SignedDuration;

use super::people::{again, ask, ask_for, availability, cancelled, recorded, taken};

pub(super) async fn a_registration_is_recorded_with_its_first_message(store: &Arc<impl Store>) {
    let request = ask_for(3, "ana");
    let registration = recorded(store, &request).await;
    assert_eq!(registration, request.registration);
    assert_eq!(
        store.registration(&registration.id).await.unwrap(),
        Some(registration.clone())
    );
    assert_eq!(availability(store).await, taken(3));
    let message = OutboxMessage {
        id: MessageId::new(&registration.id, MessageKind::Received),
        kind: MessageKind::Received,
        registration: registration.id,
        recorded_at: registration.submitted_at,
    };
    assert_eq!(store.undelivered(10).await.unwrap(), [message]);
}

pub(super) async fn the_same_request_again_gives_the_first_answer_again(store: &Arc<impl Store>) {
    let request = ask("ana");
    let registration = recorded(store, &request).await;
    assert_eq!(
        store.submit(&request).await.unwrap(),
        Submitted::Replayed(registration.clone())
    );
    assert_eq!(
        store.submit(&again(&request)).await.unwrap(),
        Submitted::Replayed(registration)
    );
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(store.undelivered(10).await.unwrap().len(), 1);
}

pub(super) async fn a_replay_shows_the_registration_as_it_is_now(store: &Arc<impl Store>) {
    let request = ask("ana");
    let registration = cancelled(store, &recorded(store, &request).await).await;
    assert_eq!(registration.state, State::CancelledByAttendee);
    assert_eq!(
        store.submit(&again(&request)).await.unwrap(),
        Submitted::Replayed(registration)
    );
    assert_eq!(availability(store).await, taken(0));
}

pub(super) async fn a_key_with_other_answers_is_refused(store: &Arc<impl Store>) {
    let first = ask("ana");
    recorded(store, &first).await;
    let idempotency_key = IdempotencyKey {
        digest: "other answers".to_owned(),
        ..first.idempotency_key
    };
    let second = SubmitRequest {
        idempotency_key,
        ..ask("boris")
    };
    assert_eq!(store.submit(&second).await.unwrap(), Submitted::KeyReused);
    assert_eq!(
        store.registration(&second.registration.id).await.unwrap(),
        None
    );
    assert_eq!(availability(store).await, taken(1));
}

pub(super) async fn an_identity_used_twice_is_an_error_and_changes_nothing(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask("ana")).await;
    let mut second = ask_for(2, "boris");
    let fresh = std::mem::replace(&mut second.registration.id, first.id.clone());
    assert!(store.submit(&second).await.is_err());
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(store.registration(&first.id).await.unwrap(), Some(first));
    // Neither the key nor the person was recorded.
    second.registration.id = fresh;
    assert_eq!(recorded(store, &second).await.duplicate_of, None);
}

pub(super) async fn messages_come_oldest_first_until_they_are_delivered(store: &Arc<impl Store>) {
    // Recorded in an order that is neither that of the instants nor that of the identities.
    let requests: Vec<SubmitRequest> = ["ana", "boris", "vera", "georgi"].map(ask).into();
    let start = requests[0].registration.submitted_at;
    let delays = [
        SignedDuration::from_millis(500),
        SignedDuration::ZERO,
        SignedDuration::from_secs(2),
        SignedDuration::from_nanos(1),
    ];
    for (mut request, delay) in requests.into_iter().rev().zip(delays) {
        request.registration.submitted_at = start + delay;
        recorded(store, &request).await;
    }
    let messages = store.undelivered(10).await.unwrap();
    let ages: Vec<_> = messages
        .iter()
        .map(|message| message.recorded_at.duration_since(start))
        .collect();
    let mut expected = delays;
    expected.sort();
    assert_eq!(ages, expected);
    assert_eq!(store.undelivered(2).await.unwrap(), messages[..2]);
    assert_eq!(store.undelivered(0).await.unwrap(), []);

    store.mark_delivered(&messages[1].id).await.unwrap();
    store.mark_delivered(&messages[1].id).await.unwrap();
    store
        .mark_delivered(&MessageId("unknown".to_owned()))
        .await
        .unwrap();
    let left = [
        messages[0].clone(),
        messages[2].clone(),
        messages[3].clone(),
    ];
    assert_eq!(store.undelivered(10).await.unwrap(), left);
}

pub(super) async fn an_activity_without_registrations_has_all_its_places(store: &Arc<impl Store>) {
    recorded(store, &ask("ana")).await;
    let other = Slug::parse("other-day").unwrap();
    assert_eq!(
        store.availability(&other).await.unwrap(),
        Availability::default()
    );
}

pub(super) async fn a_working_store_is_healthy(store: &Arc<impl Store>) {
    store.health().await.unwrap();
}
