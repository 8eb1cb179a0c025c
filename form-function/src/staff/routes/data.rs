//! Somebody asks for their data: find them, hand over a copy, erase; and the register of such requests.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::IntoResponse;
use forms::{ContactHash, FormValues, Registration};
use jiff::civil::Date;

use super::Asked;
use crate::data_requests::{self, DataRequest, Kind, Outcome};
use crate::desk::{self, Erased};
use crate::personal::ReadError;
use crate::response;
use crate::staff::Staff;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::pages::{self, DataPage, Found};
use crate::store::{Answer, Documents, Store};

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    show(&asked, StatusCode::OK, Found::Nobody, "").await
}

/// The record of processing activities. It says nothing about anybody, so that reading it leaves no trace.
pub(super) async fn processing<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let page = pages::processing(&asked.context());
    response::html(StatusCode::OK, page, asked.texts)
}

/// What is pressed. Whom it is about stands in the post and in no address: those are kept.
pub(super) async fn act<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    match values.get("do") {
        "open" | "extend" | "close" => register(&asked, &values).await,
        action => about_person(&asked, action, &values).await,
    }
}

async fn about_person<S: Store + Documents>(
    asked: &Asked<'_, S>,
    action: &str,
    values: &FormValues,
) -> Response<Body> {
    let typed = values.get("who");
    let desk = asked.staff.desk();
    let Ok(person) = desk::person(desk.index, asked.calling_code(), typed) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(asked, status, Found::Unclear { typed }, "").await;
    };
    let deed = match action {
        "export" => "data_export",
        "erase" => "data_erase",
        _ => "data_find",
    };
    if let Err(error) = asked.log(deed, name_of(&person), None).await {
        return asked.unavailable(&error);
    }
    let registrations = match desk.registrations_of(&person).await {
        Ok(registrations) => registrations,
        Err(error) => return asked.unavailable(&error),
    };
    if registrations.is_empty() {
        return show(asked, StatusCode::OK, Found::Unknown { typed }, "").await;
    }
    let participants_too = values.get("participants") == "yes";
    let found = |wants_to_erase| Found::Person {
        typed,
        registrations: &registrations,
        wants_to_erase,
    };
    match (action, values.get("sure")) {
        ("export", _) => match export(asked, &registrations).await {
            Ok(answer) => answer,
            Err(error) => asked.unreadable(error),
        },
        ("erase", "yes") => match erase(asked, &registrations, participants_too).await {
            Ok(erased) => show(asked, StatusCode::OK, Found::Erased(&erased), "").await,
            Err(error) => asked.unavailable(&error),
        },
        ("erase", _) => show(asked, StatusCode::OK, found(true), "").await,
        _ => show(asked, StatusCode::OK, found(false), "").await,
    }
}

/// What somebody is called in the log: enough to see that two entries are about one person, and not who it is.
fn name_of(person: &ContactHash) -> &str {
    person.0.get(..16).unwrap_or(&person.0)
}

/// Everything that is kept of a person, as a file for them (GDPR art. 15(3) and 20(1)).
async fn export<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registrations: &[Registration],
) -> Result<Response<Body>, ReadError> {
    let export = desk::export(&asked.staff.desk(), registrations).await?;
    let json = serde_json::to_vec_pretty(&export).map_err(|_| ReadError::Malformed)?;
    let today = today(asked);
    let disposition = format!("attachment; filename=\"personal-data-{today}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, json).into_response())
}

async fn erase<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registrations: &[Registration],
    participants_too: bool,
) -> Answer<Vec<Erased>> {
    let desk = asked.staff.desk();
    let erased = desk::erase(&desk, registrations, participants_too).await?;
    desk::clear_remains(&desk).await?;
    // Somebody may wait for the places that were given back.
    asked.staff.app.wake_worker().await;
    Ok(erased)
}

fn today<S>(asked: &Asked<'_, S>) -> Date {
    let app = &asked.staff.app;
    app.now().to_zoned(app.bundle.zone.clone()).date()
}

/// Enters a request, or notes what became of it.
async fn register<S: Store + Documents>(
    asked: &Asked<'_, S>,
    values: &FormValues,
) -> Response<Body> {
    let said = match noted(asked, values).await {
        Ok(Some(said)) => said,
        Ok(None) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(asked, status, Found::Nobody, "unclear").await;
        }
        Err(error) => return asked.unavailable(&error),
    };
    show(asked, StatusCode::OK, Found::Nobody, said).await
}

/// What was done, by its name; `None` for what cannot be understood.
async fn noted<S: Store + Documents>(
    asked: &Asked<'_, S>,
    values: &FormValues,
) -> Answer<Option<&'static str>> {
    let app = &asked.staff.app;
    let store = app.store.as_ref();
    let today = today(asked);
    if values.get("do") == "open" {
        let came_on = values.get("came_on").parse::<Date>().ok();
        let came_on = came_on.filter(|came_on| *came_on <= today);
        let (Some(kind), Some(came_on)) = (Kind::parse(values.get("kind")), came_on) else {
            return Ok(None);
        };
        asked.log("request_open", kind.as_str(), None).await?;
        data_requests::open(store, &app.random, kind, came_on).await?;
        return Ok(Some("open"));
    }
    let Some(kept) = data_requests::find(store, values.get("request")).await? else {
        return Ok(None);
    };
    let is_open = kept.request.closed.is_none();
    let reason = values.get("reason");
    let (said, deed, next) = match (values.get("do"), Outcome::parse(values.get("outcome"))) {
        ("extend", _) if is_open && !reason.is_empty() => (
            "extend",
            "request_extend",
            DataRequest {
                extended: Some(reason.to_owned()),
                ..kept.request.clone()
            },
        ),
        ("close", Some(outcome)) if is_open => (
            "close",
            "request_close",
            DataRequest {
                closed: Some((outcome, today)),
                ..kept.request.clone()
            },
        ),
        _ => return Ok(None),
    };
    asked.log(deed, &kept.request.reference, None).await?;
    let is_changed = data_requests::change(store, &kept, &next).await?;
    Ok(Some(if is_changed { said } else { "overtaken" }))
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    status: StatusCode,
    found: Found<'_>,
    said: &'static str,
) -> Response<Body> {
    let requests = match data_requests::all(asked.staff.app.store.as_ref()).await {
        Ok(requests) => requests,
        Err(error) => return asked.unavailable(&error),
    };
    let page = DataPage {
        found,
        requests: &requests,
        said,
        today: today(asked),
    };
    let page = pages::data(&asked.context(), &page);
    response::html(status, page, asked.texts)
}
