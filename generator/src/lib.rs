//! Turns a public centre's Markdown into its website and its form definitions.
//!
//! A pipeline of stages, each with a type of its own; see [`plan`] and [`draw`]. The pure core gets text and returns
//! values; only modules that begin with SHELL touch the world ([`load`], [`write`](mod@write), [`cli`], the preview, the
//! commands). The clock is an argument.

pub mod model;
pub mod source;
pub mod load;
pub mod pictures;
pub mod parse;
pub mod site;
mod check;
pub mod search;
pub mod render;
mod fingerprint;
pub mod output;
pub mod write;
mod scaffold;
mod new;
mod status;
mod schema;
mod admin;
pub mod diagnostic;
pub mod cli;
pub mod changes;
pub mod mend;
pub mod explain;
pub mod again;
#[cfg(feature = "external")]
mod external;
#[cfg(feature = "serve")]
mod serve;

use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use check::pages::{Found, Judge};
use diagnostic::Diagnostic;
use output::OutputFile;
use parse::Parsed;
use parse::memory::Memory;
use pictures::Pictures;
use render::assets::{Assets, assets};
use render::bundle::bundle;
use render::delivery::delivery;
use render::delivery::redirects::{Redirect, redirects};
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
    /// Former addresses of pages.
    pub redirects: Vec<Redirect>,
    /// The theme, ready to draw.
    pub renderer: Renderer,
    /// The theme's own files.
    pub assets: Assets,
}

/// Reads, assembles and checks a site.
///
/// Pure: the same sources and options give the same plan. The documents are taken out of the source: of a large site their text is
/// let go as soon as it was read. Problems in content come back as diagnostics, all at once; when
/// one of them is an error, nothing is to be written. Without readable settings there is no plan at all.
pub fn plan(
    source: &mut Source,
    pictures: &Pictures,
    options: &Options,
) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut diagnostics = pictures.diagnostics.to_vec();
    let parsed = parse::parse(source, options.base_url.as_deref(), &mut diagnostics);
    let add_indexes = |site: &Site, assets: &mut Assets| {
        for (name, bytes) in search::indexes(site) {
            assets.add(&name, bytes);
        }
    };
    let plan = parsed.map(|parsed| {
        planned(
            parsed,
            source,
            pictures,
            options,
            add_indexes,
            &mut diagnostics,
        )
    });
    diagnostic::sort(&mut diagnostics);
    (plan, diagnostics)
}

/// The same for a site that was read before, as a preview does: content files that `memory` knows are not read again, and
/// indexes of the search only get their addresses. Afterwards `memory` knows what was read now.
pub fn plan_again(
    source: &mut Source,
    pictures: &Pictures,
    options: &Options,
    memory: &mut Arc<Memory>,
) -> (Option<Plan>, Vec<Diagnostic>) {
    let mut diagnostics = pictures.diagnostics.to_vec();
    let base_url = options.base_url.as_deref();
    let parsed = parse::parse_again(source, base_url, memory, &mut diagnostics);
    let name_indexes = |site: &Site, assets: &mut Assets| {
        for name in search::names(site) {
            assets.name_only(&name);
        }
    };
    let plan = parsed.map(|(parsed, read)| {
        *memory = Arc::new(read);
        planned(
            parsed,
            source,
            pictures,
            options,
            name_indexes,
            &mut diagnostics,
        )
    });
    diagnostic::sort(&mut diagnostics);
    (plan, diagnostics)
}

fn planned(
    mut parsed: Parsed,
    source: &Source,
    pictures: &Pictures,
    options: &Options,
    add_indexes: impl FnOnce(&Site, &mut Assets),
    diagnostics: &mut Vec<Diagnostic>,
) -> Plan {
    pictures::rules::unused(&parsed, diagnostics);
    let drafts = check::drafts::files(&parsed.documents);
    if options.drafts {
        // Whoever sees drafts works here.
        parsed.settings.lead_to_editor();
    }
    let site = assemble(parsed, pictures, options.now, options.drafts, diagnostics);
    check::run(&site, diagnostics);
    check::statement::check(&site, options.now, diagnostics);
    check::contrast::check(&source.theme, diagnostics);
    let mut assets = assets(source, diagnostics);
    add_indexes(&site, &mut assets);
    let editor = admin::files(&site, assets.address("icon.svg"));
    assets.files.extend(editor);
    let renderer = renderer(&site, &assets, templates(&source.theme, diagnostics));
    let routes = routes(&site);
    let redirects = redirects(&site, &routes, diagnostics);
    if !options.drafts {
        check::drafts::soften(&drafts, diagnostics);
    }
    Plan {
        site,
        routes,
        redirects,
        renderer,
        assets,
    }
}

/// Draws every file of a plan, in parallel, and hands each to `keep` as soon as it is ready. Only templates can go wrong now.
///
/// # Errors
/// Every problem of a template, once. `keep` may have been called nevertheless: what it was given is not a whole site.
pub fn draw<T: Send>(
    source: &Source,
    plan: &Plan,
    keep: impl Fn(OutputFile) -> T + Sync,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let copied: Vec<OutputFile> = plan
        .assets
        .files
        .iter()
        .cloned()
        .chain(delivery(
            &plan.redirects,
            plan.site.settings.admin.is_some(),
        ))
        .collect();
    let drawn = plan.routes.iter().map(|route| route.path.as_str());
    let images = plan
        .site
        .entries
        .iter()
        .filter_map(|entry| entry.image.as_ref());
    let shown_elsewhere = images.map(|image| image.src.value.as_str()).collect();
    let pictures = plan.site.pictures.published(&shown_elsewhere);
    let copied_paths = copied.iter().chain(pictures.iter().copied());
    let paths = drawn.chain(copied_paths.map(|file| file.path.as_str()));
    let judge = Judge::new(paths, &source.theme);
    let judged = |route: &Route, file: OutputFile| {
        let faults = judge.faults(&file, || render::written(&plan.site, route));
        (faults, keep(file.of_site()))
    };
    let (faults, mut kept): (Vec<Vec<Found>>, Vec<T>) = pages(
        &plan.site,
        &plan.renderer,
        &plan.routes,
        &source.theme,
        judged,
        &mut diagnostics,
    )
    .into_iter()
    .unzip();
    diagnostics.extend(check::pages::once(faults.into_iter().flatten()));
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        return Err(diagnostics);
    }
    let pictures = pictures.into_par_iter().cloned();
    let site = copied
        .into_par_iter()
        .chain(pictures)
        .map(OutputFile::of_site);
    let forms = form_bundle(source, plan)
        .into_par_iter()
        .map(OutputFile::of_forms);
    kept.par_extend(site.chain(forms).map(&keep));
    Ok(kept)
}

/// What the form function reads.
pub fn form_bundle(source: &Source, plan: &Plan) -> Vec<OutputFile> {
    bundle(&plan.site, &plan.assets, &source.theme)
}
