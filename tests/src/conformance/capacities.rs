//! What a store does when places run out.

use std::sync::Arc;

use form_function::store::{MessageId, MessageKind, Store, SubmitRequest, Submitted};
use forms::{Availability, Registration, State};

use super::people::{again, ask, ask_for, availability, cancelled, places, recorded, taken};

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
