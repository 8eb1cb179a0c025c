//! Linked data (JSON-LD 1.1, schema.org): read by another hand as statements about things, and held against what search
//! engines require of each type.

use std::collections::BTreeMap;

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use scraper::{Html, Selector};

use super::{is_found, nothing_is_wrong, published};

/// Every type that we speak of, with what it must have: schema.org, and Google's lists for events, news and breadcrumbs.
const REQUIRED: &[(&str, &[&str])] = &[
    ("GovernmentOrganization", &["name"]),
    ("FAQPage", &["mainEntity"]),
    ("Question", &["name", "acceptedAnswer"]),
    ("Answer", &["text"]),
    ("WebSite", &["name", "url", "publisher", "inLanguage"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name", "item"]),
    (
        "GovernmentService",
        &["name", "description", "url", "provider"],
    ),
    ("Audience", &["audienceType"]),
    ("ServiceChannel", &["serviceUrl"]),
    (
        "Event",
        &[
            "name",
            "description",
            "url",
            "startDate",
            "eventStatus",
            "eventAttendanceMode",
            "location",
            "organizer",
        ],
    ),
    ("Place", &["name"]),
    ("Offer", &["price", "priceCurrency", "url"]),
    (
        "NewsArticle",
        &["headline", "datePublished", "author", "publisher", "url"],
    ),
];

/// Values that must be one of these.
const ONE_OF: &[(&str, &[&str])] = &[
    (
        "eventStatus",
        &["EventScheduled", "EventPostponed", "EventCancelled"],
    ),
    ("eventAttendanceMode", &["OfflineEventAttendanceMode"]),
    ("availability", &["InStock", "PreOrder"]),
];

const WHOLE_ADDRESSES: [&str; 5] = ["image", "url", "item", "serviceUrl", "mainEntityOfPage"];

/// What stands for schema.org's own context, which a test cannot fetch: every name is one of its vocabulary.
const CONTEXT: &[u8] = br#"{ "@context": { "@vocab": "https://schema.org/" } }"#;

/// What is said of a thing: the name of a property, and its values.
type Thing = BTreeMap<String, Vec<String>>;

/// The statements of a document, by what they are about.
fn things(json: &str) -> Result<BTreeMap<String, Thing>, String> {
    let parser = JsonLdParser::new()
        .for_slice(json)
        .with_load_document_callback(|url, _| {
            if url != "https://schema.org" {
                return Err(format!("{url} is not schema.org").into());
            }
            Ok(JsonLdRemoteDocument {
                document: CONTEXT.to_vec(),
                document_url: url.to_owned(),
            })
        });
    let mut things: BTreeMap<String, Thing> = BTreeMap::new();
    for quad in parser {
        let quad = quad.map_err(|error| error.to_string())?;
        let property = quad
            .predicate
            .as_str()
            .rsplit(['/', '#'])
            .next()
            .unwrap()
            .to_owned();
        let value = quad.object.to_string();
        let value = value
            .split("\"^^")
            .next()
            .unwrap()
            .split("\"@")
            .next()
            .unwrap();
        let value = value.trim_matches(['"', '<', '>']).to_owned();
        let thing = things.entry(quad.subject.to_string()).or_default();
        thing.entry(property).or_default().push(value);
    }
    Ok(things)
}

/// The linked data of a page.
fn data(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let script = Selector::parse("script").unwrap();
    page.select(&script)
        .filter(|script| script.attr("type") == Some("application/ld+json"))
        .map(|script| script.text().collect())
        .collect()
}

fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for json in data(page) {
        let things = match things(&json) {
            Ok(things) => things,
            Err(error) => {
                faults.push(error);
                continue;
            }
        };
        if things.is_empty() {
            faults.push("nothing is said".to_owned());
        }
        for thing in things.values() {
            faults.extend(faults_of(thing));
        }
    }
    faults
}

fn faults_of(thing: &Thing) -> Vec<String> {
    let mut faults = Vec::new();
    let kinds = thing.get("type").map_or(&[][..], Vec::as_slice);
    if kinds.is_empty() {
        faults.push(format!("nobody knows what {thing:?} is"));
    }
    for kind in kinds {
        let name = kind.strip_prefix("https://schema.org/").unwrap_or(kind);
        let Some((_, required)) = REQUIRED.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} is not known"));
            continue;
        };
        for property in *required {
            if !thing
                .get(*property)
                .is_some_and(|values| values.iter().all(|value| !value.is_empty()))
            {
                faults.push(format!("{name} lacks {property}"));
            }
        }
    }
    for (property, values) in thing {
        for value in values {
            if let Some((_, known)) = ONE_OF.iter().find(|(name, _)| name == property) {
                let value = value.strip_prefix("https://schema.org/");
                if !value.is_some_and(|value| known.contains(&value)) {
                    faults.push(format!("{property} cannot be {value:?}"));
                }
            }
            if WHOLE_ADDRESSES.contains(&property.as_str()) && !value.starts_with("https://") {
                faults.push(format!("{property} must be a whole address: {value}"));
            }
            let is_date = property.contains("Date")
                || property.starts_with("date")
                || property == "validFrom";
            if is_date && !is_point_in_time(value) {
                faults.push(format!("{property} has no zone, or is none: {value}"));
            }
        }
    }
    faults
}

