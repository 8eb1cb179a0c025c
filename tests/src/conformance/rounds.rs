//! What rounds of the worker and the hands of staff leave of the open day.

use std::sync::Arc;

use form_function::registrar::{self, Changed};
use form_function::store::{Actor, Store};
use form_function::transition::Circumstances;
use forms::{Change, PartySize, Registration, RegistrationId, Session, State};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::people::{
    By, ask, availability, cancelled, change, changed, later, random, recorded, staff, taken,
};
use super::workers::{Mailbox, round};

/// An hour later than announced.
fn moved(session: &Session) -> Session {
    let mut moved = session.clone();
    moved.when.starts = "2027-06-10T10:00".to_owned().try_into().unwrap();
    moved
}

pub(super) async fn whoever_signs_up_from_an_earlier_edition_hears_the_news_as_well(
    store: &Arc<impl Store>,
) {
    let ana = ask("ana").reachable();
    let before = ana.session.clone().unwrap();
    let news = moved(&before);
    let mailbox = Mailbox::default();
    recorded(store, &ana).await;
    let told = round(Arc::clone(store), &news, later(), &mailbox)
        .await
        .unwrap();
    assert_eq!(told.told, 1);
    // Another program, which still has the old date, records a registration; it is found a minute later.
    recorded(store, &ask("boris").reachable()).await;
    let minutes = |minutes| later() + SignedDuration::from_mins(minutes);
    let told = round(Arc::clone(store), &news, minutes(1), &mailbox)
        .await
        .unwrap();
    assert_eq!(told.told, 1);
    for passed in [3, 4] {
        let told = round(Arc::clone(store), &news, minutes(passed), &mailbox)
            .await
            .unwrap();
        assert_eq!(told.told, 0, "nobody hears it twice");
    }
    let announced = store.announced(&ana.registration.activity).await.unwrap();
    assert_eq!(announced, Some(news.fingerprint()));
}

pub(super) async fn a_party_for_which_there_is_no_room_at_all_holds_up_nobody(
    store: &Arc<impl Store>,
) {
    let three = ask("ana").party(3).places(3);
    let ana = recorded(store, &three).await;
    let boris = recorded(store, &ask("boris").party(3).places(3).waits()).await;
    let vera = recorded(store, &ask("vera").places(3).waits()).await;
    assert_eq!([boris.state, vera.state], [State::Waitlisted; 2]);
    cancelled(store, &ana).await;

    let smaller = ask("nobody").places(2).waits().session.unwrap();
    let done = round(Arc::clone(store), &smaller, later(), &Mailbox::default())
        .await
        .unwrap();
    assert_eq!(done.offered, 1);
    let now = async |registration: &Registration| {
        store
            .registration(&registration.id)
            .await
            .unwrap()
            .unwrap()
            .state
    };
    assert_eq!(now(&boris).await, State::Waitlisted);
    assert!(matches!(now(&vera).await, State::Offered { .. }));
}

pub(super) async fn who_is_checked_in_twice_was_there_once(store: &Arc<impl Store>) {
    let ana = recorded(store, &ask("ana").party(2)).await;
    let mut door = By::new(Actor::Staff, 40);
    door.now = "2027-06-10T08:00:00Z".parse().unwrap();
    let (one, other) = tokio::join!(
        change(store, &ana.id, &Change::Attend, &door),
        change(store, &ana.id, &Change::Attend, &door)
    );
    let done = [one, other]
        .iter()
        .filter(|it| matches!(it, Changed::Done(_)))
        .count();
    assert_eq!(done, 1);
    assert_eq!(availability(store).await, taken(2));
    changed(store, &ana.id, &Change::UndoAttendance, &door).await;
    changed(store, &ana.id, &Change::Attend, &door).await;
    let history = store.history(&ana.id).await.unwrap();
    let actions: Vec<&str> = history.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(actions, ["submit", "attend", "undo_attendance", "attend"]);
}

pub(super) async fn staff_overtake_those_who_wait_only_with_a_reason(store: &Arc<impl Store>) {
    let ana = recorded(store, &ask("ana").places(2)).await;
    let vera = recorded(store, &ask("vera").places(2)).await;
    recorded(store, &ask("boris").places(2).waits()).await;
    cancelled(store, &vera).await;
    let two = Change::Resize(PartySize::new(2).unwrap());
    let desk = By::new(Actor::Staff, 2);
    let silent = silently(store, &ana.id, &two, &desk).await;
    assert!(matches!(silent, Changed::Full(_)), "{silent:?}");
    changed(store, &ana.id, &two, &desk).await;
}

pub(super) async fn staff_let_a_larger_party_come_only_with_a_reason_and_never_without_end(
    store: &Arc<impl Store>,
) {
    let ana = recorded(store, &ask("ana").without_limit()).await;
    let mut desk = staff();
    desk.session.capacity = None;
    let nine = Change::Resize(PartySize::new(9).unwrap());
    let silent = silently(store, &ana.id, &nine, &desk).await;
    assert!(matches!(silent, Changed::NotFromHere(_)), "{silent:?}");
    changed(store, &ana.id, &nine, &desk).await;
    assert_eq!(PartySize::new(PartySize::LARGEST + 1), None);
    assert_eq!(availability(store).await, taken(9));
}

/// Makes a change in the name of staff who do not say why.
async fn silently(store: &Arc<impl Store>, id: &RegistrationId, what: &Change, by: &By) -> Changed {
    let at = Circumstances {
        now: by.now,
        actor: by.actor.clone(),
        reason: None,
        session: Some(&by.session),
        zone: &TimeZone::UTC,
    };
    registrar::change(store.as_ref(), &random(), id, what, &at)
        .await
        .unwrap()
}
