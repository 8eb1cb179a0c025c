//! What is asked of the file.

use forms::{Availability, ContactHash, Part, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::seal::Sealed;
use crate::store::{AnsweredRequest, instant};

/// The request of this key, unless its time is over.
pub(super) fn request(
    connection: &Connection,
    key: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<AnsweredRequest>> {
    connection
        .prepare_cached(
            "SELECT digest, registration, expires_at FROM requests WHERE key = ?1 AND expires_at > ?2",
        )?
        .query_row((key, instant(now)), |row| {
            let expires_at: String = row.get(2)?;
            Ok(AnsweredRequest {
                key: key.to_owned(),
                digest: row.get(0)?,
                registration: RegistrationId::from_stored(row.get::<_, String>(1)?),
                expires_at: expires_at.parse().map_err(|error| unreadable(2, error))?,
            })
        })
        .optional()
}

/// The registration of this identity.
pub(super) fn registration(
    connection: &Connection,
    id: &RegistrationId,
) -> rusqlite::Result<Option<Registration>> {
    connection
        .prepare_cached("SELECT value FROM registrations WHERE id = ?1")?
        .query_row([id.as_str()], from_json)
        .optional()
}

/// A part of the personal data.
pub(super) fn sealed(
    connection: &Connection,
    id: &RegistrationId,
    part: Part,
) -> rusqlite::Result<Option<Sealed>> {
    connection
        .prepare_cached("SELECT content FROM sealed WHERE registration = ?1 AND part = ?2")?
        .query_row((id.as_str(), part.to_string()), |row| {
            row.get(0).map(Sealed)
        })
        .optional()
}

/// The person's registration that counts, if there is one.
pub(super) fn holder(
    connection: &Connection,
    activity: &Slug,
    person: &ContactHash,
) -> rusqlite::Result<Option<RegistrationId>> {
    connection
        .prepare_cached("SELECT registration FROM claims WHERE activity = ?1 AND person = ?2")?
        .query_row((activity.as_str(), &person.0), identity)
        .optional()
}

/// How many places are gone; none of an activity that nobody signed up for yet.
pub(super) fn availability(
    connection: &Connection,
    activity: &Slug,
) -> rusqlite::Result<Availability> {
    let places = connection
        .prepare_cached("SELECT taken, waiting FROM activities WHERE slug = ?1")?
        .query_row([activity.as_str()], |row| {
            Ok(Availability {
                taken: row.get(0)?,
                waiting: row.get(1)?,
            })
        })
        .optional()?;
    Ok(places.unwrap_or_default())
}

/// What was last announced of an activity.
pub(super) fn announced(
    connection: &Connection,
    activity: &Slug,
) -> rusqlite::Result<Option<String>> {
    let announced = connection
        .prepare_cached("SELECT announced FROM activities WHERE slug = ?1")?
        .query_row([activity.as_str()], |row| row.get(0))
        .optional()?;
    Ok(announced.flatten())
}

/// The identities that a query finds.
pub(super) fn identities(
    connection: &Connection,
    query: &str,
    arguments: impl Params,
) -> rusqlite::Result<Vec<RegistrationId>> {
    connection
        .prepare_cached(query)?
        .query_map(arguments, identity)?
        .collect()
}

/// The values that a query finds.
pub(super) fn values<T: DeserializeOwned>(
    connection: &Connection,
    query: &str,
    arguments: impl Params,
) -> rusqlite::Result<Vec<T>> {
    connection
        .prepare_cached(query)?
        .query_map(arguments, from_json)?
        .collect()
}

/// A value as the JSON that is kept of it.
pub(super) fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// The value in the first column.
fn from_json<T: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(0)?.as_str()?).map_err(|error| unreadable(0, error))
}

fn identity(row: &Row<'_>) -> rusqlite::Result<RegistrationId> {
    row.get(0).map(|id: String| RegistrationId::from_stored(id))
}

/// A column is not as this program writes it.
pub(super) fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}
