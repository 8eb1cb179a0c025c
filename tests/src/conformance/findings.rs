//! What can be wrong with a store after a story, as sentences. A right store gives none.

use std::collections::{BTreeMap, BTreeSet};

use form_function::store::{
    Actor, Applied, AuditEvent, Claim, Condition, From, MessageId, MessageKind, QueueMove, Refusal,
    Store,
};
use form_function::transition::{REQUEST_KEPT, Supposition, submission};
use forms::{Availability, ContactHash, Registration, RegistrationId, next_due, offer_until};
use jiff::Timestamp;

use super::people::{ZONE, activity, numbered};
use super::relays::Written;
use super::worlds::World;

/// More than there ever is.
const ALL: u32 = 10_000;

/// Everything that is wrong.
pub(super) async fn findings<S: Store>(world: &World<S>) -> Vec<String> {
    let listed = world.store().registrations(&activity(), None, ALL).await;
    let registrations = listed.unwrap();
    let mut findings = Vec::new();
    findings.extend(places(world, &registrations).await);
    findings.extend(queue(world, &registrations).await);
    findings.extend(claims(world, &registrations).await);
    findings.extend(requests(world, &registrations));
    findings.extend(history(world, &registrations).await);
    findings.extend(messages(world, &registrations).await);
    findings.extend(personal_data(world, &registrations).await);
    findings.extend(due(world, &registrations).await);
    findings.extend(overtaken(&world.written(), world.fewest_places()));
    findings
}

/// Says it when it is so.
fn when(wrong: bool, finding: impl FnOnce() -> String) -> Option<String> {
    wrong.then(finding)
}

/// What is counted is what is there, and not more than there ever was.
async fn places<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let counted = world.availability().await;
    let mut sum = Availability::default();
    for registration in registrations {
        let places = registration.places();
        sum.taken += places.taken;
        sum.waiting += places.waiting;
    }
    let most = world.most_places();
    let session = world.session();
    let capacity = session.capacity.unwrap().places();
    let queued = registrations.iter().filter(|it| it.is_queued());
    let first = queued.min_by_key(|it| (it.submitted_at, &it.id));
    let fits = first.is_some_and(|first| counted.taken + first.party_size.places() <= capacity);
    let may_offer = offer_until(&session, &ZONE, world.now()).is_some();
    [
        when(counted != sum, || {
            format!("miscounted: {counted:?}, and there is {sum:?}")
        }),
        when(sum.taken > most, || {
            format!("overbooked: {} of {most} places", sum.taken)
        }),
        when(fits && may_offer, || {
            format!("left empty: places are free that {first:?} waits for")
        }),
        when(
            registrations
                .iter()
                .any(|it| it.is_queued() && it.party_size.places() > most),
            || "left waiting: a party that can never fit".to_owned(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The queue is who waits, in the order in which they came.
async fn queue<S: Store>(world: &World<S>, registrations: &[Registration]) -> Option<String> {
    let queue = world.store().queue(&activity(), ALL).await.unwrap();
    let mut waiting: Vec<_> = registrations.iter().filter(|it| it.is_queued()).collect();
    waiting.sort_by_key(|it| (it.submitted_at, &it.id));
    let expected: Vec<_> = waiting.iter().map(|it| it.id.clone()).collect();
    when(queue != expected, || {
        format!("wrong queue: {queue:?} instead of {expected:?}")
    })
}

/// A person has at most one registration that counts, and the store knows which.
async fn claims<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let mut holders: BTreeMap<ContactHash, Vec<RegistrationId>> = BTreeMap::new();
    for ask in world.asks() {
        holders
            .entry(ask.registration.people[0].clone())
            .or_default();
    }
    for registration in registrations.iter().filter(|it| it.claims_person()) {
        let person = registration.people[0].clone();
        holders
            .entry(person)
            .or_default()
            .push(registration.id.clone());
    }
    let mut findings = Vec::new();
    for (person, holders) in holders {
        if holders.len() > 1 {
            findings.push(format!("registered twice: {person:?} by {holders:?}"));
            continue;
        }
        let known = holder(world, &person).await;
        if known != holders.first().cloned() {
            findings.push(format!(
                "wrong claim: {person:?} by {holders:?}, known is {known:?}"
            ));
        }
    }
    findings
}

/// Whose claim a store knows: asked by a step that cannot be carried out, since its registration does not exist.
async fn holder<S: Store>(world: &World<S>, person: &ContactHash) -> Option<RegistrationId> {
    let ask = numbered(u32::MAX, "prober");
    let supposed = Supposition {
        room: true,
        earlier: None,
    };
    let mut step = submission(&ask.request(), &supposed, super::conditions::fresh()).unwrap();
    step.from = From::Version(u32::MAX);
    step.request = None;
    step.counters.condition = Condition::Always;
    step.claim = Claim::Take(person.clone());
    match world.store().apply(&step).await.unwrap() {
        Applied::Refused(Refusal::Claim(holder)) => holder,
        Applied::Refused(Refusal::Version) => None,
        other => panic!("a probe was answered with {other:?}"),
    }
}

/// Within a day one request is one registration.
fn requests<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let mut answered: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
    for ask in world.asks() {
        let found = registrations.iter().find(|it| it.id == ask.registration.id);
        if let Some(registration) = found {
            let key = ask.idempotency_key.key;
            answered
                .entry(key)
                .or_default()
                .push(registration.submitted_at);
        }
    }
    let mut findings = Vec::new();
    for (key, mut at) in answered {
        at.sort();
        let twice = at
            .windows(2)
            .any(|pair| pair[1].duration_since(pair[0]) < REQUEST_KEPT);
        findings.extend(when(twice, || format!("answered anew: {key}")));
    }
    findings
}

/// One event for each version, each beginning where the last one ended.
async fn history<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let mut findings = Vec::new();
    for registration in registrations {
        let history = world.store().history(&registration.id).await.unwrap();
        let mut state: Option<&str> = None;
        let unbroken = history.iter().all(|event| {
            let follows = event.from.as_deref() == state;
            state = Some(&event.to);
            follows
        });
        let complete = history.len() == registration.version as usize + 1
            && state == Some(registration.state.as_str())
            && history.last().map(|event| event.party_size) == Some(registration.party_size);
        findings.extend(when(!(unbroken && complete), || {
            format!("broken history: {registration:?}, {history:?}")
        }));
    }
    findings
}