/// A day, or an instant with its zone.
fn is_point_in_time(value: &str) -> bool {
    if value.contains('T') {
        value.parse::<jiff::Timestamp>().is_ok()
    } else {
        value.parse::<jiff::civil::Date>().is_ok()
    }
}

#[test]
fn what_every_page_says_of_itself_is_valid() {
    nothing_is_wrong(".html", |published, path, text| {
        let mut faults = faults(text);
        // A page in place of a translation says where the original is, and nothing more; one for lost addresses says nothing.
        let own = format!(
            "{}/{}",
            published.origin,
            path.trim_end_matches("index.html")
        );
        let expected = usize::from(text.contains(&format!("rel=\"canonical\" href=\"{own}\"")));
        if data(text).len() != expected {
            faults.push(format!("{} times linked data", data(text).len()));
        }
        faults
    });
}

#[test]
fn broken_linked_data_would_be_seen() {
    let event = published()[0]
        .site
        .output("site/sabitiya/otvoreno/index.html");
    let planted = [
        ("\"startDate\":\"2026-12-01T18:00:00+02:00\",", ""),
        ("2026-12-01T18:00:00+02:00\"", "2026-12-01T18:00\""),
        ("2026-12-01T18:00:00+02:00\"", "1 декември\""),
        ("EventScheduled", "EventPlanned"),
        ("\"@type\":\"Event\"", "\"@type\":\"Evnt\""),
        (
            "\"location\":{\"@type\":\"Place\",\"name\":\"Зала 1, „Дом“\"},",
            "",
        ),
        ("\"name\":\"Зала 1, „Дом“\"", "\"name\":\"\""),
        (
            "\"item\":\"https://centre.example/sabitiya/\"",
            "\"item\":\"/sabitiya/\"",
        ),
        ("schema.org\"", "schema.com\""),
    ];
    for (from, to) in planted {
        is_found(&event, from, to, faults);
    }
}

/// The one thing of this type on a page.
fn one(path: &str, kind: &str) -> Thing {
    let page = published()[0].site.output(path);
    let all = things(&data(&page)[0]).unwrap();
    let kind = format!("https://schema.org/{kind}");
    let mut found = all
        .into_values()
        .filter(|thing| thing["type"] == [kind.as_str()]);
    let thing = found
        .next()
        .unwrap_or_else(|| panic!("no {kind} on {path}"));
    assert!(found.next().is_none(), "more than one {kind} on {path}");
    thing
}

