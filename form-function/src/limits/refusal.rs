//! The answer to one post too many, before anybody reads its body.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use axum::middleware::Next;

use super::RetryAfter;
use crate::app::App;
use crate::request::{self, Sender};
use crate::response;

/// Lets a request pass, unless it is one post too many. Reading costs little and is not counted.
pub(crate) async fn refuse_too_many<S>(
    State(app): State<Arc<App<S>>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let address = app.limiter.client_address.of(&request);
    match app.limiter.check(address, app.now()) {
        Ok(()) => next.run(request).await,
        Err(retry) => refusal(&app, request.headers(), retry),
    }
}

fn refusal<S>(
    app: &App<S>,
    headers: &HeaderMap,
    RetryAfter(seconds): RetryAfter,
) -> Response<Body> {
    const STATUS: StatusCode = StatusCode::TOO_MANY_REQUESTS;
    const NAME: &str = "too_many";
    let texts = request::texts(&app.bundle, None, headers);
    let mut answer = match request::sender(headers) {
        Some(Sender::Program) => response::apology_json(texts, STATUS, NAME),
        _ => response::apology_page(app, texts, None, STATUS, NAME),
    };
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, seconds.into());
    // The address may be that of somebody's registration.
    response::keep_address_secret(answer)
}
