//! All events, and who signed up for one.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{
    Activity, Availability, Capacity, Contact, PartySize, Registration, Session, WhyWaiting,
    international, telephone, why_waiting,
};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Asked, Segment, segment};
use crate::personal::{self, ReadError};
use crate::response;
use crate::staff::Staff;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::pages::{self, EventRow, ListQuery};
use crate::store::{Answer, Documents, Store};

/// How many registrations stand on a page.
const ON_A_PAGE: usize = 50;

/// How many of those who wait are looked at for the first who could get a place.
const IN_QUEUE: u32 = 100;

/// Whether an event is today or tomorrow.
pub(super) fn is_near(session: &Session, zone: &TimeZone, today: Date) -> bool {
    let first = session.when.starts.date();
    let last = session.when.is_over(zone).to_zoned(zone.clone()).date();
    first <= today.saturating_add(1.day()) && today <= last
}

/// All events, the next one first, and those that are over at the end.
pub(super) async fn list<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    match rows(&asked, |_| true).await {
        Ok(rows) => {
            let page = pages::events(&asked.context(), &rows);
            response::html(StatusCode::OK, page, asked.texts)
        }
        Err(error) => asked.unavailable(&error),
    }
}

pub(super) async fn rows<'a, S: Store + Documents>(
    asked: &Asked<'a, S>,
    wanted: impl Fn(&Session) -> bool,
) -> Answer<Vec<EventRow<'a>>> {
    let app = &asked.staff.app;
    let mut rows = Vec::new();
    for activity in app.bundle.manifest.activities.values() {
        let Some(session) = activity.session.as_ref().filter(|session| wanted(session)) else {
            continue;
        };
        let places = app.store.availability(&activity.slug).await?;
        rows.push(EventRow {
            activity,
            session,
            places,
        });
    }
    let now = app.now();
    rows.sort_by_key(|row| {
        let is_over = row.session.when.is_over(&app.bundle.zone) <= now;
        (is_over, row.session.when.starts.begins(&app.bundle.zone))
    });
    Ok(rows)
}

/// What a list of registrations is asked for. What somebody searches for is in no address: those are kept.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    /// The name of a state, or empty for all.
    state: String,
    /// A part of a name, a reference, an address or a number.
    #[serde(skip)]
    q: String,
    /// Which page, from 1.
    page: Option<usize>,
}

/// Who signed up for an event.
pub(super) async fn event<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let asking = asking.map(|Query(asking)| asking).unwrap_or_default();
    show(&asked, &segment(name), &asking).await
}

/// The same for a part of a name and the like.
pub(super) async fn search<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let asking = Asking {
        state: values.get("state").to_owned(),
        q: values.get("q").to_owned(),
        page: values.get("page").parse().ok(),
    };
    show(&asked, &segment(name), &asking).await
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    name: &str,
    asking: &Asking,
) -> Response<Body> {
    let Some(activity) = asked.event(name) else {
        return asked.not_found();
    };
    match registrations(asked, activity, asking).await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unreadable(error),
    }
}

async fn registrations<S: Store + Documents>(
    asked: &Asked<'_, S>,
    activity: &Activity,
    asking: &Asking,
) -> Result<tera::TeraResult<String>, ReadError> {
    asked.log("read_list", activity.slug.as_str(), None).await?;
    let app = &asked.staff.app;
    let all = asked.staff.desk().registrations(&activity.slug).await?;
    let counts = pages::counted(&all);
    let wanted = all.into_iter().filter(|registration| {
        let is_counted = registration.duplicate_of.is_none();
        asking.state.is_empty() || is_counted && registration.state.as_str() == asking.state
    });
    let wanted: Vec<Registration> = wanted.collect();
    let query = asking.q.trim();
    let first = asking.page.unwrap_or(1).clamp(1, 1_000_000);
    let (rows, found) = if query.is_empty() {
        let found = wanted.len();
        let page = wanted.into_iter().skip((first - 1) * ON_A_PAGE);
        (with_contacts(asked, page.take(ON_A_PAGE)).await?, found)
    } else {
        let mut rows = with_contacts(asked, wanted).await?;
        rows.retain(|(registration, contact)| {
            is_found(registration, contact, asked.calling_code(), query)
        });
        let found = rows.len();
        let page = rows.into_iter().skip((first - 1) * ON_A_PAGE);
        (page.take(ON_A_PAGE).collect(), found)
    };
    let places = app.store.availability(&activity.slug).await?;
    let query = ListQuery {
        why_waiting: reason_to_wait(asked, activity, places).await?,
        state: &asking.state,
        query,
        page: first,
        pages: found.div_ceil(ON_A_PAGE).max(1),
    };
    Ok(pages::event(
        &asked.context(),
        activity,
        places,
        &counts,
        &rows,
        &query,
    ))
}

