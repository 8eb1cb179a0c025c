//! SHELL: how the file is opened.

use std::error::Error;
use std::path::Path;
use std::thread;
use std::time::Duration;

use forms::Registration;
use rusqlite::{Connection, TransactionBehavior};

use crate::private_folder;
use crate::store::instant;

/// How long to wait for another program that holds the file, such as a backup.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How long one attempt takes, and how long it is until the next, where attempts hold others up.
const PAUSE: Duration = Duration::from_millis(100);

/// How many attempts there are: as many as patience has room for.
const ATTEMPTS: u32 = 25;

/// The version of `schema.sql`, kept in the file.
const SCHEMA_VERSION: u32 = 3;

/// The file was made by another version of this program.
#[derive(Debug, thiserror::Error)]
enum UnknownSchema {
    #[error("the file has schema version {0}, this program knows versions up to {SCHEMA_VERSION}")]
    Later(u32),
    /// Version 1 kept personal data in clear, and was for trial only.
    #[error("the file is from a trial version, which did not seal personal data; delete it")]
    Trial,
}

/// Makes the file and its folder, if they are not there. The file holds people's addresses: on systems that know
/// owners only its owner may read it. `SQLite` gives the files beside it the same rights.
pub(super) fn prepare_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        private_folder::make(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// The connection for changes. `FULL` makes a commit wait for the disk: what was answered survives a power cut.
pub(super) fn writing(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten.
    connection.pragma_update(None, "secure_delete", true)?;
    Ok(connection)
}

/// The connection for queries. Readers of a write-ahead log neither wait for the writer nor hold it up.
pub(super) fn reading(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Something deleted may still stand in the write-ahead log.
#[derive(Debug, thiserror::Error)]
#[error(
    "the log of changes cannot be emptied, because another program reads the file, such as a backup"
)]
struct LogInUse;

/// Brings the write-ahead log into the file and empties it. Fails when somebody reads the file all the time.
pub(super) fn empty_log(path: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let connection = Connection::open(path)?;
    // While it waits for readers nobody can write: so not for long, but again and again.
    connection.busy_timeout(PAUSE)?;
    for _ in 0..ATTEMPTS {
        // Instead of failing, it says in its first column that somebody was in the way.
        let was_busy: bool =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if !was_busy {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(LogInUse.into())
}

/// Brings the tables of an older or new file up to date, all at once or not at all.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match transaction.pragma_query_value(None, "user_version", |row| row.get(0))? {
        0 => {
            transaction.execute_batch(include_str!("schema.sql"))?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            transaction.commit()?;
            Ok(())
        }
        SCHEMA_VERSION => Ok(()),
        2 => {
            from_version_2(&transaction)?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            transaction.commit()?;
            Ok(())
        }
        1 => Err(UnknownSchema::Trial.into()),
        later => Err(UnknownSchema::Later(later).into()),
    }
}

/// Version 2 listed registrations by their identities, and had no documents.
fn from_version_2(connection: &Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    connection.execute_batch(include_str!("from_version_2.sql"))?;
    let mut all = connection.prepare("SELECT id, value FROM registrations")?;
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
    for (id, value) in rows {
        let registration: Registration = serde_json::from_str(&value)?;
        connection.execute(
            "UPDATE registrations SET submitted_at = ?2 WHERE id = ?1",
            (id, instant(registration.submitted_at)),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{empty_log, migrate, prepare_file, reading, writing};

    /// As version 2 had it, as far as the way from there to here touches it.
    const VERSION_2: &str = "
        CREATE TABLE registrations (id TEXT PRIMARY KEY, activity TEXT NOT NULL, version INTEGER NOT NULL, due_at TEXT,
                                    value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX lists ON registrations (activity, id);
        PRAGMA user_version = 2;";

    #[test]
    fn registrations_of_version_2_are_listed_as_they_came() {
        let mut file = Connection::open_in_memory().unwrap();
        file.execute_batch(VERSION_2).unwrap();
        for (id, taken) in [
            ("a", "2026-11-23T07:00:00.5Z"),
            ("b", "2026-11-23T07:00:00Z"),
        ] {
            let value = serde_json::json!({
                "id": id, "reference": "7K3M9QXB", "activity": "open-day", "lifecycle": "reservation", "form": "rsvp",
                "form_version": "1", "language": "bg", "state": "confirmed", "party_size": 1, "submitted_at": taken,
                "changed_at": taken, "ends_at": null, "version": 0, "token_epoch": 0, "failed_calls": 0,
                "must_verify": false, "heard": "", "reminded": false, "duplicate_of": null, "people": [], "parts": [],
                "consents": [],
            });
            let statement = "INSERT INTO registrations VALUES (?1, 'open-day', 0, NULL, ?2)";
            file.execute(statement, (id, value.to_string())).unwrap();
        }
        migrate(&mut file).unwrap();
        let mut listed = file
            .prepare("SELECT id FROM registrations ORDER BY activity, submitted_at, id")
            .unwrap();
        let ids: Vec<String> = listed
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert_eq!(ids, ["b", "a"]);
        drop(listed);
        // Once is enough.
        migrate(&mut file).unwrap();
    }

    #[test]
    fn a_log_that_somebody_reads_is_not_said_to_be_empty() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.sqlite");
        prepare_file(&file).unwrap();
        let mut writer = writing(&file).unwrap();
        migrate(&mut writer).unwrap();
        let reader = reading(&file).unwrap();
        reader
            .execute_batch("BEGIN; SELECT * FROM activities")
            .unwrap();
        writer
            .execute("INSERT INTO activities (slug) VALUES ('open-day')", [])
            .unwrap();
        let busy = empty_log(&file).unwrap_err().to_string();
        assert!(busy.contains("another program reads"), "{busy}");
        let log = folder.path().join("store.sqlite-wal");
        assert_ne!(log.metadata().unwrap().len(), 0);
        reader.execute_batch("COMMIT").unwrap();
        empty_log(&file).unwrap();
        assert_eq!(log.metadata().unwrap().len(), 0);
    }
}
