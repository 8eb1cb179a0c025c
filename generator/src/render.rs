//! From a checked site and one route to the bytes of its file.
//!
//! In: a [`Site`] and a theme. Out: [`OutputFile`]s. Never reads or writes a file, and never looks at the clock.

pub mod routes;
pub mod view;
mod present;
mod lists;
mod elsewhere;
mod templates;
pub mod feeds;
pub(crate) mod metadata;
pub mod sitemap;
mod robots;
mod xml;
pub mod assets;
pub(crate) mod bundle;
pub mod delivery;

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::Language;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::check::pages::Written;
use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::render::assets::Assets;
use crate::render::routes::{Route, What};
use crate::render::view::{PageView, SearchFilesView};
use crate::search;
use crate::site::{EntryKind, Rendition, Site};
use crate::source::Theme;
pub use elsewhere::body_elsewhere;
use present::{Cards, Head};

pub use templates::TemplateError;
pub(crate) use templates::templates;

/// A theme, ready to draw the pages of a site.
#[derive(Debug)]
pub struct Renderer {
    tera: Arc<Tera>,
    /// What every page of a language prints, converted once.
    shared: BTreeMap<Language, Shared>,
}

#[derive(Debug)]
struct Shared {
    site: Value,
    strings: Value,
    cards: Cards,
    search: SearchFilesView,
}

/// Prepares what every page prints.
pub(crate) fn renderer(site: &Site, assets: &Assets, tera: Tera) -> Renderer {
    Renderer {
        tera: Arc::new(tera),
        shared: shared(site, assets),
    }
}

impl Renderer {
    /// The same theme for a site that differs.
    #[must_use]
    pub fn renewed(&self, site: &Site, assets: &Assets) -> Renderer {
        Renderer {
            tera: Arc::clone(&self.tera),
            shared: shared(site, assets),
        }
    }
}

fn shared(site: &Site, assets: &Assets) -> BTreeMap<Language, Shared> {
    site.languages()
        .map(|language| {
            let shared = Shared {
                site: Value::from_serializable(&present::site_view(site, assets, language)),
                strings: Value::from_serializable(site.strings(language).tree()),
                cards: Cards::new(site, language),
                search: SearchFilesView {
                    script: assets.address("search.js").to_owned(),
                    index: assets.address(&search::name(language)).to_owned(),
                },
            };
            (language.clone(), shared)
        })
        .collect()
}

/// Every file of these routes, in their order, drawn in parallel and handed to `keep` at once, so that a large site is never
/// in memory as a whole. Errors of one template are reported once.
pub(crate) fn pages<T: Send>(
    site: &Site,
    renderer: &Renderer,
    routes: &[Route],
    theme: &Theme,
    keep: impl Fn(&Route, OutputFile) -> T + Sync,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let drawn: Vec<Result<T, TemplateError>> = routes
        .par_iter()
        .map(|route| {
            let bytes = page(site, renderer, route)?;
            let path = route.path.clone();
            Ok(keep(route, OutputFile { path, bytes }))
        })
        .collect();
    let mut all = Vec::with_capacity(drawn.len());
    let mut errors = Vec::new();
    for kept in drawn {
        match kept {
            Ok(kept) => all.push(kept),
            Err(error) => errors.push(error),
        }
    }
    diagnostics.extend(templates::broken(theme, &errors));
    all
}

/// What the author of a route's page wrote into it.
pub(crate) fn written(site: &Site, route: &Route) -> Option<Written> {
    let What::Entry(index) = &route.what else {
        return None;
    };
    let entry = &site.entries[*index];
    let version = entry.versions.get(&route.language)?;
    Some(Written {
        file: version.place.file.clone(),
        html: present::body(site, entry, version, &route.language).html(),
    })
}

