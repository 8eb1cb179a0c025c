//! The same forms for programs: JSON in, JSON out, one step, one name a request.

use serde_json::{Value, json};

use super::nothing_happened;
use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, ROUND_TABLE, SITE, person};

#[test]
fn a_registration_by_a_program_is_like_any_other() {
    let test = FormTest::new();
    let answer = test
        .json(OPEN_DAY, "one", &person("ana").with("party", "2").as_json())
        .must_be(201)
        .json();
    assert_eq!(answer["state"], "confirmed");
    assert_eq!(answer.as_object().unwrap().len(), 3, "{answer}");
    let url = answer["manage_url"].as_str().unwrap();
    let receipt = url.strip_prefix(SITE).unwrap();
    let page = test.get(receipt).must_be(200).page();
    assert_eq!(
        page.text(".panel__number"),
        answer["reference"].as_str().unwrap()
    );
    assert_eq!(test.remaining(OPEN_DAY), 38);
    assert_eq!(test.mail("received", "ana@example.org").link(), receipt);
}

#[test]
fn the_same_request_again_has_the_same_answer() {
    let test = FormTest::new();
    test.at("2027-06-09T10:00:00+03:00");
    let first = test
        .json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(201);
    let stored = test.stored();
    let again = test
        .json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(201);
    assert_eq!(again.body, first.body);
    test.take_places(OPEN_DAY, 38);
    test.json(OPEN_DAY, "last", &person("last").as_json())
        .must_be(201);
    assert_eq!(
        test.json(OPEN_DAY, "one", &person("ana").as_json())
            .must_be(201)
            .body,
        first.body,
        "even when it is full"
    );
    test.at("2027-06-10T09:59:59+03:00");
    assert_eq!(
        test.json(OPEN_DAY, "one", &person("ana").as_json())
            .must_be(201)
            .body,
        first.body,
        "even when it is closed"
    );
    assert_eq!(stored["registrations"].len(), 1);
    assert_eq!(test.registrations(), 21);
    // A name is a name for a day.
    test.at("2027-06-10T10:00:00+03:00");
    test.json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(409);
}

#[test]
fn a_name_used_for_other_answers_is_refused() {
    let test = FormTest::new();
    test.json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(201);
    let reply = test
        .json(OPEN_DAY, "one", &person("boris").as_json())
        .must_be(422)
        .json();
    assert_eq!(reply["code"], "key_reused");
    assert_eq!(test.registrations(), 1);
    // A name is a name for one activity.
    test.json(ROUND_TABLE, "one", &person("boris").as_json())
        .must_be(201);
}

#[test]
fn without_a_name_a_request_is_not_taken() {
    let test = FormTest::new();
    let body = person("ana").as_json().to_string();
    let long = "k".repeat(256);
    for headers in [
        &[][..],
        &[("idempotency-key", "")],
        &[("idempotency-key", "  ")],
        &[("idempotency-key", &long)],
    ] {
        let reply = test.json_with(OPEN_DAY, headers, &body).must_be(400).json();
        assert_eq!(reply["code"], "idempotency_key_missing");
    }
    nothing_happened(&test);
    test.json(OPEN_DAY, &"k".repeat(255), &person("ana").as_json())
        .must_be(201);
}

