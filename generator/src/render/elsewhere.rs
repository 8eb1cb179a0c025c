//! The text of a page where the page is not: in feeds.

use forms::Language;
use tera::Context;

use super::feeds::absolute;
use super::{Renderer, TemplateError, insert_shared, present};
use crate::site::{Entry, Site, Version};

/// The text of a page as HTML with whole addresses, to be read elsewhere: in a feed.
///
/// # Errors
/// What is wrong with a template of a component.
pub fn body_elsewhere(
    site: &Site,
    renderer: &Renderer,
    entry: &Entry,
    version: &Version,
    language: &Language,
) -> Result<String, TemplateError> {
    const COMPONENT: &str = "content.body";
    let mut context = Context::new();
    let parts = present::body(site, entry, version, language);
    context.insert("parts", &parts);
    let mut shared = Context::new();
    insert_shared(renderer, language, &mut shared);
    let html = renderer
        .tera
        .render_component_with_implicits(COMPONENT, &context, &shared, None, true)
        .map_err(|error| TemplateError::new(COMPONENT, error))?;
    let origin = &site.settings.base_url;
    let page = format!("{origin}{}", version.permalink.as_str());
    Ok(absolute(&html, &page, origin))
}
