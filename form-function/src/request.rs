//! What comes in: the body as values, the language to answer in, and whether a page of ours sent it.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, header};
use forms::{FormValues, MOST_VALUES};
use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use crate::bundle::{Bundle, Texts};
use crate::outcome::Rejection;

/// More than any form of ours can fill: 2,000 Cyrillic letters take 12,000 bytes on the way.
pub(crate) const LARGEST_BODY: usize = 32 * 1024;

/// Phones on bad networks are slow; a body that takes longer than this is not coming.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Who sent the answers, and so how they are written and answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sender {
    /// A form on a page.
    Page,
    /// A program, in JSON.
    Program,
}

/// Who sends, by the type of the body.
pub(crate) fn sender(headers: &HeaderMap) -> Option<Sender> {
    let media_type = text(headers, &header::CONTENT_TYPE)?
        .split(';')
        .next()?
        .trim()
        .to_ascii_lowercase();
    match media_type.as_str() {
        "application/x-www-form-urlencoded" => Some(Sender::Page),
        "application/json" => Some(Sender::Program),
        _ => None,
    }
}

/// The values in a body, of which there are at most [`MOST_VALUES`].
pub(crate) async fn values(sender: Sender, body: Body) -> Result<FormValues, Rejection> {
    let body = tokio::time::timeout(LONGEST_WAIT, to_bytes(body, LARGEST_BODY))
        .await
        .map_err(|_| Rejection::TooSlow)?;
    // The other fault there could be is a lost connection, and then nobody reads the answer.
    let body = body.map_err(|_| Rejection::TooLarge)?;
    let values = match sender {
        Sender::Page => form_values(&body),
        Sender::Program => json_values(&body),
    }
    .ok_or(Rejection::Malformed)?;
    if values.count() > MOST_VALUES {
        return Err(Rejection::TooLarge);
    }
    Ok(values)
}

/// The texts for the answer: in the language that the form says, or one that the browser asks for, or the default one.
pub(crate) fn texts<'a>(
    bundle: &'a Bundle,
    values: Option<&FormValues>,
    headers: &HeaderMap,
) -> &'a Texts {
    let said = values.and_then(|values| bundle.texts_in(values.get("_language")));
    said.or_else(|| accepted(bundle, text(headers, &header::ACCEPT_LANGUAGE)?))
        .unwrap_or_else(|| bundle.default_texts())
}

/// Whether a page of another site sent the request, as far as the browser says. Programs say nothing.
pub(crate) fn is_from_elsewhere(headers: &HeaderMap, public_url: &str) -> bool {
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    if matches!(site, Some("same-origin" | "none")) {
        return false;
    }
    match text(headers, &header::ORIGIN) {
        Some(origin) => {
            let host = text(headers, &header::HOST);
            let is_host = host.is_some_and(|host| {
                origin
                    .split_once("://")
                    .is_some_and(|(_, named)| named == host)
            });
            !is_host && origin != public_url
        }
        None => site.is_some(),
    }
}

/// The name that a program gives its request: visible ASCII, as the header's draft standard has it, and not endless.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Option<&str> {
    let key = text(headers, &HeaderName::from_static("idempotency-key"))?.trim();
    (1..=255).contains(&key.len()).then_some(key)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn form_values(body: &Bytes) -> Option<FormValues> {
    // The parser would put replacement characters where a letter was broken; better to say so than to keep them.
    percent_decode(body).decode_utf8().ok()?;
    Some(
        form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), typed(value)))
            .collect(),
    )
}

fn json_values(body: &Bytes) -> Option<FormValues> {
    let answers: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let mut values = Vec::new();
    for (name, answer) in answers {
        let several = match answer {
            Value::Null => continue,
            Value::Array(several) => several,
            one => vec![one],
        };
        for value in several {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            values.push((name.clone(), typed(text.into())));
        }
    }
    Some(values.into_iter().collect())
}

/// A value without the control characters that no key types: they would be kept and printed, and nobody would see them.
fn typed(value: Cow<'_, str>) -> String {
    let stray =
        |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    if value.contains(stray) {
        value.replace(stray, " ")
    } else {
        value.into_owned()
    }
}

/// The language among ours that an `Accept-Language` weighs most; of equals the first.
fn accepted<'a>(bundle: &'a Bundle, header: &str) -> Option<&'a Texts> {
    let wanted = header.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
        let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
        let weight = weight
            .trim()
            .parse::<f32>()
            .ok()
            .filter(|weight| *weight > 0.0)?;
        Some((bundle.texts_in(&primary)?, weight))
    });
    let best = wanted.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some(best.0)
}

#[cfg(test)]
mod tests;
