//! What staff's pages keep beside registrations.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use jiff::Timestamp;

use super::DynamoStore;
use super::items::{self, Item, number, text};
use super::reading::first_of;
use crate::store::{Collection, Document, Order, StoreError};

/// The key of a document.
pub(super) fn key(collection: Collection, key: &str) -> Item {
    items::key(partition(collection), key)
}

fn partition(collection: Collection) -> String {
    format!("DOC#{}", collection.as_str())
}

/// The document in an item.
pub(super) fn from_item(item: &Item) -> Result<Document, StoreError> {
    let expires_at: Option<Timestamp> = match item.get("due_at") {
        None => None,
        Some(_) => Some(
            items::text_of(item, "due_at")?
                .parse()
                .map_err(StoreError::new)?,
        ),
    };
    Ok(Document {
        key: items::text_of(item, "SK")?.to_owned(),
        version: items::number_of(item, "version")?,
        value: items::text_of(item, "value")?.to_owned(),
        expires_at,
    })
}

/// Documents in order.
pub(super) async fn documents(
    store: &DynamoStore,
    collection: Collection,
    order: Order,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Document>, StoreError> {
    let condition = match (order, after) {
        (_, None) => "PK = :collection",
        (Order::Ascending, Some(_)) => "PK = :collection AND SK > :after",
        (Order::Descending, Some(_)) => "PK = :collection AND SK < :after",
    };
    let mut query = store
        .query()
        .key_condition_expression(condition)
        .expression_attribute_values(":collection", text(partition(collection)))
        .scan_index_forward(order == Order::Ascending)
        .consistent_read(true);
    if let Some(after) = after {
        query = query.expression_attribute_values(":after", text(after));
    }
    let found = first_of(query, limit).await?;
    found.iter().map(from_item).collect()
}

/// Keeps a document, if there is the version before it, or none before the first.
pub(super) async fn keep(
    store: &DynamoStore,
    collection: Collection,
    document: &Document,
) -> Result<bool, StoreError> {
    let item = items::with(
        key(collection, &document.key),
        [
            ("version", number(document.version)),
            ("value", text(&document.value)),
        ],
    );
    let item = match document.expires_at {
        None => item,
        Some(at) => items::kept_until(at, item),
    };
    let put = store
        .client
        .put_item()
        .table_name(&store.table)
        .set_item(Some(item));
    let put = match document.version.checked_sub(1) {
        None => put.condition_expression("attribute_not_exists(PK)"),
        Some(before) => put
            .condition_expression("version = :before")
            .expression_attribute_values(":before", number(before)),
    };
    match put.send().await {
        Ok(_) => Ok(true),
        Err(error) => match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(_)) => Ok(false),
            _ => Err(StoreError::new(error)),
        },
    }
}
