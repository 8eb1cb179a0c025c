//! Unmistakable people, on every way through the function, whom nobody may find again in what is kept or logged.

use crate::disclosure::Typed;
use crate::form_test::{Answers, CONFERENCE, OPEN_DAY, Reply, SITE, Visitor, person};

/// What they type: Cyrillic and Latin, names, addresses, numbers, words of their own.
const TYPED: [&str; 10] = [
    "Златоцвета Невидимова",
    "Zlatotsveta Nevidimova-Quillfeather",
    "zlatotsveta.quillfeather@wobbegong.example",
    "0877 314 159 265",
    "Пристигам с патерица и шарколия",
    "Gluten-free porridge and a wheelchair-ramp",
    "невидимова@wobbegong.example",
    "Кръстоказармен",
    "kriptozaurus",
    "wobbegong",
];

/// All that they type, to be looked for.
pub(crate) fn typed() -> Typed {
    Typed::new(&TYPED)
}

/// Somebody who writes Cyrillic.
fn cyrillic() -> Answers {
    person("zlatotsveta")
        .with("name", TYPED[0])
        .with("email", TYPED[2])
        .with("telephone", TYPED[3])
        .with("needs", TYPED[4])
}

/// Somebody who writes Latin.
fn latin() -> Answers {
    person("nevidimova")
        .with("name", TYPED[1])
        .with("email", "nevidimova@wobbegong.example")
        .with("needs", TYPED[5])
        .with("_language", "en")
}

/// Somebody who makes mistakes: an address that is none, and values that no question has.
fn mistaken() -> Answers {
    cyrillic()
        .with("email", TYPED[6])
        .with("party", TYPED[7])
        .with("another_field", TYPED[8])
}

/// What a program sends that is not even JSON.
fn broken() -> String {
    format!(
        "{{\"name\": \"{}\", \"email\": \"{}\" oh",
        TYPED[0], TYPED[2]
    )
}

/// Fails when people can be found in this place.
#[track_caller]
pub(crate) fn judge(place: &str, bytes: &[u8]) {
    assert!(!bytes.is_empty(), "nothing to look for in {place}");
    let typed = typed();
    let found = typed.found_in(bytes);
    assert!(found.is_empty(), "in {place}: {found:?}");
}

/// A way to the function.
pub(crate) trait Door {
    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply;
}

impl Door for Visitor {
    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        Visitor::send(self, method, path, headers, body.to_owned()).await
    }
}

const ORIGIN: [(&str, &str); 2] = [("origin", SITE), ("sec-fetch-site", "same-origin")];

/// They sign up by page, as `key` says in a request of its own, give back, return and go wrong in every way.
pub(crate) async fn come_and_go(door: &mut impl Door, key: &str) {
    let form = format!("/forms/{OPEN_DAY}");
    by_page(door, &form, &mistaken()).await.must_be(422);
    let check = by_page(door, &form, &cyrillic())
        .await
        .must_be(200)
        .page()
        .form();
    let sent = check.sent_untouched();
    let confirmed = by_page(door, &check.action, &sent).await.must_be(303);
    let receipt = confirmed.location().to_owned();
    by_page(door, &check.action, &sent).await.must_be(303);
    for path in [receipt.clone(), format!("{receipt}/event.ics")] {
        door.send("GET", &path, &[], "").await.must_be(200);
    }
    for path in [&receipt, &form] {
        let broken = format!("{path}/{}?name={}", percent(TYPED[0]), percent(TYPED[2]));
        door.send("GET", &broken, &[], "").await.must_be(404);
    }
    let conference = format!("/forms/{CONFERENCE}");
    for (name, answers) in [("one", latin()), ("one", latin()), ("other", latin())] {
        let key = format!("{key} {name}");
        by_program(door, &conference, &key, &answers.as_json().to_string())
            .await
            .must_be(201);
    }
    let other = latin().with("name", TYPED[7]).as_json().to_string();
    by_program(door, &conference, &format!("{key} one"), &other)
        .await
        .must_be(422);
    by_program(door, &conference, TYPED[8], &broken())
        .await
        .must_be(400);
    by_program(
        door,
        &conference,
        TYPED[8],
        &mistaken().as_json().to_string(),
    )
    .await
    .must_be(422);
    by_page(door, &format!("{receipt}/cancel"), &Answers::default())
        .await
        .must_be(303);
}

async fn by_page(door: &mut impl Door, path: &str, answers: &Answers) -> Reply {
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
    headers.extend(ORIGIN);
    door.send("POST", path, &headers, &answers.encoded()).await
}

async fn by_program(door: &mut impl Door, path: &str, key: &str, body: &str) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
    ];
    door.send("POST", path, &headers, body).await
}

fn percent(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
