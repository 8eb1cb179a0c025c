//! One registration with everything about it, and what staff can do with it.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{Change, FormValues, PartySize, Registration, RegistrationId, Stage};
use serde::Deserialize;

use super::{Asked, Segment, segment};
use crate::desk;
use crate::notes::{self, Note};
use crate::personal::ReadError;
use crate::registrar::Changed;
use crate::response;
use crate::staff::Staff;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::pages::{self, Action, Said};
use crate::store::{Documents, Store, StoreError};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    /// What was just done.
    done: String,
}

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    id: Segment,
    asking: Result<Query<Asking>, QueryRejection>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let done = asking.map(|Query(asking)| asking.done).unwrap_or_default();
    match found(&asked, &segment(id)).await {
        Ok(Some(registration)) => {
            show(&asked, &registration, StatusCode::OK, &Said::Done(done)).await
        }
        Ok(None) => asked.not_found(),
        Err(error) => asked.unavailable(&error),
    }
}

pub(super) async fn change<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    id: Segment,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let registration = match found(&asked, &segment(id)).await {
        Ok(Some(registration)) => registration,
        Ok(None) => return asked.not_found(),
        Err(error) => return asked.unavailable(&error),
    };
    if values.get("do") == "note" {
        return note(&asked, &registration, values.get("note")).await;
    }
    let Some(action) = Action::parse(values.get("do")) else {
        return asked.not_found();
    };
    let reason = Some(values.get("reason").trim()).filter(|reason| !reason.is_empty());
    let refused = async |status, why| {
        let said = Said::Refused {
            action,
            why,
            reason: reason.unwrap_or_default().to_owned(),
        };
        show(&asked, &registration, status, &said).await
    };
    if action.needs_reason() && reason.is_none() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "reason_missing").await;
    }
    let Some(change) = meant(&asked, action, &values, &registration) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "not_understood").await;
    };
    match carry_out(&asked, &registration, &change, reason).await {
        Err(error) => asked.unavailable(&error),
        Ok(Changed::Done(_)) => {
            asked.staff.app.wake_worker().await;
            let id = registration.id.as_str();
            let done = action.as_str();
            response::see_other(&format!("/staff/registrations/{id}?done={done}"))
        }
        Ok(Changed::Full(_)) => refused(StatusCode::CONFLICT, "full").await,
        Ok(Changed::Claimed(_)) => refused(StatusCode::CONFLICT, "claimed").await,
        Ok(Changed::NotFromHere(_) | Changed::Unknown) => {
            refused(StatusCode::CONFLICT, "not_from_here").await
        }
    }
}

/// Notes something for whoever looks next.
async fn note<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    text: &str,
) -> Response<Body> {
    let page = format!("/staff/registrations/{}", registration.id.as_str());
    let text: String = text.chars().take(notes::LONGEST).collect();
    if text.is_empty() {
        return response::see_other(&page);
    }
    match keep_note(asked, registration, text).await {
        Ok(()) => response::see_other(&format!("{page}?done=note")),
        Err(error) => asked.unreadable(error),
    }
}

async fn keep_note<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    text: String,
) -> Result<(), ReadError> {
    let app = &asked.staff.app;
    let (store, opener) = (app.store.as_ref(), &asked.staff.opener);
    asked.log("note", registration.id.as_str(), None).await?;
    let note = Note {
        at: app.now(),
        by: asked.who.who.to_string(),
        text,
    };
    // Two who note at once both have something to say.
    loop {
        let kept = notes::read(store, opener, &registration.id).await?;
        let (sealer, random) = (&app.keys.sealer, &app.random);
        if notes::add(store, sealer, random, registration, &kept, note.clone()).await? {
            return Ok(());
        }
    }
}

async fn found<S: Store + Documents>(
    asked: &Asked<'_, S>,
    id: &str,
) -> Result<Option<Registration>, StoreError> {
    let id = RegistrationId::from_stored(id);
    asked.staff.app.store.registration(&id).await
}

async fn carry_out<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    change: &Change,
    reason: Option<&str>,
) -> Result<Changed, StoreError> {
    let about = registration.id.as_str();
    // Why stands in the history of the registration, and dies with it.
    asked.log(change.as_str(), about, None).await?;
    let desk = asked.staff.desk();
    let changed = desk.change(registration, change, reason).await?;
    if !matches!(changed, Changed::Done(_)) {
        asked.log("refused", about, None).await?;
    }
    Ok(changed)
}

/// The change that a button means.
fn meant<S: Store + Documents>(
    asked: &Asked<'_, S>,
    action: Action,
    values: &FormValues,
    registration: &Registration,
) -> Option<Change> {
    Some(match action {
        Action::Approve => Change::Approve,
        Action::Reject => Change::Reject,
        Action::Accept => Change::Accept,
        Action::Promote => Change::Offer {
            until: asked.staff.desk().offer_until(registration)?,
        },
        Action::Cancel => Change::CancelByOrganiser,
        Action::Reinstate => Change::Reinstate,
        Action::Resize => {
            let party = values.get("party").trim().parse().ok()?;
            Change::Resize(PartySize::new(party)?)
        }
        Action::Attend => Change::Attend,
        Action::Miss => Change::Miss,
        Action::Undo => Change::UndoAttendance,
        Action::RevokeLinks => Change::RevokeLinks,
        Action::Withdraw => Change::Cancel,
        Action::FailedCall => Change::FailedCall,
        Action::Contacted => Change::Proceed(Stage::Contacted),
        Action::InterviewScheduled => Change::Proceed(Stage::InterviewScheduled),
        Action::Admitted => Change::Proceed(Stage::Admitted),
        Action::Active => Change::Proceed(Stage::Active),
        Action::Exited => Change::Proceed(Stage::Exited),
        Action::FollowUpDue => Change::Proceed(Stage::FollowUpDue),
        Action::Closed => Change::Proceed(Stage::Closed),
        Action::NotEligible => Change::Proceed(Stage::NotEligible),
    })
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    status: StatusCode,
    said: &Said,
) -> Response<Body> {
    match drawn(asked, registration, said).await {
        Ok(page) => response::html(status, page, asked.texts),
        Err(error) => asked.unreadable(error),
    }
}

async fn drawn<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    said: &Said,
) -> Result<tera::TeraResult<String>, ReadError> {
    asked.log("read", registration.id.as_str(), None).await?;
    let desk = asked.staff.desk();
    let record = desk::record(&desk, registration).await?;
    let possible = Action::ALL
        .into_iter()
        .filter(|action| desk_allows(asked, *action, registration));
    let possible: Vec<Action> = possible.collect();
    Ok(pages::registration(
        &asked.context(),
        registration,
        &record,
        &possible,
        said,
    ))
}

/// Whether a button would do anything. Whether there is a free place shows only when it is pressed.
fn desk_allows<S: Store + Documents>(
    asked: &Asked<'_, S>,
    action: Action,
    registration: &Registration,
) -> bool {
    let change = match action {
        // Any other size will do to find out.
        Action::Resize => {
            let other = PartySize::new(registration.party_size.places() % 2 + 1);
            other.map(Change::Resize)
        }
        action => meant(asked, action, &FormValues::default(), registration),
    };
    change.is_some_and(|change| asked.staff.desk().is_possible(registration, &change))
}
