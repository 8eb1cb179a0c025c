//! What is said of links to pages that visitors cannot see yet.

use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Place, Text, in_words};
use crate::site::Site;

/// The codes of what is said here.
pub(super) const CODES: [&str; 2] = ["L17", "L18"];

/// A link to a page that is not finished.
pub(super) fn to_draft(path: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(
        "L17",
        place.clone(),
        Text::new(
            format!("връзката води към „/{path}“, а тази страница е още чернова"),
            format!("the link leads to “/{path}”, which is still a draft"),
        ),
    )
    .hint(Text::new(
        "публикувайте страницата (draft: false) или махнете връзката",
        "publish that page (draft: false), or take the link out",
    ))
}

/// A link to a page that appears later than the page with the link.
pub(super) fn to_scheduled(site: &Site, path: &str, at: Timestamp, place: &Place) -> Diagnostic {
    let when = in_words(&at.to_zoned(site.settings.zone.clone()));
    Diagnostic::error(
        "L18",
        place.clone(),
        Text::new(
            format!(
                "връзката води към „/{path}“, а тази страница ще се появи чак тогава: {}",
                when.bg
            ),
            format!(
                "the link leads to “/{path}”, which appears only on {}",
                when.en
            ),
        ),
    )
    .hint(Text::new(
        "дайте и на тази страница същия publish_at или добавете връзката след това",
        "give this page the same publish_at, or add the link after that",
    ))
}