#[test]
fn an_event_says_when_where_and_whether_there_are_places() {
    let event = one("site/sabitiya/otvoreno/index.html", "Event");
    assert_eq!(event["startDate"], ["2026-12-01T18:00:00+02:00"]);
    assert_eq!(event["endDate"], ["2026-12-01T20:00:00+02:00"]);
    assert_eq!(event["maximumAttendeeCapacity"], ["10"]);
    let offer = |name: &str| one(&format!("site/sabitiya/{name}/index.html"), "Offer");
    assert_eq!(offer("otvoreno")["price"], ["0"]);
    assert_eq!(
        offer("otvoreno")["availability"],
        ["https://schema.org/InStock"]
    );
    assert_eq!(
        offer("rano")["availability"],
        ["https://schema.org/PreOrder"]
    );
    assert_eq!(offer("rano")["validFrom"], ["2027-03-01T09:00:00+02:00"]);
    for (name, status) in [
        ("otmeneno", "EventCancelled"),
        ("otlozheno", "EventPostponed"),
    ] {
        let path = format!("site/sabitiya/{name}/index.html");
        assert_eq!(
            one(&path, "Event")["eventStatus"],
            [format!("https://schema.org/{status}")]
        );
        assert!(
            !published()[0].site.output(&path).contains("\"Offer\""),
            "{name}"
        );
    }
    let days = one("site/sabitiya/cial-den/index.html", "Event");
    assert_eq!(
        (&*days["startDate"][0], &*days["endDate"][0]),
        ("2026-12-08", "2026-12-09")
    );
}

#[test]
fn home_services_and_news_say_what_they_are() {
    let centre = one("site/index.html", "WebSite");
    assert_eq!(centre["name"], ["Център"]);
    let page = published()[0].site.output("site/index.html");
    assert!(
        page.contains("\"telephone\":\"+35932123456\"")
            && page.contains("\"email\":\"centre@centre.example\"")
    );
    let service = one("site/uslugi/karieri/index.html", "GovernmentService");
    assert_eq!(service["serviceType"], ["Кариера"]);
    let channel = one("site/uslugi/karieri/index.html", "ServiceChannel");
    assert_eq!(
        channel["serviceUrl"],
        ["https://centre.example/registratsia/"]
    );
    let news = one("site/novini/znatsi/index.html", "NewsArticle");
    assert!(news["headline"][0].contains("<b>, &"));
    assert_eq!(news["datePublished"], ["2026-05-12"]);
}

#[test]
fn what_is_invented_or_has_only_a_supposed_year_is_not_described() {
    for (path, kind) in [
        ("sabitiya/primer", "Event"),
        ("sabitiya/bez-godina", "Event"),
        ("novini/primer", "NewsArticle"),
        ("novini/bez-godina", "NewsArticle"),
    ] {
        let page = published()[0]
            .site
            .output(&format!("site/{path}/index.html"));
        assert!(!page.contains(&format!("\"@type\":\"{kind}\"")), "{path}");
    }
}

#[test]
fn questions_on_a_page_are_data_with_their_answers() {
    let question = one("site/registratsia/index.html", "Question");
    assert_eq!(question["name"], ["Колко струва?"]);
    let answer = one("site/registratsia/index.html", "Answer");
    let text = &answer["text"][0];
    assert!(
        text.contains("https://centre.example/uslugi/karieri/"),
        "{text}"
    );
}

#[test]
fn a_page_with_a_picture_names_it_everywhere() {
    let picture = image::DynamicImage::new_rgb8(1200, 630);
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let site = crate::site_test::SiteTest::new().file(
        "content/news/novina.md",
        "---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n\
         image: { src: /media/ekip.png, alt: Двама души }\n---\n",
    );
    site.change("content/media/ekip.png", &bytes.into_inner());
    let site = site.build();
    let page = site.output("site/novini/novina/index.html");
    assert_eq!(faults(&page), [""; 0]);
    let found = data(&page)[0]
        .split("\"image\":\"")
        .nth(1)
        .map(str::to_owned);
    let address = found.unwrap().split('"').next().unwrap().to_owned();
    assert!(address.starts_with("https://centre.example/"), "{address}");
    assert!(page.contains(&format!("property=\"og:image\" content=\"{address}\"")));
    let feed = site.output("site/feed.json");
    assert!(
        feed.contains(&format!("\"image\": \"{address}\"")),
        "{feed}"
    );
}
