//! Too many posts: who is told to wait, for how long, and who is not.

use form_function::limits::RateLimits;
use form_function::server::start;
use form_function::settings::Settings;

use super::privacy::log_of;
use super::{is_friendly, nothing_happened};
use crate::form_test::{Answers, FormTest, OPEN_DAY, Reply, Visitor, person, real};

const FORM: &str = "/forms/den-na-otvorenite-vrati-2027";
const SCHOOL: &str = "192.0.2.77";
const OTHER: &str = "2001:db8::77";

/// Three posts a minute from one address, and a hundred a second from all.
fn limited() -> FormTest {
    let mut test = FormTest::new();
    test.limit(RateLimits {
        per_minute_and_address: 3.try_into().unwrap(),
        per_second: 100.try_into().unwrap(),
    });
    test
}

fn post_from(test: &FormTest, address: &str, answers: &Answers) -> Reply {
    test.post_with(FORM, &[("x-forwarded-for", address)], answers)
}

#[test]
fn who_posts_too_often_is_told_to_wait_and_nobody_else_is() {
    let test = limited();
    for _ in 0..3 {
        post_from(&test, SCHOOL, &person("ana")).must_be(200);
    }
    let refused = post_from(&test, SCHOOL, &person("ana")).must_be(429);
    is_friendly(&test, &refused, "bg", "too_many");
    assert_eq!(refused.header("retry-after"), "20");
    assert_eq!(refused.header("cache-control"), "no-store");
    assert_eq!(refused.header("referrer-policy"), "no-referrer");
    post_from(&test, OTHER, &person("boris")).must_be(200);

    test.at("2027-05-01T09:00:00Z");
    for _ in 0..3 {
        post_from(&test, SCHOOL, &person("ana")).must_be(200);
    }
    post_from(&test, SCHOOL, &person("ana")).must_be(429);
    test.at("2027-05-01T09:00:20Z");
    post_from(&test, SCHOOL, &person("ana")).must_be(200);
}

#[test]
fn everything_that_is_posted_counts_and_reading_does_not() {
    let test = limited();
    let from = ("x-forwarded-for", SCHOOL);
    for path in [FORM, "/forms/r/unknown/cancel", "/forms/nothing/confirm"] {
        let status = test.post_with(path, &[from], &person("ana")).status;
        assert_ne!(status, 429, "{path}");
    }
    for path in [
        FORM,
        "/forms/r/unknown/cancel",
        "/forms/nothing",
        "/forms/",
        "/forms",
    ] {
        test.post_with(path, &[from], &person("ana")).must_be(429);
    }
    let availability = format!("{FORM}/availability");
    for _ in 0..10 {
        test.send("GET", &availability, &[from], "").must_be(200);
    }
}

#[test]
fn the_body_of_one_post_too_many_is_not_even_read() {
    let test = limited();
    let headers = [
        ("x-forwarded-for", SCHOOL),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let too_long = format!("name={}", "a".repeat(100_000));
    for _ in 0..3 {
        test.send("POST", FORM, &headers, too_long.clone())
            .must_be(413);
    }
    test.send("POST", FORM, &headers, too_long).must_be(429);
}

#[test]
fn a_program_is_told_in_json_and_a_reader_in_their_language() {
    let test = limited();
    for _ in 0..3 {
        post_from(&test, SCHOOL, &person("ana")).must_be(200);
    }
    let headers = [
        ("x-forwarded-for", SCHOOL),
        ("idempotency-key", "1"),
        ("accept-language", "en"),
    ];
    let answers = person("ana").as_json().to_string();
    let refused = test.json_with(OPEN_DAY, &headers, &answers).must_be(429);
    assert_eq!(refused.header("retry-after"), "20");
    let refused = refused.json();
    assert_eq!(refused["code"], "too_many");
    assert_eq!(refused["message"], test.text("en", "message.too_many.text"));
    let page = test.post_with(FORM, &headers[..1], &person("ana"));
    is_friendly(&test, &page, "bg", "too_many");
    let page = test.post_with(FORM, &[headers[0], headers[2]], &person("ana"));
    is_friendly(&test, &page, "en", "too_many");
    nothing_happened(&test);
}

#[test]
fn no_address_reaches_the_log() {
    let test = limited();
    let log = log_of(|| {
        for address in [SCHOOL, OTHER] {
            for _ in 0..4 {
                post_from(&test, address, &person("ana"));
            }
        }
    });
    assert!(log.contains("429"), "{log}");
    assert!(!log.contains(SCHOOL) && !log.contains(OTHER), "{log}");
}

#[tokio::test]
async fn the_server_knows_its_peers_and_believes_no_header_unless_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    real().write(&folder.path().join("dist"));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let settings = Settings::from_lookup(|name| match name {
        "FORMS_BUNDLE" => Some(path("dist/forms")),
        "SITE_DIR" => Some(path("dist/site")),
        "DATA_DIR" => Some(path("data")),
        "LISTEN" => Some("127.0.0.1:0".to_owned()),
        "RATE_LIMITS" => Some("2/100".to_owned()),
        _ => None,
    });
    let server = start(&settings.unwrap()).await.unwrap();
    let mut visitor = Visitor::connect(server.address).await;
    let nobody = Answers::of(&[("_language", "bg")]);
    for status in [422, 422, 429] {
        visitor.post(FORM, &nobody).await.must_be(status);
    }
    let mut again = Visitor::connect(server.address).await;
    again.post(FORM, &nobody).await.must_be(429);
    server.stop().await.unwrap();
}
