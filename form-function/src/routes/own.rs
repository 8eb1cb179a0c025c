//! The addresses of a registration's own pages. Who knows the address may act: it is a secret. GET shows and POST acts,
//! because programs open the links in mail.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use forms::{Change, FieldName, Registration};

use super::segment;
use crate::app::App;
use crate::calendar_file::calendar_file;
use crate::outcome::Rejection;
use crate::pages::{self, ReceiptLinks};
use crate::registrar::Changed;
use crate::request::{self, Sender};
use crate::store::{Store, StoreError};
use crate::{manage, response, transition};

/// What one finds under `/forms/r` and `/forms/v`.
pub(super) fn routes<S: Store>() -> Router<Arc<App<S>>> {
    Router::new()
        .route("/r/{token}", get(receipt::<S>))
        .route("/r/{token}/cancel", post(cancel::<S>).get(back::<S>))
        .route("/r/{token}/accept", post(accept::<S>).get(back::<S>))
        .route("/r/{token}/decline", post(decline::<S>).get(back::<S>))
        .route("/r/{token}/party", post(resize::<S>).get(back::<S>))
        .route(
            "/r/{token}/consent",
            post(withdraw_consent::<S>).get(back::<S>),
        )
        .route("/r/{token}/event.ics", get(calendar::<S>))
        .route("/v/{token}", get(verify_page::<S>).post(verify::<S>))
}

/// The registration that the address names.
struct Own(Registration);

impl<S: Store> FromRequestParts<Arc<App<S>>> for Own {
    type Rejection = Response<Body>;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App<S>>,
    ) -> Result<Own, Response<Body>> {
        let token = segment(Path::from_request_parts(parts, app).await);
        found(app, &parts.headers, manage::find(app, &token).await).map(Own)
    }
}

/// The registration whose address the link in a mail proves.
struct ToVerify(Registration);

impl<S: Store> FromRequestParts<Arc<App<S>>> for ToVerify {
    type Rejection = Response<Body>;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App<S>>,
    ) -> Result<ToVerify, Response<Body>> {
        let token = segment(Path::from_request_parts(parts, app).await);
        let registration = manage::find_to_verify(app, &token).await;
        found(app, &parts.headers, registration).map(ToVerify)
    }
}

/// What was found, or the answer that there is nothing.
#[expect(
    clippy::result_large_err,
    reason = "an extractor of axum rejects with a response"
)]
fn found<S>(
    app: &App<S>,
    headers: &HeaderMap,
    registration: Result<Option<Registration>, StoreError>,
) -> Result<Registration, Response<Body>> {
    let texts = request::texts(&app.bundle, None, headers);
    let answer = match registration {
        Ok(Some(registration)) => return Ok(registration),
        Ok(None) => response::rejection_page(app, texts, None, Rejection::NotFound),
        Err(error) => response::unavailable_page(app, texts, None, &error),
    };
    Err(response::keep_address_secret(answer))
}

async fn receipt<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
) -> Response<Body> {
    shown(&app, &registration, StatusCode::OK, "")
}

/// The page of a registration, with a warning or none.
fn shown<S>(
    app: &App<S>,
    registration: &Registration,
    status: StatusCode,
    warning: &str,
) -> Response<Body> {
    let texts = app.bundle.texts(&registration.language);
    let path = manage::path(app, registration);
    let when = |offered: bool, action: &str| {
        if offered {
            format!("{path}/{action}")
        } else {
            String::new()
        }
    };
    let now = app.now();
    let options = manage::options(app, registration, now);
    let standing = manage::standing(app, registration, now);
    let links = ReceiptLinks {
        calendar_url: when(standing == forms::State::Confirmed.as_str(), "event.ics"),
        cancel_action: when(options.cancel && !options.decline, "cancel"),
        accept_action: when(options.accept, "accept"),
        decline_action: when(options.decline, "decline"),
        party_action: when(options.resize.is_some(), "party"),
        max_party: options.resize,
        consent_action: when(!registration.consents.is_empty(), "consent"),
    };
    let warning = texts.strings.text(warning);
    let page = pages::receipt_page(app, registration, standing, warning, links);
    response::keep_address_secret(response::html(status, page, texts))
}

