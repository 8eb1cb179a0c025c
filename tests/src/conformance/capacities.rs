//! What a store does when places run out.

use std::sync::Arc;

use form_function::registrar::{Changed, Submitted};
use form_function::store::{Actor, MessageId, MessageKind, Store};
use forms::{Availability, Change, PartySize, Registration, State};
use jiff::SignedDuration;

use super::people::{
    Ask, By, ask, ask_for, availability, cancelled, change, changed, later, outbox, recorded,
    submit, taken,
};

pub(super) async fn a_full_activity_refuses_and_records_nothing(store: &Arc<impl Store>) {
    let first = recorded(store, &ask("ana").places(1)).await;
    let late = ask("boris").places(1);
    assert_eq!(submit(store, &late).await, Submitted::Full);
    let id = &late.registration.id;
    assert_eq!(store.registration(id).await.unwrap(), None);
    assert_eq!(store.history(id).await.unwrap(), []);
    assert_eq!(
        store
            .registrations_of(&late.registration.people[0])
            .await
            .unwrap(),
        []
    );
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(outbox(store).await.len(), 1);
    // Not even the key was used up: the same request succeeds when there is room.
    cancelled(store, &first).await;
    assert_eq!(recorded(store, &late).await.id, late.registration.id);
}

pub(super) async fn a_known_request_keeps_its_answer_when_the_activity_is_full(
    store: &Arc<impl Store>,
) {
    let ask = ask_for(2, "ana").places(2);
    let registration = recorded(store, &ask).await;
    assert_eq!(
        submit(store, &ask.again()).await,
        Submitted::Replayed(registration.clone())
    );
    // Nor does it matter that so large a party would be refused today.
    assert_eq!(
        submit(store, &ask.again().places(1)).await,
        Submitted::Replayed(registration)
    );
}

pub(super) async fn a_party_fits_as_a_whole_or_not_at_all(store: &Arc<impl Store>) {
    recorded(store, &ask_for(3, "ana").places(5)).await;
    let three = ask_for(3, "boris").places(5);
    assert_eq!(submit(store, &three).await, Submitted::Full);
    recorded(store, &ask_for(2, "vera").places(5)).await;
    assert_eq!(availability(store).await, taken(5));
}

pub(super) async fn a_party_larger_than_the_capacity_may_not_even_wait(store: &Arc<impl Store>) {
    let ask = ask_for(6, "ana").places(5).waits();
    assert_eq!(submit(store, &ask).await, Submitted::Full);
    assert_eq!(availability(store).await, taken(0));
}

pub(super) async fn a_full_activity_with_a_waiting_list_lets_people_wait(store: &Arc<impl Store>) {
    recorded(store, &ask_for(2, "ana").places(2).waits()).await;
    let ask = ask_for(2, "boris").places(2).waits();
    let waiting = recorded(store, &ask).await;
    let expected = Registration {
        state: State::Waitlisted,
        ..ask.registration.clone()
    };
    assert_eq!(waiting, expected);
    assert_eq!(
        store.registration(&waiting.id).await.unwrap(),
        Some(waiting.clone())
    );
    let both = Availability {
        taken: 2,
        waiting: 2,
    };
    assert_eq!(availability(store).await, both);
    assert_eq!(
        outbox(store).await.last().unwrap().id,
        MessageId::new(&waiting.id, 0, MessageKind::Received)
    );
    assert_eq!(
        submit(store, &ask.again()).await,
        Submitted::Replayed(waiting)
    );
}

pub(super) async fn nobody_jumps_the_queue_while_anybody_waits(store: &Arc<impl Store>) {
    let with_list = |ask: Ask| ask.places(2).waits();
    let first = recorded(store, &with_list(ask_for(2, "ana"))).await;
    let queued = recorded(store, &with_list(ask("boris"))).await;
    assert_eq!(queued.state, State::Waitlisted);
    cancelled(store, &first).await;
    let one = Availability {
        taken: 0,
        waiting: 1,
    };
    assert_eq!(availability(store).await, one);
    // Both places are free, and still they are not the newcomer's.
    let newcomer = recorded(store, &with_list(ask("vera"))).await;
    assert_eq!(newcomer.state, State::Waitlisted);
    let without_list = ask("georgi").places(2);
    assert_eq!(submit(store, &without_list).await, Submitted::Full);
    let two = Availability {
        taken: 0,
        waiting: 2,
    };
    assert_eq!(availability(store).await, two);
}

pub(super) async fn without_a_capacity_there_is_no_limit(store: &Arc<impl Store>) {
    for person in ["ana", "boris", "vera"] {
        recorded(store, &ask_for(1000, person).without_limit()).await;
    }
    assert_eq!(availability(store).await, taken(3000));
    let last = recorded(store, &ask("georgi").without_limit()).await;
    cancelled(store, &last).await;
    assert_eq!(availability(store).await, taken(3000));
}

pub(super) async fn a_lowered_capacity_refuses_and_takes_nothing_back(store: &Arc<impl Store>) {
    recorded(store, &ask_for(10, "ana")).await;
    assert_eq!(
        submit(store, &ask("boris").places(5)).await,
        Submitted::Full
    );
    assert_eq!(availability(store).await, taken(10));
}

