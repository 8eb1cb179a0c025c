//! Registrations in one `SQLite` file: for a machine of one's own, and for a first try.
//!
//! Changes go through one thread, which commits many of them together; readers see what is committed. The folder must
//! be on a local disk: the write-ahead log needs shared memory.

mod backup;
mod connection;
mod writer;
mod steps;
mod reading;
mod documents;
mod outbox;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

pub use backup::{BackupError, back_up};

use self::writer::Writer;
use super::{
    Allowance, Answer, AnsweredRequest, Applied, AuditEvent, Collection, ConsentRecord, Delivery,
    Document, Documents, ListPlace, Order, OutboxMessage, Step, Store, StoreError, instant,
};
use crate::seal::Sealed;

/// Registrations in one `SQLite` file. Dropping it finishes what was begun.
pub struct SqliteStore {
    // Dropped before the reader, so that the last connection to close has nothing left to write.
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
    path: PathBuf,
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
            path: path.to_owned(),
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
    async fn apply(&self, step: &Step) -> Answer<Applied> {
        let step = step.clone();
        self.writer
            .write(move |connection| steps::apply(connection, &step))
            .await
    }

    async fn request(&self, key: &str, now: Timestamp) -> Answer<Option<AnsweredRequest>> {
        let key = key.to_owned();
        self.read(move |connection| reading::request(connection, &key, now))
            .await
    }

    async fn registration(&self, id: &RegistrationId) -> Answer<Option<Registration>> {
        let id = id.clone();
        self.read(move |connection| reading::registration(connection, &id))
            .await
    }

    async fn sealed(&self, id: &RegistrationId, part: Part) -> Answer<Option<Sealed>> {
        let id = id.clone();
        self.read(move |connection| reading::sealed(connection, &id, part))
            .await
    }

    async fn history(&self, id: &RegistrationId) -> Answer<Vec<AuditEvent>> {
        let id = id.clone();
        let query = "SELECT value FROM audit WHERE registration = ?1 ORDER BY version";
        self.read(move |connection| reading::values(connection, query, [id.as_str()]))
            .await
    }

    async fn consents(&self, id: &RegistrationId) -> Answer<Vec<ConsentRecord>> {
        let id = id.clone();
        let query = "SELECT value FROM consents WHERE registration = ?1 ORDER BY at, purpose";
        self.read(move |connection| reading::values(connection, query, [id.as_str()]))
            .await
    }

    async fn deliveries(&self, id: &RegistrationId) -> Answer<Vec<Delivery>> {
        let id = id.clone();
        self.read(move |connection| outbox::deliveries(connection, &id))
            .await
    }

    async fn availability(&self, activity: &Slug) -> Answer<Availability> {
        let activity = activity.clone();
        self.read(move |connection| reading::availability(connection, &activity))
            .await
    }

    async fn holder(
        &self,
        activity: &Slug,
        person: &ContactHash,
    ) -> Answer<Option<RegistrationId>> {
        let (activity, person) = (activity.clone(), person.clone());
        self.read(move |connection| reading::holder(connection, &activity, &person))
            .await
    }

