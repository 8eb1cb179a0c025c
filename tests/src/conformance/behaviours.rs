//! What a store does for one visitor after another.

use std::slice;
use std::sync::Arc;

use form_function::registrar::Submitted;
use form_function::store::{ListPlace, MessageId, MessageKind, OutboxMessage, Store};
use forms::{Availability, Registration, Slug, State};
use jiff::SignedDuration;

use super::people::{
    ask, ask_for, availability, cancelled, outbox, random, recorded, submit, taken,
};

pub(super) async fn a_registration_is_recorded_with_all_that_belongs_to_it(
    store: &Arc<impl Store>,
) {
    let ask = ask_for(3, "ana");
    let registration = recorded(store, &ask).await;
    assert_eq!(registration, ask.registration);
    let id = &registration.id;
    assert_eq!(
        store.registration(id).await.unwrap(),
        Some(registration.clone())
    );
    assert_eq!(availability(store).await, taken(3));
    for (part, sealed) in ask.sealed {
        assert_eq!(store.sealed(id, part).await.unwrap(), Some(sealed));
    }
    assert_eq!(store.consents(id).await.unwrap(), ask.consents);
    for person in &registration.people {
        assert_eq!(
            store.registrations_of(person).await.unwrap(),
            slice::from_ref(&registration.id)
        );
    }
    let message = OutboxMessage {
        id: MessageId::new(id, 0, MessageKind::Received),
        kind: MessageKind::Received,
        registration: registration.id.clone(),
        recorded_at: registration.submitted_at,
        due_at: registration.submitted_at,
        attempts: 0,
    };
    assert_eq!(outbox(store).await, [message]);
    let history = store.history(id).await.unwrap();
    let [event] = history.as_slice() else {
        panic!("one event: {history:?}");
    };
    assert_eq!(
        (event.action.as_str(), event.from.as_deref()),
        ("submit", None)
    );
    assert_eq!(
        (event.to.as_str(), event.at),
        ("confirmed", registration.submitted_at)
    );
}

pub(super) async fn the_same_request_again_gives_the_first_answer_and_no_second_mail(
    store: &Arc<impl Store>,
) {
    let ask = ask("ana");
    let registration = recorded(store, &ask).await;
    assert_eq!(
        submit(store, &ask).await,
        Submitted::Replayed(registration.clone())
    );
    assert_eq!(
        submit(store, &ask.again()).await,
        Submitted::Replayed(registration)
    );
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(outbox(store).await.len(), 1);
}

pub(super) async fn a_replay_shows_the_registration_as_it_is_now(store: &Arc<impl Store>) {
    let ask = ask("ana");
    let registration = cancelled(store, &recorded(store, &ask).await).await;
    assert_eq!(registration.state, State::CancelledByAttendee);
    assert_eq!(
        submit(store, &ask.again()).await,
        Submitted::Replayed(registration)
    );
    assert_eq!(availability(store).await, taken(0));
}

pub(super) async fn a_key_with_other_answers_is_refused(store: &Arc<impl Store>) {
    let first = ask("ana");
    recorded(store, &first).await;
    let mut second = ask("boris");
    second
        .idempotency_key
        .key
        .clone_from(&first.idempotency_key.key);
    "other answers".clone_into(&mut second.idempotency_key.digest);
    assert_eq!(submit(store, &second).await, Submitted::KeyReused);
    assert_eq!(
        store.registration(&second.registration.id).await.unwrap(),
        None
    );
    assert_eq!(availability(store).await, taken(1));
}

