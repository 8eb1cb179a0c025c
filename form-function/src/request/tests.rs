use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::{form_values, is_from_elsewhere, json_values};

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect()
}

#[test]
fn a_browser_that_says_where_it_comes_from_is_believed() {
    let from_elsewhere = |pairs: &[(&'static str, &'static str)]| {
        is_from_elsewhere(&headers(pairs), "https://centre.example")
    };
    for ours in [
        vec![],
        vec![("origin", "https://centre.example")],
        vec![
            ("origin", "http://127.0.0.1:8000"),
            ("host", "127.0.0.1:8000"),
        ],
        vec![("sec-fetch-site", "same-origin")],
        // A page that sends no referrer says `null` of itself.
        vec![("sec-fetch-site", "same-origin"), ("origin", "null")],
    ] {
        assert!(!from_elsewhere(&ours), "{ours:?}");
    }
    for theirs in [
        vec![("origin", "https://elsewhere.example")],
        vec![("origin", "https://centre.example.elsewhere.example")],
        vec![("origin", "http://centre.example")],
        vec![("origin", "null")],
        vec![
            ("origin", "https://elsewhere.example"),
            ("host", "centre.example"),
        ],
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://elsewhere.example"),
        ],
    ] {
        assert!(from_elsewhere(&theirs), "{theirs:?}");
    }
}

#[test]
fn a_body_that_is_not_utf_8_is_no_form() {
    for body in [&b"name=%FF"[..], b"name=\xff", b"name=%D0&x=%90", b"%FF=1"] {
        assert_eq!(form_values(&Bytes::from_static(body)), None, "{body:?}");
    }
    let values = form_values(&Bytes::from_static("name=%D0%90на+Б&name=other".as_bytes())).unwrap();
    assert_eq!(values.get("name"), "Ана Б");
    assert_eq!(values.all("name").collect::<Vec<_>>(), ["Ана Б", "other"]);
}

#[test]
fn control_characters_are_no_answer() {
    let values = form_values(&Bytes::from_static(b"name=%00&story=a%00b%0D%0Ac")).unwrap();
    assert_eq!((values.get("name"), values.get("story")), ("", "a b\r\nc"));
}

#[test]
fn json_answers_are_texts_or_numbers_or_lists_of_them() {
    let values = json_values(&Bytes::from_static(
        br#"{"name": "Ana", "party_size": 2, "note": null, "topics": ["career", " youth ", 3], "days": []}"#,
    ))
    .unwrap();
    assert_eq!(
        (
            values.get("name"),
            values.get("party_size"),
            values.get("note")
        ),
        ("Ana", "2", "")
    );
    let several = |name| values.all(name).collect::<Vec<_>>();
    assert_eq!(several("topics"), ["career", "youth", "3"]);
    assert!(several("days").is_empty());
    for body in [
        r#"["name"]"#,
        r#"{"name": [["Ana"]]}"#,
        r#"{"name": [null]}"#,
        r#"{"name": {}}"#,
        r#"{"name": true}"#,
        "",
        "{",
        "null",
    ] {
        assert_eq!(
            json_values(&Bytes::from_static(body.as_bytes())),
            None,
            "{body}"
        );
    }
}
