//! SHELL: site and forms in one process, over `SQLite`.

mod lock;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use forms::Group;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use self::lock::Lock;
use crate::app::{App, Clock, Delivery, system_clock, system_random};
use crate::bundle::Bundle;
#[cfg(feature = "editor")]
use crate::editor;
use crate::limits::Limiter;
use crate::mail::Transport;
use crate::settings::Settings;
use crate::staff::{self, OpenedContacts, Staff};
use crate::store::Store;
use crate::store::sqlite::SqliteStore;
use crate::{keys_check, outbox, router, site, worker};

/// A server that is running.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<io::Result<()>>,
    stop_worker: oneshot::Sender<()>,
    worker: JoinHandle<()>,
    /// Freed last.
    _lock: Lock,
}

/// How long requests and mails that are under way may take to finish.
const TIME_TO_FINISH: Duration = Duration::from_secs(10);

/// Says what a first try may leave as it is, and a real site may not.
fn warn_of_defaults(settings: &Settings, bundle: &Bundle) {
    if settings.mail.is_none() {
        tracing::warn!(
            "`MAIL_TRANSPORT` is not set: mail is not sent, but kept as files, unsealed, below `DATA_DIR`"
        );
    }
    let base_url = &bundle.manifest.identity.base_url;
    if settings.public_url.is_none() && base_url.contains("//example.") {
        tracing::warn!(
            "`PUBLIC_URL` is not set, and the site was built for {base_url}: links in mail lead there"
        );
    }
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
    let data = settings.store_file();
    let in_data = || format!("`{}` (see `DATA_DIR`)", data.display());
    // First, since opening the store may bring its tables up to date, below the feet of another server.
    let lock = Lock::take(&settings.data_dir)?;
    let store = SqliteStore::open(&data).with_context(in_data)?;
    let mailer = Arc::new(
        Transport::open(&settings.mail_or_folder()).context("the setting `MAIL_TRANSPORT`")?,
    );
    let random = system_random();
    // The contact group is what mail is addressed with; staff read the rest.
    let groups: &[Group] = match settings.staff {
        None => &[Group::Contact],
        Some(_) => &[Group::Contact, Group::Answers, Group::Sensitive],
    };
    let (keys, opener) = if store.noted_keys().await.with_context(in_data)?.is_some() {
        settings.keys_of_filled_store(groups, &random)?
    } else {
        settings.keys_or_own(groups, &random)?
    };
    keys_check::check_and_note(&store, &keys, &opener)
        .await
        .with_context(in_data)?;
    warn_of_defaults(settings, &bundle);
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
        has_staff_area: settings.staff.is_some(),
    });
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.with_context(|| format!("`{}` (see `LISTEN`)", settings.listen))?;
    let address = listener.local_addr()?;
    let languages = app.bundle.manifest.languages.iter();
    let pages = site::site(
        &settings.site_dir,
        languages.map(|language| language.as_str().to_owned()),
    );
    let mut functions = router(Arc::clone(&app));
    if let Some(list) = settings.staff.clone() {
        functions = functions.merge(staff::router(Arc::new(Staff {
            app: Arc::clone(&app),
            opener: opener.clone(),
            list,
            mailer: Arc::clone(&mailer),
            contacts: OpenedContacts::default(),
        })));
    }
    #[cfg(feature = "editor")]
    if let Some(settings) = &settings.editor {
        functions = functions.merge(editor::router(Arc::clone(&app), settings));
    }
    let is_https = app.public_url.starts_with("https://");
    let routes = site::with_common_headers(functions.merge(pages), is_https);
    outbox::reclaim(app.store.as_ref(), app.now())
        .await
        .with_context(in_data)?;
    let (stop, stopped) = oneshot::channel();
    let (stop_worker, worker_stopped) = oneshot::channel();
    // A dropped handle stops the server too.
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) });
    Ok(Server {
        address,
        stop,
        served: tokio::spawn(serving.into_future()),
        stop_worker,
        worker: tokio::spawn(worker::run(app, opener, mailer, wake, worker_stopped)),
        _lock: lock,
    })
}

impl Server {
    /// Finishes the requests and the mails that are under way, and stops. What takes too long is broken off; a mail that
    /// was not finished waits in the store for the next start.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        // Either may have stopped by itself; then there is nobody to tell, and the reason follows.
        let _ = self.stop.send(());
        let _ = self.stop_worker.send(());
        let served = timeout(TIME_TO_FINISH, &mut self.served).await;
        if timeout(TIME_TO_FINISH, &mut self.worker).await.is_err() {
            tracing::warn!("a mail took too long to leave, and waits for the next start");
            self.worker.abort();
            // Whoever opens the store next must find it closed.
            let _ = self.worker.await;
        }
        match served {
            Ok(served) => Ok(served??),
            Err(_) => {
                tracing::warn!("requests took too long, and were broken off");
                self.served.abort();
                let _ = self.served.await;
                Ok(())
            }
        }
    }
}
