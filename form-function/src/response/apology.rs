//! What a visitor is told when we cannot take a form now, and the telephone for who cannot wait.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use super::{Refusal, html, json, plain_message};
use crate::app::App;
use crate::bundle::Texts;
use crate::logs;
use crate::pages::{self, Link};
use crate::store::StoreError;

/// The apology when the store did not answer, for a person. The log hears why, once.
pub(crate) fn unavailable_page<S>(
    app: &App<S>,
    texts: &Texts,
    link: Option<Link>,
    error: &StoreError,
) -> Response<Body> {
    logs::fault(error);
    let status = StatusCode::SERVICE_UNAVAILABLE;
    soon(apology_page(app, texts, link, status, "unavailable"))
}

/// The apology when the store did not answer, for a program.
pub(crate) fn unavailable_json(texts: &Texts, error: &StoreError) -> Response<Body> {
    logs::fault(error);
    let status = StatusCode::SERVICE_UNAVAILABLE;
    soon(apology_json(texts, status, "unavailable"))
}

/// An answer that asks programs to try again in a minute (RFC 9110, 10.2.3).
fn soon(mut answer: Response<Body>) -> Response<Body> {
    let minute = HeaderValue::from_static("60");
    answer.headers_mut().insert(header::RETRY_AFTER, minute);
    answer
}

/// The message of this name, with the telephone for who cannot wait.
pub(crate) fn apology_page<S>(
    app: &App<S>,
    texts: &Texts,
    link: Option<Link>,
    status: StatusCode,
    name: &str,
) -> Response<Body> {
    let call = texts.telephone.as_ref().map(|telephone| Link {
        title: texts
            .strings
            .fill("message.call", &[("telephone", &telephone.title)]),
        url: telephone.url.clone(),
    });
    let links = [link.unwrap_or_else(|| pages::home(texts))]
        .into_iter()
        .chain(call)
        .collect();
    let message = plain_message(&texts.strings, name, links);
    let page = pages::message_page(&app.bundle, texts, None, &message);
    html(status, page, texts)
}

/// The text of the message of this name, for a program.
pub(crate) fn apology_json(texts: &Texts, status: StatusCode, name: &str) -> Response<Body> {
    let path = format!("message.{name}.text");
    let message = texts.strings.text(&path).into();
    let refusal = Refusal {
        code: name,
        message,
    };
    json(status, &refusal)
}
