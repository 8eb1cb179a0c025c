//! From a checked site and one route to the bytes of its file.
//!
//! In: a [`Site`] and a theme. Out: [`OutputFile`]s. Never reads or writes a file, and never looks at the clock.

pub mod routes;
pub mod view;
mod present;
pub mod assets;
pub(crate) mod bundle;

use std::collections::BTreeMap;

use forms::{
    ActivityStatus, Calendar, CalendarEntry, EntryStatus, Language, Method, Organiser, calendar,
};
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::output::OutputFile;
use crate::parse::document::Section;
use crate::render::assets::Assets;
use crate::render::routes::{Route, What};
use crate::render::view::{PageView, SearchFilesView};
use crate::search;
use crate::site::{Entry, EntryKind, Event, EventState, Permalink, Site, Version};
use crate::source::Theme;
use present::Head;

/// A theme, ready to draw the pages of a site.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    /// What every page of a language prints, converted once.
    shared: BTreeMap<Language, Shared>,
}

#[derive(Debug)]
struct Shared {
    site: Value,
    strings: Value,
    search: SearchFilesView,
}

/// A template that cannot be read or drawn.
#[derive(Debug, thiserror::Error)]
#[error("{template}: {cause}")]
pub struct TemplateError {
    template: String,
    cause: Box<tera::Error>,
}

impl TemplateError {
    fn new(template: &str, cause: tera::Error) -> TemplateError {
        TemplateError {
            template: template.to_owned(),
            cause: Box::new(cause),
        }
    }

    /// The same as a message, with Tera's own account of it.
    pub fn diagnostic(&self) -> Diagnostic {
        let cause = &self.cause;
        Diagnostic::error(
            "E04",
            Place::file(&self.template),
            Text::new(
                format!("шаблонът не може да се изпълни:\n{cause}"),
                format!("the template cannot be drawn:\n{cause}"),
            ),
        )
    }
}

