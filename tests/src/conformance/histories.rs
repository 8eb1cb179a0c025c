//! What a store records of each change: one event for one version, and of several who want to change the same, one does.

use std::sync::Arc;

use form_function::registrar::Changed;
use form_function::store::{Actor, Store};
use forms::{Change, PartySize};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::people::{ask_for, attendee, change, changed, recorded, staff};

pub(super) async fn every_change_leaves_one_event_that_says_who_did_what_and_why(
    store: &Arc<impl Store>,
) {
    let registration = recorded(store, &ask_for(2, "ana")).await;
    let id = &registration.id;
    let three = Change::Resize(PartySize::new(3).unwrap());
    changed(store, id, &three, &attendee()).await;
    changed(store, id, &Change::Cancel, &attendee()).await;
    changed(store, id, &Change::Reinstate, &staff()).await;
    // What was refused leaves nothing.
    let refused = change(store, id, &Change::Reinstate, &staff()).await;
    assert!(matches!(refused, Changed::NotFromHere(_)));

    let history = store.history(id).await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|event| {
            (
                event.action.as_str(),
                event.from.as_deref(),
                event.to.as_str(),
                event.party_size.places(),
                event.reason.as_deref(),
            )
        })
        .collect();
    let expected = [
        ("submit", None, "confirmed", 2, None),
        ("resize", Some("confirmed"), "confirmed", 3, None),
        (
            "cancel",
            Some("confirmed"),
            "cancelled_by_attendee",
            3,
            None,
        ),
        (
            "reinstate",
            Some("cancelled_by_attendee"),
            "confirmed",
            3,
            Some("she rang"),
        ),
    ];
    assert_eq!(told, expected);
    assert_eq!(history[3].actor, Actor::Staff);
    let mut steps: Vec<_> = history.iter().map(|event| &event.id).collect();
    steps.sort();
    steps.dedup();
    assert_eq!(steps.len(), 4);
    let now = store.registration(id).await.unwrap().unwrap();
    assert_eq!(now.version, 3);
}

pub(super) async fn of_many_changes_at_once_each_has_a_version_of_its_own(store: &Arc<impl Store>) {
    let registration = recorded(store, &ask_for(1, "ana")).await;
    let mut clients = JoinSet::new();
    // Everybody may revoke the links, so that nobody is refused for the state.
    for _ in 0..6 {
        let (store, id) = (Arc::clone(store), registration.id.clone());
        clients.spawn(async move { change(&store, &id, &Change::RevokeLinks, &staff()).await });
    }
    let answers = clients.join_all().await;
    let mut versions: Vec<u32> = answers
        .into_iter()
        .map(|answer| match answer {
            Changed::Done(registration) => registration.version,
            other => panic!("not changed: {other:?}"),
        })
        .collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6]);
    let now = store.registration(&registration.id).await.unwrap().unwrap();
    assert_eq!((now.version, now.token_epoch), (6, 6));
    let history = store.history(&registration.id).await.unwrap();
    assert_eq!(history.len(), 7);
}

pub(super) async fn the_history_is_kept_for_two_years_and_then_forgotten(store: &Arc<impl Store>) {
    let registration = recorded(store, &ask_for(1, "ana")).await;
    let id = &registration.id;
    let years = |days: i64| registration.submitted_at + SignedDuration::from_hours(24 * days);
    store.forget_expired(years(2 * 365)).await.unwrap();
    assert_eq!(store.history(id).await.unwrap().len(), 1);
    store.forget_expired(years(2 * 366 + 1)).await.unwrap();
    assert_eq!(store.history(id).await.unwrap(), []);
    assert_eq!(
        store.registration(id).await.unwrap(),
        Some(registration.clone())
    );
}

/// What a person agreed to is only ever added to, and the last word of a purpose counts.
pub(super) async fn consents_are_kept_in_order_beside_every_change(store: &Arc<impl Store>) {
    let mut ask = ask_for(1, "ana");
    let mut second = ask.consents[0].clone();
    second.purpose = forms::FieldName::parse("newsletter").unwrap();
    ask.consents.push(second);
    let registration = recorded(store, &ask).await;
    let id = &registration.id;
    changed(store, id, &Change::Cancel, &attendee()).await;
    changed(store, id, &Change::Reinstate, &staff()).await;
    let mut kept = store.consents(id).await.unwrap();
    kept.sort_by(|one, other| other.purpose.cmp(&one.purpose));
    assert_eq!(kept, ask.consents);
    let at: Vec<Timestamp> = kept.iter().map(|consent| consent.at).collect();
    assert_eq!(at, [registration.submitted_at; 2]);
}