    async fn queue(&self, activity: &Slug, limit: u32) -> Answer<Vec<RegistrationId>> {
        let activity = activity.clone();
        let query = "SELECT registration FROM queue WHERE activity = ?1
                     ORDER BY since, registration LIMIT ?2";
        self.read(move |connection| {
            reading::identities(connection, query, (activity.as_str(), limit))
        })
        .await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Answer<Vec<RegistrationId>> {
        let query = "SELECT id FROM registrations WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2";
        self.read(move |connection| reading::identities(connection, query, (instant(now), limit)))
            .await
    }

    async fn registrations(
        &self,
        activity: &Slug,
        after: Option<&ListPlace>,
        limit: u32,
    ) -> Answer<Vec<Registration>> {
        let activity = activity.clone();
        let (since, id) = after.map_or_else(Default::default, |after| {
            (instant(after.submitted_at), after.id.as_str().to_owned())
        });
        let query = "SELECT value FROM registrations
                     WHERE activity = ?1 AND (submitted_at, id) > (?2, ?3)
                     ORDER BY submitted_at, id LIMIT ?4";
        self.read(move |connection| {
            reading::values(connection, query, (activity.as_str(), since, id, limit))
        })
        .await
    }

    async fn registrations_of(&self, person: &ContactHash) -> Answer<Vec<RegistrationId>> {
        let person = person.clone();
        let query = "SELECT registration FROM people WHERE person = ?1 ORDER BY registration";
        self.read(move |connection| reading::identities(connection, query, [person.0]))
            .await
    }

    async fn announced(&self, activity: &Slug) -> Answer<Option<String>> {
        let activity = activity.clone();
        self.read(move |connection| reading::announced(connection, &activity))
            .await
    }

    async fn announce(&self, activity: &Slug, fingerprint: &str) -> Answer<()> {
        let [activity, fingerprint] = [activity.as_str(), fingerprint].map(str::to_owned);
        let statement = "INSERT INTO activities (slug, announced) VALUES (?1, ?2)
                         ON CONFLICT (slug) DO UPDATE SET announced = excluded.announced";
        self.writer
            .write(move |connection| {
                let mut statement = connection.prepare_cached(statement)?;
                statement.execute((activity, fingerprint)).map(drop)
            })
            .await
    }

    async fn noted_keys(&self) -> Answer<Option<String>> {
        let query = "SELECT value FROM meta WHERE name = 'keys'";
        self.read(move |connection| connection.query_row(query, [], |row| row.get(0)).optional())
            .await
    }

    async fn note_keys(&self, keys: &str) -> Answer<()> {
        let keys = keys.to_owned();
        let statement = "INSERT INTO meta (name, value) VALUES ('keys', ?1)
                         ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.writer
            .write(move |connection| connection.execute(statement, [keys]).map(drop))
            .await
    }

    async fn outbox(&self, now: Timestamp, limit: u32) -> Answer<Vec<OutboxMessage>> {
        self.read(move |connection| outbox::due(connection, now, limit))
            .await
    }

    async fn postpone(
        &self,
        message: &OutboxMessage,
        due_at: Timestamp,
        attempts: u32,
    ) -> Answer<bool> {
        let message = message.clone();
        self.writer
            .write(move |connection| outbox::postpone(connection, &message, due_at, attempts))
            .await
    }

    async fn settle(&self, about: &RegistrationId, delivery: &Delivery) -> Answer<()> {
        let (about, delivery) = (about.clone(), delivery.clone());
        self.writer
            .write(move |connection| outbox::settle(connection, &about, &delivery))
            .await
    }

    async fn spend(&self, allowance: &Allowance) -> Answer<bool> {
        let allowance = allowance.clone();
        self.writer
            .write(move |connection| outbox::spend(connection, &allowance))
            .await
    }

    async fn forget_expired(&self, now: Timestamp) -> Answer<()> {
        let now = instant(now);
        self.writer
            .write(move |connection| {
                for table in ["requests", "deliveries", "allowances", "audit", "documents"] {
                    let statement = format!("DELETE FROM {table} WHERE expires_at <= ?1");
                    connection.prepare_cached(&statement)?.execute([&now])?;
                }
                Ok(())
            })
            .await?;
        // What was deleted must not live on in the log of changes.
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || connection::empty_log(&path))
            .await
            .map_err(StoreError::new)?
            .map_err(StoreError::new)
    }

    async fn health(&self) -> Answer<()> {
        // By way of the writer: a store that reads and cannot write is not well.
        self.writer
            .write(|connection| connection.execute_batch("SELECT 1 FROM activities LIMIT 1"))
            .await
    }
}

impl Documents for SqliteStore {
    async fn document(&self, collection: Collection, key: &str) -> Answer<Option<Document>> {
        let key = key.to_owned();
        self.read(move |connection| documents::document(connection, collection, &key))
            .await
    }

    async fn documents(
        &self,
        collection: Collection,
        order: Order,
        after: Option<&str>,
        limit: u32,
    ) -> Answer<Vec<Document>> {
        let after = after.map(str::to_owned);
        self.read(move |connection| {
            documents::documents(connection, collection, order, after.as_deref(), limit)
        })
        .await
    }

    async fn keep(&self, collection: Collection, document: &Document) -> Answer<bool> {
        let document = document.clone();
        self.writer
            .write(move |connection| documents::keep(connection, collection, &document))
            .await
    }

    async fn discard(&self, collection: Collection, key: &str) -> Answer<()> {
        let key = key.to_owned();
        self.writer
            .write(move |connection| documents::discard(connection, collection, &key))
            .await
    }
}
