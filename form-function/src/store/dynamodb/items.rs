//! The items of the table.
//!
//! | `PK` | `SK` | What it is |
//! |---|---|---|
//! | `IDEM#<key>` | `IDEM` | A request that was answered |
//! | `SESSION#<activity>` | `CAP` | How many places are gone |
//! | `UNIQ#<activity>#<hash>` | `UNIQ` | The live registration of a person |
//! | `REG#<id>` | `META` | A registration |
//! | `OUTBOX` | `<message id>` | A message that waits for delivery |

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use forms::{Availability, Registration, RegistrationId, Slug};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{ContactHash, IdempotencyKey, MessageId, OutboxMessage, StoreError, record};

/// What `DynamoDB` keeps under one key.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The partition of all messages. Their number stays small, since a delivered one is deleted.
pub(super) const OUTBOX: &str = "OUTBOX";

/// An item is not as this program writes it.
#[derive(Debug, thiserror::Error)]
#[error("a stored item has no usable `{0}`")]
struct Malformed(&'static str);

/// The key of a request.
pub(super) fn request_key(key: &IdempotencyKey) -> Item {
    item([
        ("PK", text(format!("IDEM#{}", key.key))),
        ("SK", text("IDEM")),
    ])
}

/// The key of an activity's counter.
pub(super) fn places_key(activity: &Slug) -> Item {
    item([
        ("PK", text(format!("SESSION#{activity}"))),
        ("SK", text("CAP")),
    ])
}

/// The key of the entry that makes a person's registration for an activity unique.
pub(super) fn person_key(activity: &Slug, person: &ContactHash) -> Item {
    item([
        ("PK", text(format!("UNIQ#{activity}#{}", person.0))),
        ("SK", text("UNIQ")),
    ])
}

/// The key of a registration.
pub(super) fn registration_key(id: &RegistrationId) -> Item {
    item([
        ("PK", text(format!("REG#{}", id.as_str()))),
        ("SK", text("META")),
    ])
}

/// The key of a message.
pub(super) fn message_key(id: &MessageId) -> Item {
    item([("PK", text(OUTBOX)), ("SK", text(&id.0))])
}

/// A key under which there is nothing: asking for it shows that the table answers.
pub(super) fn health_key() -> Item {
    item([("PK", text("HEALTH")), ("SK", text("HEALTH"))])
}

/// A request that was answered with this registration.
pub(super) fn request_item(key: &IdempotencyKey, registration: &Registration) -> Item {
    with(
        request_key(key),
        [
            ("digest", text(&key.digest)),
            ("registration", text(registration.id.as_str())),
            (
                "recorded_at",
                text(record::instant(registration.submitted_at)),
            ),
        ],
    )
}

/// The entry of a person whose registration is this one.
pub(super) fn person_item(registration: &Registration, person: &ContactHash) -> Item {
    with(
        person_key(&registration.activity, person),
        [("registration", text(registration.id.as_str()))],
    )
}

/// A registration. `value` is the whole of it; the other attributes repeat what conditions and lists ask for.
pub(super) fn registration_item(
    registration: &Registration,
    person: &ContactHash,
) -> Result<Item, StoreError> {
    let item = with(
        registration_key(&registration.id),
        [
            ("activity", text(registration.activity.as_str())),
            ("contact_hash", text(&person.0)),
            ("state", text(registration.state.as_str())),
            ("party_size", number(registration.party_size.places())),
            (
                "submitted_at",
                text(record::instant(registration.submitted_at)),
            ),
            ("version", number(registration.version)),
            ("value", json(registration)?),
        ],
    );
    Ok(match &registration.duplicate_of {
        None => item,
        Some(earlier) => with(item, [("duplicate_of", text(earlier.as_str()))]),
    })
}

/// A message. `due` puts it in order; its identity decides between messages of the same instant.
pub(super) fn message_item(message: &OutboxMessage) -> Result<Item, StoreError> {
    let due = format!("{}#{}", record::instant(message.recorded_at), message.id.0);
    Ok(with(
        message_key(&message.id),
        [("due", text(due)), ("value", json(message)?)],
    ))
}

/// The digest that a request item carries.
pub(super) fn digest(item: &Item) -> Result<&str, StoreError> {
    text_of(item, "digest")
}

/// The registration that an item of a request or a person names.
pub(super) fn registration_id(item: &Item) -> Result<RegistrationId, StoreError> {
    text_of(item, "registration").map(RegistrationId::from_stored)
}

/// The person that a registration item belongs to.
pub(super) fn person(item: &Item) -> Result<ContactHash, StoreError> {
    text_of(item, "contact_hash").map(|hash| ContactHash(hash.to_owned()))
}

/// The places that a counter counts.
pub(super) fn places(item: &Item) -> Result<Availability, StoreError> {
    Ok(Availability {
        taken: number_of(item, "taken")?,
        waiting: number_of(item, "waiting")?,
    })
}

/// The whole value of a registration or a message.
pub(super) fn value<T: DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    serde_json::from_str(text_of(item, "value")?).map_err(StoreError::new)
}

/// A text attribute.
pub(super) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// A number attribute.
pub(super) fn number(number: impl Into<i64>) -> AttributeValue {
    AttributeValue::N(number.into().to_string())
}

fn json(value: &impl Serialize) -> Result<AttributeValue, StoreError> {
    serde_json::to_string(value)
        .map(AttributeValue::S)
        .map_err(StoreError::new)
}

fn item<const N: usize>(attributes: [(&str, AttributeValue); N]) -> Item {
    with(Item::new(), attributes)
}

fn with<const N: usize>(mut item: Item, attributes: [(&str, AttributeValue); N]) -> Item {
    item.extend(
        attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    item
}

fn text_of<'a>(item: &'a Item, name: &'static str) -> Result<&'a str, StoreError> {
    let text = item.get(name).and_then(|value| value.as_s().ok());
    text.map(String::as_str)
        .ok_or_else(|| StoreError::new(Malformed(name)))
}

fn number_of(item: &Item, name: &'static str) -> Result<u32, StoreError> {
    let number = item.get(name).and_then(|value| value.as_n().ok());
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| StoreError::new(Malformed(name)))
}
