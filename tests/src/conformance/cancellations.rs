//! What a store does when somebody does not come after all.

use std::sync::Arc;

use form_function::store::{
    Cancelled, MessageId, MessageKind, OutboxMessage, Store, SubmitRequest,
};
use forms::{Availability, Registration, RegistrationId, State};
use tokio::task::JoinSet;

use super::people::{ask_for, availability, cancelled, later, places, recorded, taken};

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
