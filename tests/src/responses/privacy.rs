//! Nothing that tells of a person reaches the log, an address line or an error page.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::faulty_store::Fault;
use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, person};

/// Words that only a person types.
const TYPED: [&str; 6] = [
    "Тайнка",
    "tainka",
    "0877 111",
    "0877111222333",
    "Секретна",
    "%D0%A2%D0%B0%D0%B9",
];

thread_local! {
    /// What is logged on this thread, while somebody listens.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

struct Listener;

impl io::Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.as_mut().map(|heard| heard.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything that is logged meanwhile, at every level. One subscriber serves all tests: those that come and go while others
/// log make each other miss lines.
pub(super) fn log_of(story: impl FnOnce()) -> String {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        let lines = fmt::layer()
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            // The hour could be anybody's year of birth.
            .without_time()
            .with_writer(|| Listener)
            .with_filter(dynamic_filter_fn(|_, _| HEARD.with_borrow(Option::is_some)));
        registry().with(lines).init();
    });
    HEARD.set(Some(Vec::new()));
    story();
    String::from_utf8(HEARD.take().unwrap()).unwrap()
}

/// One person on every way through the function. Gives the secrets that came up.
fn story(test: &FormTest) -> Vec<String> {
    let ana = person("tainka")
        .with("name", "Тайнка")
        .with("telephone", "0877 111 222 333")
        .with("needs", "Секретна");
    let mut secrets = Vec::new();
    test.fill_in(OPEN_DAY, &ana.with("email", "tainka@"))
        .must_be(422);
    test.fill_in(OPEN_DAY, &ana.with("website", "x"))
        .must_be(200);
    let check = test.fill_in(OPEN_DAY, &ana).must_be(200);
    secrets.push(check.page().form().hidden.get("_token").unwrap().to_owned());
    for _ in 0..2 {
        let receipt = test.confirm(&check).location().to_owned();
        secrets.push(receipt.rsplit('/').next().unwrap().to_owned());
    }
    let receipt = test.sign_up(OPEN_DAY, &ana);
    secrets.push(receipt.rsplit('/').next().unwrap().to_owned());
    test.get(&receipt).must_be(200);
    test.get(&format!("{receipt}/event.ics")).must_be(200);
    test.get(
        &format!("{receipt}/Тайнка?name=Тайнка")
            .replace('Т', "%D0%A2")
            .replace("айнка", "%D0%B0%D0%B9"),
    )
    .must_be(404);
    test.give_back(&receipt).must_be(303);
    let born = test
        .form(REGISTRATION, "bg")
        .sample()
        .with("name", "Тайнка")
        .with("birth_date_year", "1999");
    test.fill_in(REGISTRATION, &born.with("situation", "employment"))
        .must_be(200);
    test.sign_up(REGISTRATION, &born.with("email", "tainka@example.org"));
    let answer = test
        .json(OPEN_DAY, "tainka-key", &ana.as_json())
        .must_be(201)
        .json();
    secrets.push(
        answer["manage_url"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned(),
    );
    secrets.push(answer["reference"].as_str().unwrap().to_owned());
    test.json_with(
        OPEN_DAY,
        &[("idempotency-key", "tainka")],
        "{\"name\": \"Тайнка\", 1999",
    )
    .must_be(400);
    test.fill_in(OPEN_DAY, &ana.with("needs", &"Секретна".repeat(5_000)))
        .must_be(413);
    test.post_with(
        &format!("/forms/{OPEN_DAY}"),
        &[("origin", "https://tainka.example")],
        &ana,
    )
    .must_be(403);
    test.fill_in("tainka", &ana).must_be(404);
    // Mail that cannot leave.
    std::fs::remove_dir_all(test.mail_folder()).unwrap();
    test.sign_up(OPEN_DAY, &ana.with("email", "tainka.2@example.org"));
    test.work();
    secrets
}

#[test]
fn the_log_tells_of_events_and_never_of_people() {
    let test = FormTest::new();
    let mut secrets = Vec::new();
    let log = log_of(|| secrets = story(&test));
    for word in TYPED {
        assert!(!log.contains(word), "{word} in the log:\n{log}");
    }
    assert!(!log.contains("1999"), "a year of birth in the log:\n{log}");
    for secret in &secrets {
        assert!(
            !log.contains(secret.as_str()),
            "a secret in the log:\n{log}"
        );
    }
    assert!(
        !log.contains("/forms/r/e") && !log.contains("?name"),
        "{log}"
    );
    // It would not do to say nothing.
    for event in [
        "form sent",
        "outcome=\"check\"",
        "outcome=\"confirmed\"",
        "registration changed",
        "change=\"cancel\"",
        "a mail stays in the outbox",
        OPEN_DAY,
    ] {
        assert!(log.contains(event), "{event} in the log:\n{log}");
    }
}

#[test]
fn a_store_that_does_not_answer_is_an_apology_to_people_and_a_cause_in_the_log() {
    let test = FormTest::with(Fault::Silent);
    let log = log_of(|| {
        for reply in [
            test.fill_in(OPEN_DAY, &person("tainka")),
            test.get("/forms/r/x"),
        ] {
            assert!(matches!(reply.status, 503 | 404), "{}", reply.words());
        }
        let reply = test
            .fill_in(OPEN_DAY, &person("tainka").with("_language", "en"))
            .must_be(503);
        super::is_friendly(&test, &reply, "en", "unavailable");
        assert!(
            !reply.body.contains("no connection"),
            "the cause is for the log"
        );
        // Services have no places to look for: the store is asked at the confirmation.
        let check = test
            .fill_in(REGISTRATION, &test.form(REGISTRATION, "bg").sample())
            .must_be(200);
        super::is_friendly(
            &test,
            &test.confirm(&check).must_be(503),
            "bg",
            "unavailable",
        );
        let json = test
            .json(OPEN_DAY, "1", &person("tainka").as_json())
            .must_be(503)
            .json();
        assert_eq!(json["code"], "unavailable");
        test.get(&format!("/forms/{OPEN_DAY}/availability"))
            .must_be(503);
        test.get("/forms/health").must_be(503);
    });
    assert!(
        log.contains("no connection") && !log.contains("tainka"),
        "{log}"
    );
}

#[test]
fn no_address_carries_a_name() {
    let test = FormTest::new();
    let check = test.fill_in(OPEN_DAY, &person("tainka")).must_be(200);
    let taken = test.confirm(&check).must_be(303);
    assert!(!taken.location().contains("tainka") && !taken.location().contains('?'));
    let reference = test.get(taken.location()).page().text(".panel__number");
    assert!(!taken.location().contains(&reference));
}

#[test]
fn the_receipt_tells_nothing_of_the_person() {
    let test = FormTest::new();
    let answers = person("tainka")
        .with("name", "Тайнка")
        .with("telephone", "0877 111 222 333")
        .with("needs", "Секретна");
    let receipt = test.get(&test.sign_up(OPEN_DAY, &answers)).must_be(200);
    for word in TYPED {
        assert!(!receipt.body.contains(word), "{word}");
    }
}
