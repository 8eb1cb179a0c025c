//! What a store does with those who wait: their order, what is offered to them, and what comes of an offer.

use std::sync::Arc;

use form_function::registrar::Changed;
use form_function::store::{Actor, MessageKind, Store};
use forms::{Availability, Change, Registration, State};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::people::{
    By, activity, ask, ask_for, availability, cancelled, change, changed, later, outbox, recorded,
};

/// An offer of two days.
fn offer() -> Change {
    Change::Offer { until: until() }
}

fn until() -> Timestamp {
    later() + SignedDuration::from_hours(48)
}

/// A full house of two places, and who waits behind it, each with a party of this size.
async fn full_house(store: &Arc<impl Store>, parties: &[u32]) -> (Registration, Vec<Registration>) {
    let holder = recorded(store, &ask_for(2, "holder").places(2).waits()).await;
    let mut waiting = Vec::new();
    for (number, party) in parties.iter().enumerate() {
        let ask = ask_for(*party, &format!("waiting-{number}"));
        waiting.push(recorded(store, &ask.places(2).waits()).await);
    }
    (holder, waiting)
}

fn counted(taken: u32, waiting: u32) -> Availability {
    Availability { taken, waiting }
}

pub(super) async fn people_wait_in_the_order_in_which_they_came(store: &Arc<impl Store>) {
    let (_, _) = full_house(store, &[]).await;
    // Recorded in another order than that of the instants; one nanosecond is enough, and of equals the identity decides.
    let came = later() - SignedDuration::from_hours(1);
    let after = [500_000_000, 0, 2_000_000_000, 1, 1];
    let mut expected = Vec::new();
    for (number, nanoseconds) in after.into_iter().enumerate() {
        let at = came + SignedDuration::from_nanos(nanoseconds);
        let ask = ask(&format!("person-{number}")).places(2).waits().at(at);
        let waiting = recorded(store, &ask).await;
        expected.push((waiting.submitted_at, waiting.id));
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
    assert_eq!(store.queue(&activity(), 10).await.unwrap(), expected);
    assert_eq!(store.queue(&activity(), 2).await.unwrap(), expected[..2]);
}

pub(super) async fn an_offer_holds_the_places_and_shortens_the_queue(store: &Arc<impl Store>) {
    let by = By::new(Actor::System, 2);
    let (holder, waiting) = full_house(store, &[1, 1]).await;
    let refused = change(store, &waiting[0].id, &offer(), &by).await;
    assert_eq!(refused, Changed::Full(waiting[0].clone()));
    assert_eq!(availability(store).await, counted(2, 2));

    cancelled(store, &holder).await;
    let offered = changed(store, &waiting[0].id, &offer(), &by).await;
    assert_eq!(offered.state, State::Offered { until: until() });
    assert_eq!(availability(store).await, counted(1, 1));
    assert_eq!(
        store.queue(&activity(), 10).await.unwrap(),
        [waiting[1].id.clone()]
    );
    let twice = change(store, &waiting[0].id, &offer(), &by).await;
    assert_eq!(twice, Changed::NotFromHere(offered.clone()));
    assert_eq!(
        store.due(until(), 10).await.unwrap().first(),
        Some(&offered.id)
    );

    let by = By::new(Actor::Attendee, 2);
    let accepted = changed(store, &offered.id, &Change::Accept, &by).await;
    assert_eq!(accepted.state, State::Confirmed);
    assert_eq!(availability(store).await, counted(1, 1));
}

pub(super) async fn what_is_declined_or_runs_out_goes_back_once(store: &Arc<impl Store>) {
    let by = By::new(Actor::System, 2);
    for (what, told) in [(Change::Decline, false), (Change::Lapse, true)] {
        let (holder, waiting) = full_house(store, &[2]).await;
        cancelled(store, &holder).await;
        changed(store, &waiting[0].id, &offer(), &by).await;
        assert_eq!(availability(store).await, counted(2, 0));
        let gone = changed(store, &waiting[0].id, &what, &by).await;
        assert_eq!(gone.state, State::Lapsed);
        assert_eq!(availability(store).await, counted(0, 0));
        // Too late, and the places are not given back again.
        for late in [Change::Accept, Change::Decline, Change::Lapse] {
            let refused = change(store, &gone.id, &late, &by).await;
            assert_eq!(refused, Changed::NotFromHere(gone.clone()));
        }
        assert_eq!(availability(store).await, counted(0, 0));
        let lapsed = |message: &form_function::store::OutboxMessage| {
            message.kind == MessageKind::OfferLapsed && message.registration == gone.id
        };
        assert_eq!(outbox(store).await.iter().any(lapsed), told);
    }
}

/// Whoever is quicker: a place is accepted or runs out, and is held or free accordingly.
pub(super) async fn an_offer_accepted_at_the_last_moment_is_accepted_or_lapses_and_never_both(
    store: &Arc<impl Store>,
) {
    for _ in 0..8 {
        let before = availability(store).await.taken;
        let by = By::new(Actor::System, 40);
        let waiting = ask_for(2, &format!("waiting-{before}"));
        // Nobody else waits, so that there has to be no room at first.
        let waiting = waiting.places(before + 1).waits();
        let holder = recorded(store, &ask(&format!("holder-{before}")).places(before + 1)).await;
        let mut waiting = waiting;
        waiting.session.as_mut().unwrap().capacity = Some((before + 2).try_into().unwrap());
        let waiting = recorded(store, &waiting).await;
        assert_eq!(waiting.state, State::Waitlisted);
        cancelled(store, &holder).await;
        changed(store, &waiting.id, &offer(), &by).await;

        let mut both = JoinSet::new();
        for (what, actor) in [
            (Change::Accept, Actor::Attendee),
            (Change::Lapse, Actor::System),
        ] {
            let (store, id) = (Arc::clone(store), waiting.id.clone());
            both.spawn(async move { change(&store, &id, &what, &By::new(actor, 40)).await });
        }
        let answers = both.join_all().await;
        let done = answers
            .iter()
            .filter(|answer| matches!(answer, Changed::Done(_)));
        assert_eq!(done.count(), 1, "{answers:?}");
        let now = store.registration(&waiting.id).await.unwrap().unwrap();
        let held = if now.state == State::Confirmed { 2 } else { 0 };
        assert_eq!(availability(store).await, counted(before + held, 0));
    }
}

/// The head of the queue is asked first; whoever comes later does not overtake, be they ever so few.
pub(super) async fn staff_may_promote_out_of_order_and_the_history_says_why(
    store: &Arc<impl Store>,
) {
    let (holder, waiting) = full_house(store, &[2, 1]).await;
    cancelled(store, &holder).await;
    let by = By::new(Actor::Staff, 2);
    changed(store, &waiting[1].id, &offer(), &by).await;
    let history = store.history(&waiting[1].id).await.unwrap();
    let event = history.last().unwrap();
    assert_eq!(
        (event.action.as_str(), &event.actor, event.reason.as_deref()),
        ("offer", &Actor::Staff, Some("she rang"))
    );
    assert_eq!(availability(store).await, counted(1, 2));
    assert_eq!(
        store.queue(&activity(), 10).await.unwrap(),
        [waiting[0].id.clone()]
    );
}

pub(super) async fn a_party_that_waits_may_change_its_size_and_keeps_its_place_in_the_queue(
    store: &Arc<impl Store>,
) {
    let (_, waiting) = full_house(store, &[1, 1]).await;
    let by = By::new(Actor::Attendee, 2);
    let two = forms::PartySize::new(2).unwrap();
    changed(store, &waiting[0].id, &Change::Resize(two), &by).await;
    assert_eq!(availability(store).await, counted(2, 3));
    assert_eq!(
        store.queue(&activity(), 10).await.unwrap(),
        [waiting[0].id.clone(), waiting[1].id.clone()]
    );
}
