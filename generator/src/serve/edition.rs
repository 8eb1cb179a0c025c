//! One state of the content: a site that can be drawn and its forms, or what is wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use form_function::app::{App, Clock, Delivery, system_random};
use form_function::bundle::Bundle;
use form_function::keys::Keyring;
use form_function::limits::{ClientAddress, Limiter};
use form_function::mail::{MailTransport, Transport};
use form_function::seal::Opener;
use form_function::settings::Settings;
use form_function::store::sqlite::SqliteStore;
use forms::Group;

use crate::cli::Common;
use crate::diagnostic::{self, Diagnostic};
use crate::render::routes::Route;
use crate::{Plan, form_bundle, load, plan, render};

/// What stays the same while the content changes: the store, the keys, the mail folder.
pub(super) struct Backstage {
    store: Arc<SqliteStore>,
    keys: Keyring,
    opener: Opener,
    mail: PathBuf,
    url: String,
    clock: Clock,
}

impl Backstage {
    /// Opens the store in a folder, which is made if it is not there.
    pub(super) fn open(folder: &Path, url: String, clock: Clock) -> anyhow::Result<Backstage> {
        let settings = Settings::from_lookup(|name| {
            (name == "DATA_DIR").then(|| folder.to_string_lossy().into_owned())
        })?;
        let store = Arc::new(SqliteStore::open(&folder.join("registrations.sqlite"))?);
        // Mail is shown in the preview, so whom it is for is opened here.
        let (keys, opener) = settings.keys_or_own(&[Group::Contact], &system_random())?;
        Ok(Backstage {
            store,
            keys,
            opener,
            mail: folder.join("mail"),
            url,
            clock,
        })
    }

    pub(super) fn mail_folder(&self) -> PathBuf {
        self.mail.clone()
    }

    /// The forms of a bundle over the store. Mail is written before a request is answered, so that it can be read at
    /// once.
    fn forms(&self, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Router> {
        let app = Arc::new(App {
            bundle: Arc::new(Bundle::from_files(files)?),
            store: Arc::clone(&self.store),
            keys: self.keys.clone(),
            limiter: Limiter::new(None, ClientAddress::Peer),
            public_url: self.url.clone(),
            clock: Arc::clone(&self.clock),
            random: system_random(),
            delivery: Delivery::AtOnce(
                Arc::new(Transport::open(&MailTransport::Folder(self.mail.clone()))?),
                self.opener.clone(),
            ),
        });
        Ok(form_function::router(app))
    }
}

/// One state of the content.
pub(super) struct Edition {
    /// The last site without errors, if there was one.
    pub(super) good: Option<Arc<Good>>,
    /// What is wrong now.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A site that can be drawn, and its forms.
pub(super) struct Good {
    plan: Plan,
    routes: BTreeMap<String, Route>,
    pub(super) forms: Router,
}

/// A file, ready to be sent.
pub(super) struct File {
    pub(super) content_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Edition {
    /// Reads everything. With errors in the content, the last good site is kept.
    pub(super) fn make(
        common: &Common,
        backstage: &Backstage,
        last: Option<&Edition>,
    ) -> anyhow::Result<Edition> {
        let mut source = load::source(&common.root)?;
        let pictures = common.pictures(&source);
        let (plan, diagnostics) = plan(&mut source, &pictures, &common.options());
        let kept = last.and_then(|edition| edition.good.clone());
        let Some(plan) = plan.filter(|_| !diagnostic::has_errors(&diagnostics)) else {
            return Ok(Edition {
                good: kept,
                diagnostics,
            });
        };
        let files = form_bundle(&source, &plan)
            .into_iter()
            .map(|file| (file.path, file.bytes))
            .collect();
        let forms = backstage.forms(&files)?;
        let routes = plan
            .routes
            .iter()
            .map(|route| (route.path.clone(), route.clone()))
            .collect();
        Ok(Edition {
            good: Some(Arc::new(Good {
                plan,
                routes,
                forms,
            })),
            diagnostics,
        })
    }
}

impl Good {
    /// The file at an address of the site.
    pub(super) fn file(&self, path: &str) -> Option<File> {
        let mut name = path.strip_prefix('/')?.to_owned();
        if name.is_empty() || name.ends_with('/') {
            name.push_str("index.html");
        }
        if let Some(route) = self.routes.get(&name) {
            return Some(self.draw(route));
        }
        let asset = self
            .plan
            .assets
            .files
            .iter()
            .find(|file| file.path == name)?;
        Some(File {
            content_type: content_type(&name),
            bytes: asset.bytes.clone(),
        })
    }

    /// Where the page is now that had this address before.
    pub(super) fn moved(&self, path: &str) -> Option<&str> {
        let bare = path.trim_end_matches('/');
        let mut redirects = self.plan.redirects.iter();
        let found = redirects.find(|redirect| redirect.from.trim_end_matches('/') == bare)?;
        Some(&found.to)
    }

    /// The page for an address that leads nowhere, in the language of the address.
    pub(super) fn not_found(&self, path: &str) -> File {
        let prefix = path.split('/').nth(1).unwrap_or_default();
        self.file(&format!("/{prefix}/404.html"))
            .or_else(|| self.file("/404.html"))
            .unwrap_or(File {
                content_type: "text/plain",
                bytes: Vec::new(),
            })
    }

    fn draw(&self, route: &Route) -> File {
        match render::page(&self.plan.site, &self.plan.renderer, route) {
            Ok(bytes) => File {
                content_type: content_type(&route.path),
                bytes,
            },
            Err(error) => File {
                content_type: "text/plain; charset=utf-8",
                bytes: error.to_string().into_bytes(),
            },
        }
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "ics" => "text/calendar; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