/// Every change that has to be told is told in one message, and nothing else is.
async fn messages<S: Store>(world: &World<S>, registrations: &[Registration]) -> Option<String> {
    let mut expected = BTreeSet::new();
    let mut found = Vec::new();
    for registration in registrations {
        let id = &registration.id;
        let history = world.store().history(id).await.unwrap();
        let duplicate = registration.duplicate_of.is_some();
        let kinds = history.iter().zip(0..);
        let kinds = kinds.filter_map(|(event, version)| Some((told(event, duplicate)?, version)));
        expected.extend(kinds.map(|(kind, version)| MessageId::new(id, version, kind)));
        let deliveries = world.store().deliveries(id).await.unwrap();
        found.extend(deliveries.into_iter().map(|delivery| delivery.id));
    }
    let outbox = world.store().outbox(Timestamp::MAX, ALL).await.unwrap();
    found.extend(outbox.into_iter().map(|message| message.id));
    found.sort();
    let expected: Vec<_> = expected.into_iter().collect();
    when(found != expected, || {
        format!("wrong messages: {found:?} instead of {expected:?}")
    })
}

/// What an event has to be told by.
fn told(event: &AuditEvent, duplicate: bool) -> Option<MessageKind> {
    let kind = match event.action.as_str() {
        "submit" | "cancel" if duplicate => return Some(MessageKind::AlreadyRegistered),
        "submit" => MessageKind::Received,
        "verify" | "approve" | "accept" | "reinstate" => MessageKind::Confirmed,
        "offer" => MessageKind::Offered,
        "lapse" if event.from.as_deref() == Some("offered") => MessageKind::OfferLapsed,
        "cancel" => MessageKind::Cancelled,
        "cancel_by_organiser" => MessageKind::CancelledByOrganiser,
        "reject" => MessageKind::Rejected,
        "resize" => MessageKind::PartyChanged,
        "announce" => MessageKind::EventChanged,
        "remind" => MessageKind::Reminder,
        _ => return None,
    };
    (!duplicate).then_some(kind)
}

