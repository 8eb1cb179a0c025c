//! Messages that wait for delivery.

use rusqlite::{Connection, named_params};

use super::registrations::{from_json, to_json};
use crate::store::{MessageId, OutboxMessage, record};

/// Adds a message.
pub(super) fn add(connection: &Connection, message: &OutboxMessage) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, registration, recorded_at, value)
             VALUES (:id, :registration, :recorded_at, :value)",
        )?
        .execute(named_params! {
            ":id": message.id.0,
            ":registration": message.registration.as_str(),
            ":recorded_at": record::instant(message.recorded_at),
            ":value": to_json(message)?,
        })
        .map(drop)
}

/// The oldest messages.
pub(super) fn undelivered(
    connection: &Connection,
    limit: u32,
) -> rusqlite::Result<Vec<OutboxMessage>> {
    connection
        .prepare_cached("SELECT value FROM outbox ORDER BY recorded_at, id LIMIT ?1")?
        .query_map([limit], from_json)?
        .collect()
}

/// Removes a message, if it is there.
pub(super) fn remove(connection: &Connection, id: &MessageId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([&id.0])
        .map(drop)
}
