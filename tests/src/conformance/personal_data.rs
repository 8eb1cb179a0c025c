//! What a store keeps of a person, and that it is gone when its time has come.

use std::slice;
use std::sync::Arc;

use form_function::store::Store;
use forms::{Change, Group, Registration};

use super::people::{
    ask, ask_for, attendee, availability, cancelled, change, changed, outbox, part, recorded,
    staff, submit, taken,
};

pub(super) async fn a_part_that_is_purged_is_gone_and_the_others_stay(store: &Arc<impl Store>) {
    let ask = ask_for(2, "ana");
    let registration = recorded(store, &ask).await;
    let other = recorded(store, &super::people::ask("boris")).await;
    let id = &registration.id;
    let [contact, answers] = [part(Group::Contact, 60), part(Group::Answers, 30)];
    let after = changed(store, id, &Change::Purge(vec![answers]), &staff()).await;
    assert_eq!(after.parts, [contact]);
    assert_eq!(after.people, registration.people);
    assert_eq!(store.sealed(id, answers).await.unwrap(), None);
    assert!(store.sealed(id, contact).await.unwrap().is_some());
    // Nobody else lost anything.
    assert!(store.sealed(&other.id, answers).await.unwrap().is_some());
    for person in &registration.people {
        assert_eq!(
            store.registrations_of(person).await.unwrap(),
            slice::from_ref(&registration.id)
        );
    }
}

/// Counters, history and deliveries say what happened, and of nobody.
pub(super) async fn after_the_last_part_nobody_is_found_and_everything_still_adds_up(
    store: &Arc<impl Store>,
) {
    let registration = recorded(store, &ask_for(2, "ana")).await;
    let duplicate = recorded(store, &ask("ana")).await;
    let [id, person] = [registration.id.as_str(), &registration.people[0].0];
    let (id, person) = (id.to_owned(), person.to_owned());
    // The event is over: who was there, was.
    let mut afterwards = staff();
    afterwards.now = "2027-08-01T00:00:00Z".parse().unwrap();
    for registration in [&registration, &duplicate] {
        let all = Change::Purge(registration.parts.clone());
        let after = changed(store, &registration.id, &all, &afterwards).await;
        assert_eq!((after.parts, after.people), (vec![], vec![]));
        for part in &registration.parts {
            let sealed = store.sealed(&registration.id, *part).await.unwrap();
            assert_eq!(sealed, None);
        }
    }
    for person in &registration.people {
        assert_eq!(store.registrations_of(person).await.unwrap(), []);
    }
    assert_eq!(availability(store).await, taken(2));
    let history = store.history(&registration.id).await.unwrap();
    assert_eq!(history.len(), 2);
    assert!(!format!("{history:?}").contains(&person));
    let outbox = format!("{:?}", outbox(store).await);
    assert!(
        outbox.contains(&id) && !outbox.contains(&person),
        "{outbox}"
    );
    // The person may sign up anew, and is not brought back.
    let anew = recorded(store, &ask("ana")).await;
    assert_eq!(anew.duplicate_of, None);
    cancelled(store, &registration).await;
    let back = change(store, &registration.id, &Change::Reinstate, &staff()).await;
    assert!(
        matches!(back, form_function::registrar::Changed::NotFromHere(_)),
        "{back:?}"
    );
}

/// Before the event nobody could be told of it any more, so nobody would come.
pub(super) async fn who_is_forgotten_before_the_event_holds_no_place(store: &Arc<impl Store>) {
    let registration = recorded(store, &ask_for(2, "ana")).await;
    let all = Change::Purge(registration.parts.clone());
    let after = changed(store, &registration.id, &all, &staff()).await;
    assert_eq!(after.state, forms::State::CancelledByOrganiser);
    assert_eq!(availability(store).await, taken(0));
    assert_eq!(outbox(store).await.len(), 1, "there is nobody to write to");
}

pub(super) async fn who_never_confirmed_the_address_leaves_nothing_behind(store: &Arc<impl Store>) {
    let until = super::people::later();
    let pending = ask("ana").state(forms::State::PendingVerification { until });
    let pending = recorded(store, &pending).await;
    let by = super::people::By::new(form_function::store::Actor::System, 40);
    let lapsed: Registration = changed(store, &pending.id, &Change::Lapse, &by).await;
    assert_eq!((lapsed.parts, lapsed.people), (vec![], vec![]));
    for part in &pending.parts {
        assert_eq!(store.sealed(&pending.id, *part).await.unwrap(), None);
    }
    for person in &pending.people {
        assert_eq!(store.registrations_of(person).await.unwrap(), []);
    }
    assert_eq!(recorded(store, &ask("ana")).await.duplicate_of, None);
}

pub(super) async fn a_second_answer_to_one_request_seals_nothing(store: &Arc<impl Store>) {
    let first = ask("ana");
    recorded(store, &first).await;
    let mut again = first.again();
    again.sealed[0].1.0 = b"sealed anew".to_vec();
    submit(store, &again).await;
    let (part, sealed) = first.sealed[0].clone();
    let id = &first.registration.id;
    assert_eq!(store.sealed(id, part).await.unwrap(), Some(sealed));
    let id = &again.registration.id;
    assert_eq!(store.sealed(id, part).await.unwrap(), None);
}

pub(super) async fn every_registration_of_a_person_is_found_by_either_hash(
    store: &Arc<impl Store>,
) {
    let first = recorded(store, &ask("ana")).await;
    let second = recorded(store, &ask("ana")).await;
    let cancelled_one = cancelled(store, &first).await;
    let mut expected = vec![cancelled_one.id, second.id];
    expected.sort();
    for person in &first.people {
        let mut found = store.registrations_of(person).await.unwrap();
        found.sort();
        assert_eq!(found, expected);
    }
    let nobody = super::people::hash("address", "nobody");
    assert_eq!(store.registrations_of(&nobody).await.unwrap(), []);
}

/// Something is due when its time has come, and not before; what is over is due no more.
pub(super) async fn what_is_due_is_found_in_its_time(store: &Arc<impl Store>) {
    let first = recorded(store, &ask("ana")).await;
    let second = recorded(store, &ask("boris")).await;
    // The evening before the open day.
    let reminder = "2027-06-09T15:00:00Z".parse().unwrap();
    let moment = jiff::SignedDuration::from_nanos(1);
    assert_eq!(store.due(reminder - moment, 10).await.unwrap(), []);
    let mut due = store.due(reminder, 10).await.unwrap();
    due.sort();
    assert_eq!(due, [first.id.clone(), second.id.clone()]);
    assert_eq!(store.due(reminder, 1).await.unwrap().len(), 1);
    let all = Change::Purge(first.parts.clone());
    changed(store, &first.id, &Change::Cancel, &attendee()).await;
    changed(store, &first.id, &all, &staff()).await;
    let far = jiff::Timestamp::MAX;
    assert_eq!(store.due(far, 10).await.unwrap(), [second.id]);
}
