//! The conditions of a step: the first that does not hold is named, and then nothing at all was written.

use std::sync::Arc;

use form_function::store::{Applied, Claim, Condition, Refusal, Step, StepId, Store};
use form_function::transition::{self, Supposition};
use forms::RegistrationId;

use super::people::{Ask, activity, ask, availability, outbox, random, recorded, taken};

/// The step that records this, under the supposition that all is well.
fn step(ask: &Ask) -> Step {
    let supposed = Supposition {
        room: true,
        earlier: None,
    };
    transition::submission(&ask.request(), &supposed, fresh()).unwrap()
}

/// The identity of a step, of which no two are the same.
pub(super) fn fresh() -> StepId {
    let mut bytes = [0; 16];
    random()(&mut bytes);
    StepId(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// The step is refused for this reason, and the store is as if nobody had asked.
async fn refused(store: &Arc<impl Store>, step: &Step, refusal: Refusal) {
    let mut step = step.clone();
    step.audit.id = fresh();
    let before = (
        availability(store).await,
        outbox(store).await,
        store.registrations(&activity(), None, 100).await.unwrap(),
        store.queue(&activity(), 100).await.unwrap(),
    );
    assert_eq!(store.apply(&step).await.unwrap(), Applied::Refused(refusal));
    let after = (
        availability(store).await,
        outbox(store).await,
        store.registrations(&activity(), None, 100).await.unwrap(),
        store.queue(&activity(), 100).await.unwrap(),
    );
    assert_eq!(before, after);
    if let form_function::store::From::Nothing = step.from {
        let id = &step.registration.id;
        if !before.2.iter().any(|listed| listed.id == *id) {
            assert_eq!(store.registration(id).await.unwrap(), None);
            assert_eq!(store.history(id).await.unwrap(), []);
            assert_eq!(store.consents(id).await.unwrap(), []);
        }
    }
}

pub(super) async fn the_first_condition_that_does_not_hold_is_named(store: &Arc<impl Store>) {
    let first = ask("ana");
    let holder = recorded(store, &first).await;
    let no_room = Condition::Room {
        at_most: 0,
        queue_empty: true,
    };

    // Everything is wrong with it: the key is used, there is no room, the person has one, the identity exists.
    let mut worst = step(&first);
    worst.counters.condition = no_room;
    let known = worst.request.clone().unwrap();
    let known = form_function::store::AnsweredRequest {
        registration: holder.id.clone(),
        ..known
    };
    refused(store, &worst, Refusal::Request(known)).await;
    worst.request = None;
    refused(store, &worst, Refusal::Counters).await;
    worst.counters.condition = Condition::Always;
    refused(store, &worst, Refusal::Claim(Some(holder.id.clone()))).await;
    worst.claim = Claim::Keep;
    refused(store, &worst, Refusal::Version).await;
}

pub(super) async fn a_claim_is_named_with_its_holder(store: &Arc<impl Store>) {
    let holder = recorded(store, &ask("ana")).await;
    let stranger = RegistrationId::from_random([9; 16]);
    let [ana, boris] = ["ana", "boris"].map(|person| super::people::hash("address", person));
    let held = Some(holder.id);
    let claims = [
        // She has another one than was supposed.
        (Claim::HeldBy(ana.clone(), stranger.clone()), held.clone()),
        // He has none.
        (Claim::HeldBy(boris, stranger), None),
        (Claim::Take(ana), held),
    ];
    for (claim, named) in claims {
        let mut asked = step(&ask("ana"));
        asked.claim = claim;
        refused(store, &asked, Refusal::Claim(named)).await;
    }
    assert_eq!(availability(store).await, taken(1));
}

pub(super) async fn a_step_from_another_version_is_refused(store: &Arc<impl Store>) {
    let registration = recorded(store, &ask("ana")).await;
    let by = super::people::attendee();
    let at = transition::Circumstances {
        now: by.now,
        actor: by.actor.clone(),
        reason: None,
        session: Some(&by.session),
        zone: &super::people::ZONE,
    };
    let cancel = |before: &forms::Registration| {
        transition::change(before, &forms::Change::Cancel, &at, fresh()).unwrap()
    };
    let mut late = registration.clone();
    late.version = 4;
    refused(store, &cancel(&late), Refusal::Version).await;
    let unknown = forms::Registration {
        id: RegistrationId::from_random([8; 16]),
        ..registration.clone()
    };
    refused(store, &cancel(&unknown), Refusal::Version).await;
    assert_eq!(
        store.apply(&cancel(&registration)).await.unwrap(),
        Applied::Done
    );
    // The same step twice is the second time a step from an older version.
    let twice = cancel(&registration);
    refused(store, &twice, Refusal::Version).await;
}
