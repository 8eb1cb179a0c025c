//! One state of the content: a site that can be drawn and its forms, or what is wrong.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::StatusCode;

use super::backstage::Backstage;
use super::inject::document;
use crate::Plan;
use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::parse::markdown::escaped;
use crate::parse::memory::Memory;
use crate::render::assets::Assets;
use crate::render::bundle::bundle;
use crate::render::delivery::redirects::Redirect;
use crate::render::routes::Route;
use crate::render::{self, Renderer};
use crate::search;
use crate::site::Site;
use crate::source::Theme;

/// One state of the content. It does not change; the next one takes its place.
pub(super) struct Edition {
    /// Its number, so that an open page can ask whether it is still the last one.
    pub(super) version: u64,
    /// The last number from which on every page is to be loaded again, whether it looks different or not.
    pub(super) all_since: u64,
    /// The last site without errors, if there was one.
    pub(super) good: Option<Arc<Good>>,
    /// What is wrong now.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A site that can be drawn, and its forms.
pub(super) struct Good {
    pub(super) site: Site,
    /// What the site was made of.
    pub(super) memory: Arc<Memory>,
    renderer: Renderer,
    frame: Arc<Frame>,
    /// Made when somebody asks for the first of them.
    forms: OnceLock<Result<Router, String>>,
}

/// What stays when one page changes.
struct Frame {
    /// In the order of their paths.
    routes: Vec<Route>,
    redirects: Vec<Redirect>,
    assets: Assets,
    theme: Theme,
}

/// A file, ready to be sent.
pub(super) struct File {
    pub(super) status: StatusCode,
    pub(super) content_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Good {
    pub(super) fn new(plan: Plan, theme: Theme, memory: Arc<Memory>) -> Good {
        let Plan {
            site,
            routes,
            redirects,
            renderer,
            assets,
        } = plan;
        Good {
            site,
            memory,
            renderer,
            frame: Arc::new(Frame {
                routes,
                redirects,
                assets,
                theme,
            }),
            forms: OnceLock::new(),
        }
    }

    /// The same with other pages at the same addresses.
    pub(super) fn renewed(&self, site: Site, memory: Memory) -> Good {
        Good {
            renderer: self.renderer.renewed(&site, &self.frame.assets),
            memory: Arc::new(memory),
            site,
            frame: Arc::clone(&self.frame),
            forms: OnceLock::new(),
        }
    }

    /// The forms as they are in this edition.
    pub(super) fn forms(&self, backstage: &Backstage) -> Result<Router, String> {
        let made = || {
            let files = bundle(&self.site, &self.frame.assets, &self.frame.theme).into_iter();
            let files = files.map(|file| (file.path, file.bytes)).collect();
            backstage
                .forms(&files)
                .map_err(|error| format!("{error:#}"))
        };
        self.forms.get_or_init(made).clone()
    }

    /// The file at an address of the site.
    pub(super) fn file(&self, path: &str) -> Option<File> {
        let mut name = path.strip_prefix('/')?.to_owned();
        if name.is_empty() || name.ends_with('/') {
            name.push_str("index.html");
        }
        let routes = &self.frame.routes;
        if let Ok(at) = routes.binary_search_by(|route| route.path.as_str().cmp(&name)) {
            return Some(self.draw(&routes[at]));
        }
        let copied = self
            .frame
            .assets
            .files
            .iter()
            .chain(self.site.pictures.files.iter());
        let bytes = match copied.into_iter().find(|file| file.path == name) {
            Some(OutputFile { bytes, .. }) => bytes.clone(),
            None => search::index_named(&self.site, name.strip_prefix("assets/")?)?,
        };
        Some(File {
            status: StatusCode::OK,
            content_type: content_type(&name),
            bytes,
        })
    }

    /// Where the page is now that had this address before.
    pub(super) fn moved(&self, path: &str) -> Option<&str> {
        let bare = path.trim_end_matches('/');
        let mut redirects = self.frame.redirects.iter();
        let found = redirects.find(|redirect| redirect.from.trim_end_matches('/') == bare)?;
        Some(&found.to)
    }

    /// The page for an address that leads nowhere, in the language of the address.
    pub(super) fn not_found(&self, path: &str) -> File {
        let prefix = path.split('/').nth(1).unwrap_or_default();
        let page = self
            .file(&format!("/{prefix}/404.html"))
            .or_else(|| self.file("/404.html"));
        let (content_type, bytes) = page.map_or(("text/plain", Vec::new()), |page| {
            (page.content_type, page.bytes)
        });
        File {
            status: StatusCode::NOT_FOUND,
            content_type,
            bytes,
        }
    }

    fn draw(&self, route: &Route) -> File {
        match render::page(&self.site, &self.renderer, route) {
            Ok(bytes) => File {
                status: StatusCode::OK,
                content_type: content_type(&route.path),
                bytes,
            },
            // A page, so that it loads itself again once the template is mended.
            Err(error) => {
                let said = escaped(&error.to_string());
                let page = document(
                    "centre",
                    &format!("<main class=\"preview-page\"><pre>{said}</pre></main>"),
                );
                File {
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    content_type: "text/html; charset=utf-8",
                    bytes: page.into_bytes(),
                }
            }
        }
    }
}

/// What a browser is told a file is: as everywhere, and what servers know by themselves.
fn content_type(name: &str) -> &'static str {
    forms::content_type(&format!("/{name}")).unwrap_or_else(|| {
        match name.rsplit('.').next().unwrap_or_default() {
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "gif" => "image/gif",
            "webp" => "image/webp",
            "avif" => "image/avif",
            "woff2" => "font/woff2",
            "pdf" => "application/pdf",
            _ => "application/octet-stream",
        }
    })
}
