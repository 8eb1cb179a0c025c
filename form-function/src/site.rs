//! SHELL: the pages of the site from their folder, with how long browsers may keep them and what they may do.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware;
use axum::routing::any;
use forms::{
    COMMON_HEADERS, CONTENT_SECURITY_POLICY, EDITOR, EDITOR_HEADERS, EDITOR_POLICY,
    STRICT_TRANSPORT_SECURITY, content_type, kept,
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::redirects::target;

/// What a folder is answered with.
const INDEX: &str = "/index.html";

/// The pages of a site.
struct Site {
    folder: PathBuf,
    files: ServeDir,
    /// The languages that have pages of their own below an address like `/en/`.
    languages: Vec<String>,
}

/// Serves the files of this folder, compressed where it has them so (`page.html.br`, `page.html.gz`). An address that leads
/// nowhere is answered in its language.
pub(crate) fn site(folder: &Path, languages: impl IntoIterator<Item = String>) -> Router {
    let site = Arc::new(Site {
        folder: folder.to_owned(),
        files: ServeDir::new(folder)
            .precompressed_br()
            .precompressed_gzip(),
        languages: languages.into_iter().collect(),
    });
    Router::new()
        .fallback(any(move |request| {
            let site = Arc::clone(&site);
            async move { site.answer(request).await }
        }))
        .layer(middleware::map_response(with_site_headers))
}

/// Puts on every answer of the process what holds for all of them. `is_https` says whether visitors come by TLS.
pub(crate) fn with_common_headers(routes: Router, is_https: bool) -> Router {
    let mut common: Vec<(HeaderName, &str)> = COMMON_HEADERS
        .into_iter()
        .map(|(name, value)| (HeaderName::from_static(name), value))
        .collect();
    if is_https {
        common.push((header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY));
    }
    routes.layer(middleware::map_response(
        move |mut answer: Response<Body>| {
            for (name, value) in &common {
                set(answer.headers_mut(), name, value);
            }
            std::future::ready(answer)
        },
    ))
}

impl Site {
    async fn answer(&self, request: Request) -> Response<Body> {
        let path = request.uri().path().to_owned();
        let head_only = request.method() == Method::HEAD;
        if !may_be_read(&path) {
            return self.not_found(&path, head_only).await;
        }
        // It has no errors of its own: what cannot be read is an answer.
        let Ok(answer) = self.files.clone().oneshot(request).await;
        let mut answer = answer.map(Body::new);
        if answer.status() == StatusCode::NOT_FOUND {
            if let Some(moved) = self.moved(&path).await {
                return moved;
            }
            return self.not_found(&path, head_only).await;
        }
        if matches!(
            answer.status(),
            StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED
        ) {
            set(answer.headers_mut(), &header::CACHE_CONTROL, kept(&path));
            let name = if path.ends_with('/') { INDEX } else { &path };
            if let Some(kind) = content_type(name) {
                let kind = HeaderValue::from_static(kind);
                answer.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            if path.starts_with(EDITOR) {
                let policy = header::CONTENT_SECURITY_POLICY;
                set(answer.headers_mut(), &policy, EDITOR_POLICY);
                for (name, value) in EDITOR_HEADERS {
                    let name = HeaderName::from_static(name);
                    set(answer.headers_mut(), &name, value);
                }
            }
        }
        answer
    }

    /// The way to a page that had this address before. The file is read when it is asked for, as all of the site is.
    async fn moved(&self, path: &str) -> Option<Response<Body>> {
        let file = tokio::fs::read(self.folder.join("_redirects")).await.ok()?;
        let redirects = String::from_utf8(file).ok()?;
        let target = HeaderValue::from_str(target(&redirects, path)?).ok()?;
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::MOVED_PERMANENTLY;
        answer.headers_mut().insert(header::LOCATION, target);
        // For good, browsers are told; but an address may be used again.
        set(
            answer.headers_mut(),
            &header::CACHE_CONTROL,
            "public, max-age=3600",
        );
        Some(answer)
    }

    /// The site's page for that, in the language of the address.
    async fn not_found(&self, path: &str, head_only: bool) -> Response<Body> {
        let first = path.split('/').nth(1).unwrap_or_default();
        let language = self.languages.iter().find(|language| *language == first);
        let in_language = language.map(|language| self.folder.join(language).join("404.html"));
        let mut page = Vec::new();
        for file in in_language
            .into_iter()
            .chain([self.folder.join("404.html")])
        {
            if let Ok(bytes) = tokio::fs::read(file).await {
                page = bytes;
                break;
            }
        }
        let body = if head_only {
            Body::empty()
        } else {
            page.into()
        };
        let mut answer = Response::new(body);
        *answer.status_mut() = StatusCode::NOT_FOUND;
        let headers = answer.headers_mut();
        set(headers, &header::CONTENT_TYPE, "text/html; charset=utf-8");
        set(headers, &header::CACHE_CONTROL, "no-store");
        answer
    }
}

/// Files whose names begin with a dot are nobody's business, except those that the web agreed on (RFC 8615); nor are those
/// that are written for servers.
fn may_be_read(path: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    if matches!(&*decoded, "/_headers" | "/_redirects") {
        return false;
    }
    let mut segments = decoded.split(['/', '\\']).peekable();
    segments.all(|segment| !segment.starts_with('.') || segment == ".well-known")
}

async fn with_site_headers(mut answer: Response<Body>) -> Response<Body> {
    set(
        answer.headers_mut(),
        &header::CONTENT_SECURITY_POLICY,
        CONTENT_SECURITY_POLICY,
    );
    answer
}

/// Sets a header that the answer has not yet.
fn set(headers: &mut HeaderMap, name: &HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::may_be_read;

    #[test]
    fn names_with_a_dot_are_not_read_however_they_are_written() {
        for path in [
            "/.env",
            "/en/.git/config",
            "/%2eenv",
            "/..%2f",
            "/a/%2E%2e/b",
            "/_headers",
            "/%5fredirects",
        ] {
            assert!(!may_be_read(path), "{path}");
        }
        for path in ["/", "/en/index.html", "/.well-known/security.txt"] {
            assert!(may_be_read(path), "{path}");
        }
    }
}
