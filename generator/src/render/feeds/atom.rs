//! Atom (RFC 4287).

use forms::Language;

use super::items::{Item, updated};
use super::{Channel, Feed, address, list, title, whole};
use crate::render::xml::Xml;
use crate::site::Site;

/// A channel as an Atom document.
pub(super) fn feed(
    site: &Site,
    channel: Channel,
    items: &[Item<'_>],
    language: &Language,
) -> Vec<u8> {
    let feed = Feed::Atom(channel);
    let this = address(site, &feed, language).map_or_else(String::new, |path| whole(site, &path));
    let page =
        list(site, channel, language).map_or_else(String::new, |page| whole(site, page.as_str()));
    let tag = language.as_str();
    let mut xml = Xml::new();
    xml.open(
        "feed",
        &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", tag)],
    );
    xml.text("id", &[], &this);
    xml.text("title", &[], &title(site, &feed, language));
    xml.text("updated", &[], &updated(items).to_string());
    xml.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &this),
        ],
    );
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("hreflang", tag),
            ("href", &page),
        ],
    );
    xml.open("author", &[]);
    xml.text("name", &[], site.settings.name.text(language));
    xml.close("author");
    for item in items {
        let tag = item.foreign.unwrap_or(language).as_str();
        xml.open("entry", &[("xml:lang", tag)]);
        xml.text("id", &[], &item.id);
        xml.text("title", &[], &item.title);
        xml.text("updated", &[], &item.updated.to_string());
        if let Some(published) = item.published {
            xml.text("published", &[], &published.to_string());
        }
        xml.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "text/html"),
                ("hreflang", tag),
                ("href", &item.url),
            ],
        );
        for (term, label) in &item.tags {
            xml.empty("category", &[("term", term), ("label", label)]);
        }
        xml.text("summary", &[], item.summary);
        xml.text("content", &[("type", "html")], &item.content);
        xml.close("entry");
    }
    xml.close("feed");
    xml.finish()
}
