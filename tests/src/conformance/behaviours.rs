//! What a store does for one visitor after another.

use std::sync::Arc;

use form_function::store::{
    Cancelled, IdempotencyKey, MessageId, MessageKind, OutboxMessage, Store, SubmitRequest,
    Submitted,
};
use forms::{Availability, Registration, RegistrationId, Slug, State};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::people::{again, ask, ask_for, availability, cancelled, later, places, recorded, taken};

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

pub(super) async fn a_full_activity_refuses_and_records_nothing(store: &Arc<impl Store>) {
    let first = recorded(
        store,
        &SubmitRequest {
            capacity: places(1),
            ..ask("ana")
        },
    )
    .await;
    let late = SubmitRequest {
        capacity: places(1),
        ..ask("boris")
    };
    assert_eq!(store.submit(&late).await.unwrap(), Submitted::Full);
    assert_eq!(
        store.registration(&late.registration.id).await.unwrap(),
        None
    );
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(store.undelivered(10).await.unwrap().len(), 1);
    // Not even the key was used up: the same request succeeds when there is room.
    cancelled(store, &first).await;
    assert_eq!(recorded(store, &late).await.id, late.registration.id);
}

pub(super) async fn a_known_request_keeps_its_answer_when_the_activity_is_full(
    store: &Arc<impl Store>,
) {
    let request = SubmitRequest {
        capacity: places(2),
        ..ask_for(2, "ana")
    };
    let registration = recorded(store, &request).await;
    assert_eq!(
        store.submit(&again(&request)).await.unwrap(),
        Submitted::Replayed(registration.clone())
    );
    // Nor does it matter that so large a party would be refused today.
    let lowered = SubmitRequest {
        capacity: places(1),
        ..again(&request)
    };
    assert_eq!(
        store.submit(&lowered).await.unwrap(),
        Submitted::Replayed(registration)
    );
}

pub(super) async fn a_party_fits_as_a_whole_or_not_at_all(store: &Arc<impl Store>) {
    recorded(
        store,
        &SubmitRequest {
            capacity: places(5),
            ..ask_for(3, "ana")
        },
    )
    .await;
    let three = SubmitRequest {
        capacity: places(5),
        ..ask_for(3, "boris")
    };
    assert_eq!(store.submit(&three).await.unwrap(), Submitted::Full);
    recorded(
        store,
        &SubmitRequest {
            capacity: places(5),
            ..ask_for(2, "vera")
        },
    )
    .await;
    assert_eq!(availability(store).await, taken(5));
}

pub(super) async fn a_party_larger_than_the_capacity_may_not_even_wait(store: &Arc<impl Store>) {
    let request = SubmitRequest {
        capacity: places(5),
        waitlist: true,
        ..ask_for(6, "ana")
    };
    assert_eq!(store.submit(&request).await.unwrap(), Submitted::Full);
    assert_eq!(availability(store).await, taken(0));
}

pub(super) async fn a_full_activity_with_a_waiting_list_lets_people_wait(store: &Arc<impl Store>) {
    recorded(
        store,
        &SubmitRequest {
            capacity: places(2),
            waitlist: true,
            ..ask_for(2, "ana")
        },
    )
    .await;
    let request = SubmitRequest {
        capacity: places(2),
        waitlist: true,
        ..ask_for(2, "boris")
    };
    let waiting = recorded(store, &request).await;
    assert_eq!(
        waiting,
        Registration {
            state: State::Waitlisted,
            ..request.registration.clone()
        }
    );
    assert_eq!(
        store.registration(&waiting.id).await.unwrap(),
        Some(waiting.clone())
    );
    assert_eq!(
        availability(store).await,
        Availability {
            taken: 2,
            waiting: 2
        }
    );
    assert_eq!(
        store.undelivered(10).await.unwrap().last().unwrap().id,
        MessageId::new(&waiting.id, MessageKind::Received)
    );
    assert_eq!(
        store.submit(&again(&request)).await.unwrap(),
        Submitted::Replayed(waiting)
    );
}

pub(super) async fn nobody_jumps_the_queue_while_anybody_waits(store: &Arc<impl Store>) {
    let first = recorded(
        store,
        &SubmitRequest {
            capacity: places(2),
            waitlist: true,
            ..ask_for(2, "ana")
        },
    )
    .await;
    let queued = SubmitRequest {
        capacity: places(2),
        waitlist: true,
        ..ask("boris")
    };
    assert_eq!(recorded(store, &queued).await.state, State::Waitlisted);
    cancelled(store, &first).await;
    assert_eq!(
        availability(store).await,
        Availability {
            taken: 0,
            waiting: 1
        }
    );
    // Both places are free, and still they are not the newcomer's.
    let newcomer = SubmitRequest {
        capacity: places(2),
        waitlist: true,
        ..ask("vera")
    };
    assert_eq!(recorded(store, &newcomer).await.state, State::Waitlisted);
    let without_list = SubmitRequest {
        capacity: places(2),
        ..ask("georgi")
    };
    assert_eq!(store.submit(&without_list).await.unwrap(), Submitted::Full);
    assert_eq!(
        availability(store).await,
        Availability {
            taken: 0,
            waiting: 2
        }
    );
}

