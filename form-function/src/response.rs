//! What goes out: outcomes as status, headers and words.

mod apology;

pub(crate) use apology::{apology_json, apology_page, unavailable_json, unavailable_page};

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use forms::{
    ActivityStatus, COMMON_HEADERS, CONTENT_SECURITY_POLICY, NotEligible, Strings, moment_in_words,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::App;
use crate::bundle::Texts;
use crate::outcome::{Outcome, Rejection};
use crate::pages::{self, Link, Message};
use crate::register::{Asked, state_when_there_is_room};
use crate::{calendar_file::CalendarFile, manage};

/// The answer to a page.
pub(crate) fn to_page<S>(app: &App<S>, asked: Asked<'_>, outcome: &Outcome) -> Response<Body> {
    let status = status(outcome);
    let page = match outcome {
        Outcome::Form { values, errors } => pages::form_page(&app.bundle, asked, values, errors),
        Outcome::Check(check) => pages::check_page(&app.bundle, asked, check),
        Outcome::Taken(registration) => return see_other(&manage::path(app, registration)),
        _ => pages::message_page(
            &app.bundle,
            asked.texts,
            Some(asked.activity),
            &message(app, asked, outcome),
        ),
    };
    html(status, page, asked.texts)
}

/// The answer to a program.
pub(crate) fn to_program<S>(app: &App<S>, asked: Asked<'_>, outcome: &Outcome) -> Response<Body> {
    match outcome {
        Outcome::Taken(registration) => {
            let body = Accepted {
                reference: registration.reference.as_str(),
                state: registration.state.as_str(),
                manage_url: app.absolute(&manage::path(app, registration)),
            };
            json(StatusCode::CREATED, &body)
        }
        Outcome::Form { errors, .. } => {
            let errors = errors.iter().map(|error| Fault {
                field: error.field.as_str(),
                code: error.code.as_str(),
                message: error.message(asked.definition, &asked.texts.strings, asked.max_party()),
            });
            json(
                StatusCode::UNPROCESSABLE_ENTITY,
                &Faults {
                    errors: errors.collect(),
                },
            )
        }
        _ => {
            let status = match outcome {
                Outcome::Refused => StatusCode::FORBIDDEN,
                Outcome::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            let message = message(app, asked, outcome).paragraphs.join("\n");
            json(
                status,
                &Refusal {
                    code: code(outcome),
                    message: message.into(),
                },
            )
        }
    }
}

/// The answer to a request whose answers nobody looked at, for a person.
pub(crate) fn rejection_page<S>(
    app: &App<S>,
    texts: &Texts,
    link: Option<Link>,
    rejection: Rejection,
) -> Response<Body> {
    let (status, _, path) = rejection_in_words(rejection);
    let links = vec![link.unwrap_or_else(|| pages::home(texts))];
    html(
        status,
        pages::message_page(
            &app.bundle,
            texts,
            None,
            &plain_message(&texts.strings, path, links),
        ),
        texts,
    )
}

/// The answer to a request whose answers nobody looked at, for a program.
pub(crate) fn rejection_json(texts: &Texts, rejection: Rejection) -> Response<Body> {
    let (status, code, path) = rejection_in_words(rejection);
    let message: Cow<'_, str> = match rejection {
        Rejection::KeyMissing => "the header `Idempotency-Key` is missing".into(),
        Rejection::Malformed => "the body must be a JSON object of texts, in UTF-8".into(),
        _ => texts
            .strings
            .text(&format!("message.{path}.text"))
            .to_owned()
            .into(),
    };
    json(status, &Refusal { code, message })
}

/// A page, or an apology when it could not be drawn.
pub(crate) fn html(
    status: StatusCode,
    page: tera::TeraResult<String>,
    texts: &Texts,
) -> Response<Body> {
    match page {
        Ok(page) => (
            status,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            page,
        )
            .into_response(),
        Err(error) => {
            // Tera's report names the template, the line and the field. It quotes values only where a template computes with
            // them, and none of ours computes with answers.
            tracing::error!(%error, "a page could not be drawn");
            let strings = &texts.strings;
            let [heading, text] = ["message.unavailable.heading", "message.unavailable.text"]
                .map(|path| strings.text(path));
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("{heading}\n\n{text}\n"),
            )
                .into_response()
        }
    }
}

/// A body of JSON.
pub(crate) fn json<B: Serialize>(status: StatusCode, body: &B) -> Response<Body> {
    match serde_json::to_vec(body) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// On to another page, by GET.
pub(crate) fn see_other(path: &str) -> Response<Body> {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}

/// A calendar file to open or keep.
pub(crate) fn calendar(file: CalendarFile) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, file.media_type()),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"event.ics\"",
        ),
    ];
    (headers, file.text).into_response()
}

/// For an answer whose address is a secret: whoever is linked to from it must not learn it.
pub(crate) fn keep_address_secret(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

/// The same for every answer of the staff area.
#[cfg(feature = "embedded")]
pub(crate) async fn keep_every_address_secret(response: Response<Body>) -> Response<Body> {
    keep_address_secret(response)
}

/// What every answer says to browsers and caches.
pub(crate) async fn with_common_headers(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    set(headers, header::CACHE_CONTROL, "no-store");
    for (name, value) in COMMON_HEADERS {
        set(headers, HeaderName::from_static(name), value);
    }
    set(
        headers,
        header::CONTENT_SECURITY_POLICY,
        CONTENT_SECURITY_POLICY,
    );
    response
}

#[derive(Serialize)]
struct Accepted<'a> {
    reference: &'a str,
    state: &'a str,
    manage_url: String,
}

