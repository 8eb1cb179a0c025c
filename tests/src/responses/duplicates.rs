//! One person twice. A form must not tell a stranger who has registered, and no place must be held twice.

use super::without_identity;
use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, ROUND_TABLE, person};

#[test]
fn a_second_registration_looks_like_the_first_and_holds_no_place() {
    let test = FormTest::new();
    let first = test.fill_in(OPEN_DAY, &person("ana")).must_be(200);
    let first = test.get(test.confirm(&first).location());
    assert_eq!(test.remaining(OPEN_DAY), 39);

    let second = test
        .fill_in(
            OPEN_DAY,
            &person("ana").with("name", "Някой").with("party", "1"),
        )
        .must_be(200);
    let taken = test.confirm(&second).must_be(303);
    let second = test.get(taken.location());
    assert_eq!(without_identity(&first), without_identity(&second));
    assert_ne!(
        first.page().text(".panel__number"),
        second.page().text(".panel__number")
    );
    let names = |reply: &crate::form_test::Reply| {
        reply
            .headers
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (second.status, names(&second)),
        (first.status, names(&first))
    );
    assert_eq!(test.remaining(OPEN_DAY), 39, "no place more is held");
}

#[test]
fn the_owner_of_the_address_hears_of_it_and_about_their_own_registration() {
    let test = FormTest::new();
    let first = test.sign_up(OPEN_DAY, &person("ana"));
    let second = test.sign_up(
        OPEN_DAY,
        &person("ana")
            .with("name", "Непознат")
            .with("email", "ANA@example.org"),
    );
    let mail = test.mail("already_registered", "ana@example.org");
    assert_eq!(
        mail.link(),
        first,
        "the link leads to the first registration"
    );
    assert!(!mail.everything().contains(&second) && !mail.everything().contains("Непознат"));
    assert_eq!(test.mails().len(), 2);
}

#[test]
fn a_program_learns_as_little() {
    let test = FormTest::new();
    let first = test
        .json(OPEN_DAY, "1", &person("ana").as_json())
        .must_be(201)
        .json();
    let second = test
        .json(OPEN_DAY, "2", &person("ana").as_json())
        .must_be(201)
        .json();
    assert_eq!(first["state"], second["state"]);
    assert_ne!(first["reference"], second["reference"]);
    assert_eq!(test.remaining(OPEN_DAY), 39);
}

#[test]
fn giving_a_second_registration_back_gives_nothing_of_the_first_back() {
    let test = FormTest::new();
    let first = test.sign_up(OPEN_DAY, &person("ana").with("party", "3"));
    let second = test.sign_up(OPEN_DAY, &person("ana"));
    let mails = test.mails().len();
    let reply = test.give_back(&second);
    assert_eq!(reply.location(), second);
    let page = test.get(&second).page();
    assert_eq!(
        page.heading(),
        test.text("bg", "receipt.heading.cancelled_by_attendee"),
        "it looks like any other"
    );
    assert_eq!(
        test.get(&first).page().heading(),
        test.text("bg", "receipt.heading.confirmed")
    );
    assert_eq!(test.remaining(OPEN_DAY), 37);
    // Whoever believes to have given back everything hears what there still is, and how to give it back.
    let all = test.mails();
    assert_eq!(all.len(), mails + 1);
    let about_the_first = all.iter().filter(|mail| mail.kind == "already_registered");
    assert!(about_the_first.clone().count() >= 2);
    assert!(about_the_first.clone().all(|mail| mail.link() == first));
}

#[test]
fn a_full_house_and_a_queue_look_the_same_to_everybody() {
    let test = FormTest::new();
    test.sign_up(ROUND_TABLE, &person("ana").with("party", "2"));
    test.take_places(ROUND_TABLE, 28);
    let known = test.sign_up(ROUND_TABLE, &person("ana"));
    let stranger = test.sign_up(ROUND_TABLE, &person("boris"));
    assert_eq!(
        without_identity(&test.get(&known)),
        without_identity(&test.get(&stranger))
    );
    assert_eq!(
        test.availability(ROUND_TABLE)["waiting"],
        1,
        "who has a place does not wait"
    );

    test.sign_up(OPEN_DAY, &person("ana"));
    test.take_places(OPEN_DAY, 38);
    test.json(OPEN_DAY, "last", &person("last").as_json())
        .must_be(201);
    let [known, stranger] =
        ["ana", "boris"].map(|name| test.fill_in(OPEN_DAY, &person(name)).must_be(409));
    assert_eq!(known.body, stranger.body);
}

#[test]
fn one_person_may_come_to_two_events() {
    let test = FormTest::new();
    test.sign_up(OPEN_DAY, &person("ana"));
    test.sign_up(ROUND_TABLE, &person("ana"));
    assert_eq!(
        (test.remaining(OPEN_DAY), test.remaining(ROUND_TABLE)),
        (39, 29)
    );
    assert!(test.mails().iter().all(|mail| mail.kind == "received"));
}

#[test]
fn who_left_only_a_number_is_known_by_it_and_has_no_mail() {
    let test = FormTest::new();
    let answers = test.form(REGISTRATION, "bg").sample().without("email");
    let first = test.sign_up(REGISTRATION, &answers);
    let second = test.sign_up(REGISTRATION, &answers.with("telephone", "0888-123-456"));
    assert_eq!(
        without_identity(&test.get(&first)),
        without_identity(&test.get(&second))
    );
    assert_eq!(test.mails().len(), 0);
    let stored = test.stored();
    assert_eq!(
        stored["outbox"],
        Vec::<String>::new(),
        "nothing waits that can never leave"
    );
}

/// The number is written once and then again, to the services, which ask for no e-mail address.
fn are_one_person(test: &FormTest, first: &str, second: &str) -> bool {
    let answers = test.form(REGISTRATION, "bg").sample().without("email");
    let first = test.sign_up(REGISTRATION, &answers.with("telephone", first));
    let second = test.sign_up(REGISTRATION, &answers.with("telephone", second));
    let registration = test.registration(&second);
    registration.duplicate_of == Some(test.registration(&first).id)
}

#[test]
fn a_number_with_the_code_of_the_country_is_the_same_number() {
    for other in [
        "+359 888 123 456",
        "00359 888 123 456",
        "359888123456",
        "888 123 456",
        "+359 (0) 888 123 456",
    ] {
        assert!(
            are_one_person(&FormTest::new(), "0888 123 456", other),
            "{other}"
        );
    }
    let abroad = "+48 888 123 456";
    assert!(!are_one_person(&FormTest::new(), "0888 123 456", abroad));
}

#[test]
fn the_number_is_kept_as_the_person_wrote_it() {
    let test = FormTest::new();
    let answers = test.form(REGISTRATION, "bg").sample().without("email");
    let receipt = test.sign_up(REGISTRATION, &answers.with("telephone", "0888 123 456"));
    let readable = test.readable(&receipt);
    assert!(
        readable.contains("0888123456") && !readable.contains("+359"),
        "{readable}"
    );
}
