//! A step, inside a transaction that somebody else commits. Conditions are read first, so that a refused step has written
//! nothing: there is one writer, and nobody comes in between.

use forms::{Availability, Registration};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::outbox;
use super::reading::{self, to_json};
use crate::store::{
    AnsweredRequest, Applied, AuditEvent, Claim, From, QueueMove, Refusal, Step, audit_kept,
    instant,
};

/// Carries out a step, or nothing of it.
pub(super) fn apply(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
    if let Some(refusal) = refusal(connection, step)? {
        return Ok(Applied::Refused(refusal));
    }
    count(connection, step)?;
    write_registration(connection, step)?;
    write_claim(connection, step)?;
    write_queue(connection, step)?;
    write_personal_data(connection, step)?;
    if let Some(request) = &step.request {
        remember(connection, request)?;
    }
    if let Some(message) = &step.message {
        outbox::add(connection, message)?;
    }
    let id = step.registration.id.as_str();
    for consent in &step.consents {
        connection
            .prepare_cached(
                "INSERT INTO consents (registration, at, purpose, value) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((
                id,
                instant(consent.at),
                consent.purpose.as_str(),
                to_json(consent)?,
            ))?;
    }
    log(connection, &step.registration, &step.audit)?;
    Ok(Applied::Done)
}

/// The first condition that does not hold.
fn refusal(connection: &Connection, step: &Step) -> rusqlite::Result<Option<Refusal>> {
    if let Some(request) = &step.request {
        let known = reading::request(connection, &request.key, step.audit.at)?;
        if let Some(known) = known {
            return Ok(Some(Refusal::Request(known)));
        }
    }
    let activity = &step.registration.activity;
    let Availability { taken, waiting } = reading::availability(connection, activity)?;
    if !step.counters.condition.holds(taken, waiting) {
        return Ok(Some(Refusal::Counters));
    }
    let holder = |person| reading::holder(connection, activity, person);
    let refused = match &step.claim {
        Claim::Take(person) => holder(person)?.map(|held| Refusal::Claim(Some(held))),
        Claim::HeldBy(person, earlier) => {
            let held = holder(person)?;
            (held.as_ref() != Some(earlier)).then_some(Refusal::Claim(held))
        }
        Claim::Keep | Claim::Release(_) => None,
    };
    if refused.is_some() {
        return Ok(refused);
    }
    let version: Option<u32> = connection
        .prepare_cached("SELECT version FROM registrations WHERE id = ?1")?
        .query_row([step.registration.id.as_str()], |row| row.get(0))
        .optional()?;
    let expected = match step.from {
        From::Nothing => None,
        From::Version(version) => Some(version),
    };
    Ok((version != expected).then_some(Refusal::Version))
}

fn count(connection: &Connection, step: &Step) -> rusqlite::Result<()> {
    let activity = step.registration.activity.as_str();
    if step.from == From::Nothing {
        connection
            .prepare_cached("INSERT INTO activities (slug) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([activity])?;
    }
    let counters = &step.counters;
    if counters.taken == 0 && counters.waiting == 0 {
        return Ok(());
    }
    connection
        .prepare_cached(
            "UPDATE activities SET taken = taken + ?2, waiting = waiting + ?3 WHERE slug = ?1",
        )?
        .execute((activity, counters.taken, counters.waiting))
        .and_then(exactly_one)
}

fn write_registration(connection: &Connection, step: &Step) -> rusqlite::Result<()> {
    let registration = &step.registration;
    connection
        .prepare_cached(
            "INSERT INTO registrations (id, activity, submitted_at, version, due_at, value)
             VALUES (:id, :activity, :submitted_at, :version, :due_at, :value)
             ON CONFLICT (id) DO UPDATE
             SET version = excluded.version, due_at = excluded.due_at, value = excluded.value",
        )?
        .execute(named_params! {
            ":id": registration.id.as_str(),
            ":activity": registration.activity.as_str(),
            ":submitted_at": instant(registration.submitted_at),
            ":version": registration.version,
            ":due_at": step.due_at.map(instant),
            ":value": to_json(registration)?,
        })
        .and_then(exactly_one)
}

fn write_claim(connection: &Connection, step: &Step) -> rusqlite::Result<()> {
    let activity = step.registration.activity.as_str();
    let id = step.registration.id.as_str();
    match &step.claim {
        Claim::Keep | Claim::HeldBy(..) => Ok(()),
        Claim::Take(person) => connection
            .prepare_cached(
                "INSERT INTO claims (activity, person, registration) VALUES (?1, ?2, ?3)",
            )?
            .execute((activity, &person.0, id))
            .and_then(exactly_one),
        Claim::Release(person) => connection
            .prepare_cached(
                "DELETE FROM claims WHERE activity = ?1 AND person = ?2 AND registration = ?3",
            )?
            .execute((activity, &person.0, id))
            .and_then(exactly_one),
    }
}

fn write_queue(connection: &Connection, step: &Step) -> rusqlite::Result<()> {
    let Registration {
        activity,
        submitted_at,
        id,
        ..
    } = &step.registration;
    let place = (activity.as_str(), instant(*submitted_at), id.as_str());
    match step.queue {
        QueueMove::Keep => Ok(()),
        QueueMove::Join => connection
            .prepare_cached(
                "INSERT INTO queue (activity, since, registration) VALUES (?1, ?2, ?3)",
            )?
            .execute(place)
            .and_then(exactly_one),
        QueueMove::Leave => connection
            .prepare_cached(
                "DELETE FROM queue WHERE activity = ?1 AND since = ?2 AND registration = ?3",
            )?
            .execute(place)
            .and_then(exactly_one),
    }
}

fn write_personal_data(connection: &Connection, step: &Step) -> rusqlite::Result<()> {
    let id = step.registration.id.as_str();
    if step.from == From::Nothing {
        for person in &step.registration.people {
            connection
                .prepare_cached("INSERT INTO people (person, registration) VALUES (?1, ?2)")?
                .execute((&person.0, id))?;
        }
    }
    for (part, sealed) in &step.sealed {
        connection
            .prepare_cached("INSERT INTO sealed (registration, part, content) VALUES (?1, ?2, ?3)")?
            .execute((id, part.to_string(), &sealed.0))?;
    }
    for part in &step.shredded {
        connection
            .prepare_cached("DELETE FROM sealed WHERE registration = ?1 AND part = ?2")?
            .execute((id, part.to_string()))?;
    }
    for person in &step.forgotten {
        connection
            .prepare_cached("DELETE FROM people WHERE person = ?1 AND registration = ?2")?
            .execute((&person.0, id))?;
    }
    Ok(())
}

/// A key whose time is over gives way.
fn remember(connection: &Connection, request: &AnsweredRequest) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO requests (key, digest, registration, expires_at)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            &request.key,
            &request.digest,
            request.registration.as_str(),
            instant(request.expires_at),
        ))
        .and_then(exactly_one)
}

fn log(
    connection: &Connection,
    registration: &Registration,
    event: &AuditEvent,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO audit (registration, version, expires_at, value) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            registration.id.as_str(),
            registration.version,
            instant(audit_kept(event.at)),
            to_json(event)?,
        ))
        .and_then(exactly_one)
}

fn exactly_one(changed: usize) -> rusqlite::Result<()> {
    if changed == 1 {
        Ok(())
    } else {
        Err(rusqlite::Error::StatementChangedRows(changed))
    }
}
