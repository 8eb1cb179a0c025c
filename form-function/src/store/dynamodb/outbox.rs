//! Messages that wait for delivery.

use super::DynamoStore;
use super::items::{self, OUTBOX, text};
use crate::store::{MessageId, OutboxMessage, StoreError};

/// The index of what waits, by the instant from which it may go on.
const NEXT_FIRST: &str = "next-first";

/// The oldest messages. The index is a local one, so that even a message of this instant is seen.
pub(super) async fn undelivered(
    store: &DynamoStore,
    limit: u32,
) -> Result<Vec<OutboxMessage>, StoreError> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut messages = Vec::new();
    let mut start = None;
    while messages.len() < wanted {
        let page = store
            .client
            .query()
            .table_name(&store.table)
            .index_name(NEXT_FIRST)
            .key_condition_expression("PK = :outbox")
            .expression_attribute_values(":outbox", text(OUTBOX))
            .consistent_read(true)
            .limit(i32::try_from(wanted - messages.len()).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(StoreError::new)?;
        for item in page.items() {
            messages.push(items::value(item)?);
        }
        start = page.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    Ok(messages)
}

/// Removes a message, if it is there.
pub(super) async fn remove(store: &DynamoStore, id: &MessageId) -> Result<(), StoreError> {
    let key = Some(items::message_key(id));
    let request = store
        .client
        .delete_item()
        .table_name(&store.table)
        .set_key(key);
    request.send().await.map(drop).map_err(StoreError::new)
}
