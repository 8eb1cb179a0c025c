//! Before every page of the staff area: who asks, may they, and did a page of ours send the form. What is not in the table
//! of [`super::access`] is not answered at all.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use axum::middleware::Next;
use forms::FormValues;

use super::access::{Access, access};
use super::people::{Role, StaffAddress};
use super::session::{self, Ticket};
use super::{Staff, pages};
use crate::limits::block;
use crate::outcome::Rejection;
use crate::request::{self, Sender};
use crate::response;
use crate::store::{Documents, Store};

/// The cookie of whoever is signed in. The prefix makes browsers take it from nobody but this host, and over TLS alone.
pub(super) const SESSION: &str = "__Host-staff";

/// The cookie of a browser that is at the way in.
pub(super) const BROWSER: &str = "__Host-staff-browser";

/// Who asks.
#[derive(Clone)]
pub(super) struct SignedIn {
    /// Their address.
    pub(super) who: StaffAddress,
    /// What they do.
    pub(super) role: Role,
    /// What their browser has.
    pub(super) ticket: Ticket,
}

/// What a browser at the way in has, as [`guard`] has found it in its cookie.
#[derive(Clone)]
pub(super) struct Secret(pub(super) Ticket);

/// Where a request came from, as far as it is known.
#[derive(Clone, Copy)]
pub(super) struct Network(pub(super) Option<IpAddr>);

/// Lets through who may pass, with [`SignedIn`] and the [`FormValues`] of a post beside the request.
pub(super) async fn guard<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let app = &staff.app;
    let headers = request.headers().clone();
    let texts = request::texts(&app.bundle, None, &headers);
    let reject = |rejection| response::rejection_page(app, texts, None, rejection);
    let route = request.extensions().get::<MatchedPath>();
    let found = route.and_then(|route| access(request.method(), route.as_str()));
    let Some(access) = found else {
        return reject(Rejection::NotFound);
    };
    let is_post = request.method() == Method::POST;
    if is_post && request::is_from_elsewhere(&headers, &app.public_url) {
        return reject(Rejection::Refused);
    }
    let network = Network(app.limiter.client_address.of(&request).map(block));
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(network);
    let mut secret = cookie(&headers, BROWSER);
    if access != Access::Anybody {
        let signed_in = match signed_in(&staff, &headers).await {
            Ok(Some(signed_in)) => signed_in,
            Ok(None) if is_post => {
                return pages::message(&staff, texts, StatusCode::UNAUTHORIZED, "signed_out");
            }
            Ok(None) => return response::see_other("/staff/sign-in"),
            Err(error) => {
                crate::logs::fault(&error);
                let status = StatusCode::SERVICE_UNAVAILABLE;
                return pages::message(&staff, texts, status, "unavailable");
            }
        };
        if !access.is_given_to(signed_in.role) {
            return pages::message(&staff, texts, StatusCode::FORBIDDEN, "not_yours");
        }
        secret = Some(signed_in.ticket.clone());
        parts.extensions.insert(signed_in);
    }
    if !is_post {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if request::sender(&headers) != Some(Sender::Page) {
        return reject(Rejection::WrongType);
    }
    let values = match request::values(Sender::Page, body).await {
        Ok(values) => values,
        Err(rejection) => return reject(rejection),
    };
    let known = secret.filter(|secret| is_form_token(&staff, secret, values.get("_token")));
    let Some(secret) = known else {
        return pages::message(&staff, texts, StatusCode::FORBIDDEN, "stale_form");
    };
    parts.extensions.insert(Secret(secret));
    parts.extensions.insert(values);
    next.run(Request::from_parts(parts, Body::empty())).await
}

/// Who asks, if they are signed in and still of staff.
pub(super) async fn signed_in<S: Store + Documents>(
    staff: &Staff<S>,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, crate::store::StoreError> {
    let Some(ticket) = cookie(headers, SESSION) else {
        return Ok(None);
    };
    let found = session::find(staff.app.store.as_ref(), &ticket, staff.app.now()).await?;
    let signed_in = found.and_then(|session| {
        let role = staff.list.role(&session.who)?;
        Some(SignedIn {
            who: session.who,
            role,
            ticket,
        })
    });
    Ok(signed_in)
}

/// The secret in a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<Ticket> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut pairs = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    Ticket::parse(value)
}

const PURPOSE: &[u8] = b"staff-form.1";

/// What a form carries to show that a page of ours for this browser sent it.
pub(super) fn form_token<S>(staff: &Staff<S>, secret: &Ticket) -> String {
    let code = staff
        .app
        .keys
        .tokens
        .sign(&[PURPOSE, secret.reveal().as_bytes()]);
    crate::keys::hexadecimal(&code)
}

fn is_form_token<S>(staff: &Staff<S>, secret: &Ticket, token: &str) -> bool {
    // Compared by its hash, so that the time it takes tells nothing of the token.
    let expected = Ticket::parse(&form_token(staff, secret));
    let given = Ticket::parse(token);
    matches!((expected, given), (Some(expected), Some(given)) if expected.hash() == given.hash())
}

/// The values of a post, as [`guard`] has read them.
pub(super) type Values = axum::Extension<FormValues>;
