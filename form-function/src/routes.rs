//! Which address does what. The handlers read the request, call the story, and hand its outcome to [`response`].

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::routing::get;
use forms::{ActivityStatus, Admission, admission};
use serde::Serialize;

use crate::app::App;
use crate::outcome::{Outcome, Rejection};
use crate::pages;
use crate::register::{self, Asked};
use crate::request::{self, Sender};
use crate::store::{Store, StoreError};
use crate::{limits, response};

mod own;

/// Every address of the form function, all of them under `/forms`.
pub fn router<S: Store>(app: Arc<App<S>>) -> Router {
    let forms = Router::new()
        .route("/", get(unknown::<S>).post(unknown::<S>))
        .route("/health", get(health::<S>))
        .route("/{form}", get(to_activity::<S>).post(submit::<S>))
        .route("/{form}/confirm", get(to_activity::<S>).post(confirm::<S>))
        .route("/{form}/availability", get(availability::<S>))
        .merge(own::routes())
        .fallback(unknown::<S>);
    Router::new()
        .nest("/forms", forms)
        // Not part of what is nested.
        .route("/forms/", get(unknown::<S>).post(unknown::<S>))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            limits::refuse_too_many,
        ))
        .layer(middleware::map_response(response::with_common_headers))
        .layer(middleware::from_fn(log))
        .with_state(app)
}

/// What `GET /forms/{form}/availability` answers. Numbers are absent where there is no limit.
#[derive(Serialize)]
struct Seats {
    state: &'static str,
    capacity: Option<u32>,
    remaining: Option<u32>,
    waiting: Option<u32>,
}

type Segment = Result<Path<String>, PathRejection>;

async fn submit<S: Store>(
    State(app): State<Arc<App<S>>>,
    form: Segment,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    match request::sender(&headers) {
        Some(Sender::Program) => submit_from_program(&app, &segment(form), &headers, body).await,
        _ => submit_from_page(&app, &segment(form), &headers, body, Step::Review).await,
    }
}

async fn confirm<S: Store>(
    State(app): State<Arc<App<S>>>,
    form: Segment,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    submit_from_page(&app, &segment(form), &headers, body, Step::Confirm).await
}

/// The two posts of a person.
#[derive(Clone, Copy)]
enum Step {
    Review,
    Confirm,
}

async fn submit_from_page<S: Store>(
    app: &App<S>,
    form: &str,
    headers: &HeaderMap,
    body: Body,
    step: Step,
) -> Response<Body> {
    let texts = request::texts(&app.bundle, None, headers);
    let Some((activity, definition)) = app.bundle.activity(form) else {
        return response::rejection_page(app, texts, None, Rejection::NotFound);
    };
    let asked = Asked {
        activity,
        definition,
        texts,
    };
    let reject = |rejection| {
        response::rejection_page(app, texts, Some(response::try_again(asked)), rejection)
    };
    if request::is_from_elsewhere(headers, &app.public_url) {
        return reject(Rejection::Refused);
    }
    if request::sender(headers) != Some(Sender::Page) {
        return reject(Rejection::WrongType);
    }
    let values = match request::values(Sender::Page, body).await {
        Ok(values) => values,
        Err(rejection) => return reject(rejection),
    };
    let asked = Asked {
        texts: request::texts(&app.bundle, Some(&values), headers),
        ..asked
    };
    let outcome = match step {
        Step::Review => register::review(app, asked, values).await,
        Step::Confirm => register::confirm(app, asked, values).await,
    };
    match outcome {
        Ok(outcome) => {
            log_outcome(asked, &outcome);
            response::to_page(app, asked, &outcome)
        }
        Err(error) => {
            response::unavailable_page(app, asked.texts, Some(response::try_again(asked)), &error)
        }
    }
}

