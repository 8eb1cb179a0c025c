//! Answers of the preview: pages of the site with what is wrong on top of them, its files, its forms.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::percent_decode_str;
use tower::ServiceExt;

use super::edition::{Edition, File, Good};
use super::{Preview, html, inject};
use crate::cli::Common;

/// What is at an address in an edition.
enum Found<'a> {
    /// A page, as the site has it and as the preview shows it.
    Page(StatusCode, inject::Page),
    /// Another file.
    File(File),
    /// Nothing, and what was there is here now.
    Moved(&'a str),
    /// Nothing, but there is a page of that name.
    Folder,
}

#[derive(serde::Deserialize)]
pub(super) struct Seen {
    /// The number of the edition that an open page is from.
    version: Option<u64>,
    /// Its address.
    path: Option<String>,
    /// How it looks.
    looks: Option<String>,
}

/// Answers with the number of the last edition, as soon as there is one in which the page looks different, or with the old
/// number after a while.
pub(super) async fn reload(
    State(preview): State<Arc<Preview>>,
    Query(seen): Query<Seen>,
) -> String {
    const PATIENCE: Duration = Duration::from_secs(25);
    let mut editions = preview.editions.subscribe();
    let Some(version) = seen.version else {
        return preview.editions.last().version.to_string();
    };
    let news = async {
        loop {
            let edition = Arc::clone(&editions.borrow_and_update());
            if edition.version != version && !is_seen(&edition, version, &seen, &preview.common) {
                return edition.version;
            }
            if editions.changed().await.is_err() {
                return version;
            }
        }
    };
    // Nothing new after a while is an answer, too: the same number.
    let answer = tokio::time::timeout(PATIENCE, news).await;
    answer.unwrap_or(version).to_string()
}

/// Whether an open page looks in an edition as it did in that of this number.
fn is_seen(edition: &Edition, version: u64, seen: &Seen, common: &Common) -> bool {
    let (Some(path), Some(looks)) = (&seen.path, &seen.looks) else {
        return false;
    };
    // The number is of another run of the program, or something changed that does not show in the page.
    if !(edition.all_since..edition.version).contains(&version) {
        return false;
    }
    let page = edition
        .good
        .as_ref()
        .map(|good| found(edition, good, &decoded(path), common));
    matches!(page, Some(Found::Page(_, page)) if page.looks() == *looks)
}

pub(super) async fn site_or_forms(
    State(preview): State<Arc<Preview>>,
    request: Request,
) -> Response {
    let edition = preview.editions.last();
    let Some(good) = &edition.good else {
        let page = inject::only_errors(&edition.diagnostics, &preview.common);
        return html(
            StatusCode::INTERNAL_SERVER_ERROR,
            page.with_script(edition.version),
        );
    };
    let path = decoded(request.uri().path());
    let first = path.split('/').nth(1);
    if matches!(first, Some("forms" | "staff")) {
        return match good.forms(&preview.backstage) {
            // The router's error type has no value.
            Ok(forms) => forms.oneshot(request).await.into_response(),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error).into_response(),
        };
    }
    match found(&edition, good, &path, &preview.common) {
        Found::Page(status, page) => html(status, page.with_script(edition.version)),
        Found::File(File {
            status,
            content_type,
            bytes,
        }) => {
            let headers = [
                (header::CONTENT_TYPE, content_type),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            let mut answer = (status, headers, Body::from(bytes)).into_response();
            if path.starts_with(forms::EDITOR) {
                let policy = ("content-security-policy", forms::EDITOR_POLICY);
                for (name, value) in forms::EDITOR_HEADERS.into_iter().chain([policy]) {
                    let value = HeaderValue::from_static(value);
                    answer.headers_mut().insert(name, value);
                }
            }
            answer
        }
        Found::Moved(to) => Redirect::permanent(to).into_response(),
        Found::Folder => Redirect::permanent(&format!("{path}/")).into_response(),
    }
}

fn found<'a>(edition: &Edition, good: &'a Good, path: &str, common: &Common) -> Found<'a> {
    let file = match good.file(path) {
        Some(file) => file,
        None if !path.ends_with('/') && good.file(&format!("{path}/")).is_some() => {
            return Found::Folder;
        }
        None => match good.moved(path) {
            Some(to) => return Found::Moved(to),
            None => good.not_found(path),
        },
    };
    // The editor's page is left alone: loaded again, it would lose what is being written.
    if file.content_type.starts_with("text/html") && !path.starts_with(forms::EDITOR) {
        let page = String::from_utf8_lossy(&file.bytes);
        let page = inject::into_page(&page, &edition.diagnostics, common);
        Found::Page(file.status, page)
    } else {
        Found::File(file)
    }
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}
/// What the site's own answers say everywhere, so that a page which breaks under it is seen to be broken here.
pub(super) async fn with_policy(mut answer: Response) -> Response {
    let policy = ("content-security-policy", forms::CONTENT_SECURITY_POLICY);
    for (name, value) in forms::COMMON_HEADERS.into_iter().chain([policy]) {
        let value = HeaderValue::from_static(value);
        answer.headers_mut().entry(name).or_insert(value);
    }
    answer
}
