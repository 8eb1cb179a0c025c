//! Turns a public centre's Markdown into its website and its form definitions.
//!
//! A pipeline of stages, each with a type of its own; see [`plan`] and [`render_all`]. The pure core gets text and returns
//! values; only [`load`], [`write`](mod@write), [`cli`] and the preview server touch the world. The clock is an argument.

pub mod source;
pub mod load;
pub mod yaml;
mod fields;
mod closest;
pub mod transliterate;
mod wall_time;
mod front_matter;
pub mod settings;
pub mod document;
pub mod markdown;
mod form_source;
mod strings;
pub mod site;
mod assemble;
mod check;
pub mod routes;
pub mod view;
mod present;
pub mod assets;
pub mod render;
mod bundle;
pub mod output;
pub mod write;
pub mod diagnostic;
pub mod cli;
#[cfg(feature = "serve")]
mod serve;

use std::collections::BTreeMap;

use forms::Language;
use jiff::Timestamp;
use rayon::prelude::*;

use assets::Assets;
use diagnostic::{Diagnostic, Place, Text};
use markdown::Typography;
use output::Output;
use render::Renderer;
use routes::Route;
use site::Site;
use source::Source;

/// What may differ between two builds of the same content.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment for which the site is true.
    pub now: Timestamp,
    /// Whether pages are shown that are not published yet.
    pub drafts: bool,
    /// The address of the site, instead of the one in the settings.
    pub base_url: Option<String>,
}

/// A site that can be drawn.
#[derive(Debug)]
pub struct Plan {
    /// The whole site.
    pub site: Site,
    /// Every file that is drawn.
    pub routes: Vec<Route>,
    /// The theme, ready to draw.
    pub renderer: Renderer,
    /// The theme's own files.
    pub assets: Assets,
}

/// Reads, assembles and checks a site.
///
/// Pure: the same sources and options give the same plan. Problems in content come back as diagnostics, all at once; when
/// one of them is an error, nothing is to be written. Without readable settings there is no plan at all.
pub fn plan(source: &Source, options: &Options) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let plan = parse(source, options, &mut diagnostics).map(|parsed| {
        let site = assemble::assemble(parsed, options.now, options.drafts, &mut diagnostics);
        check::run(&site, &mut diagnostics);
        let assets = assets::assets(source, &mut diagnostics);
        let tera = render::templates(&source.theme, &mut diagnostics);
        let renderer = render::renderer(&site, &assets, tera);
        Plan {
            routes: routes::routes(&site),
            site,
            renderer,
            assets,
        }
    });
    diagnostic::sort(&mut diagnostics);
    (plan, diagnostics)
}

/// Draws every file of a plan. Only templates can go wrong now.
///
/// # Errors
/// Every problem of a template, once.
pub fn render_all(source: &Source, plan: &Plan) -> Result<Output, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut site = render::pages(&plan.site, &plan.renderer, &plan.routes, &mut diagnostics);
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        return Err(diagnostics);
    }
    site.extend(plan.assets.files.iter().cloned());
    Ok(Output {
        site,
        forms: form_bundle(source, plan),
    })
}

/// What the form function reads.
pub fn form_bundle(source: &Source, plan: &Plan) -> Vec<output::OutputFile> {
    bundle::bundle(&plan.site, &plan.assets, &source.theme)
}

fn parse(
    source: &Source,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<assemble::Parsed> {
    let Some(file) = &source.settings else {
        diagnostics.push(Diagnostic::error(
            "S04",
            Place::file("content/site.yaml"),
            Text::new(
                "липсват настройките на сайта",
                "the settings of the site are missing",
            ),
        ));
        return None;
    };
    let mut settings = settings::read(file, diagnostics)?;
    if let Some(base_url) = &options.base_url {
        base_url
            .trim_end_matches('/')
            .clone_into(&mut settings.base_url);
    }
    let strings = strings::read(source, &settings.languages, diagnostics);
    let languages: Vec<Language> = settings
        .languages
        .iter()
        .map(|(language, _)| language.clone())
        .collect();
    let forms = source
        .forms
        .iter()
        .filter_map(|file| form_source::read(file, &languages, diagnostics))
        .map(|form| (form.name.clone(), form))
        .collect();
    let typography: BTreeMap<&Language, Typography> = strings
        .iter()
        .map(|strings| (&strings.language, Typography::of(strings)))
        .collect();
    let read: Vec<(Option<document::Document>, Vec<Diagnostic>)> = source
        .documents
        .par_iter()
        .map(|file| {
            let mut diagnostics = Vec::new();
            let document = document::read(file, &settings, &typography, &mut diagnostics);
            (document, diagnostics)
        })
        .collect();
    let mut documents = Vec::new();
    for (document, found) in read {
        documents.extend(document);
        diagnostics.extend(found);
    }
    let media = source
        .media
        .iter()
        .map(|asset| asset.path.clone())
        .collect();
    drop(typography);
    Some(assemble::Parsed {
        settings,
        strings,
        documents,
        forms,
        media,
    })
}
