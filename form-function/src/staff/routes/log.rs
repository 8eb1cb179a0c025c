//! The log of what staff looked at and did, for whoever answers for the data.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;

use super::Asked;
use crate::response;
use crate::staff::guard::SignedIn;
use crate::staff::{Staff, audit, pages};
use crate::store::{Answer, Documents, Store};

/// How many entries stand on a page.
const ON_A_PAGE: u32 = 100;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    before: Option<u64>,
}

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let before = asking.ok().and_then(|Query(asking)| asking.before);
    match entries(&asked, before).await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unavailable(&error),
    }
}

async fn entries<S: Store + Documents>(
    asked: &Asked<'_, S>,
    before: Option<u64>,
) -> Answer<tera::TeraResult<String>> {
    asked.log("read_log", "", None).await?;
    let app = &asked.staff.app;
    let store = app.store.as_ref();
    // Going through all of it takes a while, and once is enough.
    let checked = match before {
        None => Some(audit::check(store, &app.keys.index).await?),
        Some(_) => None,
    };
    let entries = audit::before(store, before, ON_A_PAGE).await?;
    Ok(pages::log(&asked.context(), &entries, checked.as_ref()))
}
