//! The store of form tests: the real one, or the real one with a fault.

use std::collections::BTreeMap;
use std::path::Path;

use form_function::store::sqlite::SqliteStore;
use form_function::store::{
    Cancelled, IdempotencyKey, MessageId, OutboxMessage, Store, StoreError, SubmitRequest,
    Submitted,
};
use forms::{Availability, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::Barrier;

/// The real store, perhaps with a fault.
pub(crate) struct TestStore {
    pub(crate) inner: SqliteStore,
    pub(crate) fault: Fault,
}

/// What is wrong with a store.
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It looks whether there is room and books then; so many have looked before anybody books.
    LooksFirst(Barrier),
    /// It does not answer.
    Silent,
}

impl TestStore {
    fn answers(&self) -> Result<(), StoreError> {
        match self.fault {
            Fault::Silent => Err(StoreError::new("no connection")),
            Fault::None | Fault::LooksFirst(_) => Ok(()),
        }
    }
}

impl Store for TestStore {
    async fn submit(&self, request: &SubmitRequest) -> Result<Submitted, StoreError> {
        self.answers()?;
        let Fault::LooksFirst(everybody_has_looked) = &self.fault else {
            return self.inner.submit(request).await;
        };
        let seen = self
            .inner
            .availability(&request.registration.activity)
            .await?;
        everybody_has_looked.wait().await;
        let party = request.registration.party_size.places();
        if request
            .capacity
            .is_some_and(|capacity| seen.remaining(capacity) < party)
        {
            return Ok(Submitted::Full);
        }
        self.inner
            .submit(&SubmitRequest {
                capacity: None,
                ..request.clone()
            })
            .await
    }

    async fn answered(&self, key: &IdempotencyKey) -> Result<Option<Registration>, StoreError> {
        self.answers()?;
        self.inner.answered(key).await
    }

    async fn registration(&self, id: &RegistrationId) -> Result<Option<Registration>, StoreError> {
        self.answers()?;
        self.inner.registration(id).await
    }

    async fn cancel(&self, id: &RegistrationId, now: Timestamp) -> Result<Cancelled, StoreError> {
        self.answers()?;
        self.inner.cancel(id, now).await
    }

    async fn availability(&self, activity: &Slug) -> Result<Availability, StoreError> {
        self.answers()?;
        self.inner.availability(activity).await
    }

    async fn undelivered(&self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        self.answers()?;
        self.inner.undelivered(limit).await
    }

    async fn mark_delivered(&self, id: &MessageId) -> Result<(), StoreError> {
        self.inner.mark_delivered(id).await
    }

    async fn health(&self) -> Result<(), StoreError> {
        self.answers()?;
        self.inner.health().await
    }
}

/// Every row of every table of a file.
pub(crate) fn dump(file: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(file).unwrap();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    tables
        .into_iter()
        .map(|table| (table.clone(), rows(&connection, &table)))
        .collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let mut query = connection
        .prepare(&format!("SELECT * FROM {table} ORDER BY 1"))
        .unwrap();
    let columns = query.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let values = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column));
        Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
    };
    query
        .query_map([], row)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}
