//! What staff's pages keep beside registrations.

use rusqlite::{Connection, OptionalExtension, Row};

use super::reading::unreadable;
use crate::store::{Collection, Document, Order, instant};

/// The document of a key.
pub(super) fn document(
    connection: &Connection,
    collection: Collection,
    key: &str,
) -> rusqlite::Result<Option<Document>> {
    connection
        .prepare_cached(
            "SELECT key, version, value, expires_at FROM documents WHERE collection = ?1 AND key = ?2",
        )?
        .query_row((collection.as_str(), key), from_row)
        .optional()
}

/// Documents in order.
pub(super) fn documents(
    connection: &Connection,
    collection: Collection,
    order: Order,
    after: Option<&str>,
    limit: u32,
) -> rusqlite::Result<Vec<Document>> {
    let query = match order {
        Order::Ascending => {
            "SELECT key, version, value, expires_at FROM documents
             WHERE collection = ?1 AND (?2 IS NULL OR key > ?2) ORDER BY key LIMIT ?3"
        }
        Order::Descending => {
            "SELECT key, version, value, expires_at FROM documents
             WHERE collection = ?1 AND (?2 IS NULL OR key < ?2) ORDER BY key DESC LIMIT ?3"
        }
    };
    connection
        .prepare_cached(query)?
        .query_map((collection.as_str(), after, limit), from_row)?
        .collect()
}

/// Keeps a document, if there is the version before it, or none before the first.
pub(super) fn keep(
    connection: &Connection,
    collection: Collection,
    document: &Document,
) -> rusqlite::Result<bool> {
    let expires_at = document.expires_at.map(instant);
    let Document {
        key,
        version,
        value,
        ..
    } = document;
    let changed = match version.checked_sub(1) {
        None => connection
            .prepare_cached(
                "INSERT INTO documents (collection, key, version, value, expires_at)
                 VALUES (?1, ?2, 0, ?3, ?4) ON CONFLICT DO NOTHING",
            )?
            .execute((collection.as_str(), key, value, expires_at))?,
        Some(before) => connection
            .prepare_cached(
                "UPDATE documents SET version = ?3, value = ?4, expires_at = ?5
                 WHERE collection = ?1 AND key = ?2 AND version = ?6",
            )?
            .execute((collection.as_str(), key, version, value, expires_at, before))?,
    };
    Ok(changed == 1)
}

/// Destroys a document.
pub(super) fn discard(
    connection: &Connection,
    collection: Collection,
    key: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM documents WHERE collection = ?1 AND key = ?2")?
        .execute((collection.as_str(), key))
        .map(drop)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Document> {
    let expires_at: Option<String> = row.get(3)?;
    Ok(Document {
        key: row.get(0)?,
        version: row.get(1)?,
        value: row.get(2)?,
        expires_at: expires_at
            .map(|at| at.parse().map_err(|error| unreadable(3, error)))
            .transpose()?,
    })
}
