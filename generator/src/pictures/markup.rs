//! The HTML of a picture. Pages, cards, galleries and templates all draw it here.

use std::fmt::Write;

use super::{Picture, Variant};
use crate::parse::markdown::escaped;

/// Where on a page a picture stands, and with it how wide it becomes and how soon it is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// The one picture of the page, at its top: what a visitor waits for.
    Lead,
    /// In the text, the first one, which may be seen at once.
    First,
    /// In the text, further down.
    Further,
    /// In a list, beside others.
    Card,
}

impl Role {
    /// How wide the picture becomes. Browsers that can find out by themselves do, for all that is loaded late.
    fn sizes(self) -> &'static str {
        match self {
            Role::Lead | Role::First => "(min-width: 46rem) 44rem, 100vw",
            Role::Further => "auto, (min-width: 46rem) 44rem, 100vw",
            Role::Card => "auto, (min-width: 46rem) 22rem, 100vw",
        }
    }
}

/// About what a phone shows in the width of its screen: 390 points, two pixels each.
const ON_A_PHONE: u32 = 780;

/// The variant for a width: the narrowest that is as wide, else the widest.
fn for_width(variants: &[Variant], width: u32) -> Option<&Variant> {
    variants
        .iter()
        .find(|variant| variant.width >= width)
        .or(variants.last())
}

/// How many bytes a phone loads for this picture.
pub(crate) fn bytes_on_a_phone(picture: &Picture) -> usize {
    for_width(&picture.avif, ON_A_PHONE)
        .or_else(|| for_width(&picture.webp, ON_A_PHONE))
        .map_or(picture.bytes, |variant| variant.bytes)
}

/// The picture with its description; an empty one says that there is nothing in it that the text does not say.
pub(crate) fn picture(picture: &Picture, alt: &str, role: Role) -> String {
    let mut html = String::new();
    let sizes = role.sizes();
    // Writing to a string cannot fail.
    if !picture.avif.is_empty() {
        let _ = write!(
            html,
            r#"<picture><source type="image/avif" srcset="{}" sizes="{sizes}">"#,
            srcset(&picture.avif)
        );
    }
    let shown = for_width(&picture.webp, ON_A_PHONE)
        .map_or(picture.address.as_str(), |variant| &variant.address);
    let _ = write!(html, r#"<img src="{shown}""#);
    if picture.webp.len() > 1 {
        let _ = write!(
            html,
            r#" srcset="{}" sizes="{sizes}""#,
            srcset(&picture.webp)
        );
    }
    let _ = write!(
        html,
        r#" width="{}" height="{}" alt="{}""#,
        picture.width,
        picture.height,
        escaped(alt)
    );
    html.push_str(match role {
        Role::Lead => r#" fetchpriority="high" decoding="async">"#,
        Role::First => r#" decoding="async">"#,
        Role::Further | Role::Card => r#" loading="lazy" decoding="async">"#,
    });
    if !picture.avif.is_empty() {
        html.push_str("</picture>");
    }
    html
}

/// The picture with a caption under it.
pub(crate) fn figure(shown: &Picture, alt: &str, caption: &str, role: Role) -> String {
    format!(
        "<figure>{}<figcaption>{}</figcaption></figure>\n",
        picture(shown, alt, role),
        escaped(caption)
    )
}

fn srcset(variants: &[Variant]) -> String {
    let all: Vec<String> = variants
        .iter()
        .map(|variant| format!("{} {}w", variant.address, variant.width))
        .collect();
    all.join(", ")
}