/// The bytes of one route's file.
pub fn page(site: &Site, renderer: &Renderer, route: &Route) -> Result<Vec<u8>, TemplateError> {
    let language = &route.language;
    match &route.what {
        What::Entry(index) => {
            let entry = &site.entries[*index];
            let Some(page) = entry.in_language(language) else {
                return Ok(Vec::new());
            };
            entry_page(site, renderer, *index, &page, language)
        }
        What::CalendarEntry(index) => {
            let entry = &site.entries[*index];
            Ok(match (&entry.kind, entry.in_language(language)) {
                (EntryKind::Event(event), Some(page)) => {
                    feeds::calendar_entry(site, entry, event, &page, language).into_bytes()
                }
                _ => Vec::new(),
            })
        }
        What::List(page) => lists::page(site, renderer, page, language),
        What::Feed(feed) => feeds::feed(site, renderer, feed, language),
        What::Sitemap(sitemap) => Ok(sitemap::sitemap(site, *sitemap)),
        What::Robots => Ok(robots::robots(site).into_bytes()),
        What::Search => {
            let search = site.settings.search.as_ref();
            let title = search.map_or("", |search| search.title.text(language));
            let head = Head {
                title,
                description: "",
                permalink: site.search(language),
                section: None,
                between: Vec::new(),
                elsewhere: &|other| site.search(other),
                otherwise: &|_| None,
            };
            let head = present::page_view(site, language, &head);
            let files = renderer.shared.get(language).map(|shared| &shared.search);
            let view = present::search(site, files.cloned().unwrap_or_default(), language);
            draw(renderer, language, "search.html", &head, &view)
        }
        What::NotFound => {
            let title = site.strings(language).text("ui.not_found");
            let head = Head {
                title,
                description: "",
                permalink: None,
                section: None,
                between: Vec::new(),
                elsewhere: &|_| None,
                otherwise: &|_| None,
            };
            let head = present::page_view(site, language, &head);
            draw(
                renderer,
                language,
                "not-found.html",
                &head,
                &present::not_found(site, language),
            )
        }
    }
}

fn entry_page(
    site: &Site,
    renderer: &Renderer,
    index: usize,
    page: &Rendition<'_>,
    language: &Language,
) -> Result<Vec<u8>, TemplateError> {
    let entry = &site.entries[index];
    let Some(Shared { cards, .. }) = renderer.shared.get(language) else {
        return Ok(Vec::new());
    };
    let head = present::entry_page_view(site, entry, page, language);
    let version = page.version;
    let draw_with =
        |template: &str, view: Value| draw_value(renderer, language, template, &head, view);
    match &entry.kind {
        EntryKind::Page { .. } if entry.id.is_home() => draw_with(
            "home.html",
            Value::from_serializable(&present::home(site, cards, entry, version, language)),
        ),
        EntryKind::Page { .. } => draw_with(
            "page.html",
            Value::from_serializable(&present::plain(site, entry, version, language)),
        ),
        EntryKind::Service { .. } => draw_with(
            "service.html",
            Value::from_serializable(&present::service(site, cards, index, version, language)),
        ),
        EntryKind::News { .. } => draw_with(
            "news.html",
            Value::from_serializable(&present::news(site, cards, index, version, language)),
        ),
        EntryKind::Venue { .. } => draw_with(
            "venue.html",
            Value::from_serializable(&present::venue_page(site, entry, version, language)),
        ),
        EntryKind::Event(event) => draw_with(
            "event.html",
            Value::from_serializable(&present::event(site, cards, index, event, page, language)),
        ),
    }
}

fn insert_shared(renderer: &Renderer, language: &Language, context: &mut Context) {
    if let Some(shared) = renderer.shared.get(language) {
        context.insert_value("site", shared.site.clone());
        context.insert_value("t", shared.strings.clone());
    }
}

fn draw<View: Serialize>(
    renderer: &Renderer,
    language: &Language,
    template: &str,
    head: &PageView,
    view: &View,
) -> Result<Vec<u8>, TemplateError> {
    draw_value(
        renderer,
        language,
        template,
        head,
        Value::from_serializable(view),
    )
}

fn draw_value(
    renderer: &Renderer,
    language: &Language,
    template: &str,
    head: &PageView,
    view: Value,
) -> Result<Vec<u8>, TemplateError> {
    let mut context = Context::new();
    for (name, value) in view.into_map().into_iter().flatten() {
        context.insert_value(name.as_str().unwrap_or_default().to_owned(), value);
    }
    insert_shared(renderer, language, &mut context);
    context.insert("page", head);
    // Most pages of a site are about as long as this.
    let mut bytes = Vec::with_capacity(16 * 1024);
    renderer
        .tera
        .render_to(template, &context, &mut bytes)
        .map_err(|error| TemplateError::new(template, error))?;
    Ok(bytes)
}