/// Loads the templates. A template that cannot be read is reported with Tera's own account of it.
pub(crate) fn templates(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> Tera {
    let mut tera = Tera::new();
    let named = theme.templates.iter().map(|file| {
        let name = file
            .path
            .split_once("/templates/")
            .map_or(file.path.as_str(), |(_, name)| name);
        (name.to_owned(), file.text.as_str())
    });
    if let Err(error) = tera.add_raw_templates(named) {
        diagnostics.push(TemplateError::new("templates", error).diagnostic());
        return tera;
    }
    for name in forms::TEMPLATES {
        if !tera.get_template_names().any(|known| known == name) {
            diagnostics.push(Diagnostic::error(
                "E07",
                Place::file(name),
                Text::new(
                    "темата няма този шаблон, а формулярите го показват",
                    "the theme lacks this template, which the forms show",
                ),
            ));
        }
    }
    tera
}

/// Prepares what every page prints.
pub(crate) fn renderer(site: &Site, assets: &Assets, tera: Tera) -> Renderer {
    let shared = site
        .languages()
        .map(|language| {
            let shared = Shared {
                site: Value::from_serializable(&present::site_view(site, assets, language)),
                strings: Value::from_serializable(site.strings(language).tree()),
                search: SearchFilesView {
                    script: assets.address("search.js").to_owned(),
                    index: assets.address(&search::name(language)).to_owned(),
                },
            };
            (language.clone(), shared)
        })
        .collect();
    Renderer { tera, shared }
}

/// Every file of these routes, in their order, drawn in parallel. Errors of one template are reported once.
pub(crate) fn pages(
    site: &Site,
    renderer: &Renderer,
    routes: &[Route],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<OutputFile> {
    let drawn: Vec<Result<OutputFile, TemplateError>> = routes
        .par_iter()
        .map(|route| {
            page(site, renderer, route).map(|bytes| OutputFile {
                path: route.path.clone(),
                bytes,
            })
        })
        .collect();
    drawn
        .into_iter()
        .filter_map(|file| {
            file.map_err(|error| diagnostics.push(error.diagnostic()))
                .ok()
        })
        .collect()
}

/// The bytes of one route's file.
pub fn page(site: &Site, renderer: &Renderer, route: &Route) -> Result<Vec<u8>, TemplateError> {
    let language = &route.language;
    match &route.what {
        What::Entry(index) => {
            let entry = &site.entries[*index];
            let Some(version) = entry.versions.get(language) else {
                return Ok(Vec::new());
            };
            entry_page(site, renderer, entry, version, language)
        }
        What::CalendarEntry(index) => {
            let entry = &site.entries[*index];
            Ok(match (&entry.kind, entry.versions.get(language)) {
                (EntryKind::Event(event), Some(version)) => {
                    calendar_entry(site, entry, event, version, language).into_bytes()
                }
                _ => Vec::new(),
            })
        }
        What::Section(section) => {
            let head = section_head(site, *section, language);
            match section {
                Section::Events => draw(
                    renderer,
                    language,
                    "events.html",
                    &head,
                    &present::events(site, language),
                ),
                _ => draw(
                    renderer,
                    language,
                    "section.html",
                    &head,
                    &present::section(site, *section, language),
                ),
            }
        }
        What::Tags => {
            let title = site.settings.tags.title.text(language);
            let head = list_head(site, language, title, &|other| site.tags(other), None);
            draw(
                renderer,
                language,
                "tags.html",
                &head,
                &present::tags(site, language),
            )
        }
        What::Tag(slug) => {
            let title = site
                .settings
                .tags
                .terms
                .get(slug)
                .map_or("", |term| term.text(language));
            let parent = site
                .tags(language)
                .map(|path| (path, site.settings.tags.title.text(language)));
            let head = list_head(
                site,
                language,
                title,
                &|other| site.tag(slug, other),
                parent,
            );
            draw(
                renderer,
                language,
                "tag.html",
                &head,
                &present::tag(site, slug, language),
            )
        }
        What::Search => {
            let search = site.settings.search.as_ref();
            let title = search.map_or("", |search| search.title.text(language));
            let head = list_head(site, language, title, &|other| site.search(other), None);
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
                elsewhere: &|_| None,
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
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> Result<Vec<u8>, TemplateError> {
    let head = present::entry_page_view(site, entry, version, language);
    let draw_with =
        |template: &str, view: Value| draw_value(renderer, language, template, &head, view);
    match &entry.kind {
        EntryKind::Page { .. } if entry.id.is_home() => draw_with(
            "home.html",
            Value::from_serializable(&present::home(site, entry, version, language)),
        ),
        EntryKind::Page { .. } => draw_with(
            "page.html",
            Value::from_serializable(&present::plain(site, entry, version, language)),
        ),
        EntryKind::Service { .. } => draw_with(
            "service.html",
            Value::from_serializable(&present::service(site, entry, version, language)),
        ),
        EntryKind::News { .. } => draw_with(
            "news.html",
            Value::from_serializable(&present::news(site, entry, version, language)),
        ),
        EntryKind::Event(event) => draw_with(
            "event.html",
            Value::from_serializable(&present::event(site, entry, event, version, language)),
        ),
    }
}

fn section_head(site: &Site, section: Section, language: &Language) -> PageView {
    let settings = site.settings.sections.get(&section);
    let head = Head {
        title: settings.map_or("", |settings| settings.title.text(language)),
        description: settings.map_or("", |settings| settings.description.text(language)),
        permalink: site.section(section, language),
        section: None,
        elsewhere: &|other| site.section(section, other),
    };
    present::page_view(site, language, &head)
}

fn list_head(
    site: &Site,
    language: &Language,
    title: &str,
    permalink: &dyn Fn(&Language) -> Option<Permalink>,
    parent: Option<(Permalink, &str)>,
) -> PageView {
    let head = Head {
        title,
        description: "",
        permalink: permalink(language),
        section: parent,
        elsewhere: permalink,
    };
    present::page_view(site, language, &head)
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
    if let Some(shared) = renderer.shared.get(language) {
        context.insert_value("site", shared.site.clone());
        context.insert_value("t", shared.strings.clone());
    }
    context.insert("page", head);
    renderer
        .tera
        .render(template, &context)
        .map(String::into_bytes)
        .map_err(|error| TemplateError::new(template, error))
}

fn calendar_entry(
    site: &Site,
    entry: &Entry,
    event: &Event,
    version: &Version,
    language: &Language,
) -> String {
    let host = site
        .settings
        .base_url
        .split("://")
        .nth(1)
        .unwrap_or("localhost");
    let status = match event.state {
        EventState::Off(ActivityStatus::Cancelled) => EntryStatus::Cancelled,
        EventState::Off(_) => EntryStatus::Tentative,
        _ => EntryStatus::Confirmed,
    };
    let entries = [CalendarEntry {
        uid: format!("{}.{language}@{host}", entry.id.stem),
        sequence: 0,
        // The same content must give the same bytes, so the stamp cannot be the moment of the build.
        stamp: event.begins,
        when: event.when,
        summary: version.texts.title.clone(),
        location: version.texts.place.clone(),
        description: version.texts.description.clone(),
        url: format!("{}{}", site.settings.base_url, version.permalink.as_str()),
        status,
    }];
    let method = if status == EntryStatus::Cancelled {
        Method::Cancel
    } else {
        Method::Publish
    };
    calendar(&Calendar {
        method,
        zone: &site.settings.zone_name,
        organiser: Organiser {
            name: site.settings.name.text(language),
            email: &site.settings.mail_from,
        },
        entries: &entries,
    })
}
