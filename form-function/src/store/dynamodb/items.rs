//! The items of the table.
//!
//! | `PK` | `SK` | What it is |
//! |---|---|---|
//! | `IDEM#<key>` | `IDEM` | A request that was answered |
//! | `SESSION#<activity>` | `CAP` | How many places are gone |
//! | `SESSION#<activity>` | `NEWS` | What was last announced |
//! | `UNIQ#<activity>#<hash>` | `UNIQ` | The live registration of a person |
//! | `WAIT#<activity>` | `<since>#<id>` | Somebody who waits for a place, in order |
//! | `REG#<id>` | `META` | A registration; nothing in it is about the person |
//! | `REG#<id>` | `AUDIT#<version>` | What happened |
//! | `REG#<id>` | `CONSENT#<at>#<purpose>` | What the person agreed to |
//! | `REG#<id>` | `MAIL#<message>` | What became of a message |
//! | `SEALED#<group>#<id>` | `<days>` | A part of the personal data, sealed |
//! | `PERSON#<hash>` | `<id>` | A registration of a person |
//! | `OUTBOX` | `<message>` | A message that waits for delivery |
//! | `SPENT#<hash>#<day>` | `<mails>` | What is used up of an allowance |
//! | `DOC#<collection>` | `<key>` | What staff's pages keep: sessions, the log of what staff did |
//! | `META` | `KEYS` | Which keys the table is filled with, by name |
//!
//! Sealed parts begin with a word of their own, so that a role can be kept from reading them.

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::attributes::Malformed;
pub(super) use super::attributes::{
    FORGET, Item, json, kept_until, number, number_of, text, text_of, with,
};
use crate::seal::Sealed;
use crate::store::{
    Allowance, AnsweredRequest, AuditEvent, ConsentRecord, Delivery, ListPlace, MessageId,
    OutboxMessage, StoreError, audit_kept, instant,
};

/// The partition of all messages. Their number stays small, since a settled one is deleted.
pub(super) const OUTBOX: &str = "OUTBOX";

/// The partition of the index of all registrations that are due.
pub(super) const DUE: &str = "DUE";

/// What sorts of items belong to a registration, beside itself.
#[derive(Clone, Copy)]
pub(super) enum Record {
    /// What happened.
    Audit,
    /// What the person agreed to.
    Consent,
    /// What became of messages.
    Mail,
}

impl Record {
    /// How their sort keys begin.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Record::Audit => "AUDIT#",
            Record::Consent => "CONSENT#",
            Record::Mail => "MAIL#",
        }
    }
}

/// The key of an item.
pub(super) fn key(partition: impl Into<String>, sort: impl Into<String>) -> Item {
    with(Item::new(), [("PK", text(partition)), ("SK", text(sort))])
}

/// The key of a request.
pub(super) fn request_key(request: &str) -> Item {
    key(format!("IDEM#{request}"), "IDEM")
}

/// The key of an activity's counter.
pub(super) fn counters_key(activity: &Slug) -> Item {
    key(format!("SESSION#{activity}"), "CAP")
}

/// The key of what was last announced of an activity.
pub(super) fn news_key(activity: &Slug) -> Item {
    key(format!("SESSION#{activity}"), "NEWS")
}

/// The key of the entry that makes a person's registration for an activity unique.
pub(super) fn claim_key(activity: &Slug, person: &ContactHash) -> Item {
    key(format!("UNIQ#{activity}#{}", person.0), "UNIQ")
}

/// The partition of those who wait for an activity.
pub(super) fn queue(activity: &Slug) -> String {
    format!("WAIT#{activity}")
}

/// The key of a place in the queue.
pub(super) fn queue_key(registration: &Registration) -> Item {
    let since = instant(registration.submitted_at);
    key(
        queue(&registration.activity),
        format!("{since}#{}", registration.id.as_str()),
    )
}

/// The partition of a registration and its records.
pub(super) fn registration_partition(id: &RegistrationId) -> String {
    format!("REG#{}", id.as_str())
}

/// The key of a registration.
pub(super) fn registration_key(id: &RegistrationId) -> Item {
    key(registration_partition(id), "META")
}

/// The key of the record of what made this version of a registration.
pub(super) fn audit_key(id: &RegistrationId, version: u32) -> Item {
    let prefix = Record::Audit.prefix();
    key(registration_partition(id), format!("{prefix}{version:010}"))
}

/// The key of a sealed part.
pub(super) fn sealed_key(id: &RegistrationId, part: Part) -> Item {
    key(
        format!("SEALED#{}#{}", part.group.as_str(), id.as_str()),
        part.days.to_string(),
    )
}

/// The partition of a person's registrations.
pub(super) fn person(person: &ContactHash) -> String {
    format!("PERSON#{}", person.0)
}

/// The key of a registration of a person.
pub(super) fn person_key(hash: &ContactHash, id: &RegistrationId) -> Item {
    key(person(hash), id.as_str())
}

/// The key of a message.
pub(super) fn message_key(id: &MessageId) -> Item {
    key(OUTBOX, &id.0)
}

/// The key of what is used up of an allowance.
pub(super) fn allowance_key(allowance: &Allowance) -> Item {
    key(
        format!("SPENT#{}#{}", allowance.person.0, allowance.day),
        allowance.of.as_str(),
    )
}

/// The key of what is noted of the keys that the table is filled with.
pub(super) fn meta_key() -> Item {
    key("META", "KEYS")
}

/// A key under which there is nothing: asking for it shows that the table answers.
pub(super) fn health_key() -> Item {
    key("HEALTH", "HEALTH")
}

/// A request that was answered.
pub(super) fn request_item(request: &AnsweredRequest) -> Item {
    let item = with(
        request_key(&request.key),
        [
            ("digest", text(&request.digest)),
            ("registration", text(request.registration.as_str())),
        ],
    );
    kept_until(request.expires_at, item)
}

