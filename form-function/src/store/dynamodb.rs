//! Registrations in one `DynamoDB` table.
//!
//! Each step is one transaction whose conditions are the rules; which condition failed decides what to try or to answer
//! next. `template.yaml` declares the table. What the items look like is in [`items`], how a transaction is sent until its
//! outcome is known in [`transaction`].

mod attributes;
mod items;
mod transaction;
mod steps;
mod reading;
mod documents;
mod outbox;
mod forgetting;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;

use self::items::{Item, Record, text};
use super::{
    Allowance, Answer, AnsweredRequest, Applied, AuditEvent, Collection, ConsentRecord, Delivery,
    Document, Documents, ListPlace, Order, OutboxMessage, Step, Store, StoreError,
};
use crate::seal::Sealed;

/// Registrations in one `DynamoDB` table.
pub struct DynamoStore {
    client: Client,
    table: String,
}

impl DynamoStore {
    /// The store in the table of this name.
    pub fn new(client: Client, table: impl Into<String>) -> DynamoStore {
        DynamoStore {
            client,
            table: table.into(),
        }
    }

    /// Reads one item as it is now, not as it was a moment ago.
    async fn get(&self, key: Item) -> Answer<Option<Item>> {
        let request = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key))
            .consistent_read(true);
        Ok(request.send().await.map_err(StoreError::new)?.item)
    }

    /// Writes one item, whatever was there.
    async fn put(&self, item: Item) -> Answer<()> {
        let request = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item));
        request.send().await.map(drop).map_err(StoreError::new)
    }

    fn query(&self) -> QueryFluentBuilder {
        self.client.query().table_name(&self.table)
    }
}

impl Store for DynamoStore {
    async fn apply(&self, step: &Step) -> Answer<Applied> {
        steps::apply(self, step).await
    }

    async fn request(&self, key: &str, now: Timestamp) -> Answer<Option<AnsweredRequest>> {
        match self.get(items::request_key(key)).await? {
            Some(item) => items::request(&item, key, now),
            None => Ok(None),
        }
    }

    async fn registration(&self, id: &RegistrationId) -> Answer<Option<Registration>> {
        let item = self.get(items::registration_key(id)).await?;
        item.as_ref().map(items::value).transpose()
    }

    async fn sealed(&self, id: &RegistrationId, part: Part) -> Answer<Option<Sealed>> {
        let item = self.get(items::sealed_key(id, part)).await?;
        item.as_ref().map(items::sealed).transpose()
    }

    async fn history(&self, id: &RegistrationId) -> Answer<Vec<AuditEvent>> {
        reading::records(self, id, Record::Audit).await
    }

    async fn consents(&self, id: &RegistrationId) -> Answer<Vec<ConsentRecord>> {
        reading::records(self, id, Record::Consent).await
    }

    async fn deliveries(&self, id: &RegistrationId) -> Answer<Vec<Delivery>> {
        reading::records(self, id, Record::Mail).await
    }

    async fn availability(&self, activity: &Slug) -> Answer<Availability> {
        let item = self.get(items::counters_key(activity)).await?;
        item.as_ref()
            .map_or(Ok(Availability::default()), items::counters)
    }

    async fn holder(
        &self,
        activity: &Slug,
        person: &ContactHash,
    ) -> Answer<Option<RegistrationId>> {
        let item = self.get(items::claim_key(activity, person)).await?;
        item.as_ref().map(items::registration_id).transpose()
    }

    async fn queue(&self, activity: &Slug, limit: u32) -> Answer<Vec<RegistrationId>> {
        reading::queue(self, activity, limit).await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Answer<Vec<RegistrationId>> {
        reading::due(self, now, limit).await
    }

    async fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Answer<Vec<Registration>> {
        reading::registrations(self, activity, after, limit).await
    }

    async fn registrations_of(&self, person: &ContactHash) -> Answer<Vec<RegistrationId>> {
        reading::registrations_of(self, person).await
    }

    async fn announced(&self, activity: &Slug) -> Answer<Option<String>> {
        let item = self.get(items::news_key(activity)).await?;
        item.as_ref()
            .map(|item| items::text_of(item, "announced").map(str::to_owned))
            .transpose()
    }

    async fn announce(&self, activity: &Slug, fingerprint: &str) -> Answer<()> {
        let item = items::with(
            items::news_key(activity),
            [("announced", text(fingerprint))],
        );
        self.put(item).await
    }

    async fn noted_keys(&self) -> Answer<Option<String>> {
        let item = self.get(items::meta_key()).await?;
        item.as_ref()
            .map(|item| items::text_of(item, "noted").map(str::to_owned))
            .transpose()
    }

    async fn note_keys(&self, keys: &str) -> Answer<()> {
        self.put(items::with(items::meta_key(), [("noted", text(keys))]))
            .await
    }

    async fn outbox(&self, now: Timestamp, limit: u32) -> Answer<Vec<OutboxMessage>> {
        outbox::due(self, now, limit).await
    }

    async fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> Answer<bool> {
        outbox::postpone(self, message, due_at, attempts).await
    }

    async fn settle(&self, about: &RegistrationId, delivery: &Delivery) -> Answer<()> {
        outbox::settle(self, about, delivery).await
    }

    async fn spend(&self, allowance: &Allowance) -> Answer<bool> {
        outbox::spend(self, allowance).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Answer<()> {
        forgetting::forget(self, now).await
    }

    async fn health(&self) -> Answer<()> {
        self.get(items::health_key()).await.map(drop)
    }
}

impl Documents for DynamoStore {
    async fn document(&self, collection: Collection, key: &str) -> Answer<Option<Document>> {
        let item = self.get(documents::key(collection, key)).await?;
        item.as_ref().map(documents::from_item).transpose()
    }

    async fn documents(
        &self,
        collection: Collection,
        order: Order,
        after: Option<&str>,
        limit: u32,
    ) -> Answer<Vec<Document>> {
        documents::documents(self, collection, order, after, limit).await
    }

    async fn keep(&self, collection: Collection, document: &Document) -> Answer<bool> {
        documents::keep(self, collection, document).await
    }

    async fn discard(&self, collection: Collection, key: &str) -> Answer<()> {
        let key = documents::key(collection, key);
        let request = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key));
        request.send().await.map(drop).map_err(StoreError::new)
    }
}
