//! SHELL. The preview: the site with working forms, every change as it is saved, every mail that would have been sent.
//!
//! A page is drawn when it is asked for. When a change has errors, the last good site stays up with the errors on top.

mod backstage;
mod edition;
mod remake;
mod inject;
mod panel;
mod pages;
mod mailbox;
mod overview;
mod watch;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};

use anyhow::Context;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use form_function::app::{Clock, system_clock};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::cli::{Common, Status};
use crate::diagnostic::{self, Diagnostic, MessageLanguage};
use crate::load;
use crate::parse::markdown::escaped;
use crate::parse::settings;
use crate::status;
use backstage::Backstage;
use overview::Overview;
use remake::Editions;

/// What the preview shows, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// Show the site as it will be at this moment, by the clocks of its zone, such as 2026-12-01T09:00.
    #[arg(long, value_name = "MOMENT", conflicts_with = "now")]
    as_of: Option<String>,
    /// Show what visitors get, without drafts and pages that wait for their date.
    #[arg(long)]
    public: bool,
}

/// What the handlers share.
struct Preview {
    common: Common,
    backstage: Backstage,
    editions: Editions,
}

/// Serves until it is interrupted.
pub(crate) fn run(
    common: &Common,
    serve: &Serve,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let _guard = runtime.enter();
    let listen = serve.listen;
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind(listen))
        .with_context(|| match common.message_language() {
            MessageLanguage::Bg => {
                format!("{listen} е зает; изберете друг адрес, напр. --listen 127.0.0.1:8001")
            }
            MessageLanguage::En => {
                format!(
                    "{listen} is taken; choose another address, such as --listen 127.0.0.1:8001"
                )
            }
        })?;
    let url = format!("http://{}", listener.local_addr()?);
    let mut common = common.clone();
    // The panel leads to files wherever it was started.
    common.root = std::path::absolute(&common.root)?;
    common.base_url.get_or_insert_with(|| url.clone());
    common.drafts = !serve.public;
    if let Some(written) = &serve.as_of {
        common.now = Some(moment(written, &common)?);
    }
    let clock: Clock = match common.now {
        Some(now) => Arc::new(move || now),
        None => system_clock(),
    };
    let backstage = Backstage::open(&common.root.join(".data"), url.clone(), clock)?;
    // From here on no save is missed.
    let folders = ["content", "themes", "templates", "css"];
    let (watched, events) = watch::start(&common.root, &folders);
    let (editions, workshop) = Editions::open(common.clone())?;
    report(&common, &editions.last().diagnostics, messages)?;
    writeln!(messages, "{}", where_it_is(&url, &common))?;
    // Where the system gives no file events, the page is simply not reloaded by itself.
    if let Err(error) = &watched {
        writeln!(messages, "no live reload: {error}")?;
    }
    let preview = Arc::new(Preview {
        common,
        backstage,
        editions,
    });
    let (want, wanted) = mpsc::channel();
    let shared = Arc::clone(&preview);
    std::thread::spawn(move || {
        watch::follow(&events, watched.ok(), |files| {
            shared.editions.saved(files, &want);
        });
    });
    let shared = Arc::clone(&preview);
    std::thread::spawn(move || shared.editions.follow(&wanted, workshop));
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

/// What one opens, each address on a line of its own so that a click opens it, and how one ends.
fn where_it_is(url: &str, common: &Common) -> String {
    let [site, drafts, status, mail, stop] = match common.message_language() {
        MessageLanguage::Bg => [
            "Отворете сайта в браузъра; всяка промяна се вижда, щом запишете файла:",
            "Чернови и какво още чака:",
            "Какво е публикувано и какво кога става:",
            "Писмата, които формулярите биха изпратили:",
            "Спира се с Ctrl+C.",
        ],
        MessageLanguage::En => [
            "Open the site in a browser; every change shows as soon as the file is saved:",
            "Drafts, and what still waits:",
            "What is published, and what happens when:",
            "The mail that the forms would send:",
            "Ctrl+C stops it.",
        ],
    };
    format!(
        "{site}\n{url}/\n{drafts}\n{url}/_drafts/\n{status}\n{url}/_status/\n{mail}\n{url}/__mail/\n{stop}"
    )
}

