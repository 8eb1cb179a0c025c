//! Turns a public centre's Markdown into its website and its form definitions.
//!
//! A pipeline of stages, each with a type of its own; see [`plan`] and [`render_all`]. The pure core gets text and returns
//! values; only [`load`], [`write`](mod@write), [`cli`] and the preview server touch the world. The clock is an argument.

pub mod source;
pub mod load;
pub mod parse;
pub mod site;
mod check;
pub mod search;
pub mod render;
mod fingerprint;
pub mod output;
pub mod write;
pub mod diagnostic;
pub mod cli;
#[cfg(feature = "serve")]
mod serve;

use jiff::Timestamp;

use diagnostic::Diagnostic;
use output::{Output, OutputFile};
use render::assets::{Assets, assets};
use render::bundle::bundle;
use render::routes::{Route, routes};
use render::{Renderer, pages, renderer, templates};
use site::Site;
use site::assemble::assemble;
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
    let parsed = parse::parse(source, options.base_url.as_deref(), &mut diagnostics);
    let plan = parsed.map(|parsed| {
        let site = assemble(parsed, options.now, options.drafts, &mut diagnostics);
        check::run(&site, &mut diagnostics);
        let mut assets = assets(source, &mut diagnostics);
        for (name, bytes) in search::indexes(&site) {
            assets.add(&name, bytes);
        }
        let renderer = renderer(&site, &assets, templates(&source.theme, &mut diagnostics));
        Plan {
            routes: routes(&site),
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
    let mut site = pages(&plan.site, &plan.renderer, &plan.routes, &mut diagnostics);
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
pub fn form_bundle(source: &Source, plan: &Plan) -> Vec<OutputFile> {
    bundle(&plan.site, &plan.assets, &source.theme)
}
