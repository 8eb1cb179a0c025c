//! Messages that wait for delivery, and what is recorded of them afterwards.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemOutput};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use forms::RegistrationId;
use jiff::Timestamp;

use super::DynamoStore;
use super::items::{self, FORGET, OUTBOX, number, text};
use super::reading::first_of;
use super::steps::delete;
use super::transaction::{self, Action, Ending, token};
use crate::store::{Allowance, Delivery, OutboxMessage, StoreError, instant};

/// The index of what waits, by the instant from which it may go on.
const NEXT_FIRST: &str = "next-first";

/// The messages that are due. The index is a local one, so that even a message of this instant is seen.
pub(super) async fn due(
    store: &DynamoStore,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<OutboxMessage>, StoreError> {
    let query = store
        .query()
        .index_name(NEXT_FIRST)
        .key_condition_expression("PK = :outbox AND due < :end")
        .expression_attribute_values(":outbox", text(OUTBOX))
        .expression_attribute_values(":end", text(items::after_due(now)))
        .consistent_read(true);
    let messages = first_of(query, limit).await?;
    messages.iter().map(items::value).collect()
}

/// Gives a message another due time, if nobody else has.
pub(super) async fn postpone(
    store: &DynamoStore,
    message: &OutboxMessage,
    due_at: Timestamp,
    attempts: u32,
) -> Result<bool, StoreError> {
    let later = OutboxMessage {
        due_at,
        attempts,
        ..message.clone()
    };
    let update = store
        .client
        .update_item()
        .table_name(&store.table)
        .set_key(Some(items::message_key(&message.id)))
        .update_expression("SET due = :later, #value = :value")
        .condition_expression("due = :due")
        .expression_attribute_names("#value", "value")
        .expression_attribute_values(":due", text(items::due(message)))
        .expression_attribute_values(":later", text(items::due(&later)))
        .expression_attribute_values(":value", items::json(&later)?);
    unless_refused(update.send().await)
}

/// Records what became of a message, and takes it out of the outbox if it is there.
pub(super) async fn settle(
    store: &DynamoStore,
    about: &RegistrationId,
    delivery: &Delivery,
) -> Result<(), StoreError> {
    let record = Put::builder()
        .table_name(&store.table)
        .set_item(Some(items::delivery_item(about, delivery)?))
        .build()
        .map_err(StoreError::new)?;
    let actions = vec![
        (
            Action::Other,
            TransactWriteItem::builder().put(record).build(),
        ),
        (
            Action::Other,
            delete(&store.table, items::message_key(&delivery.id))?,
        ),
    ];
    // What is not recorded would be sent again, so that it is tried as hard as a step. It has no condition to fail.
    let name = format!("{}/{}/{}", store.table, delivery.id.0, delivery.at);
    match transaction::send(&store.client, &token(&name), actions)
        .await
        .ending
    {
        Ending::Failed(error) => Err(error),
        Ending::CarriedOut | Ending::Refused(..) => Ok(()),
    }
}

/// Uses up one of an allowance, if there is one left.
pub(super) async fn spend(store: &DynamoStore, allowance: &Allowance) -> Result<bool, StoreError> {
    let update = store
        .client
        .update_item()
        .table_name(&store.table)
        .set_key(Some(items::allowance_key(allowance)))
        .update_expression(
            "ADD spent :one SET expires_at = :expires_at, due_bucket = :forget, due_at = :due_at",
        )
        .condition_expression("attribute_not_exists(spent) OR spent < :limit")
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":limit", number(allowance.limit))
        .expression_attribute_values(":expires_at", number(allowance.expires_at.as_second()))
        .expression_attribute_values(":forget", text(FORGET))
        .expression_attribute_values(":due_at", text(instant(allowance.expires_at)));
    unless_refused(update.send().await)
}

/// Whether an update was made; a condition that does not hold is an answer.
fn unless_refused(
    updated: Result<UpdateItemOutput, SdkError<UpdateItemError>>,
) -> Result<bool, StoreError> {
    match updated {
        Ok(_) => Ok(true),
        Err(error) => match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
            _ => Err(StoreError::new(error)),
        },
    }
}
