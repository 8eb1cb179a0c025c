//! The pictures of pages, as they are shown. The checks have seen every one; one that is not there stops the build.

use forms::Language;

use crate::parse::document;
use crate::parse::markdown::Body;
use crate::pictures::Picture;
use crate::pictures::markup::{self, Role};
use crate::render::view::{Html, SocialPictureView};
use crate::site::directory::Person;
use crate::site::{Entry, Site, Version};

/// A picture of a text.
pub(super) fn in_text(site: &Site, entry: &Entry, body: &Body, index: usize) -> String {
    let mark = &body.pictures[index];
    let Some(picture) = site.pictures.written(&mark.src.value) else {
        return String::new();
    };
    // Above it stands the picture of the page, where there is one.
    let role = if index == 0 && entry.image.is_none() {
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

/// A picture beside others.
pub(super) fn in_gallery(site: &Site, src: &str, alt: &str) -> Html {
    let picture = site.pictures.written(src);
    Html(picture.map_or_else(String::new, |picture| {
        markup::picture(picture, alt, Role::Card)
    }))
}

/// The picture of a page, on the page.
pub(super) fn lead(site: &Site, entry: &Entry, version: &Version) -> Html {
    drawn(
        site,
        entry.image.as_ref(),
        &version.texts.image_alt,
        Role::Lead,
    )
}

/// The picture of a page, in a list, where the title beside it is the link.
pub(super) fn card(site: &Site, entry: &Entry) -> Html {
    drawn(site, entry.image.as_ref(), "", Role::Card)
}

/// The photograph of a person.
pub(super) fn portrait(site: &Site, person: &Person, language: &Language) -> Html {
    let alt = person.image_alt.text(language);
    drawn(site, person.image.as_ref(), alt, Role::Card)
}

fn drawn(site: &Site, image: Option<&document::Picture>, alt: &str, role: Role) -> Html {
    let picture: Option<&Picture> = image.and_then(|image| site.pictures.get(&image.src.value));
    Html(picture.map_or_else(String::new, |picture| markup::picture(picture, alt, role)))
}

/// What other sites show beside a link to a page.
pub(crate) fn social(site: &Site, entry: &Entry, version: &Version) -> Option<SocialPictureView> {
    let social = site.pictures.social(&entry.image.as_ref()?.src.value)?;
    Some(SocialPictureView {
        url: format!("{}{}", site.settings.base_url, social.address),
        width: social.width,
        height: social.height,
        alt: version.texts.image_alt.clone(),
    })
}
