//! Who asked for the services, the one first who has waited longest.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{Registration, State as RegistrationState};
use serde::Deserialize;

use super::Asked;
use super::events::{is_found, with_contacts};
use crate::response;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::{Staff, pages};
use crate::store::{Answer, Documents, Store};

/// How many are shown at a time.
const SHOWN: usize = 100;

/// What the list is asked for. What somebody searches for is in no address: those are kept.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    /// The name of a state; empty for those who wait for a call, `all` for everybody.
    state: String,
}

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let state = asking.map(|Query(asking)| asking.state).unwrap_or_default();
    let state = match state.as_str() {
        "" => RegistrationState::Submitted.as_str(),
        state => state,
    };
    show(&asked, state, "").await
}

/// Whoever is found by a part of a name, a reference, an address or a number.
pub(super) async fn search<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    show(&asked, "all", values.get("q").trim()).await
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    state: &str,
    query: &str,
) -> Response<Body> {
    match list(asked, state, query).await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unreadable(error.into()),
    }
}

async fn list<S: Store + Documents>(
    asked: &Asked<'_, S>,
    state: &str,
    query: &str,
) -> Answer<tera::TeraResult<String>> {
    asked.log("read_list", "service-users", None).await?;
    let mut all = requests(asked).await?;
    let counts = pages::counted(&all);
    all.retain(|registration| state == "all" || registration.state.as_str() == state);
    let (rows, found) = if query.is_empty() {
        let found = all.len();
        all.truncate(SHOWN);
        (with_contacts(asked, all).await?, found)
    } else {
        let mut rows = with_contacts(asked, all).await?;
        let code = asked.calling_code();
        rows.retain(|(registration, contact)| is_found(registration, contact, code, query));
        let found = rows.len();
        rows.truncate(SHOWN);
        (rows, found)
    };
    let context = asked.context();
    Ok(pages::service_users(
        &context, &counts, &rows, found, state, query,
    ))
}

/// Everybody who asked for the services, the first first.
pub(super) async fn requests<S: Store + Documents>(
    asked: &Asked<'_, S>,
) -> Answer<Vec<Registration>> {
    let desk = asked.staff.desk();
    let activities = asked.staff.app.bundle.manifest.activities.values();
    let mut all = Vec::new();
    for activity in activities.filter(|activity| activity.session.is_none()) {
        all.extend(desk.registrations(&activity.slug).await?);
    }
    all.retain(|registration| registration.duplicate_of.is_none());
    all.sort_by_key(|registration| registration.submitted_at);
    Ok(all)
}