pub(super) async fn without_a_capacity_there_is_no_limit(store: &Arc<impl Store>) {
    for person in ["ana", "boris", "vera"] {
        let mut request = SubmitRequest {
            capacity: None,
            ..ask_for(1000, person)
        };
        request.registration.state = State::Submitted;
        assert_eq!(recorded(store, &request).await.state, State::Submitted);
    }
    assert_eq!(availability(store).await, taken(3000));
    let mut request = SubmitRequest {
        capacity: None,
        ..ask("georgi")
    };
    request.registration.state = State::Submitted;
    let registration = recorded(store, &request).await;
    cancelled(store, &registration).await;
    assert_eq!(availability(store).await, taken(3000));
}

pub(super) async fn a_lowered_capacity_refuses_and_takes_nothing_back(store: &Arc<impl Store>) {
    recorded(store, &ask_for(10, "ana")).await;
    let request = SubmitRequest {
        capacity: places(5),
        ..ask("boris")
    };
    assert_eq!(store.submit(&request).await.unwrap(), Submitted::Full);
    assert_eq!(availability(store).await, taken(10));
}

pub(super) async fn cancelling_gives_the_places_back_once(store: &Arc<impl Store>) {
    recorded(store, &ask_for(2, "ana")).await;
    let registration = recorded(store, &ask_for(3, "boris")).await;
    let answer = cancelled(store, &registration).await;
    let expected = Registration {
        state: State::CancelledByAttendee,
        version: 1,
        ..registration
    };
    assert_eq!(answer, expected);
    assert_eq!(
        store.registration(&answer.id).await.unwrap(),
        Some(expected)
    );
    assert_eq!(availability(store).await, taken(2));
    let message = OutboxMessage {
        id: MessageId::new(&answer.id, MessageKind::Cancelled),
        kind: MessageKind::Cancelled,
        registration: answer.id.clone(),
        recorded_at: later(),
    };
    assert_eq!(store.undelivered(10).await.unwrap().last(), Some(&message));

    assert_eq!(
        store.cancel(&answer.id, later()).await.unwrap(),
        Cancelled::Already(answer)
    );
    assert_eq!(availability(store).await, taken(2));
    assert_eq!(store.undelivered(10).await.unwrap().len(), 3);
}

pub(super) async fn cancelling_a_place_in_the_queue_shortens_the_queue(store: &Arc<impl Store>) {
    let mut registrations = Vec::new();
    for person in ["ana", "boris", "vera"] {
        let request = SubmitRequest {
            capacity: places(2),
            waitlist: true,
            ..ask_for(2, person)
        };
        registrations.push(recorded(store, &request).await);
    }
    cancelled(store, &registrations[1]).await;
    assert_eq!(
        availability(store).await,
        Availability {
            taken: 2,
            waiting: 2
        }
    );
}

pub(super) async fn cancelling_what_is_unknown_changes_nothing(store: &Arc<impl Store>) {
    let id = RegistrationId::from_random([7; 16]);
    assert_eq!(
        store.cancel(&id, later()).await.unwrap(),
        Cancelled::Unknown
    );
    assert_eq!(store.registration(&id).await.unwrap(), None);
    assert_eq!(store.undelivered(10).await.unwrap(), []);
}

pub(super) async fn twenty_cancellations_at_once_give_the_places_back_once(
    store: &Arc<impl Store>,
) {
    recorded(store, &ask_for(5, "ana")).await;
    let registration = recorded(store, &ask_for(5, "boris")).await;
    let mut clients = JoinSet::new();
    for _ in 0..20 {
        let (store, id) = (Arc::clone(store), registration.id.clone());
        clients.spawn(async move { store.cancel(&id, later()).await.unwrap() });
    }
    let answers = clients.join_all().await;
    let now = answers
        .iter()
        .filter(|answer| matches!(answer, Cancelled::Cancelled(_)))
        .count();
    let before = answers
        .iter()
        .filter(|answer| matches!(answer, Cancelled::Already(_)))
        .count();
    assert_eq!((now, before), (1, 19));
    assert_eq!(availability(store).await, taken(5));
    assert_eq!(store.undelivered(10).await.unwrap().len(), 3);
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