/// Why the first in the queue still waits while places are free; `None` where nobody waits, or none is free.
async fn reason_to_wait<S: Store + Documents>(
    asked: &Asked<'_, S>,
    activity: &Activity,
    places: Availability,
) -> Answer<Option<WhyWaiting>> {
    let app = &asked.staff.app;
    let Some(session) = activity.session.as_ref().filter(|_| places.waiting > 0) else {
        return Ok(None);
    };
    let capacity = session.capacity.map_or(u32::MAX, Capacity::places);
    let free = capacity.saturating_sub(places.taken);
    if free == 0 {
        return Ok(None);
    }
    for id in app.store.queue(&activity.slug, IN_QUEUE).await? {
        let waiting = app.store.registration(&id).await?;
        // Whom no free place could ever hold is waited for by nobody.
        let fits = |party: PartySize| party.places() <= capacity;
        if let Some(party) = waiting.map(|it| it.party_size).filter(|party| fits(*party)) {
            let zone = &app.bundle.zone;
            return Ok(Some(why_waiting(session, zone, app.now(), free, party)));
        }
    }
    Ok(None)
}

/// Registrations with how to reach the person; empty where that is kept no longer. One that cannot be opened holds up no other.
pub(super) async fn with_contacts<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registrations: impl IntoIterator<Item = Registration>,
) -> Answer<Vec<(Registration, Contact)>> {
    let staff = asked.staff;
    let now = staff.app.now();
    let mut rows = Vec::new();
    for registration in registrations {
        if let Some(contact) = staff.contacts.get(&registration, now) {
            rows.push((registration, contact));
            continue;
        }
        let contact =
            match personal::contact(staff.app.store.as_ref(), &staff.opener, &registration).await {
                Ok(contact) => {
                    let contact = contact.unwrap_or_default();
                    staff.contacts.keep(&registration, &contact, now);
                    contact
                }
                Err(ReadError::Store(error)) => return Err(error),
                Err(error) => {
                    let id = registration.id.as_str();
                    tracing::error!(%error, registration = id, "a contact could not be opened");
                    Contact {
                        name: asked
                            .texts
                            .strings
                            .text("staff.event.unreadable")
                            .to_owned(),
                        ..Contact::default()
                    }
                }
            };
        rows.push((registration, contact));
    }
    Ok(rows)
}

/// Whether somebody typed a part of a name, or a reference, an address or a number, however it was written.
pub(super) fn is_found(
    registration: &Registration,
    contact: &Contact,
    calling_code: Option<&str>,
    query: &str,
) -> bool {
    let query = query.to_lowercase();
    let number = contact.telephone.as_deref().unwrap_or_default();
    if let Some(typed) = telephone(&query) {
        let abroad = |number: &str| international(number, calling_code);
        if !number.is_empty() && abroad(number) == abroad(&typed) {
            return true;
        }
    }
    let name = contact.name.to_lowercase();
    let mut words = words(&query).peekable();
    let in_name = words.peek().is_some() && words.all(|word| name.contains(word));
    let reference: String = query.split_whitespace().collect();
    let is_reference = reference.len() >= 4
        && registration
            .reference
            .as_str()
            .to_lowercase()
            .starts_with(&reference);
    let in_email = contact
        .email
        .as_deref()
        .is_some_and(|it| it.contains(&query));
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    let is_number = query
        .chars()
        .all(|it| it.is_ascii_digit() || it.is_whitespace() || "+-/()".contains(it));
    let has_digits = is_number && digits.len() >= 3 && number.contains(&digits);
    in_name || is_reference || in_email || has_digits
}

/// The words of a name as somebody types it, in whatever order, with hyphens or without.
fn words(query: &str) -> impl Iterator<Item = &str> {
    let parts = query.split(|sign: char| sign.is_whitespace() || "-–,.".contains(sign));
    parts.filter(|word| !word.is_empty())
}

impl<'a, S: Store + Documents> Asked<'a, S> {
    /// What every page of somebody who is signed in shows.
    pub(super) fn context(&self) -> pages::Context<'a> {
        pages::Context {
            bundle: &self.staff.app.bundle,
            texts: self.texts,
            now: self.staff.app.now(),
            who: Some((self.who.who.to_string(), self.who.role)),
            token: crate::staff::guard::form_token(self.staff, &self.who.ticket),
        }
    }
}
