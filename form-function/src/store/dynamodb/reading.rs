//! What is asked of the table, page by page.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use forms::{ContactHash, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::DynamoStore;
use super::items::{self, DUE, Item, Record, text};
use crate::store::{ListPlace, StoreError, instant};

/// The index of the registrations of an activity.
const BY_ACTIVITY: &str = "by-activity";

/// The index of what has to be done by an instant.
const BY_DUE: &str = "by-due";

/// The first items that a query finds, from as many pages as it takes.
pub(super) async fn first_of(
    query: QueryFluentBuilder,
    limit: u32,
) -> Result<Vec<Item>, StoreError> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let mut start = None;
    while found.len() < wanted {
        let left = i32::try_from(wanted - found.len()).unwrap_or(i32::MAX);
        let page = query
            .clone()
            .limit(left)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(StoreError::new)?;
        found.extend(page.items.unwrap_or_default());
        start = page.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The records of one sort of a registration, in order.
pub(super) async fn records<T: DeserializeOwned>(
    store: &DynamoStore,
    id: &RegistrationId,
    record: Record,
) -> Result<Vec<T>, StoreError> {
    let query = store
        .query()
        .key_condition_expression("PK = :registration AND begins_with(SK, :prefix)")
        .expression_attribute_values(":registration", text(items::registration_partition(id)))
        .expression_attribute_values(":prefix", text(record.prefix()))
        .consistent_read(true);
    let found = first_of(query, u32::MAX).await?;
    found.iter().map(items::value).collect()
}

/// Who waits for a place, the first first.
pub(super) async fn queue(
    store: &DynamoStore,
    activity: &Slug,
    limit: u32,
) -> Result<Vec<RegistrationId>, StoreError> {
    let query = store
        .query()
        .key_condition_expression("PK = :queue")
        .expression_attribute_values(":queue", text(items::queue(activity)))
        .consistent_read(true);
    let found = first_of(query, limit).await?;
    found.iter().map(items::at_end_of_sort_key).collect()
}

/// Registrations that have to be looked at.
pub(super) async fn due(
    store: &DynamoStore,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<RegistrationId>, StoreError> {
    let mut due = Vec::new();
    for key in due_in(store, DUE, now, limit).await? {
        let id = items::in_partition_of(&key)?;
        // The index is a little behind: what was seen to a moment ago must not be taken for overdue and written anew.
        let item = store.get(items::key_of(key)).await?;
        let due_at = item.as_ref().map(|item| items::text_of(item, "due_at"));
        if due_at.is_some_and(|at| at.is_ok_and(|at| at <= instant(now).as_str())) {
            due.push(id);
        }
    }
    Ok(due)
}

/// The keys of what is due, the most overdue first.
pub(super) async fn due_in(
    store: &DynamoStore,
    bucket: &str,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Item>, StoreError> {
    let query = store
        .query()
        .index_name(BY_DUE)
        .key_condition_expression("due_bucket = :bucket AND due_at <= :now")
        .expression_attribute_values(":bucket", text(bucket))
        .expression_attribute_values(":now", text(instant(now)));
    first_of(query, limit).await
}

/// Registrations for an activity in the order in which they were taken.
pub(super) async fn registrations(
    store: &DynamoStore,
    activity: &Slug,
    after: Option<&ListPlace>,
    limit: u32,
) -> Result<Vec<Registration>, StoreError> {
    // No instant comes before `-`, with which those before our era begin.
    let after = after.map_or_else(|| "!".to_owned(), items::listed);
    let query = store
        .query()
        .index_name(BY_ACTIVITY)
        .key_condition_expression("activity = :activity AND listed > :after")
        .expression_attribute_values(":activity", text(activity.as_str()))
        .expression_attribute_values(":after", text(after));
    let found = first_of(query, limit).await?;
    found.iter().map(items::value).collect()
}

/// Every registration of a person.
pub(super) async fn registrations_of(
    store: &DynamoStore,
    person: &ContactHash,
) -> Result<Vec<RegistrationId>, StoreError> {
    let query = store
        .query()
        .key_condition_expression("PK = :person")
        .expression_attribute_values(":person", text(items::person(person)))
        .consistent_read(true);
    let found = first_of(query, u32::MAX).await?;
    found.iter().map(items::at_end_of_sort_key).collect()
}
