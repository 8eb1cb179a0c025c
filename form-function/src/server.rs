//! SHELL: site and forms in one process, over `SQLite`.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use forms::Group;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tower_http::services::{ServeDir, ServeFile};

use crate::app::{App, Clock, Delivery, system_clock, system_random};
use crate::bundle::Bundle;
use crate::limits::Limiter;
use crate::mail::Transport;
use crate::settings::Settings;
use crate::store::sqlite::SqliteStore;
use crate::{router, worker};

/// A server that is running.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
    worker: JoinHandle<()>,
}

/// Starts the server, by the clock of the machine.
pub async fn start(settings: &Settings) -> anyhow::Result<Server> {
    start_with_clock(settings, system_clock()).await
}

/// Starts the server, by this clock.
pub async fn start_with_clock(settings: &Settings, clock: Clock) -> anyhow::Result<Server> {
    let bundle = Bundle::load(&settings.bundle)?;
    anyhow::ensure!(
        settings.site_dir.is_dir(),
        "the setting `SITE_DIR` names no folder: `{}`; build the site first, or set it to the folder with its pages",
        settings.site_dir.display()
    );
    let data = settings.data_dir.join("registrations.sqlite");
    let store = SqliteStore::open(&data)
        .with_context(|| format!("`{}` (see `DATA_DIR`)", data.display()))?;
    let mailer =
        Transport::open(&settings.mail_or_folder()).context("the setting `MAIL_TRANSPORT`")?;
    let random = system_random();
    // The contact group is what mail is addressed with.
    let (keys, opener) = settings.keys_or_own(&[Group::Contact], &random)?;
    let wake = Arc::new(Notify::new());
    let app = Arc::new(App {
        public_url: settings
            .public_url
            .clone()
            .unwrap_or_else(|| bundle.manifest.identity.base_url.clone()),
        bundle: Arc::new(bundle),
        store: Arc::new(store),
        keys,
        limiter: Limiter::new(settings.limits, settings.client_address),
        clock,
        random,
        delivery: Delivery::InBackground(Arc::clone(&wake)),
    });
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.with_context(|| format!("`{}` (see `LISTEN`)", settings.listen))?;
    let address = listener.local_addr()?;
    let routes = router(Arc::clone(&app)).merge(site(&settings.site_dir));
    let (stop, stopped) = oneshot::channel();
    // A dropped handle stops the server too.
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) });
    Ok(Server {
        address,
        stop,
        served: tokio::spawn(serving.into_future()),
        worker: tokio::spawn(worker::run(app, opener, mailer, wake)),
    })
}

impl Server {
    /// Finishes the requests that are under way, and stops.
    pub async fn stop(self) -> anyhow::Result<()> {
        // The server may have stopped by itself; then there is nobody to tell, and its reason follows.
        let _ = self.stop.send(());
        let served = self.served.await;
        self.worker.abort();
        // Whoever opens the store next must find it closed.
        let _ = self.worker.await;
        Ok(served??)
    }
}

/// The pages of the site; what is not there is answered with its page for that.
fn site(folder: &Path) -> Router {
    let not_found = ServeFile::new(folder.join("404.html"));
    Router::new().fallback_service(
        ServeDir::new(folder)
            .precompressed_gzip()
            .precompressed_br()
            .not_found_service(not_found),
    )
}
