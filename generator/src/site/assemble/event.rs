//! When an event is, how it stands, and what one signs up for.

use forms::{Activity, ActivityStatus, Admission, Capacity, PartySize, Session, Span, Window};
use jiff::Timestamp;

use super::activities::{known_form, page_addresses, parties_unasked};
use super::localized;
use super::occurrences::{following, occurrences};
use crate::diagnostic::{Diagnostic, Placed};
use crate::parse::document::{EventFacts, RegistrationFacts};
use crate::site::clock::Clock;
use crate::site::{Entry, Event, EventState, Site};

/// The event of an entry, and the activity that one signs up for.
pub(super) fn event(
    entry: &Entry,
    facts: EventFacts,
    expires_at: Option<Timestamp>,
    site: &Site,
    clock: &mut Clock,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Event, Option<Placed<Activity>>) {
    let zone = &site.settings.zone;
    let first = Span {
        starts: facts.starts_at,
        ends: facts.ends_at,
    };
    let spans = occurrences(first, &facts, zone, diagnostics);
    let next = following(&spans, zone, clock);
    let when = next.map_or_else(
        || spans.last().copied().unwrap_or(first),
        |next| spans[next],
    );
    let session = facts
        .registration
        .as_ref()
        .map(|registration| session(entry, when, registration, facts.status, expires_at, site));
    let over = next.is_none();
    let event = Event {
        when,
        begins: when.starts.begins(zone),
        ends: when.is_over(zone),
        over,
        occurrences: occurrences_of(&spans, next),
        state: state(facts.status, over, session.as_ref(), clock),
        activity: None,
    };
    let activity = facts
        .registration
        .zip(session)
        .and_then(|(registration, session)| {
            let form = known_form(&registration.form, site, diagnostics)?;
            diagnostics.extend(parties_unasked(&registration, &form, site));
            let activity = Activity {
                slug: entry.id.stem.clone(),
                form,
                title: localized(entry, |version| &version.texts.title),
                page: page_addresses(entry),
                session: Some(session),
            };
            Some(Placed {
                value: activity,
                place: registration.form.place,
            })
        });
    (event, activity)
}

fn occurrences_of(spans: &[Span], next: Option<usize>) -> Vec<crate::site::Occurrence> {
    if spans.len() < 2 {
        return Vec::new();
    }
    spans
        .iter()
        .enumerate()
        .map(|(index, when)| crate::site::Occurrence {
            when: *when,
            over: next.is_none_or(|next| index < next),
        })
        .collect()
}

fn session(
    entry: &Entry,
    when: Span,
    registration: &RegistrationFacts,
    status: ActivityStatus,
    expires_at: Option<Timestamp>,
    site: &Site,
) -> Session {
    let zone = &site.settings.zone;
    // Nobody signs up for what is over, or on a page that holds no longer.
    let latest = when.is_over(zone).min(expires_at.unwrap_or(Timestamp::MAX));
    let closes_at = registration.closes_at.unwrap_or(when.starts);
    Session {
        when,
        place: localized(entry, |version| &version.texts.place),
        window: Window {
            opens_at: registration.opens_at.map(|at| at.begins(zone)),
            closes_at: closes_at.begins(zone).min(latest),
        },
        capacity: registration
            .capacity
            .and_then(|places| Capacity::try_from(places).ok()),
        waitlist: registration.waitlist,
        approval: registration.approval,
        max_party: PartySize::new(registration.max_party).unwrap_or(PartySize::ONE),
        status,
    }
}

fn state(
    status: ActivityStatus,
    over: bool,
    session: Option<&Session>,
    clock: &mut Clock,
) -> EventState {
    if status != ActivityStatus::Scheduled {
        return EventState::Off(status);
    }
    if over {
        return EventState::Over;
    }
    match session.map(|session| session.admission_by(|at| clock.has_come(at))) {
        None => EventState::FreeEntry,
        Some(Admission::Open) => EventState::Open,
        Some(Admission::NotYetOpen(opens_at)) => EventState::NotYetOpen(opens_at),
        Some(Admission::Closed) => EventState::Closed,
        Some(Admission::Off(status)) => EventState::Off(status),
    }
}
