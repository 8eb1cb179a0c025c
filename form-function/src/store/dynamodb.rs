//! Registrations in one `DynamoDB` table.
//!
//! Each step is one transaction whose conditions are the rules; which condition failed decides what to try or to answer
//! next. `template.yaml` declares the table. What the items look like is in [`items`], how a transaction is sent until its
//! outcome is known in [`transaction`].

mod items;
mod transaction;
mod submit;
mod cancel;
mod outbox;

use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::Client;
use forms::{Availability, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use self::items::Item;
use super::{
    Cancelled, IdempotencyKey, MessageId, OutboxMessage, Store, StoreError, SubmitRequest,
    Submitted,
};

/// Registrations in one `DynamoDB` table.
pub struct DynamoStore {
    client: Client,
    table: String,
    /// Counts the steps of this process, so that two of them never carry the same token.
    steps: AtomicU64,
}

impl DynamoStore {
    /// The store in the table of this name.
    pub fn new(client: Client, table: impl Into<String>) -> DynamoStore {
        DynamoStore {
            client,
            table: table.into(),
            steps: AtomicU64::new(0),
        }
    }

    /// Reads one item as it is now, not as it was a moment ago.
    async fn get(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::new)?.item)
    }

    /// The name for all the transactions of one step about this registration. Tokens are known to the whole account, so
    /// the table belongs to it; the instant tells processes apart that cancel the same registration.
    fn step(&self, id: &RegistrationId, at: Timestamp) -> Step {
        let number = self.steps.fetch_add(1, Ordering::Relaxed);
        Step {
            name: format!("{}/{}/{at}/{number}", self.table, id.as_str()),
        }
    }
}

impl Store for DynamoStore {
    async fn submit(&self, request: &SubmitRequest) -> Result<Submitted, StoreError> {
        submit::submit(self, request).await
    }

    async fn answered(&self, key: &IdempotencyKey) -> Result<Option<Registration>, StoreError> {
        submit::answered(self, key).await
    }

    async fn registration(&self, id: &RegistrationId) -> Result<Option<Registration>, StoreError> {
        self.get(items::registration_key(id))
            .await?
            .as_ref()
            .map(items::value)
            .transpose()
    }

    async fn cancel(&self, id: &RegistrationId, now: Timestamp) -> Result<Cancelled, StoreError> {
        cancel::cancel(self, id, now).await
    }

    async fn availability(&self, activity: &Slug) -> Result<Availability, StoreError> {
        let item = self.get(items::places_key(activity)).await?;
        item.as_ref()
            .map_or(Ok(Availability::default()), items::places)
    }

    async fn undelivered(&self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        outbox::undelivered(self, limit).await
    }

    async fn mark_delivered(&self, id: &MessageId) -> Result<(), StoreError> {
        outbox::remove(self, id).await
    }

    async fn health(&self) -> Result<(), StoreError> {
        self.get(items::health_key()).await.map(drop)
    }
}

/// One step of the store, which may take several transactions.
struct Step {
    name: String,
}

impl Step {
    /// The token of a transaction of this step. The same transaction sent again carries the same token, so that the
    /// service counts it once; the next attempt, with other conditions, is another transaction.
    fn token(&self, round: u32) -> String {
        let digest: [u8; 32] = Sha256::digest(format!("{}/{round}", self.name)).into();
        let token = digest
            .iter()
            .take(16)
            .fold(0_u128, |token, byte| (token << 8) | u128::from(*byte));
        format!("{token:032x}")
    }
}
