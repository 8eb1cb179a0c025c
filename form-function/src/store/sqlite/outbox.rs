//! Messages that wait for delivery, and what became of them.

use forms::RegistrationId;
use jiff::Timestamp;
use rusqlite::Connection;

use super::reading::{self, to_json};
use crate::store::{Allowance, Delivery, OutboxMessage, instant};

/// Adds a message.
pub(super) fn add(connection: &Connection, message: &OutboxMessage) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO outbox (id, due_at, value) VALUES (?1, ?2, ?3)")?
        .execute((&message.id.0, instant(message.due_at), to_json(message)?))
        .map(drop)
}

/// The messages that are due, the oldest first.
pub(super) fn due(
    connection: &Connection,
    now: Timestamp,
    limit: u32,
) -> rusqlite::Result<Vec<OutboxMessage>> {
    let query = "SELECT value FROM outbox WHERE due_at <= ?1 ORDER BY due_at, id LIMIT ?2";
    reading::values(connection, query, (instant(now), limit))
}

/// Gives a message a new due time, if it still has the one it came with.
pub(super) fn postpone(
    connection: &Connection,
    message: &OutboxMessage,
    due_at: Timestamp,
    attempts: u32,
) -> rusqlite::Result<bool> {
    let later = OutboxMessage {
        due_at,
        attempts,
        ..message.clone()
    };
    connection
        .prepare_cached("UPDATE outbox SET due_at = ?3, value = ?4 WHERE id = ?1 AND due_at = ?2")?
        .execute((
            &message.id.0,
            instant(message.due_at),
            instant(due_at),
            to_json(&later)?,
        ))
        .map(|changed| changed == 1)
}

/// Records what became of a message, and takes it out if it is there.
pub(super) fn settle(
    connection: &Connection,
    about: &RegistrationId,
    delivery: &Delivery,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([&delivery.id.0])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO deliveries (registration, message, expires_at, value)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            about.as_str(),
            &delivery.id.0,
            instant(delivery.kept_until()),
            to_json(delivery)?,
        ))
        .map(drop)
}

/// What became of the messages about a registration.
pub(super) fn deliveries(
    connection: &Connection,
    id: &RegistrationId,
) -> rusqlite::Result<Vec<Delivery>> {
    let query = "SELECT value FROM deliveries WHERE registration = ?1 ORDER BY message";
    reading::values(connection, query, [id.as_str()])
}

/// Uses up one of an allowance, if there is one left.
pub(super) fn spend(connection: &Connection, allowance: &Allowance) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "INSERT INTO allowances (person, mails, day, spent, expires_at) VALUES (?1, ?2, ?3, 1, ?4)
             ON CONFLICT (person, mails, day) DO UPDATE SET spent = spent + 1 WHERE spent < ?5",
        )?
        .execute((
            &allowance.person.0,
            allowance.of.as_str(),
            allowance.day.to_string(),
            instant(allowance.expires_at),
            allowance.limit,
        ))
        .map(|changed| changed == 1)
}
