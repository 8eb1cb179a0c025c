//! Atom (RFC 4287).

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::{is_found, nothing_is_wrong, published, relative_addresses};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What is wrong with a feed that stands at this address.
fn faults(text: &str, address: &str) -> Vec<String> {
    let mut faults = Vec::new();
    match feed_rs::parser::parse(text.as_bytes()) {
        Ok(feed) => {
            if feed.feed_type != feed_rs::model::FeedType::Atom || feed.updated.is_none() {
                faults.push("another reader finds no Atom with a date".to_owned());
            }
            if feed.entries.len() != text.matches("<entry").count() {
                faults.push("another reader finds another number of entries".to_owned());
            }
        }
        Err(error) => faults.push(error.to_string()),
    }
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let feed = document.root_element();
    if !feed.has_tag_name((ATOM, "feed")) {
        faults.push("the root is no feed".to_owned());
    }
    faults.extend(faults_of_container(feed));
    if link(feed, "self") != Some(address) {
        faults.push(format!("it does not say that it is at {address}"));
    }
    let mut ids = BTreeSet::new();
    for entry in feed
        .children()
        .filter(|node| node.has_tag_name((ATOM, "entry")))
    {
        faults.extend(faults_of_container(entry));
        if !ids.insert(texts(entry, "id")) {
            faults.push(format!("{:?} is there twice", texts(entry, "id")));
        }
        let content = entry
            .children()
            .find(|node| node.has_tag_name((ATOM, "content")));
        match content {
            Some(content) if content.attribute("type") == Some("html") => {
                faults.extend(relative_addresses(content.text().unwrap_or_default()));
            }
            _ => faults.push("an entry has no HTML".to_owned()),
        }
        let authors = |node: Node<'_, '_>| texts(node, "author").len();
        if authors(entry) + authors(feed) == 0 {
            faults.push("nobody wrote it".to_owned());
        }
    }
    faults
}

/// What holds of the feed and of each entry.
fn faults_of_container(node: Node<'_, '_>) -> Vec<String> {
    let mut faults = Vec::new();
    for name in ["id", "title", "updated"] {
        match texts(node, name).as_slice() {
            [text] if !text.is_empty() => {}
            found => faults.push(format!("{name} must be there once: {found:?}")),
        }
    }
    for name in ["updated", "published"] {
        for date in texts(node, name) {
            if date.parse::<jiff::Timestamp>().is_err() {
                faults.push(format!("{date} is no instant"));
            }
        }
    }
    for id in texts(node, "id") {
        if !id.starts_with("https://") {
            faults.push(format!("{id} is no IRI"));
        }
    }
    if !link(node, "alternate").is_some_and(|link| link.starts_with("https://")) {
        faults.push("it leads to no page".to_owned());
    }
    faults
}

fn texts<'a>(node: Node<'a, 'a>, name: &str) -> Vec<&'a str> {
    node.children()
        .filter(|child| child.has_tag_name((ATOM, name)))
        .map(|child| child.text().unwrap_or_default())
        .collect()
}

fn link<'a>(node: Node<'a, 'a>, rel: &str) -> Option<&'a str> {
    let mut links = node
        .children()
        .filter(|child| child.has_tag_name((ATOM, "link")));
    links
        .find(|link| link.attribute("rel") == Some(rel))?
        .attribute("href")
}

#[test]
fn every_feed_is_valid_atom() {
    nothing_is_wrong("feed.xml", |published, path, text| {
        faults(text, &format!("{}/{path}", published.origin))
    });
}

#[test]
fn a_broken_feed_would_be_seen() {
    let good = published()[0].site.output("site/feed.xml");
    let planted = [
        ("<updated>2026-10-05T09:30:00Z", "<updated>2026-10-05"),
        ("<id>https://centre.example/novini/staro/</id>", ""),
        ("/novini/staro/</id>", "/novini/prevedena/</id>"),
        ("<author>\n    <name>Център</name>\n  </author>", ""),
        ("&lt;b&gt;", "<b>"),
        ("type=\"html\"", "type=\"text\""),
        ("rel=\"self\"", "rel=\"via\""),
        (
            "href=\"https://centre.example/novini/prevedena/\"",
            "href=\"/novini/prevedena/\"",
        ),
        ("2005/Atom", "2006/Atom"),
    ];
    for (from, to) in planted {
        is_found(&good, from, to, |text| {
            faults(text, "https://centre.example/feed.xml")
        });
    }
}