pub(super) async fn a_key_may_be_used_anew_after_a_day(store: &Arc<impl Store>) {
    let first = ask("ana");
    let registration = recorded(store, &first).await;
    let key = &first.idempotency_key.key;
    let day = SignedDuration::from_hours(24);
    let almost = registration.submitted_at + day - SignedDuration::from_nanos(1);
    let known = store.request(key, almost).await.unwrap().unwrap();
    assert_eq!(known.registration, registration.id);
    assert_eq!(known.digest, first.idempotency_key.digest);
    assert_eq!(
        submit(store, &first.again().at(almost)).await,
        Submitted::Replayed(registration.clone())
    );

    let next_day = registration.submitted_at + day;
    assert_eq!(store.request(key, next_day).await.unwrap(), None);
    let mut second = ask("boris").at(next_day);
    second.idempotency_key.key.clone_from(key);
    let second = recorded(store, &second).await;
    let known = store.request(key, next_day).await.unwrap().unwrap();
    assert_eq!(known.registration, second.id);
}

pub(super) async fn an_identity_used_twice_is_an_error_and_changes_nothing(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask("ana")).await;
    let mut second = ask_for(2, "boris");
    let fresh = std::mem::replace(&mut second.registration.id, first.id.clone());
    let refused =
        form_function::registrar::submit(store.as_ref(), &random(), &second.request()).await;
    assert!(refused.is_err());
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(store.registration(&first.id).await.unwrap(), Some(first));
    // Neither the key nor the person was recorded.
    second.registration.id = fresh;
    assert_eq!(recorded(store, &second).await.duplicate_of, None);
}

pub(super) async fn an_activity_without_registrations_has_all_its_places(store: &Arc<impl Store>) {
    recorded(store, &ask("ana")).await;
    let other = Slug::parse("other-day").unwrap();
    assert_eq!(
        store.availability(&other).await.unwrap(),
        Availability::default()
    );
    assert_eq!(store.announced(&other).await.unwrap(), None);
}

pub(super) async fn registrations_are_listed_as_they_came_in_pages_without_gaps(
    store: &Arc<impl Store>,
) {
    let mut expected = Vec::new();
    let people = ["ana", "boris", "vera", "georgi", "dora", "elena"];
    for (number, person) in (0_i64..).zip(people) {
        let mut ask = ask(person);
        // Two of an instant, and instants that differ by less than a second; none in the order of the names.
        let after = [700, 0, 700, 65_000, 5, 1_000][usize::try_from(number).unwrap()];
        ask.registration.submitted_at += SignedDuration::from_millis(after);
        expected.push(recorded(store, &ask).await);
    }
    let mut elsewhere = ask("ana");
    elsewhere.registration.activity = Slug::parse("other-day").unwrap();
    recorded(store, &elsewhere).await;
    expected.sort_by_key(ListPlace::of);

    let activity = super::people::activity();
    let mut listed: Vec<Registration> = Vec::new();
    loop {
        let after = listed.last().map(ListPlace::of);
        let page = store
            .registrations(&activity, after.as_ref(), 2)
            .await
            .unwrap();
        assert!(page.len() <= 2);
        if page.is_empty() {
            break;
        }
        listed.extend(page);
    }
    assert_eq!(listed, expected);
}

pub(super) async fn what_was_announced_is_remembered(store: &Arc<impl Store>) {
    let activity = super::people::activity();
    assert_eq!(store.announced(&activity).await.unwrap(), None);
    store.announce(&activity, "first").await.unwrap();
    // Announcing takes no place, and taking one announces nothing.
    assert_eq!(availability(store).await, taken(0));
    recorded(store, &ask("ana")).await;
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(
        store.announced(&activity).await.unwrap().as_deref(),
        Some("first")
    );
    store.announce(&activity, "second").await.unwrap();
    assert_eq!(
        store.announced(&activity).await.unwrap().as_deref(),
        Some("second")
    );
    assert_eq!(availability(store).await, taken(1));
}

pub(super) async fn which_keys_it_is_filled_with_is_remembered(store: &Arc<impl Store>) {
    assert_eq!(store.noted_keys().await.unwrap(), None);
    for keys in ["first", "second"] {
        store.note_keys(keys).await.unwrap();
        assert_eq!(store.noted_keys().await.unwrap().as_deref(), Some(keys));
    }
}

pub(super) async fn a_working_store_is_healthy(store: &Arc<impl Store>) {
    store.health().await.unwrap();
}
