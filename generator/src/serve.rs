//! SHELL. The preview: the site with working forms, every change as it is saved, every mail that would have been sent.
//!
//! A page is drawn when it is asked for. When a change has errors, the last good site stays up with the errors on top.

mod edition;
mod inject;
mod mailbox;
mod watch;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use form_function::app::{Clock, system_clock};
use percent_encoding::percent_decode_str;
use tokio::sync::watch as channel;
use tower::ServiceExt;

use crate::cli::{Common, Status};
use crate::diagnostic::{self, Diagnostic};
use edition::{Backstage, Edition};

/// What the handlers share.
struct Preview {
    common: Common,
    backstage: Backstage,
    edition: RwLock<Arc<Edition>>,
    /// Counts the editions, so that an open page can ask whether it is still the last one.
    version: channel::Sender<u64>,
}

/// Serves until it is interrupted.
pub(crate) fn run(
    common: &Common,
    listen: SocketAddr,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let _guard = runtime.enter();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind(listen))
        .with_context(|| format!("{listen} is taken; choose another address with --listen"))?;
    let url = format!("http://{}", listener.local_addr()?);
    let mut common = common.clone();
    common.base_url.get_or_insert_with(|| url.clone());
    common.drafts = true;
    let clock: Clock = match common.now {
        Some(now) => Arc::new(move || now),
        None => system_clock(),
    };
    let backstage = Backstage::open(&common.root.join(".data"), url.clone(), clock)?;
    let first = Edition::make(&common, &backstage, None)?;
    report(&common, &first.diagnostics, messages)?;
    writeln!(messages, "{url}/\n{url}/__mail/")?;
    let preview = Arc::new(Preview {
        common: common.clone(),
        backstage,
        edition: RwLock::new(Arc::new(first)),
        version: channel::channel(0).0,
    });
    let shared = Arc::clone(&preview);
    let remake = Box::new(move || shared.remake());
    // Where the system gives no file events, the page is simply not reloaded by itself.
    let mut folders = ["content", "themes", "templates", "css"]
        .map(|name| common.root.join(name))
        .to_vec();
    // A site need not have anything of its own.
    folders.retain(|folder| folder.is_dir());
    let watcher = watch::start(&folders, remake);
    if let Err(error) = &watcher {
        writeln!(messages, "no live reload: {error}")?;
    }
    let app = router(preview).layer(middleware::from_fn(only_from_here));
    runtime.block_on(async {
        // An open page always has a request waiting for the next edition; nobody waits for it to end.
        tokio::select! {
            served = axum::serve(listener, app) => served,
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    Ok(Status::Done)
}

fn router(preview: Arc<Preview>) -> Router {
    Router::new()
        .route("/__reload", get(reload))
        .route(
            "/__reload.js",
            get(async || {
                (
                    [(header::CONTENT_TYPE, "text/javascript")],
                    inject::RELOAD_SCRIPT,
                )
            }),
        )
        .route(
            "/__preview.css",
            get(async || ([(header::CONTENT_TYPE, "text/css")], inject::PREVIEW_STYLE)),
        )
        .route("/__mail", get(async || Redirect::to("/__mail/")))
        .route("/__mail/", get(mail_list))
        .route("/__mail/{name}", get(mail))
        .route("/__mail/{name}/{part}", get(mail_part))
        .fallback_service(
            any(site_or_forms)
                .layer(middleware::map_response(with_policy))
                .with_state(Arc::clone(&preview)),
        )
        .with_state(preview)
}

/// Refuses requests that a page of somebody else sent here under another name (DNS rebinding): the preview shows mail.
async fn only_from_here(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    if name == "localhost" || address.is_ok() {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

impl Preview {
    fn edition(&self) -> Arc<Edition> {
        // A poisoned lock still holds a whole edition: it is replaced in one step.
        Arc::clone(
            &self
                .edition
                .read()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// Reads everything again. Called from the watching thread.
    fn remake(&self) {
        let last = self.edition();
        let messages = &mut std::io::stderr();
        match Edition::make(&self.common, &self.backstage, Some(&last)) {
            Ok(edition) => {
                // Messages are a courtesy here: the page shows them, too.
                let _ = report(&self.common, &edition.diagnostics, messages);
                *self
                    .edition
                    .write()
                    .unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(edition);
                self.version.send_modify(|version| *version += 1);
            }
            Err(error) => {
                let _ = writeln!(messages, "{error:#}");
            }
        }
    }

    fn mail_folder(&self) -> PathBuf {
        self.backstage.mail_folder()
    }
}

/// Errors in full; of warnings only how many there are, since `check` lists them.
fn report(
    common: &Common,
    diagnostics: &[Diagnostic],
    messages: &mut dyn Write,
) -> anyhow::Result<()> {
    let (errors, warnings): (Vec<Diagnostic>, Vec<Diagnostic>) =
        diagnostics.iter().cloned().partition(Diagnostic::is_error);
    common.print(&errors, messages)?;
    if !warnings.is_empty() {
        writeln!(
            messages,
            "{} (centre check)",
            diagnostic::summary(&warnings, common.message_language())
        )?;
    }
    Ok(())
}

#[derive(serde::Deserialize)]
struct Seen {
    version: Option<u64>,
}

/// Answers when there is a newer edition than the one that was seen, or after a while.
async fn reload(State(preview): State<Arc<Preview>>, Query(seen): Query<Seen>) -> String {
    const PATIENCE: Duration = Duration::from_secs(25);
    let mut version = preview.version.subscribe();
    if let Some(seen) = seen.version {
        // Nothing new after a while is an answer, too: the same number.
        let _ = tokio::time::timeout(PATIENCE, version.wait_for(|version| *version != seen)).await;
    }
    let current = *version.borrow();
    current.to_string()
}

async fn mail_list(State(preview): State<Arc<Preview>>) -> Response {
    html(StatusCode::OK, mailbox::list(&preview.mail_folder()))
}

async fn mail(
    State(preview): State<Arc<Preview>>,
    axum::extract::Path(name): axum::extract::Path<String>,
) -> Response {
    match mailbox::show(&preview.mail_folder(), &name) {
        Some(page) => html(StatusCode::OK, page),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn mail_part(
    State(preview): State<Arc<Preview>>,
    axum::extract::Path((name, part)): axum::extract::Path<(String, usize)>,
) -> Response {
    match mailbox::part(&preview.mail_folder(), &name, part) {
        Some((content_type, bytes)) => {
            ([(header::CONTENT_TYPE, content_type)], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn html(status: StatusCode, page: String) -> Response {
    (
        status,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        page,
    )
        .into_response()
}

/// What the site's own answers say everywhere, so that a page which breaks under it is seen to be broken here.
async fn with_policy(mut answer: Response) -> Response {
    let policy = ("content-security-policy", forms::CONTENT_SECURITY_POLICY);
    for (name, value) in forms::COMMON_HEADERS.into_iter().chain([policy]) {
        let value = HeaderValue::from_static(value);
        answer.headers_mut().entry(name).or_insert(value);
    }
    answer
}

async fn site_or_forms(State(preview): State<Arc<Preview>>, request: Request) -> Response {
    // The version first: a page that says too old a one is reloaded once too often, never once too little.
    let version = *preview.version.borrow();
    let edition = preview.edition();
    let Some(good) = &edition.good else {
        return html(
            StatusCode::INTERNAL_SERVER_ERROR,
            inject::only_errors(version, &edition.diagnostics, &preview.common),
        );
    };
    let path = percent_decode_str(request.uri().path())
        .decode_utf8_lossy()
        .into_owned();
    if path == "/forms" || path.starts_with("/forms/") {
        // The router's error type has no value.
        return good.forms.clone().oneshot(request).await.into_response();
    }
    let (status, file) = match good.file(&path) {
        Some(file) => (StatusCode::OK, file),
        None if !path.ends_with('/') && good.file(&format!("{path}/")).is_some() => {
            return Redirect::permanent(&format!("{path}/")).into_response();
        }
        None => match good.moved(&path) {
            Some(to) => return Redirect::permanent(to).into_response(),
            None => (StatusCode::NOT_FOUND, good.not_found(&path)),
        },
    };
    match file.content_type {
        "text/html; charset=utf-8" => {
            let page = String::from_utf8_lossy(&file.bytes);
            html(
                status,
                inject::into_page(&page, version, &edition.diagnostics, &preview.common),
            )
        }
        content_type => {
            let headers = [
                (header::CONTENT_TYPE, content_type),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (status, headers, Body::from(file.bytes)).into_response()
        }
    }
}
