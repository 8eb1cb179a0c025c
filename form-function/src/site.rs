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
use tower::ServiceExt;
use tower_http::services::ServeDir;

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
    let mut common = vec![
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    if is_https {
        // Not for names below it, which may be somebody else's.
        common.push((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
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
            return self.not_found(&path, head_only).await;
        }
        if matches!(
            answer.status(),
            StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED
        ) {
            set(answer.headers_mut(), &header::CACHE_CONTROL, kept(&path));
            name_encoding(answer.headers_mut());
        }
        answer
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

/// Files whose names begin with a dot are nobody's business, except those that the web agreed on (RFC 8615).
fn may_be_read(path: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let mut segments = decoded.split(['/', '\\']).peekable();
    segments.all(|segment| !segment.starts_with('.') || segment == ".well-known")
}

/// All texts of a site are UTF-8, which browsers do not suppose of all of them.
fn name_encoding(headers: &mut HeaderMap) {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return;
    };
    let named = match kind.as_bytes() {
        b"text/html" => "text/html; charset=utf-8",
        b"text/css" => "text/css; charset=utf-8",
        b"text/javascript" => "text/javascript; charset=utf-8",
        b"text/plain" => "text/plain; charset=utf-8",
        b"text/calendar" => "text/calendar; charset=utf-8",
        _ => return,
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(named));
}

/// How long a file may be kept. One that is named by its content never changes; a page may at any time, so browsers ask
/// whether theirs is still the last (and mostly hear that it is).
fn kept(path: &str) -> &'static str {
    if path.starts_with("/assets/") && is_named_by_content(path) {
        "public, max-age=31536000, immutable"
    } else if path.starts_with("/media/") {
        "public, max-age=3600"
    } else {
        "no-cache"
    }
}

/// Whether a name is like `main.1a2b3c4d.css` or `main.1a2b3c4d`.
fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split('.').skip(1).any(is_hash)
}

/// What the pages of the theme need: style sheets, pictures and forms of their own, and no script.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
                                       media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
    use super::{kept, may_be_read};

    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_good() {
        for path in ["/assets/main.1a2b3c4d.css", "/assets/emblem.00ff00ff"] {
            assert!(kept(path).contains("immutable"), "{path}");
        }
        for path in ["/", "/assets/main.css", "/assets/main.1a2b3c4.css", "/en/"] {
            assert_eq!(kept(path), "no-cache", "{path}");
        }
    }

    #[test]
    fn names_with_a_dot_are_not_read_however_they_are_written() {
        for path in [
            "/.env",
            "/en/.git/config",
            "/%2eenv",
            "/..%2f",
            "/a/%2E%2e/b",
        ] {
            assert!(!may_be_read(path), "{path}");
        }
        for path in ["/", "/en/index.html", "/.well-known/security.txt"] {
            assert!(may_be_read(path), "{path}");
        }
    }
}