/// What a registration says is kept is kept, and nothing else of it; and it is found by the hashes it says.
async fn personal_data<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut found: BTreeMap<ContactHash, BTreeSet<RegistrationId>> = BTreeMap::new();
    for ask in world.asks() {
        let id = &ask.registration.id;
        let now = registrations.iter().find(|it| it.id == *id);
        for (part, _) in &ask.sealed {
            let kept = world.store().sealed(id, *part).await.unwrap().is_some();
            let wanted = now.is_some_and(|now| now.parts.contains(part));
            findings.extend(when(kept != wanted, || {
                format!("wrong data: {part} of {id:?} is kept: {kept}")
            }));
        }
        for person in &ask.registration.people {
            let found = found.entry(person.clone()).or_default();
            found.extend(
                now.filter(|now| now.people.contains(person))
                    .map(|now| now.id.clone()),
            );
        }
    }
    for (person, expected) in found {
        let found = world.store().registrations_of(&person).await.unwrap();
        let wrong = found.iter().cloned().collect::<BTreeSet<_>>() != expected;
        findings.extend(when(wrong, || {
            format!("wrong index: {person:?} leads to {found:?} instead of {expected:?}")
        }));
    }
    findings
}

/// Whatever something lies ahead of will be looked at, and whatever is due was looked at.
async fn due<S: Store>(world: &World<S>, registrations: &[Registration]) -> Vec<String> {
    let session = world.session();
    let ahead = registrations
        .iter()
        .filter(|it| next_due(it, Some(&session), &ZONE).is_some());
    let expected: BTreeSet<_> = ahead.map(|it| it.id.clone()).collect();
    let store = world.store();
    let found = store.due(Timestamp::MAX, ALL).await.unwrap();
    let left = store.due(world.now(), ALL).await.unwrap();
    let wrong = found.iter().cloned().collect::<BTreeSet<_>>() != expected;
    [
        when(wrong, || {
            format!("wrong appointments: {found:?} instead of {expected:?}")
        }),
        when(!left.is_empty(), || format!("overdue: {left:?}")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// From when until when somebody waited for certain: the step in and the step out take some time themselves.
struct Wait<'a> {
    place: (Timestamp, &'a RegistrationId),
    /// Whether there was always room for so many. For whom there is no room at all nobody has to wait.
    could_fit: bool,
    from: u64,
    until: u64,
}

/// Nobody took a place in front of somebody who waited all the while, and offers kept to the queue, unless staff said why.
fn overtaken(written: &[Written], fewest_places: u32) -> Vec<String> {
    let waits: Vec<Wait<'_>> = written
        .iter()
        .filter(|it| it.step.queue == QueueMove::Join)
        .map(|joined| {
            let registration = &joined.step.registration;
            let left = written.iter().find(|it| {
                it.step.queue == QueueMove::Leave && it.step.registration.id == registration.id
            });
            Wait {
                place: (registration.submitted_at, &registration.id),
                could_fit: written
                    .iter()
                    .map(|it| &it.step.registration)
                    .filter(|it| it.id == registration.id)
                    .all(|it| it.party_size.places() <= fewest_places),
                from: joined.ended,
                until: left.map_or(u64::MAX, |left| left.began),
            }
        })
        .collect();
    let mut findings = Vec::new();
    for it in written {
        let event = &it.step.audit;
        let place = (it.step.registration.submitted_at, &it.step.registration.id);
        let by_right = match event.actor {
            Actor::Attendee => false,
            Actor::Staff => event.reason.is_some(),
            Actor::System => true,
        };
        let newcomer = !by_right && it.step.counters.taken > 0;
        let offered = event.actor == Actor::System && event.action == "offer";
        let before = waits.iter().find(|wait| {
            let jumped = newcomer && wait.from < it.began && it.ended < wait.until;
            let passed = offered
                && wait.could_fit
                && wait.place < place
                && wait.from < it.looked
                && it.ended < wait.until;
            jumped || passed
        });
        findings.extend(before.map(|wait| {
            format!(
                "overtaken: {:?} waited while {place:?} did `{}`",
                wait.place, event.action
            )
        }));
    }
    let mut versions = BTreeSet::new();
    for it in written {
        let registration = &it.step.registration;
        let fresh = versions.insert((&registration.id, registration.version));
        findings.extend(when(!fresh, || {
            format!(
                "overwritten: version {} of {:?}",
                registration.version, registration.id
            )
        }));
    }
    findings
}