#[test]
fn every_fault_is_listed_with_its_field_its_code_and_words() {
    let test = FormTest::new();
    let answers = json!({"_language": "en", "email": "ana", "telephone": "12", "birth_date_day": 31, "birth_date_month": 2, "birth_date_year": 2009, "situation": "other"});
    let reply = test.json(REGISTRATION, "one", &answers).must_be(422).json();
    let errors: Vec<[&str; 2]> = reply["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| ["field", "code"].map(|part| error[part].as_str().unwrap()))
        .collect();
    assert_eq!(
        errors,
        [
            ["name", "missing"],
            ["telephone", "telephone"],
            ["email", "email"],
            ["birth_date", "date_unreal"],
            ["situation", "choice"]
        ]
    );
    assert_eq!(reply["errors"][0]["message"], "Enter your name");
    assert_eq!(
        reply["errors"][2]["message"],
        test.text("en", "errors.email")
    );
    nothing_happened(&test);

    // The words are those that a person reads at the same fault.
    let page = test
        .fill_in(
            REGISTRATION,
            &crate::form_test::Answers::of(&[("_language", "en")]),
        )
        .must_be(422)
        .page();
    let empty = test
        .json(REGISTRATION, "two", &json!({"_language": "en"}))
        .must_be(422)
        .json();
    let words: Vec<&str> = empty["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["message"].as_str().unwrap())
        .collect();
    assert_eq!(page.texts(".error-summary li"), words);
}

#[test]
fn what_is_no_object_of_texts_is_malformed() {
    let test = FormTest::new();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "7",
        "{\"name\": [[\"a\"]]}",
        "{\"name\": {}}",
        "{\"name\": true}",
        "{} {}",
        "name=Ana",
        &deep,
    ] {
        let reply = test
            .json_with(OPEN_DAY, &[("idempotency-key", "one")], body)
            .must_be(400);
        assert_eq!(reply.json()["code"], "malformed", "{body}");
    }
    nothing_happened(&test);
    let answers = json!({"name": "Ана", "email": "ana@example.org", "party": 2, "telephone": null});
    test.json(OPEN_DAY, "one", &answers).must_be(201);
    assert_eq!(test.remaining(OPEN_DAY), 38);
}

#[test]
fn full_closed_and_waiting_have_names() {
    let test = FormTest::new();
    test.take_places(OPEN_DAY, 40);
    let full = test
        .json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(409)
        .json();
    assert_eq!(full["code"], "full");
    assert!(
        full["message"]
            .as_str()
            .unwrap()
            .contains("няма свободни места")
            || !full["message"].as_str().unwrap().is_empty()
    );
    test.take_places(ROUND_TABLE, 30);
    assert_eq!(
        test.json(ROUND_TABLE, "one", &person("ana").as_json())
            .must_be(201)
            .json()["state"],
        "waitlisted"
    );
    test.at("2027-06-22T09:00:00+03:00");
    assert_eq!(
        test.json(OPEN_DAY, "two", &person("ana").as_json())
            .must_be(409)
            .json()["code"],
        "closed"
    );
}

#[test]
fn the_language_is_the_one_that_was_said() {
    let test = FormTest::new();
    for (language, name) in [("bg", "ana"), ("en", "boris")] {
        let answer: Value = test
            .json(
                OPEN_DAY,
                name,
                &person(name).with("_language", language).as_json(),
            )
            .must_be(201)
            .json();
        let receipt = answer["manage_url"]
            .as_str()
            .unwrap()
            .strip_prefix(SITE)
            .unwrap()
            .to_owned();
        assert_eq!(test.get(&receipt).page().language(), language);
        let mail = test.mail("received", &format!("{name}@example.org"));
        assert!(
            mail.subject.starts_with(if language == "bg" {
                "Запазено"
            } else {
                "Place reserved"
            }) || mail.html.contains(&format!("lang=\"{language}\"")),
            "{}",
            mail.subject
        );
    }
    let headers = [
        ("idempotency-key", "x"),
        ("accept-language", "en-GB,en;q=0.9,bg;q=0.1"),
    ];
    let reply = test
        .json_with(REGISTRATION, &headers, "{}")
        .must_be(422)
        .json();
    assert_eq!(reply["errors"][0]["message"], "Enter your name");
}

#[test]
fn a_program_and_a_page_never_share_a_name() {
    let test = FormTest::new();
    let check = test.fill_in(OPEN_DAY, &person("ana")).must_be(200);
    let form = check.page().form();
    let token = form.hidden.get("_token").unwrap();
    // A name cut out of a page's token, as far as one can read it.
    test.json(
        OPEN_DAY,
        &token[..token.len().min(255)],
        &person("boris").as_json(),
    )
    .must_be(201);
    test.confirm(&check).must_be(303);
    assert_eq!(test.registrations(), 2);
}