pub(super) async fn who_has_yet_to_confirm_the_address_holds_the_place(store: &Arc<impl Store>) {
    let until = later() + SignedDuration::from_hours(24);
    let pending = ask("ana")
        .places(1)
        .state(State::PendingVerification { until });
    let pending = recorded(store, &pending).await;
    assert_eq!(availability(store).await, taken(1));
    assert_eq!(
        submit(store, &ask("boris").places(1)).await,
        Submitted::Full
    );
    let verified = changed(
        store,
        &pending.id,
        &Change::Verify,
        &By::new(Actor::Attendee, 1),
    )
    .await;
    assert_eq!(verified.state, State::Confirmed);
    assert_eq!(availability(store).await, taken(1));
}

pub(super) async fn who_does_not_confirm_the_address_gives_the_place_back_once(
    store: &Arc<impl Store>,
) {
    let until = later();
    let pending = recorded(
        store,
        &ask_for(3, "ana").state(State::PendingVerification { until }),
    )
    .await;
    let by = By::new(Actor::System, 40);
    let lapsed = changed(store, &pending.id, &Change::Lapse, &by).await;
    assert_eq!(lapsed.state, State::Lapsed);
    assert_eq!(availability(store).await, taken(0));
    let again = change(store, &pending.id, &Change::Lapse, &by).await;
    assert_eq!(again, Changed::NotFromHere(lapsed));
    assert_eq!(availability(store).await, taken(0));
}

/// Approval and return are entrances like any other.
pub(super) async fn whoever_is_approved_or_brought_back_needs_a_free_place(
    store: &Arc<impl Store>,
) {
    let staff = By::new(Actor::Staff, 2);
    let review = ask_for(2, "ana").places(2).state(State::PendingReview);
    let review = recorded(store, &review).await;
    assert_eq!(availability(store).await, taken(0));
    let gone = recorded(store, &ask("boris").places(2)).await;
    let gone = cancelled(store, &gone).await;
    let holder = recorded(store, &ask_for(2, "vera").places(2)).await;

    let refused = change(store, &review.id, &Change::Approve, &staff).await;
    assert_eq!(refused, Changed::Full(review.clone()));
    let refused = change(store, &gone.id, &Change::Reinstate, &staff).await;
    assert_eq!(refused, Changed::Full(gone.clone()));
    assert_eq!(availability(store).await, taken(2));

    cancelled(store, &holder).await;
    let back = changed(store, &gone.id, &Change::Reinstate, &staff).await;
    assert_eq!(back.state, State::Confirmed);
    assert_eq!(availability(store).await, taken(1));
    let refused = change(store, &review.id, &Change::Approve, &staff).await;
    assert_eq!(refused, Changed::Full(review.clone()));
    let approved = changed(
        store,
        &review.id,
        &Change::Approve,
        &By::new(Actor::Staff, 3),
    )
    .await;
    assert_eq!(approved.state, State::Confirmed);
    assert_eq!(availability(store).await, taken(3));
}

pub(super) async fn a_party_grows_only_into_free_places_and_shrinks_at_once(
    store: &Arc<impl Store>,
) {
    let by = By::new(Actor::Attendee, 5);
    let party = |places| Change::Resize(PartySize::new(places).unwrap());
    let ana = recorded(store, &ask_for(2, "ana").places(5)).await;
    recorded(store, &ask_for(2, "boris").places(5)).await;
    let refused = change(store, &ana.id, &party(4), &by).await;
    assert_eq!(refused, Changed::Full(ana.clone()));
    let grown = changed(store, &ana.id, &party(3), &by).await;
    assert_eq!(grown.party_size.places(), 3);
    assert_eq!(availability(store).await, taken(5));
    changed(store, &ana.id, &party(1), &by).await;
    assert_eq!(availability(store).await, taken(3));
    // A resize to the size there is changes nothing.
    let same = change(store, &ana.id, &party(1), &by).await;
    assert!(matches!(same, Changed::NotFromHere(_)), "{same:?}");
    // Nor does anybody grow into places that others wait for.
    recorded(store, &ask_for(3, "vera").places(5).waits()).await;
    let refused = change(store, &ana.id, &party(2), &by).await;
    assert!(matches!(refused, Changed::Full(_)), "{refused:?}");
    let counted = Availability {
        taken: 3,
        waiting: 3,
    };
    assert_eq!(availability(store).await, counted);
}

/// Nobody behind it would ever get a place.
pub(super) async fn a_party_that_waits_does_not_grow_beyond_the_capacity(store: &Arc<impl Store>) {
    let by = By::new(Actor::Attendee, 2);
    let party = |places| Change::Resize(PartySize::new(places).unwrap());
    recorded(store, &ask_for(2, "ana").places(2)).await;
    let waiting = recorded(store, &ask("boris").places(2).waits()).await;
    changed(store, &waiting.id, &party(2), &by).await;
    let refused = change(store, &waiting.id, &party(3), &by).await;
    assert!(matches!(refused, Changed::Full(_)), "{refused:?}");
    let counted = Availability {
        taken: 2,
        waiting: 2,
    };
    assert_eq!(availability(store).await, counted);
}
