//! Deletes what is over, on the day. The table's time to live does so too, but takes days and promises nothing.

use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use jiff::Timestamp;

use super::items::{self, FORGET, text};
use super::{DynamoStore, reading};
use crate::store::{StoreError, instant};

/// How many items one call deletes at most; the next one goes on.
const AT_ONCE: u32 = 500;

/// Deletes items whose time is over.
pub(super) async fn forget(store: &DynamoStore, now: Timestamp) -> Result<(), StoreError> {
    for item in reading::due_in(store, FORGET, now, AT_ONCE).await? {
        let delete = store
            .client
            .delete_item()
            .table_name(&store.table)
            .set_key(Some(items::key_of(item)))
            // The index is a little behind: meanwhile the key may be in use anew.
            .condition_expression("due_at <= :now")
            .expression_attribute_values(":now", text(instant(now)));
        let Err(error) = delete.send().await else {
            continue;
        };
        match error.as_service_error() {
            Some(DeleteItemError::ConditionalCheckFailedException(_)) => {}
            _ => return Err(StoreError::new(error)),
        }
    }
    Ok(())
}
