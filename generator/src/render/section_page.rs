//! The page of a list, by what is in it.

use forms::Language;

use super::{Renderer, TemplateError, draw, present, section_head};
use crate::parse::document::Section;
use crate::site::Site;

pub(super) fn section_page(
    site: &Site,
    renderer: &Renderer,
    section: Section,
    language: &Language,
) -> Result<Vec<u8>, TemplateError> {
    let head = section_head(site, section, language);
    match section {
        Section::Events => draw(
            renderer,
            language,
            "events.html",
            &head,
            &present::events(site, language),
        ),
        Section::People => draw(
            renderer,
            language,
            "people.html",
            &head,
            &present::people(site, language),
        ),
        Section::Documents => draw(
            renderer,
            language,
            "documents.html",
            &head,
            &present::documents(site, language),
        ),
        _ => draw(
            renderer,
            language,
            "section.html",
            &head,
            &present::section(site, section, language),
        ),
    }
}
