//! JSON Feed 1.1 (jsonfeed.org).

use forms::Language;
use serde::Serialize;

use super::items;
use super::{Channel, Feed, address, list, title, whole};
use crate::site::Site;

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

/// A channel as a JSON Feed.
pub(super) fn feed(
    site: &Site,
    channel: Channel,
    items: &[items::Item<'_>],
    language: &Language,
) -> Vec<u8> {
    let feed = Feed::Json(channel);
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: title(site, &feed, language),
        home_page_url: list(site, channel, language)
            .map_or_else(String::new, |page| whole(site, page.as_str())),
        feed_url: address(site, &feed, language)
            .map_or_else(String::new, |path| whole(site, &path)),
        language: language.as_str(),
        authors: [Author {
            name: site.settings.name.text(language),
            url: whole(site, site.home(language).as_str()),
        }],
        items: items
            .iter()
            .map(|item| Item {
                id: &item.id,
                url: &item.url,
                title: &item.title,
                summary: item.summary,
                content_html: &item.content,
                date_published: item.published.map(|date| date.to_string()),
                date_modified: item.modified.map(|date| date.to_string()),
                language: item.foreign.map(Language::as_str),
                image: item.image.as_deref(),
                tags: item.tags.iter().map(|(_, label)| *label).collect(),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
