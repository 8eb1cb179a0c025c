//! What a store does when one person signs up again: the sender sees nothing of it, and no place is taken.

use std::sync::Arc;

use form_function::registrar::{Changed, Submitted};
use form_function::store::{MessageId, MessageKind, OutboxMessage, Store};
use forms::{Availability, Change, Registration, Slug, State};

use super::people::{
    ask, ask_for, at_once, availability, cancelled, change, outbox, recorded, staff, submit, taken,
};

pub(super) async fn a_second_registration_of_one_person_looks_alike_and_holds_no_place(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask_for(2, "ana")).await;
    let ask = ask_for(3, "ana");
    let second = recorded(store, &ask).await;
    let expected = Registration {
        duplicate_of: Some(first.id),
        ..ask.registration.clone()
    };
    assert_eq!(second, expected);
    assert_eq!(second.state, State::Confirmed);
    assert_eq!(
        store.registration(&second.id).await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(availability(store).await, taken(2));
    assert_eq!(
        submit(store, &ask.again()).await,
        Submitted::Replayed(second)
    );
}

pub(super) async fn a_second_registration_of_a_full_activity_waits_and_holds_no_place(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask_for(2, "ana").places(2).waits()).await;
    let second = recorded(store, &ask("ana").places(2).waits()).await;
    assert_eq!(
        (second.state, second.duplicate_of),
        (State::Waitlisted, Some(first.id))
    );
    assert_eq!(availability(store).await, taken(2));
    let queue = store.queue(&super::people::activity(), 10).await.unwrap();
    assert_eq!(queue, []);
    // Since nobody waits, the next place to become free is anybody's.
    let third = recorded(store, &ask("boris").places(3).waits()).await;
    assert_eq!(third.state, State::Confirmed);
}

pub(super) async fn a_full_activity_refuses_a_known_person_like_anybody(store: &Arc<impl Store>) {
    recorded(store, &ask("ana").places(1)).await;
    let second = ask("ana").places(1);
    assert_eq!(submit(store, &second).await, Submitted::Full);
    assert_eq!(
        store.registration(&second.registration.id).await.unwrap(),
        None
    );
}

pub(super) async fn the_owner_of_a_contact_hears_about_the_registration_there_is(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask("ana")).await;
    let second = recorded(store, &ask("ana")).await;
    let message = OutboxMessage {
        id: MessageId::new(&second.id, 0, MessageKind::AlreadyRegistered),
        kind: MessageKind::AlreadyRegistered,
        registration: first.id,
        recorded_at: second.submitted_at,
        due_at: second.submitted_at,
        attempts: 0,
    };
    assert_eq!(outbox(store).await[1..], [message]);
}

pub(super) async fn cancelling_a_duplicate_gives_nothing_back_and_tells_the_owner_what_stays(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask_for(2, "ana")).await;
    let second = recorded(store, &ask_for(2, "ana")).await;
    assert_eq!(
        cancelled(store, &second).await.state,
        State::CancelledByAttendee
    );
    assert_eq!(availability(store).await, taken(2));
    let said = outbox(store).await;
    let last = said.last().unwrap();
    assert_eq!(said.len(), 3);
    assert_eq!(
        (last.kind, &last.registration),
        (MessageKind::AlreadyRegistered, &first.id)
    );
    // The person's entry is still the first one's.
    assert_eq!(
        recorded(store, &ask("ana")).await.duplicate_of,
        Some(first.id)
    );
}

pub(super) async fn a_person_who_cancelled_may_return(store: &Arc<impl Store>) {
    let first = recorded(store, &ask_for(2, "ana")).await;
    cancelled(store, &first).await;
    let second = recorded(store, &ask_for(3, "ana")).await;
    assert_eq!(second.duplicate_of, None);
    assert_eq!(availability(store).await, taken(3));
    assert_eq!(
        recorded(store, &ask("ana")).await.duplicate_of,
        Some(second.id)
    );
}

pub(super) async fn nobody_is_brought_back_to_a_second_registration(store: &Arc<impl Store>) {
    let first = cancelled(store, &recorded(store, &ask_for(2, "ana")).await).await;
    let second = recorded(store, &ask_for(3, "ana")).await;
    let refused = change(store, &first.id, &Change::Reinstate, &staff()).await;
    assert_eq!(refused, Changed::Claimed(first.clone()));
    assert_eq!(availability(store).await, taken(3));
    cancelled(store, &second).await;
    let back = change(store, &first.id, &Change::Reinstate, &staff()).await;
    assert!(matches!(back, Changed::Done(_)), "{back:?}");
    assert_eq!(availability(store).await, taken(2));
}

pub(super) async fn a_duplicate_outlives_the_earlier_registration_without_a_place(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask("ana")).await;
    let second = recorded(store, &ask("ana")).await;
    cancelled(store, &first).await;
    let third = recorded(store, &ask("ana")).await;
    assert_eq!(third.duplicate_of, None);
    cancelled(store, &second).await;
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(
        recorded(store, &ask("ana")).await.duplicate_of,
        Some(third.id)
    );
}

pub(super) async fn one_person_may_come_to_two_activities(store: &Arc<impl Store>) {
    recorded(store, &ask("ana")).await;
    let other = Slug::parse("other-day").unwrap();
    let mut ask = ask_for(2, "ana");
    ask.registration.activity = other.clone();
    assert_eq!(recorded(store, &ask).await.duplicate_of, None);
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(store.availability(&other).await.unwrap(), taken(2));
}

pub(super) async fn one_person_fifty_times_at_once_holds_one_place(store: &Arc<impl Store>) {
    let asks = (0..50).map(|_| ask_for(3, "ana").places(10).waits());
    let answers = at_once(store, asks.collect()).await;
    let holders = answers.iter().filter(|answer| {
        matches!(
            answer,
            Submitted::Recorded(Registration {
                duplicate_of: None,
                state: State::Confirmed,
                ..
            })
        )
    });
    assert_eq!(holders.count(), 1);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Submitted::Recorded(_))),
        "{answers:?}"
    );
    assert_eq!(
        availability(store).await,
        Availability {
            taken: 3,
            waiting: 0
        }
    );
}