/// The answer to a post that could not be read, with the way back to the registration's page.
fn rejected<S>(app: &App<S>, registration: &Registration, rejection: Rejection) -> Response<Body> {
    let texts = app.bundle.texts(&registration.language);
    let back = pages::Link {
        title: texts.strings.text("message.try_again").to_owned(),
        url: manage::path(app, registration),
    };
    let answer = response::rejection_page(app, texts, Some(back), rejection);
    response::keep_address_secret(answer)
}

async fn cancel<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
) -> Response<Body> {
    act(&app, &registration, &Change::Cancel).await
}

/// Where a change is posted to there is nothing to look at: browsers that open the address again are led to the page.
async fn back<S: Store>(State(app): State<Arc<App<S>>>, Own(registration): Own) -> Response<Body> {
    response::keep_address_secret(response::see_other(&manage::path(&app, &registration)))
}

async fn accept<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
) -> Response<Body> {
    act(&app, &registration, &Change::Accept).await
}

async fn decline<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
) -> Response<Body> {
    act(&app, &registration, &Change::Decline).await
}

async fn resize<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
    body: Body,
) -> Response<Body> {
    let values = match request::values(Sender::Page, body).await {
        Ok(values) => values,
        Err(rejection) => return rejected(&app, &registration, rejection),
    };
    let session = app.session(&registration);
    match session.and_then(|session| transition::party(values.get("party"), session)) {
        Some(party) => act(&app, &registration, &Change::Resize(party)).await,
        None => shown(
            &app,
            &registration,
            StatusCode::UNPROCESSABLE_ENTITY,
            "receipt.party_not_understood",
        ),
    }
}

async fn withdraw_consent<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
    body: Body,
) -> Response<Body> {
    let values = match request::values(Sender::Page, body).await {
        Ok(values) => values,
        Err(rejection) => return rejected(&app, &registration, rejection),
    };
    match FieldName::parse(values.get("purpose")) {
        Some(purpose) => act(&app, &registration, &Change::WithdrawConsent(purpose)).await,
        None => shown(&app, &registration, StatusCode::UNPROCESSABLE_ENTITY, ""),
    }
}

async fn verify_page<S: Store>(
    State(app): State<Arc<App<S>>>,
    ToVerify(registration): ToVerify,
) -> Response<Body> {
    let Some(path) = manage::verify_path(&app, &registration) else {
        // Confirmed before, or given up since: the page says how it stands.
        return response::keep_address_secret(response::see_other(&manage::path(
            &app,
            &registration,
        )));
    };
    let texts = app.bundle.texts(&registration.language);
    let page = pages::verify_page(&app, &registration, path);
    response::keep_address_secret(response::html(StatusCode::OK, page, texts))
}

async fn verify<S: Store>(
    State(app): State<Arc<App<S>>>,
    ToVerify(registration): ToVerify,
) -> Response<Body> {
    act(&app, &registration, &Change::Verify).await
}

/// Makes a change and leads back to the page, which says how the registration stands now: what was done before, or is
/// not possible any more, needs no other words.
async fn act<S: Store>(
    app: &App<S>,
    registration: &Registration,
    change: &Change,
) -> Response<Body> {
    let answer = match manage::change(app, registration, change).await {
        Ok(Some(Changed::Full(registration))) => {
            return shown(
                app,
                &registration,
                StatusCode::CONFLICT,
                "receipt.no_more_places",
            );
        }
        Ok(_) => response::see_other(&manage::path(app, registration)),
        Err(error) => {
            let texts = app.bundle.texts(&registration.language);
            response::unavailable_page(app, texts, None, &error)
        }
    };
    response::keep_address_secret(answer)
}

async fn calendar<S: Store>(
    State(app): State<Arc<App<S>>>,
    Own(registration): Own,
) -> Response<Body> {
    let texts = app.bundle.texts(&registration.language);
    let file = app.activity(&registration).and_then(|activity| {
        calendar_file(
            &app.bundle,
            activity,
            &registration,
            &app.public_url,
            app.now(),
        )
    });
    response::keep_address_secret(match file {
        Some(file) => response::calendar(file),
        None => response::rejection_page(&app, texts, None, Rejection::NotFound),
    })
}
