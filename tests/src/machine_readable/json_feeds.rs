//! JSON Feed 1.1.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{is_found, nothing_is_wrong, published, relative_addresses};

const OF_A_FEED: [&str; 7] = [
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "language",
    "authors",
    "items",
];
const OF_AN_ITEM: [&str; 10] = [
    "image",
    "id",
    "url",
    "title",
    "summary",
    "content_html",
    "date_published",
    "date_modified",
    "language",
    "tags",
];

/// What is wrong with a feed that stands at this address.
fn faults(text: &str, address: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(error) = feed_rs::parser::parse(text.as_bytes()) {
        faults.push(error.to_string());
    }
    let Ok(feed) = serde_json::from_str::<Value>(text) else {
        faults.push("it is no JSON".to_owned());
        return faults;
    };
    if feed["version"] != "https://jsonfeed.org/version/1.1" {
        faults.push("it is of another version".to_owned());
    }
    if feed["feed_url"] != address {
        faults.push(format!("it does not say that it is at {address}"));
    }
    faults.extend(unknown(&feed, &OF_A_FEED));
    faults.extend(missing(&feed, &["title", "home_page_url", "language"]));
    let mut ids = BTreeSet::new();
    for item in feed["items"].as_array().into_iter().flatten() {
        faults.extend(unknown(item, &OF_AN_ITEM));
        faults.extend(missing(item, &["id", "url", "title", "content_html"]));
        if !ids.insert(item["id"].to_string()) {
            faults.push(format!("{} is there twice", item["id"]));
        }
        for name in ["date_published", "date_modified"] {
            if let Some(date) = item.get(name)
                && date
                    .as_str()
                    .is_none_or(|date| date.parse::<jiff::Timestamp>().is_err())
            {
                faults.push(format!("{date} is no instant"));
            }
        }
        let html = item["content_html"].as_str().unwrap_or_default();
        faults.extend(relative_addresses(html));
    }
    if !feed["items"].is_array() {
        faults.push("it has no items".to_owned());
    }
    faults
}

fn unknown(value: &Value, known: &[&str]) -> Vec<String> {
    let names = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name);
    names
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| format!("{name} is not known"))
        .collect()
}

fn missing(value: &Value, wanted: &[&str]) -> Vec<String> {
    wanted
        .iter()
        .filter(|name| value[**name].as_str().is_none_or(str::is_empty))
        .map(|name| format!("{name} is missing"))
        .collect()
}

#[test]
fn every_feed_is_a_valid_json_feed() {
    nothing_is_wrong("feed.json", |published, path, text| {
        faults(text, &format!("{}/{path}", published.origin))
    });
}

#[test]
fn a_broken_json_feed_would_be_seen() {
    let good = published()[0].site.output("site/feed.json");
    let planted = [
        ("version/1.1", "version/2"),
        (
            "\"id\": \"https://centre.example/novini/staro/\"",
            "\"id\": 7",
        ),
        (
            "\"id\": \"https://centre.example/novini/staro/\"",
            "\"id\": \"https://centre.example/novini/prevedena/\"",
        ),
        ("2026-10-05T09:30:00Z", "2026-09-30"),
        ("content_html", "content"),
        (
            "<a href=\\\"https://centre.example/novini/",
            "<a href=\\\"/novini/",
        ),
        ("\"items\"", "\"entries\""),
        ("  ]\n}", "  ]\n"),
    ];
    for (from, to) in planted {
        is_found(&good, from, to, |text| {
            faults(text, "https://centre.example/feed.json")
        });
    }
}
