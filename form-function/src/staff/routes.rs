//! Which address of the staff area does what.

mod card;
mod check_in;
mod data;
mod entry;
mod events;
mod exports;
mod log;
mod registration;
mod service_users;
mod statistics;
mod today;

pub(super) use card::{is_participant, without_answer};

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::middleware;
use axum::routing::{get, post};
use axum::{Extension, Router};
use forms::{Activity, Slug};

use super::access::Access;
use super::guard::{SignedIn, guard};
use super::{Staff, audit, pages};
use crate::bundle::Texts;
use crate::outcome::Rejection;
use crate::personal::ReadError;
use crate::store::{Answer, Documents, Store, StoreError};
use crate::{limits, request, response, routes};

/// Every address of the staff area, all of them under `/staff`.
pub fn router<S: Store + Documents>(staff: Arc<Staff<S>>) -> Router {
    // Whoever is signed in may note as many people at the door as come; strangers may not ask without end.
    let ways_in = Router::new()
        .route(
            "/staff/sign-in",
            get(entry::sign_in_page::<S>).post(entry::ask::<S>),
        )
        .route(
            "/staff/sign-in/{link}",
            get(entry::link_page::<S>).post(entry::redeem::<S>),
        )
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&staff.app),
            limits::refuse_too_many,
        ));
    Router::new()
        .route("/staff", get(async || response::see_other("/staff/")))
        .route("/staff/", get(today::page::<S>))
        .route("/staff/sign-out", post(entry::sign_out::<S>))
        .route(
            "/staff/sign-out-everywhere",
            post(entry::sign_out_everywhere::<S>),
        )
        .route("/staff/events", get(events::list::<S>))
        .route(
            "/staff/events/{event}",
            get(events::event::<S>).post(events::search::<S>),
        )
        .route(
            "/staff/events/{event}/check-in",
            get(check_in::page::<S>).post(check_in::search::<S>),
        )
        .route(
            "/staff/events/{event}/check-in/{registration}",
            post(check_in::note::<S>),
        )
        .route(
            "/staff/events/{event}/walk-ins",
            post(check_in::walk_in::<S>),
        )
        .route("/staff/events/{event}/door-list", get(check_in::print::<S>))
        .route("/staff/t/{registration}", get(check_in::ticket::<S>))
        .route(
            "/staff/events/{event}/attendance",
            get(exports::attendance::<S>),
        )
        .route("/staff/events/{event}/full", post(exports::full::<S>))
        .route(
            "/staff/registrations/{registration}",
            get(registration::page::<S>).post(registration::change::<S>),
        )
        .route(
            "/staff/service-users",
            get(service_users::page::<S>).post(service_users::search::<S>),
        )
        .route(
            "/staff/registrations/{registration}/card",
            get(card::overview::<S>),
        )
        .route(
            "/staff/registrations/{registration}/card/{sheet}",
            get(card::sheet::<S>).post(card::note::<S>),
        )
        .route("/staff/data", get(data::page::<S>).post(data::act::<S>))
        .route("/staff/data/record", get(data::processing::<S>))
        .route("/staff/statistics", get(statistics::page::<S>))
        .route("/staff/audit", get(log::page::<S>))
        .merge(ways_in)
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&staff),
            guard::<S>,
        ))
        .layer(middleware::map_response(
            response::keep_every_address_secret,
        ))
        .layer(middleware::map_response(response::with_common_headers))
        .layer(middleware::from_fn(routes::log))
        .with_state(staff)
}

/// Who asks, and in which language they are answered.
struct Asked<'a, S> {
    staff: &'a Staff<S>,
    texts: &'a Texts,
    who: SignedIn,
}

impl<'a, S: Store + Documents> Asked<'a, S> {
    fn new(staff: &'a Staff<S>, headers: &HeaderMap, who: Extension<SignedIn>) -> Asked<'a, S> {
        Asked {
            staff,
            texts: request::texts(&staff.app.bundle, None, headers),
            who: who.0,
        }
    }

    /// Writes down what is about to be shown or done.
    async fn log(&self, action: &str, about: &str, reason: Option<&str>) -> Answer<()> {
        let deed = audit::Deed {
            at: self.staff.app.now(),
            who: &self.who.who,
            role: self.who.role,
            action,
            about,
            reason,
        };
        let app = &self.staff.app;
        audit::write(app.store.as_ref(), &app.keys.index, &deed).await
    }

    /// The event at whose door they stand: whoever does nothing else has no business at that of another day.
    fn door(&self, name: &str) -> Result<&'a Activity, Box<Response<Body>>> {
        let Some(activity) = self.event(name) else {
            return Err(Box::new(self.not_found()));
        };
        let app = &self.staff.app;
        let today = app.now().to_zoned(app.bundle.zone.clone()).date();
        let is_near = activity
            .session
            .as_ref()
            .is_some_and(|session| events::is_near(session, &app.bundle.zone, today));
        if is_near || Access::Registrations.is_given_to(self.who.role) {
            return Ok(activity);
        }
        let status = StatusCode::FORBIDDEN;
        Err(Box::new(pages::message(
            self.staff,
            self.texts,
            status,
            "not_today",
        )))
    }

    /// The calling code of the site's country.
    fn calling_code(&self) -> Option<&'a str> {
        self.staff
            .app
            .bundle
            .manifest
            .identity
            .calling_code
            .as_deref()
    }

    fn not_found(&self) -> Response<Body> {
        response::rejection_page(&self.staff.app, self.texts, None, Rejection::NotFound)
    }

    fn unavailable(&self, error: &StoreError) -> Response<Body> {
        crate::logs::fault(error);
        let status = StatusCode::SERVICE_UNAVAILABLE;
        pages::message(self.staff, self.texts, status, "unavailable")
    }

    /// What was read, or an apology.
    fn unreadable(&self, error: ReadError) -> Response<Body> {
        match error {
            ReadError::Store(error) => self.unavailable(&error),
            error => {
                tracing::error!(%error, "personal data could not be opened for staff");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                pages::message(self.staff, self.texts, status, "unreadable")
            }
        }
    }

    /// The event of this name.
    fn event(&self, name: &str) -> Option<&'a Activity> {
        let activities = &self.staff.app.bundle.manifest.activities;
        let activity = activities.get(&Slug::parse(name).ok()?)?;
        activity.session.is_some().then_some(activity)
    }
}

/// A path whose parts are no texts names nothing.
type Segment = Result<Path<String>, axum::extract::rejection::PathRejection>;

fn segment(segment: Segment) -> String {
    segment.map(|Path(text)| text).unwrap_or_default()
}
