//! At the door: who is there. Noting it twice does no harm, and a slip of the finger is taken back.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{
    Activity, Change, PartySize, Registration, RegistrationId, State as RegistrationState,
};
use serde::Deserialize;

use super::events::{is_found, with_contacts};
use super::{Asked, Segment, segment};
use crate::personal::ReadError;
use crate::registrar::Changed;
use crate::response;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::pages::{self, DoorList, Just, Show};
use crate::staff::{Staff, access::Access};
use crate::store::{Documents, Store, StoreError};
use crate::walk_ins::{self, WalkIn, WalkInKey};

/// How many are shown at a time: a phone shows no more.
const SHOWN: usize = 40;

/// What the list at the door is asked for by its address. What somebody searches for is in no address: those are kept.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    show: Show,
    /// What was just noted.
    done: String,
    /// Of whom: the identity of a registration, or the key of a walk-in.
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

/// The list on paper, for when there is no phone.
pub(super) async fn print<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let activity = match asked.door(&segment(name)) {
        Ok(activity) => activity,
        Err(refused) => return *refused,
    };
    let page = async {
        asked
            .log("read_door_list", activity.slug.as_str(), None)
            .await?;
        let mut all = asked.staff.desk().registrations(&activity.slug).await?;
        all.retain(Registration::has_place);
        let mut rows = with_contacts(&asked, all).await?;
        rows.sort_by_cached_key(|(_, contact)| contact.name.to_lowercase());
        Ok::<_, StoreError>(pages::door_list(&asked.context(), activity, &rows))
    };
    match page.await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unavailable(&error),
    }
}

/// The one whose ticket was held before the camera of the phone.
pub(super) async fn ticket<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    id: Segment,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let id = RegistrationId::from_stored(segment(id));
    let found = match staff.app.store.registration(&id).await {
        Ok(Some(found)) => found,
        Ok(None) => return asked.not_found(),
        Err(error) => return asked.unavailable(&error),
    };
    let activity = match asked.door(found.activity.as_str()) {
        Ok(activity) => activity,
        Err(refused) => return *refused,
    };
    let asking = Asking {
        show: Show::One,
        of: id.as_str().to_owned(),
        ..Asking::default()
    };
    show(&asked, activity, "", &asking).await
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
    let app = &asked.staff.app;
    let mut all = asked.staff.desk().registrations(&activity.slug).await?;
    let walk_ins = walk_ins::all(app.store.as_ref(), &activity.slug).await?;
    let heads = pages::heads(&all, walk_ins::people(&walk_ins));
    let is_noted = |registration: &Registration| registration.id.as_str() == noted.of;
    // Who has no place stands at the door all the same, and is found when asked for.
    if query.is_empty() {
        all.retain(|registration| registration.has_place() || is_noted(registration));
    }
    let mut rows = with_contacts(asked, all).await?;
    let namesakes = pages::namesakes(&rows);
    let name = rows
        .iter()
        .find(|(registration, _)| is_noted(registration))
        .map(|(_, contact)| contact.name.clone());
    if query.is_empty() {
        // Whoever was just noted stays where the finger is: what comes up in their place must not be pressed unseen.
        rows.retain(|(registration, _)| {
            let is_there = registration.state == RegistrationState::Attended;
            is_noted(registration) || noted.show.takes(is_there)
        });
    } else {
        let code = asked.calling_code();
        rows.retain(|(registration, contact)| is_found(registration, contact, code, query));
    }
    rows.sort_by_cached_key(|(_, contact)| contact.name.to_lowercase());
    let found = rows.len();
    rows.truncate(SHOWN);
    let list = DoorList {
        activity,
        heads: &heads,
        walk_ins: &walk_ins,
        next_walk_in: WalkInKey::generate(&app.random),
        show: noted.show,
        rows: &rows,
        namesakes: &namesakes,
        found,
        query,
        just: Just {
            done: &noted.done,
            of: &noted.of,
            name: name.as_deref().unwrap_or_default(),
        },
        knows_more: Access::Registrations.is_given_to(asked.who.role),
    };
    Ok(pages::check_in(&asked.context(), &list))
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
        Ok(Changed::NotFromHere(now)) if is_as_wanted(&change, now.state) => match change {
            Change::Attend => "attended_before",
            _ => done,
        },
        Ok(_) => {
            if let Err(error) = asked.log("refused", id.as_str(), None).await {
                return asked.unavailable(&error);
            }
            "not_now"
        }
    };
    let noted = Asking {
        show: Show::parse(values.get("show")),
        done: done.to_owned(),
        of: id.as_str().to_owned(),
    };
    match values.get("q").trim() {
        "" => back(activity, &noted),
        query => show(&asked, activity, query, &noted).await,
    }
}

/// Counts who came without having signed up, or takes it back.
pub(super) async fn walk_in<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    name: Segment,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let activity = match asked.door(&segment(name)) {
        Ok(activity) => activity,
        Err(refused) => return *refused,
    };
    let Some(key) = WalkInKey::parse(values.get("key")) else {
        return asked.not_found();
    };
    let store = staff.app.store.as_ref();
    let slug = &activity.slug;
    let noted = match values.get("do") {
        "add" => {
            let people = values.get("people").parse().ok().and_then(PartySize::new);
            let Some(people) = people.filter(|people| people.places() <= MOST_TOGETHER) else {
                let noted = noted_of(&values, "walk_in_unclear", &key);
                return show(&asked, activity, "", &noted).await;
            };
            let walk_in = WalkIn {
                key: key.clone(),
                at: staff.app.now(),
                people,
            };
            let added = async {
                asked.log("walk_in", slug.as_str(), None).await?;
                walk_ins::add(store, slug, &walk_in).await
            };
            added.await.map(|()| noted_of(&values, "walk_in", &key))
        }
        "undo" => {
            let taken_back = async {
                asked.log("walk_in_undone", slug.as_str(), None).await?;
                walk_ins::take_back(store, slug, &key).await
            };
            let done = taken_back.await;
            done.map(|()| noted_of(&values, "walk_in_undone", &key))
        }
        _ => return asked.not_found(),
    };
    match noted {
        Ok(noted) => back(activity, &noted),
        Err(error) => asked.unavailable(&error),
    }
}

/// The most who come together: whoever types more has slipped.
const MOST_TOGETHER: u32 = 50;

fn noted_of(values: &forms::FormValues, done: &str, key: &WalkInKey) -> Asking {
    Asking {
        show: Show::parse(values.get("show")),
        done: done.to_owned(),
        of: key.as_str().to_owned(),
    }
}

/// Back to the list, as it was looked at.
fn back(activity: &Activity, noted: &Asking) -> Response<Body> {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("show", noted.show.as_str())
        .append_pair("done", &noted.done)
        .append_pair("of", &noted.of)
        .finish();
    response::see_other(&format!("/staff/events/{}/check-in?{query}", activity.slug))
}

fn is_as_wanted(change: &Change, state: RegistrationState) -> bool {
    match change {
        Change::Attend => state == RegistrationState::Attended,
        _ => state == RegistrationState::Confirmed,
    }
}
