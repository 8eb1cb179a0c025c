//! Giving a registration back: compare and swap, with the places in the same transaction.

use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem, Update};
use forms::{Registration, RegistrationId};
use jiff::Timestamp;

use super::DynamoStore;
use super::items::{self, number, text};
use super::transaction::{self, Outcome, Part};
use crate::store::{Cancelled, ContactHash, StoreError, record};

/// How often to read again. A registration changes a few times in its life, so the second time nearly always does.
const ROUNDS: u32 = 8;

/// Somebody else was faster, each time.
#[derive(Debug, thiserror::Error)]
#[error("the registration changed {ROUNDS} times while it was cancelled")]
struct NeverStill;

/// The counters have fewer places than the registration holds, or the message exists.
#[derive(Debug, thiserror::Error)]
#[error("a live registration does not agree with the other items: {0:?}")]
struct Disagreement(Part);

/// Gives the places of a live registration back and records the message about it.
pub(super) async fn cancel(
    store: &DynamoStore,
    id: &RegistrationId,
    now: Timestamp,
) -> Result<Cancelled, StoreError> {
    let step = store.step(id, now);
    let mut holds_person = true;
    for round in 0..ROUNDS {
        let Some(item) = store.get(items::registration_key(id)).await? else {
            return Ok(Cancelled::Unknown);
        };
        let before: Registration = items::value(&item)?;
        if !before.state.is_live() {
            return Ok(Cancelled::Already(before));
        }
        let person = items::person(&item)?;
        let after = record::cancelled(&before);
        let actions = actions(&store.table, &before, &after, &person, holds_person, now)?;
        match transaction::send(&store.client, &step.token(round), actions).await? {
            Outcome::Applied => return Ok(Cancelled::Cancelled(after)),
            Outcome::Refused(Part::Registration, _) => {}
            // The entry is another registration's by now, and stays.
            Outcome::Refused(Part::Person, _) => holds_person = false,
            Outcome::Refused(part, _) => return Err(StoreError::new(Disagreement(part))),
        }
    }
    Err(StoreError::new(NeverStill))
}

/// The transaction, in the order in which its failures count. A duplicate holds nothing that could be given back.
fn actions(
    table: &str,
    before: &Registration,
    after: &Registration,
    person: &ContactHash,
    holds_person: bool,
    now: Timestamp,
) -> Result<Vec<(Part, TransactWriteItem)>, StoreError> {
    let mut actions = vec![(Part::Registration, replace(table, before, after, person)?)];
    if before.duplicate_of.is_none() {
        actions.push((Part::Places, give_back(table, before)?));
        if holds_person {
            actions.push((Part::Person, release(table, before, person)?));
        }
    }
    if let Some(message) = record::last_message(after, now) {
        let put = Put::builder()
            .table_name(table)
            .set_item(Some(items::message_item(&message)?));
        let put = put.build().map_err(StoreError::new)?;
        actions.push((Part::Message, TransactWriteItem::builder().put(put).build()));
    }
    Ok(actions)
}

/// Writes the next version where the one it came from still stands.
fn replace(
    table: &str,
    before: &Registration,
    after: &Registration,
    person: &ContactHash,
) -> Result<TransactWriteItem, StoreError> {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(items::registration_item(after, person)?))
        .condition_expression("version = :version")
        .expression_attribute_values(":version", number(before.version))
        .build()
        .map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Gives back what is there: a counter below zero would mean that places were given back twice.
fn give_back(table: &str, before: &Registration) -> Result<TransactWriteItem, StoreError> {
    let places = record::places(before);
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(items::places_key(&before.activity)))
        .update_expression("SET taken = taken - :taken, waiting = waiting - :waiting")
        .condition_expression("taken >= :taken AND waiting >= :waiting")
        .expression_attribute_values(":taken", number(places.taken))
        .expression_attribute_values(":waiting", number(places.waiting))
        .build()
        .map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().update(update).build())
}

/// Lets the person sign up anew, if the entry is still this registration's.
fn release(
    table: &str,
    before: &Registration,
    person: &ContactHash,
) -> Result<TransactWriteItem, StoreError> {
    let delete = Delete::builder()
        .table_name(table)
        .set_key(Some(items::person_key(&before.activity, person)))
        .condition_expression("attribute_not_exists(PK) OR registration = :this")
        .expression_attribute_values(":this", text(before.id.as_str()))
        .build()
        .map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}