/// The request in an item, unless its time is over.
pub(super) fn request(
    item: &Item,
    key: &str,
    now: Timestamp,
) -> Result<Option<AnsweredRequest>, StoreError> {
    let expires_at: Timestamp = text_of(item, "due_at")?.parse().map_err(StoreError::new)?;
    let request = AnsweredRequest {
        key: key.to_owned(),
        digest: text_of(item, "digest")?.to_owned(),
        registration: registration_id(item)?,
        expires_at,
    };
    Ok((expires_at > now).then_some(request))
}

/// The entry of a person whose registration is this one.
pub(super) fn claim_item(registration: &Registration, person: &ContactHash) -> Item {
    with(
        claim_key(&registration.activity, person),
        [("registration", text(registration.id.as_str()))],
    )
}

/// A registration. `value` is the whole of it; the other attributes repeat what conditions and indexes ask for.
pub(super) fn registration_item(
    registration: &Registration,
    due_at: Option<Timestamp>,
) -> Result<Item, StoreError> {
    let item = with(
        registration_key(&registration.id),
        [
            ("activity", text(registration.activity.as_str())),
            ("listed", text(listed(&ListPlace::of(registration)))),
            ("version", number(registration.version)),
            ("value", json(registration)?),
        ],
    );
    Ok(match due_at {
        None => item,
        Some(at) => with(
            item,
            [("due_bucket", text(DUE)), ("due_at", text(instant(at)))],
        ),
    })
}

/// Where a registration stands in the list of its activity.
pub(super) fn listed(place: &ListPlace) -> String {
    format!("{}#{}", instant(place.submitted_at), place.id.as_str())
}

/// A part of the personal data.
pub(super) fn sealed_item(id: &RegistrationId, part: Part, sealed: &Sealed) -> Item {
    let content = AttributeValue::B(Blob::new(sealed.0.clone()));
    with(sealed_key(id, part), [("content", content)])
}

/// The sealed part in an item.
pub(super) fn sealed(item: &Item) -> Result<Sealed, StoreError> {
    let content = item.get("content").and_then(|value| value.as_b().ok());
    content
        .map(|content| Sealed(content.as_ref().to_vec()))
        .ok_or_else(|| StoreError::new(Malformed("content")))
}

/// What happened. `step` tells whether it was this very step.
pub(super) fn audit_item(
    registration: &Registration,
    event: &AuditEvent,
) -> Result<Item, StoreError> {
    let item = with(
        audit_key(&registration.id, registration.version),
        [("step", text(&event.id.0)), ("value", json(event)?)],
    );
    Ok(kept_until(audit_kept(event.at), item))
}

/// The step that a record of what happened names.
pub(super) fn step_of(item: &Item) -> Result<&str, StoreError> {
    text_of(item, "step")
}

/// What the person agreed to.
pub(super) fn consent_item(
    id: &RegistrationId,
    consent: &ConsentRecord,
) -> Result<Item, StoreError> {
    let (prefix, at) = (Record::Consent.prefix(), instant(consent.at));
    let sort = format!("{prefix}{at}#{}", consent.purpose.as_str());
    Ok(with(
        key(registration_partition(id), sort),
        [("value", json(consent)?)],
    ))
}

/// What became of a message.
pub(super) fn delivery_item(
    about: &RegistrationId,
    delivery: &Delivery,
) -> Result<Item, StoreError> {
    let sort = format!("{}{}", Record::Mail.prefix(), delivery.id.0);
    let item = with(
        key(registration_partition(about), sort),
        [("value", json(delivery)?)],
    );
    Ok(kept_until(delivery.kept_until(), item))
}

/// A message. `due` puts it in order; its identity decides between messages of the same instant.
pub(super) fn message_item(message: &OutboxMessage) -> Result<Item, StoreError> {
    Ok(with(
        message_key(&message.id),
        [("due", text(due(message))), ("value", json(message)?)],
    ))
}

/// Where a message stands in the order of what is due.
pub(super) fn due(message: &OutboxMessage) -> String {
    format!("{}#{}", instant(message.due_at), message.id.0)
}

/// What comes after everything that is due by an instant: `$` follows `#`.
pub(super) fn after_due(now: Timestamp) -> String {
    format!("{}$", instant(now))
}

/// The registration that an item of a request or a person names.
pub(super) fn registration_id(item: &Item) -> Result<RegistrationId, StoreError> {
    text_of(item, "registration").map(RegistrationId::from_stored)
}

/// The registration whose partition an item lies in.
pub(super) fn in_partition_of(item: &Item) -> Result<RegistrationId, StoreError> {
    let id = text_of(item, "PK")?.strip_prefix("REG#");
    id.map(RegistrationId::from_stored)
        .ok_or_else(|| StoreError::new(Malformed("PK")))
}

/// The key of an item, without what an index says beside it.
pub(super) fn key_of(mut item: Item) -> Item {
    item.retain(|name, _| name == "PK" || name == "SK");
    item
}

/// The registration that stands at the end of an item's sort key.
pub(super) fn at_end_of_sort_key(item: &Item) -> Result<RegistrationId, StoreError> {
    let sort = text_of(item, "SK")?;
    let id = sort.rsplit('#').next().unwrap_or(sort);
    Ok(RegistrationId::from_stored(id))
}

/// The places that a counter counts.
pub(super) fn counters(item: &Item) -> Result<Availability, StoreError> {
    Ok(Availability {
        taken: number_of(item, "taken")?,
        waiting: number_of(item, "waiting")?,
    })
}

/// The whole value of a registration, a record or a message.
pub(super) fn value<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    serde_json::from_str(text_of(item, "value")?).map_err(StoreError::new)
}
