//! At the door: who is there. Noting it twice does no harm, and a slip of the finger is taken back.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{Activity, Change, Registration, RegistrationId};
use serde::Deserialize;

use super::events::{is_found, with_contacts};
use super::{Asked, Segment, segment};
use crate::personal::ReadError;
use crate::registrar::Changed;
use crate::response;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::{Staff, pages};
use crate::store::{Documents, Store};

/// How many are shown at a time: a phone shows no more.
const SHOWN: usize = 40;

/// What the list at the door is asked for by its address. What somebody searches for is in no address: those are kept.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    /// What was just noted.
    done: String,
    /// Of whom: the identity of a registration.
    of: String,
}

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let asking = asking.map(|Query(asking)| asking).unwrap_or_default();
    match asked.door(&segment(name)) {
        Ok(activity) => show(&asked, activity, "", &asking).await,
        Err(refused) => *refused,
    }
}

/// The list for a part of a name, or a reference.
pub(super) async fn search<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    match asked.door(&segment(name)) {
        Ok(activity) => show(&asked, activity, values.get("q").trim(), &Asking::default()).await,
        Err(refused) => *refused,
    }
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    activity: &Activity,
    query: &str,
    noted: &Asking,
) -> Response<Body> {
    match list(asked, activity, query, noted).await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unreadable(error),
    }
}

async fn list<S: Store + Documents>(
    asked: &Asked<'_, S>,
    activity: &Activity,
    query: &str,
    noted: &Asking,
) -> Result<tera::TeraResult<String>, ReadError> {
    let slug = activity.slug.as_str();
    asked.log("read_door_list", slug, None).await?;
    let mut all = asked.staff.desk().registrations(&activity.slug).await?;
    let heads = pages::heads(&all);
    // Who has no place stands at the door all the same, and is found when asked for.
    if query.is_empty() {
        all.retain(Registration::has_place);
    }
    let mut rows = with_contacts(asked, all).await?;
    let noted_one = rows.iter().find(|(it, _)| it.id.as_str() == noted.of);
    let name = noted_one.map_or("", |(_, contact)| contact.name.as_str());
    let said = pages::noted(&asked.context(), &noted.done, name);
    if !query.is_empty() {
        let code = asked.calling_code();
        rows.retain(|(registration, contact)| is_found(registration, contact, code, query));
    }
    rows.sort_by_cached_key(|(_, contact)| contact.name.to_lowercase());
    let found = rows.len();
    rows.truncate(SHOWN);
    let context = asked.context();
    Ok(pages::check_in(
        &context, activity, &heads, &rows, found, query, &said,
    ))
}

pub(super) async fn note<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    path: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let Ok(Path((event, id))) = path else {
        return asked.not_found();
    };
    let (change, done) = match values.get("do") {
        "attend" => (Change::Attend, "attend"),
        "undo" => (Change::UndoAttendance, "undo_attendance"),
        _ => return asked.not_found(),
    };
    let activity = match asked.door(&event) {
        Ok(activity) => activity,
        Err(refused) => return *refused,
    };
    let id = RegistrationId::from_stored(id);
    let registration = match staff.app.store.registration(&id).await {
        Ok(Some(found)) if found.activity == activity.slug => found,
        Ok(_) => return asked.not_found(),
        Err(error) => return asked.unavailable(&error),
    };
    if let Err(error) = asked.log(change.as_str(), id.as_str(), None).await {
        return asked.unavailable(&error);
    }
    let done = match staff.desk().change(&registration, &change, None).await {
        Err(error) => return asked.unavailable(&error),
        Ok(Changed::Done(_)) => done,
        // Noted already, by another phone or the second tap: it is as it should be.
        Ok(Changed::NotFromHere(now)) if is_as_wanted(&change, now.state) => done,
        Ok(_) => {
            if let Err(error) = asked.log("refused", id.as_str(), None).await {
                return asked.unavailable(&error);
            }
            "not_now"
        }
    };
    match values.get("q").trim() {
        "" => {
            let id = id.as_str();
            let list = format!("/staff/events/{event}/check-in?done={done}&of={id}");
            response::see_other(&list)
        }
        query => {
            let noted = Asking {
                done: done.to_owned(),
                of: id.as_str().to_owned(),
            };
            show(&asked, activity, query, &noted).await
        }
    }
}

fn is_as_wanted(change: &Change, state: forms::State) -> bool {
    match change {
        Change::Attend => state == forms::State::Attended,
        _ => state == forms::State::Confirmed,
    }
}
