//! What a store does when somebody does not come after all.

use std::sync::Arc;

use form_function::registrar::Changed;
use form_function::store::{MessageId, MessageKind, OutboxMessage, Store};
use forms::{Availability, Change, Registration, RegistrationId, State};
use tokio::task::JoinSet;

use super::people::{
    ask_for, attendee, availability, cancelled, change, changed, later, outbox, recorded, staff,
    taken,
};

pub(super) async fn cancelling_gives_the_places_back_once(store: &Arc<impl Store>) {
    recorded(store, &ask_for(2, "ana")).await;
    let registration = recorded(store, &ask_for(3, "boris")).await;
    let answer = cancelled(store, &registration).await;
    let expected = Registration {
        state: State::CancelledByAttendee,
        version: 1,
        changed_at: later(),
        ..registration
    };
    assert_eq!(answer, expected);
    assert_eq!(
        store.registration(&answer.id).await.unwrap(),
        Some(expected)
    );
    assert_eq!(availability(store).await, taken(2));
    let message = OutboxMessage {
        id: MessageId::new(&answer.id, 1, MessageKind::Cancelled),
        kind: MessageKind::Cancelled,
        registration: answer.id.clone(),
        recorded_at: later(),
        due_at: later(),
        attempts: 0,
    };
    assert_eq!(outbox(store).await.last(), Some(&message));

    let again = change(store, &answer.id, &Change::Cancel, &attendee()).await;
    assert_eq!(again, Changed::NotFromHere(answer));
    assert_eq!(availability(store).await, taken(2));
    assert_eq!(outbox(store).await.len(), 3);
}

pub(super) async fn cancelling_a_place_in_the_queue_shortens_the_queue(store: &Arc<impl Store>) {
    let mut registrations = Vec::new();
    for person in ["ana", "boris", "vera"] {
        registrations.push(recorded(store, &ask_for(2, person).places(2).waits()).await);
    }
    cancelled(store, &registrations[1]).await;
    let counted = Availability {
        taken: 2,
        waiting: 2,
    };
    assert_eq!(availability(store).await, counted);
    assert_eq!(
        store.queue(&super::people::activity(), 10).await.unwrap(),
        [registrations[2].id.clone()]
    );
}

pub(super) async fn changing_what_is_unknown_changes_nothing(store: &Arc<impl Store>) {
    let id = RegistrationId::from_random([7; 16]);
    let answer = change(store, &id, &Change::Cancel, &attendee()).await;
    assert_eq!(answer, Changed::Unknown);
    assert_eq!(store.registration(&id).await.unwrap(), None);
    assert_eq!(outbox(store).await, []);
}

pub(super) async fn twenty_cancellations_at_once_give_the_places_back_once(
    store: &Arc<impl Store>,
) {
    recorded(store, &ask_for(5, "ana")).await;
    let registration = recorded(store, &ask_for(5, "boris")).await;
    let mut clients = JoinSet::new();
    for _ in 0..20 {
        let (store, id) = (Arc::clone(store), registration.id.clone());
        clients.spawn(async move { change(&store, &id, &Change::Cancel, &attendee()).await });
    }
    let answers = clients.join_all().await;
    let count = |wanted: fn(&Changed) -> bool| answers.iter().filter(|it| wanted(it)).count();
    let now = count(|answer| matches!(answer, Changed::Done(_)));
    let before = count(|answer| matches!(answer, Changed::NotFromHere(_)));
    assert_eq!((now, before), (1, 19), "{answers:?}");
    assert_eq!(availability(store).await, taken(5));
    assert_eq!(outbox(store).await.len(), 3);
    assert_eq!(store.history(&registration.id).await.unwrap().len(), 2);
}

/// The person cancels, staff bring her back, she cancels again: as often as she likes, and each time once.
pub(super) async fn places_given_back_and_taken_anew_are_counted_each_time(
    store: &Arc<impl Store>,
) {
    recorded(store, &ask_for(1, "ana")).await;
    let registration = recorded(store, &ask_for(3, "boris")).await;
    for _ in 0..3 {
        cancelled(store, &registration).await;
        assert_eq!(availability(store).await, taken(1));
        changed(store, &registration.id, &Change::Reinstate, &staff()).await;
        assert_eq!(availability(store).await, taken(4));
    }
}

pub(super) async fn an_event_that_is_cancelled_gives_every_place_back(store: &Arc<impl Store>) {
    let mut registrations = Vec::new();
    for person in ["ana", "boris", "vera"] {
        registrations.push(recorded(store, &ask_for(2, person).places(4).waits()).await);
    }
    for registration in &registrations {
        let by = staff();
        let cancelled = changed(store, &registration.id, &Change::CancelByOrganiser, &by).await;
        assert_eq!(cancelled.state, State::CancelledByOrganiser);
    }
    assert_eq!(availability(store).await, Availability::default());
    let told = outbox(store).await;
    let told = told
        .iter()
        .filter(|message| message.kind == MessageKind::CancelledByOrganiser);
    assert_eq!(told.count(), 3);
}
