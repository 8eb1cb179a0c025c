//! Registrations in one `SQLite` file: for a machine of one's own, and for a first try.
//!
//! Changes go through one thread, which commits many of them together; readers see what is committed. The folder must
//! be on a local disk: the write-ahead log needs shared memory.

mod connection;
mod outbox;
mod registrations;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use forms::{Availability, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use rusqlite::Connection;

use self::writer::Writer;
use super::{
    Cancelled, IdempotencyKey, MessageId, OutboxMessage, Store, StoreError, SubmitRequest,
    Submitted,
};

/// Registrations in one `SQLite` file. Dropping it finishes what was begun.
pub struct SqliteStore {
    // Dropped before the reader, so that the last connection to close has nothing left to write.
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
}

impl SqliteStore {
    /// Opens the file, and makes it and its folder if they are not there.
    pub fn open(path: &Path) -> Result<SqliteStore, StoreError> {
        connection::prepare_file(path).map_err(StoreError::new)?;
        let mut writer = connection::writing(path).map_err(StoreError::new)?;
        connection::migrate(&mut writer).map_err(StoreError::new)?;
        let reader = connection::reading(path).map_err(StoreError::new)?;
        let writer = Writer::start(writer).map_err(StoreError::new)?;
        Ok(SqliteStore {
            writer,
            reader: Arc::new(Mutex::new(reader)),
        })
    }

    /// Runs a query off the async threads, which a slow disk must not hold up.
    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let reader = Arc::clone(&self.reader);
        let query = move || query(&reader.lock().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(query)
            .await
            .map_err(StoreError::new)?
            .map_err(StoreError::new)
    }
}

impl Store for SqliteStore {
    async fn submit(&self, request: &SubmitRequest) -> Result<Submitted, StoreError> {
        let request = request.clone();
        self.writer
            .write(move |connection| registrations::submit(connection, &request))
            .await
    }

    async fn answered(&self, key: &IdempotencyKey) -> Result<Option<Registration>, StoreError> {
        let key = key.clone();
        self.read(move |connection| registrations::answered(connection, &key))
            .await
    }

    async fn registration(&self, id: &RegistrationId) -> Result<Option<Registration>, StoreError> {
        let id = id.clone();
        self.read(move |connection| registrations::registration(connection, &id))
            .await
    }

    async fn cancel(&self, id: &RegistrationId, now: Timestamp) -> Result<Cancelled, StoreError> {
        let id = id.clone();
        self.writer
            .write(move |connection| registrations::cancel(connection, &id, now))
            .await
    }

    async fn availability(&self, activity: &Slug) -> Result<Availability, StoreError> {
        let activity = activity.clone();
        self.read(move |connection| registrations::availability(connection, &activity))
            .await
    }

    async fn undelivered(&self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        self.read(move |connection| outbox::undelivered(connection, limit))
            .await
    }

    async fn mark_delivered(&self, id: &MessageId) -> Result<(), StoreError> {
        let id = id.clone();
        self.writer
            .write(move |connection| outbox::remove(connection, &id))
            .await
    }

    async fn health(&self) -> Result<(), StoreError> {
        // By way of the writer: a store that reads and cannot write is not well.
        self.writer
            .write(|connection| connection.execute_batch("SELECT 1 FROM activities LIMIT 1"))
            .await
    }
}