async fn submit_from_program<S: Store>(
    app: &App<S>,
    form: &str,
    headers: &HeaderMap,
    body: Body,
) -> Response<Body> {
    let texts = request::texts(&app.bundle, None, headers);
    let Some((activity, definition)) = app.bundle.activity(form) else {
        return response::rejection_json(texts, Rejection::NotFound);
    };
    if request::is_from_elsewhere(headers, &app.public_url) {
        return response::rejection_json(texts, Rejection::Refused);
    }
    let Some(key) = request::idempotency_key(headers) else {
        return response::rejection_json(texts, Rejection::KeyMissing);
    };
    let values = match request::values(Sender::Program, body).await {
        Ok(values) => values,
        Err(rejection) => return response::rejection_json(texts, rejection),
    };
    let texts = request::texts(&app.bundle, Some(&values), headers);
    let asked = Asked {
        activity,
        definition,
        texts,
    };
    match register::submit(app, asked, &values, key).await {
        Ok(outcome) => {
            log_outcome(asked, &outcome);
            response::to_program(app, asked, &outcome)
        }
        Err(error) => response::unavailable_json(texts, &error),
    }
}

/// The address of a post, opened like a page: the page with the form is the activity's own.
async fn to_activity<S: Store>(
    State(app): State<Arc<App<S>>>,
    form: Segment,
    headers: HeaderMap,
) -> Response<Body> {
    let texts = request::texts(&app.bundle, None, &headers);
    match app.bundle.activity(&segment(form)) {
        Some((activity, _)) => response::see_other(&pages::back(activity, texts).url),
        None => response::rejection_page(&app, texts, None, Rejection::NotFound),
    }
}

async fn availability<S: Store>(
    State(app): State<Arc<App<S>>>,
    form: Segment,
    headers: HeaderMap,
) -> Response<Body> {
    let texts = request::texts(&app.bundle, None, &headers);
    match seats(&app, &segment(form)).await {
        Ok(Some(seats)) => response::json(StatusCode::OK, &seats),
        Ok(None) => response::rejection_json(texts, Rejection::NotFound),
        Err(error) => response::unavailable_json(texts, &error),
    }
}

async fn seats<S: Store>(app: &App<S>, form: &str) -> Result<Option<Seats>, StoreError> {
    let Some((activity, _)) = app.bundle.activity(form) else {
        return Ok(None);
    };
    let limit = activity
        .session
        .as_ref()
        .and_then(|session| Some((session.capacity?, session.waitlist)));
    let (capacity, remaining, waiting) = match limit {
        Some((capacity, _)) => {
            let availability = app.store.availability(&activity.slug).await?;
            (
                Some(capacity.places()),
                Some(availability.remaining(capacity)),
                Some(availability.waiting),
            )
        }
        None => (None, None, None),
    };
    let state = match admission(activity, app.now()) {
        Admission::Open => match (remaining, limit) {
            (Some(0), Some((_, true))) => "waitlist",
            (Some(0), _) => "full",
            _ => "open",
        },
        Admission::NotYetOpen(_) => "not_yet_open",
        Admission::Closed => "closed",
        Admission::Off(ActivityStatus::Postponed) => "postponed",
        Admission::Off(_) => "cancelled",
    };
    Ok(Some(Seats {
        state,
        capacity,
        remaining,
        waiting,
    }))
}

async fn health<S: Store>(State(app): State<Arc<App<S>>>) -> Response<Body> {
    match app.store.health().await {
        Ok(()) => response::json(StatusCode::OK, &serde_json::json!({"status": "ok"})),
        Err(error) => response::unavailable_json(app.bundle.default_texts(), &error),
    }
}

async fn unknown<S: Store>(State(app): State<Arc<App<S>>>, headers: HeaderMap) -> Response<Body> {
    response::rejection_page(
        &app,
        request::texts(&app.bundle, None, &headers),
        None,
        Rejection::NotFound,
    )
}

/// A segment that is no text names nothing.
fn segment(segment: Segment) -> String {
    segment.map(|Path(text)| text).unwrap_or_default()
}

fn log_outcome(asked: Asked<'_>, outcome: &Outcome) {
    let outcome = response::code(outcome);
    tracing::info!(activity = %asked.activity.slug, outcome, "form sent");
}

/// One line a request: the route and never the path, because paths of registrations are secrets.
pub(crate) async fn log(request: Request, next: Next) -> Response<Body> {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let answer = next.run(request).await;
    let route = route.as_ref().map_or("unknown", MatchedPath::as_str);
    tracing::info!(%method, route, status = answer.status().as_u16(), "request");
    answer
}
