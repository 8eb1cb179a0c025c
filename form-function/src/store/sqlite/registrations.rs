//! The steps of a registration, each inside a transaction that somebody else commits.

use forms::{Availability, Registration, RegistrationId, Slug, State};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::outbox;
use crate::store::{Cancelled, ContactHash, IdempotencyKey, SubmitRequest, Submitted, record};

/// Takes the places and records the registration with its first message, or changes nothing.
pub(super) fn submit(
    connection: &Connection,
    request: &SubmitRequest,
) -> rusqlite::Result<Submitted> {
    if let Some(answer) = answered_before(connection, &request.idempotency_key)? {
        return Ok(answer);
    }
    if record::never_fits(request) {
        return Ok(Submitted::Full);
    }
    let activity = &request.registration.activity;
    let earlier = holder(connection, activity, &request.contact_hash)?;
    let room = take_places(connection, request, earlier.is_none())?;
    if !room && !request.waitlist {
        return Ok(Submitted::Full);
    }
    let registration = record::recorded(request, room, earlier);
    if registration.state == State::Waitlisted {
        add_waiting(connection, activity, record::places(&registration).waiting)?;
    }
    insert(connection, &registration, &request.contact_hash)?;
    remember(connection, &request.idempotency_key, &registration)?;
    outbox::add(connection, &record::first_message(&registration))?;
    Ok(Submitted::Recorded(registration))
}

/// The registration that this very request was answered with.
pub(super) fn answered(
    connection: &Connection,
    key: &IdempotencyKey,
) -> rusqlite::Result<Option<Registration>> {
    Ok(match answered_before(connection, key)? {
        Some(Submitted::Replayed(registration)) => Some(registration),
        _ => None,
    })
}

/// Gives the places of a live registration back.
pub(super) fn cancel(
    connection: &Connection,
    id: &RegistrationId,
    now: Timestamp,
) -> rusqlite::Result<Cancelled> {
    let Some(before) = registration(connection, id)? else {
        return Ok(Cancelled::Unknown);
    };
    if !before.state.is_live() {
        return Ok(Cancelled::Already(before));
    }
    let after = record::cancelled(&before);
    replace(connection, before.version, &after)?;
    give_back(connection, &before.activity, record::places(&before))?;
    if let Some(message) = record::last_message(&after, now) {
        outbox::add(connection, &message)?;
    }
    Ok(Cancelled::Cancelled(after))
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

/// A value as the JSON that is kept of it.
pub(super) fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// The value in the first column.
pub(super) fn from_json<T: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(0)?.as_str()?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

fn answered_before(
    connection: &Connection,
    key: &IdempotencyKey,
) -> rusqlite::Result<Option<Submitted>> {
    connection
        .prepare_cached(
            "SELECT registrations.value, requests.digest
             FROM requests JOIN registrations ON registrations.id = requests.registration
             WHERE requests.key = ?1",
        )?
        .query_row([&key.key], |row| {
            let same = row.get_ref(1)?.as_str()? == key.digest;
            if same {
                from_json(row).map(Submitted::Replayed)
            } else {
                Ok(Submitted::KeyReused)
            }
        })
        .optional()
}

/// The person's registration that counts, if there is one.
fn holder(
    connection: &Connection,
    activity: &Slug,
    person: &ContactHash,
) -> rusqlite::Result<Option<RegistrationId>> {
    connection
        .prepare_cached(
            "SELECT id FROM registrations
             WHERE activity = ?1 AND contact_hash = ?2 AND live = 1 AND duplicate_of IS NULL",
        )?
        .query_row([activity.as_str(), &person.0], |row| {
            row.get(0).map(|id: String| RegistrationId::from_stored(id))
        })
        .optional()
}

/// Takes the places if there is room, and says whether there was. A duplicate asks the same and takes nothing.
fn take_places(
    connection: &Connection,
    request: &SubmitRequest,
    holds: bool,
) -> rusqlite::Result<bool> {
    let activity = request.registration.activity.as_str();
    let party = request.registration.party_size.places();
    connection
        .prepare_cached("INSERT INTO activities (slug) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([activity])?;
    let changed = connection
        .prepare_cached(
            "UPDATE activities SET taken = taken + :taken
             WHERE slug = :slug
               AND (:capacity IS NULL OR (waiting = 0 AND taken + :party <= :capacity))",
        )?
        .execute(named_params! {
            ":slug": activity,
            ":party": party,
            ":taken": if holds { party } else { 0 },
            ":capacity": request.capacity.map(u32::from),
        })?;
    Ok(changed == 1)
}

fn add_waiting(connection: &Connection, activity: &Slug, waiting: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE activities SET waiting = waiting + ?2 WHERE slug = ?1")?
        .execute((activity.as_str(), waiting))
        .and_then(exactly_one)
}

fn give_back(
    connection: &Connection,
    activity: &Slug,
    places: Availability,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE activities SET taken = taken - ?2, waiting = waiting - ?3 WHERE slug = ?1",
        )?
        .execute((activity.as_str(), places.taken, places.waiting))
        .and_then(exactly_one)
}

fn insert(
    connection: &Connection,
    registration: &Registration,
    person: &ContactHash,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO registrations
                 (id, activity, contact_hash, state, live, party_size, submitted_at, version, duplicate_of, value)
             VALUES (:id, :activity, :person, :state, :live, :party, :submitted_at, :version, :duplicate_of, :value)",
        )?
        .execute(named_params! {
            ":id": registration.id.as_str(),
            ":activity": registration.activity.as_str(),
            ":person": person.0,
            ":state": registration.state.as_str(),
            ":live": registration.state.is_live(),
            ":party": registration.party_size.places(),
            ":submitted_at": record::instant(registration.submitted_at),
            ":version": registration.version,
            ":duplicate_of": registration.duplicate_of.as_ref().map(RegistrationId::as_str),
            ":value": to_json(registration)?,
        })
        .map(drop)
}

/// Writes the next version of a registration, and fails when the one it came from is no longer there.
fn replace(
    connection: &Connection,
    version: u32,
    registration: &Registration,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE registrations SET state = :state, live = :live, version = :next, value = :value
             WHERE id = :id AND version = :version",
        )?
        .execute(named_params! {
            ":id": registration.id.as_str(),
            ":version": version,
            ":state": registration.state.as_str(),
            ":live": registration.state.is_live(),
            ":next": registration.version,
            ":value": to_json(registration)?,
        })
        .and_then(exactly_one)
}

fn remember(
    connection: &Connection,
    key: &IdempotencyKey,
    registration: &Registration,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO requests (key, digest, registration, recorded_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            &key.key,
            &key.digest,
            registration.id.as_str(),
            record::instant(registration.submitted_at),
        ))
        .map(drop)
}

fn exactly_one(changed: usize) -> rusqlite::Result<()> {
    if changed == 1 {
        Ok(())
    } else {
        Err(rusqlite::Error::StatementChangedRows(changed))
    }
}