/// The instant at which clocks in the zone of the site show this.
fn moment(written: &str, common: &Common) -> anyhow::Result<Timestamp> {
    let shown: DateTime = written.parse().with_context(|| {
        common
            .word(
                "--as-of: напишете деня и часа така: 2026-12-01T09:00",
                "--as-of: write the day and the hour like this: 2026-12-01T09:00",
            )
            .to_owned()
    })?;
    let settings = load::source(&common.root)?.settings;
    let settings = settings.and_then(|file| settings::read(&file, &mut Vec::new()));
    let settings = settings.with_context(|| {
        common
            .word(
                "--as-of: зоната не се знае, докато content/site.yaml има грешки",
                "--as-of: the zone is not known while content/site.yaml has errors",
            )
            .to_owned()
    })?;
    Ok(settings.zone.to_timestamp(shown)?)
}

fn router(preview: Arc<Preview>) -> Router {
    Router::new()
        .route("/__reload", get(pages::reload))
        .route(
            "/__reload.js",
            get(async || {
                (
                    [(header::CONTENT_TYPE, "text/javascript")],
                    inject::PREVIEW_SCRIPT,
                )
            }),
        )
        .route(
            "/__preview.css",
            get(async || ([(header::CONTENT_TYPE, "text/css")], inject::PREVIEW_STYLE)),
        )
        .route("/_drafts/", get(drafts))
        .route("/_status/", get(state))
        .route("/__mail", get(async || Redirect::to("/__mail/")))
        .route("/__mail/", get(mail_list))
        .route("/__mail/{name}", get(mail))
        .route("/__mail/{name}/{part}", get(mail_part))
        .fallback_service(
            any(pages::site_or_forms)
                .layer(middleware::map_response(pages::with_policy))
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

async fn drafts(State(preview): State<Arc<Preview>>) -> Response {
    overview(preview, Overview::drafts).await
}

async fn state(State(preview): State<Arc<Preview>>) -> Response {
    overview(preview, Overview::status).await
}

/// Reads the whole site, for which other requests do not wait.
async fn overview(preview: Arc<Preview>, page: fn(&Overview) -> String) -> Response {
    let read = tokio::task::spawn_blocking(move || site_at_large(&preview, page)).await;
    read.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A page about the site as it lies there now, or what keeps it from being read.
fn site_at_large(preview: &Preview, page: fn(&Overview) -> String) -> Response {
    let edition = preview.editions.last();
    match status::overview(&preview.common) {
        Ok(status::Overview {
            report: Some((report, zone)),
            ..
        }) => {
            let overview = Overview {
                report,
                zone,
                diagnostics: edition.diagnostics.clone(),
                language: preview.common.message_language(),
            };
            html(StatusCode::OK, page(&overview))
        }
        Ok(status::Overview { found, .. }) => {
            let page = inject::only_errors(&found, &preview.common);
            html(
                StatusCode::INTERNAL_SERVER_ERROR,
                page.with_script(edition.version),
            )
        }
        Err(error) => html(
            StatusCode::INTERNAL_SERVER_ERROR,
            inject::document("centre", &escaped(&format!("{error:#}"))),
        ),
    }
}

async fn mail_list(State(preview): State<Arc<Preview>>) -> Response {
    html(
        StatusCode::OK,
        mailbox::list(&preview.backstage.mail_folder()),
    )
}

async fn mail(
    State(preview): State<Arc<Preview>>,
    axum::extract::Path(name): axum::extract::Path<String>,
) -> Response {
    match mailbox::show(&preview.backstage.mail_folder(), &name) {
        Some(page) => html(StatusCode::OK, page),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn mail_part(
    State(preview): State<Arc<Preview>>,
    axum::extract::Path((name, part)): axum::extract::Path<(String, usize)>,
) -> Response {
    match mailbox::part(&preview.backstage.mail_folder(), &name, part) {
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
