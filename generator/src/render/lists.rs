//! Drawing the pages of lists.

use forms::Language;

use super::{Renderer, Shared, TemplateError, draw, present};
use crate::parse::document::Section;
use crate::site::Site;
use crate::site::lists::ListPage;

/// The bytes of a list's page.
pub(super) fn page(
    site: &Site,
    renderer: &Renderer,
    page: &ListPage,
    language: &Language,
) -> Result<Vec<u8>, TemplateError> {
    let Some(Shared { cards, .. }) = renderer.shared.get(language) else {
        return Ok(Vec::new());
    };
    let head = present::list_head(site, page, language);
    let (list, number) = (page, page.number());
    match list {
        ListPage::Section(Section::Events, _) => {
            let view = present::events(site, cards, number, language);
            draw(renderer, language, "events.html", &head, &view)
        }
        ListPage::Section(Section::People, _) => {
            let view = present::people(site, language);
            draw(renderer, language, "people.html", &head, &view)
        }
        ListPage::Section(Section::Documents, _) => {
            let view = present::documents(site, language);
            draw(renderer, language, "documents.html", &head, &view)
        }
        ListPage::Section(section, _) => {
            let view = present::section(site, cards, *section, number, language);
            draw(renderer, language, "section.html", &head, &view)
        }
        ListPage::Archive(section, year, _) => {
            let view = present::archive(site, cards, *section, *year, number, language);
            draw(renderer, language, "archive.html", &head, &view)
        }
        ListPage::Tags => {
            let view = present::tags(site, language);
            draw(renderer, language, "tags.html", &head, &view)
        }
        ListPage::Tag(tag, _) => {
            let view = present::tag(site, cards, tag, number, language);
            draw(renderer, language, "tag.html", &head, &view)
        }
        ListPage::AToZ => {
            let view = present::a_z(site, language);
            draw(renderer, language, "a-z.html", &head, &view)
        }
    }
}