#[derive(Serialize)]
struct Faults<'a> {
    errors: Vec<Fault<'a>>,
}

#[derive(Serialize)]
struct Fault<'a> {
    field: &'a str,
    code: &'a str,
    message: String,
}

#[derive(Serialize)]
struct Refusal<'a> {
    code: &'a str,
    message: Cow<'a, str>,
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

fn status(outcome: &Outcome) -> StatusCode {
    match outcome {
        Outcome::Form { errors, .. } if !errors.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        Outcome::Form { .. } | Outcome::Check(_) | Outcome::NotEligible(_) => StatusCode::OK,
        Outcome::Taken(_) => StatusCode::SEE_OTHER,
        Outcome::NotYetOpen(_) | Outcome::Closed | Outcome::Off(_) | Outcome::Full => {
            StatusCode::CONFLICT
        }
        // As the draft standard on the header has it: the request is at odds with an earlier one.
        Outcome::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Outcome::Refused => StatusCode::FORBIDDEN,
    }
}

/// The name of an outcome, for programs and for the log.
pub(crate) fn code(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Form { errors, .. } if errors.is_empty() => "edit",
        Outcome::Form { .. } => "invalid",
        Outcome::Check(_) => "check",
        Outcome::Taken(registration) => registration.state.as_str(),
        Outcome::NotEligible(_) => "not_eligible",
        Outcome::NotYetOpen(_) => "not_yet_open",
        Outcome::Closed => "closed",
        Outcome::Off(ActivityStatus::Postponed) => "postponed",
        Outcome::Off(_) => "cancelled",
        Outcome::Full => "full",
        Outcome::KeyReused => "key_reused",
        Outcome::Refused => "refused",
    }
}

fn message<S>(app: &App<S>, asked: Asked<'_>, outcome: &Outcome) -> Message {
    let strings = &asked.texts.strings;
    // Whoever is turned away here is shown what else there is.
    let mut links = vec![pages::back(asked.activity, asked.texts)];
    links.extend(asked.texts.navigation.iter().cloned());
    let say = |path: &str| plain_message(strings, path, links.clone());
    match outcome {
        Outcome::NotEligible(NotEligible::UnderAge) => Message {
            heading: strings.text("message.under_age.heading").to_owned(),
            paragraphs: strings.fill_list("message.under_age.text", &[]),
            links,
        },
        Outcome::NotEligible(NotEligible::Rule(text)) => Message {
            heading: strings.text("message.not_eligible.heading").to_owned(),
            paragraphs: text
                .text(asked.texts.language())
                .lines()
                .map(str::to_owned)
                .filter(|line| !line.is_empty())
                .collect(),
            links,
        },
        Outcome::NotYetOpen(opens_at) => not_yet_open(app, strings, *opens_at, links),
        Outcome::Closed => say("closed"),
        Outcome::Off(ActivityStatus::Postponed) => say("postponed_event"),
        Outcome::Off(_) => say("cancelled_event"),
        Outcome::Full => say("full"),
        Outcome::KeyReused => Message {
            heading: String::new(),
            paragraphs: vec![
                "this `Idempotency-Key` was used before, for other answers".to_owned(),
            ],
            links,
        },
        Outcome::Refused => plain_message(strings, "refused", vec![try_again(asked)]),
        Outcome::Taken(_) | Outcome::Form { .. } | Outcome::Check(_) => {
            let state = state_when_there_is_room(asked.activity).as_str();
            Message {
                heading: strings.text(&format!("receipt.heading.{state}")).to_owned(),
                paragraphs: strings.fill_list(&format!("receipt.next.{state}"), &[]),
                links,
            }
        }
    }
}

/// Back to the page that has the form.
pub(crate) fn try_again(asked: Asked<'_>) -> Link {
    Link {
        title: asked.texts.strings.text("message.try_again").to_owned(),
        ..pages::back(asked.activity, asked.texts)
    }
}

fn not_yet_open<S>(
    app: &App<S>,
    strings: &Strings,
    opens_at: Timestamp,
    links: Vec<Link>,
) -> Message {
    let date = moment_in_words(strings, &opens_at.to_zoned(app.bundle.zone.clone()));
    Message {
        paragraphs: vec![strings.fill("message.not_yet_open.text", &[("date", &date)])],
        ..plain_message(strings, "not_yet_open", links)
    }
}

fn plain_message(strings: &Strings, name: &str, links: Vec<Link>) -> Message {
    Message {
        heading: strings.text(&format!("message.{name}.heading")).to_owned(),
        paragraphs: vec![strings.text(&format!("message.{name}.text")).to_owned()],
        links,
    }
}

/// The status, the name for programs, and the name of the message.
fn rejection_in_words(rejection: Rejection) -> (StatusCode, &'static str, &'static str) {
    match rejection {
        Rejection::NotFound => (StatusCode::NOT_FOUND, "not_found", "not_found"),
        Rejection::Refused => (StatusCode::FORBIDDEN, "refused", "refused"),
        Rejection::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "too_large"),
        Rejection::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_type", "refused"),
        Rejection::Malformed => (StatusCode::BAD_REQUEST, "malformed", "refused"),
        Rejection::KeyMissing => (
            StatusCode::BAD_REQUEST,
            "idempotency_key_missing",
            "refused",
        ),
        Rejection::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too_slow", "unavailable"),
    }
}