#[test]
fn a_feed_tells_of_the_newest_twenty_and_of_both_kinds() {
    let site = &published()[1].site;
    let entries = |path: &str| site.output(path).matches("<entry").count();
    assert_eq!(entries("site/feed.xml"), 20);
    assert_eq!(entries("site/novini/feed.xml"), 20);
    let everything = site.output("site/feed.xml");
    assert!(everything.contains("/novini/nova-25/") && everything.contains("/sabitiya/otvoreno/"));
    assert!(
        !site
            .output("site/novini/feed.xml")
            .contains("/novini/nova-1/")
    );
}

#[test]
fn an_item_keeps_its_first_address_as_its_identity_and_says_when_it_changed() {
    let text = published()[0].site.output("site/novini/feed.xml");
    let document = Document::parse(&text).unwrap();
    let entry = |id: &str| {
        let mut entries = document.root_element().children();
        entries.find(|entry| texts(*entry, "id") == [id]).unwrap()
    };
    let moved = entry("https://centre.example/novini/staro/");
    let now_at = link(moved, "alternate");
    assert_eq!(now_at, Some("https://centre.example/novini/znatsi/"));
    let changed = entry("https://centre.example/novini/prevedena/");
    assert_eq!(texts(changed, "published"), ["2026-09-30T21:00:00Z"]);
    assert_eq!(texts(changed, "updated"), ["2026-10-05T09:30:00Z"]);
    let events = published()[0].site.output("site/sabitiya/feed.xml");
    assert!(
        events.contains("<published>2026-11-02T06:00:00Z"),
        "{events}"
    );
}

#[test]
fn nothing_is_dated_after_now_and_what_is_new_stands_first() {
    let event = |number: usize, fields: &str| {
        format!(
            "---\ntitle: Събитие {number}\ndescription: О.\nstarts_at: 20{}-03-01T10:00\nplace: Зала\n{fields}---\n",
            24 + number
        )
    };
    let dates = |site: &crate::site_test::SiteTest| {
        let text = site.output("site/feed.xml");
        let document = Document::parse(&text).unwrap();
        let all = document.descendants().filter(|node| {
            node.has_tag_name((ATOM, "updated")) || node.has_tag_name((ATOM, "published"))
        });
        let all: Vec<String> = all
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect();
        let calendar = site.output("site/calendar.ics");
        let stamps = calendar
            .lines()
            .filter_map(|line| line.strip_prefix("DTSTAMP:"));
        for stamp in stamps {
            assert!(stamp < "20261123T070000Z", "{stamp}");
        }
        for date in &all {
            assert!(date.as_str() <= "2026-11-23T07:00:00Z", "{date}\n{text}");
        }
        (all[0].clone(), text)
    };
    let mut site = crate::site_test::SiteTest::new();
    for (number, fields) in [
        "",
        "",
        "",
        "updated: 2027-01-01\n",
        "publish_at: 2026-10-01\n",
    ]
    .iter()
    .enumerate()
    {
        site = site.file(
            &format!("content/events/s{number}.md"),
            &event(number, fields),
        );
    }
    let news =
        |day: &str| format!("---\ntitle: Новина {day}\ndescription: О.\ndate: 2026-{day}\n---\n");
    let site = site.file("content/news/stara.md", &news("09-01")).build();
    let (before, text) = dates(&site);
    assert_eq!(before, "2026-09-30T21:00:00Z", "what is announced counts");
    let at = |text: &str, path: &str| text.find(path).unwrap();
    assert!(at(&text, "/sabitiya/s4/") < at(&text, "/novini/stara/"));
    assert!(at(&text, "/novini/stara/") < at(&text, "/sabitiya/s3/"));
    assert!(
        at(&text, "/sabitiya/s3/") < at(&text, "/sabitiya/s0/"),
        "long ago"
    );
    let site = site.file("content/news/nova.md", &news("11-20")).build();
    let (after, text) = dates(&site);
    assert_eq!(after, "2026-11-19T22:00:00Z", "the news moved it");
    assert!(at(&text, "/novini/nova/") < at(&text, "/sabitiya/s4/"));
    // What nobody dated keeps its date from build to build, and has one in the other format, too.
    let first = site.files("dist/site");
    site.build_at("2026-11-24T09:00:00+02:00");
    assert!(site.files("dist/site") == first);
    let json: serde_json::Value = serde_json::from_str(&site.output("site/feed.json")).unwrap();
    for item in json["items"].as_array().unwrap() {
        let date = item["date_published"].as_str().unwrap();
        assert!(date <= "2026-11-23T07:00:00Z", "{date}");
    }
}
