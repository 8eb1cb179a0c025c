//! The pictures of a page, as they are shown.

use crate::parse::markdown::Body;
use crate::pictures::markup::{self, Role};
use crate::site::Site;

/// A picture of a text. The check has seen every one; one that is not there stops the build.
pub(super) fn in_text(site: &Site, body: &Body, index: usize) -> String {
    let mark = &body.pictures[index];
    let Some(picture) = site.pictures.written(&mark.src.value) else {
        return String::new();
    };
    let role = if index == 0 {
        Role::First
    } else {
        Role::Further
    };
    let alt = mark.alt.as_deref().unwrap_or_default();
    if mark.caption.is_empty() {
        markup::picture(picture, alt, role)
    } else {
        markup::figure(picture, alt, &mark.caption, role)
    }
}
