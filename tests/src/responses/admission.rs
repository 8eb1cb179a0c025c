//! Full, closed, not yet open, off, unknown: none of it is anybody's fault.

use super::{is_friendly, nothing_happened, one_event};
use crate::form_test::{FormTest, OPEN_DAY, ROUND_TABLE, person};

#[test]
fn a_full_house_says_so_before_and_after_the_check() {
    let test = FormTest::new();
    let check = test
        .fill_in(OPEN_DAY, &person("ana").with("_language", "en"))
        .must_be(200);
    test.take_places(OPEN_DAY, 40);
    let before = test.stored();

    let late = test.confirm(&check).must_be(409);
    is_friendly(&test, &late, "en", "full");
    let late = test.fill_in(OPEN_DAY, &person("boris")).must_be(409);
    is_friendly(&test, &late, "bg", "full");
    assert_eq!(test.stored(), before);
    assert_eq!(
        test.availability(OPEN_DAY),
        serde_json::json!({"state": "full", "capacity": 40, "remaining": 0, "waiting": 0})
    );
}

#[test]
fn a_party_that_does_not_fit_is_told_and_a_smaller_one_gets_in() {
    let test = FormTest::new();
    test.take_places(OPEN_DAY, 38);
    let reply = test
        .fill_in(OPEN_DAY, &person("ana").with("party", "3"))
        .must_be(409);
    is_friendly(&test, &reply, "bg", "full");
    test.sign_up(OPEN_DAY, &person("ana").with("party", "2"));
    assert_eq!(test.remaining(OPEN_DAY), 0);
}

#[test]
fn sign_up_closes_to_the_second() {
    let test = FormTest::new();
    test.at("2027-06-10T08:59:59+03:00");
    assert_eq!(test.availability(OPEN_DAY)["state"], "open");
    let check = test.fill_in(OPEN_DAY, &person("ana")).must_be(200);
    test.at("2027-06-10T09:00:00+03:00");
    assert_eq!(test.availability(OPEN_DAY)["state"], "closed");
    for reply in [test.confirm(&check), test.fill_in(OPEN_DAY, &person("ana"))] {
        is_friendly(&test, &reply.must_be(409), "bg", "closed");
    }
    nothing_happened(&test);
}

#[test]
fn before_sign_up_opens_it_says_when() {
    let test = one_event("", "  opens_at: 2027-03-01T09:00\n");
    test.at("2027-03-01T08:59:59+02:00");
    let reply = test.fill_in("sreshta", &person("ana")).must_be(409);
    is_friendly(&test, &reply, "bg", "not_yet_open");
    assert!(
        reply
            .words()
            .replace('\u{a0}', " ")
            .contains("1 март 2027 г., 9:00"),
        "{}",
        reply.words()
    );
    let reply = test
        .fill_in("sreshta", &person("ana").with("_language", "en"))
        .must_be(409);
    assert!(
        reply
            .words()
            .replace('\u{a0}', " ")
            .contains("1 March 2027, 9:00"),
        "{}",
        reply.words()
    );
    assert_eq!(test.availability("sreshta")["state"], "not_yet_open");
    nothing_happened(&test);

    test.at("2027-03-01T09:00:00+02:00");
    test.sign_up("sreshta", &person("ana"));
}

#[test]
fn an_event_that_is_off_takes_nobody() {
    for (status, message) in [
        ("cancelled", "cancelled_event"),
        ("postponed", "postponed_event"),
    ] {
        let test = one_event(&format!("status: {status}\n"), "");
        let reply = test.fill_in("sreshta", &person("ana")).must_be(409);
        is_friendly(&test, &reply, "bg", message);
        let json = test
            .json("sreshta", "1", &person("ana").as_json())
            .must_be(409)
            .json();
        assert_eq!(json["code"], status);
        assert_eq!(test.availability("sreshta")["state"], status);
        nothing_happened(&test);
    }
}

#[test]
fn a_full_house_with_a_waiting_list_lets_people_wait() {
    let test = FormTest::new();
    test.take_places(ROUND_TABLE, 30);
    assert_eq!(
        test.availability(ROUND_TABLE),
        serde_json::json!({"state": "waitlist", "capacity": 30, "remaining": 0, "waiting": 0})
    );
    let receipt = test.sign_up(ROUND_TABLE, &person("ana").with("party", "2"));
    let page = test.get(&receipt).must_be(200).page();
    assert_eq!(
        page.heading(),
        test.text("bg", "receipt.heading.waitlisted")
    );
    assert!(
        !page.has("[href$='event.ics']"),
        "who waits has no date yet"
    );
    test.get(&format!("{receipt}/event.ics")).must_be(404);
    assert_eq!(test.availability(ROUND_TABLE)["waiting"], 2);
    let mail = test.mail("received", "ana@example.org");
    assert!(
        mail.subject.contains("Чакаш") || mail.text.contains("чака"),
        "{}",
        mail.text
    );
    assert_eq!(mail.calendar, None);

    // Leaving the queue is as easy.
    test.give_back(&receipt);
    assert_eq!(test.availability(ROUND_TABLE)["waiting"], 0);
}

#[test]
fn whoever_waits_is_not_overtaken() {
    let test = FormTest::new();
    let held = test.sign_up(ROUND_TABLE, &person("boris").with("party", "2"));
    test.take_places(ROUND_TABLE, 28);
    test.sign_up(ROUND_TABLE, &person("ana"));
    test.give_back(&held);
    let late = test.sign_up(ROUND_TABLE, &person("vera"));
    assert_eq!(
        test.get(&late).page().heading(),
        test.text("bg", "receipt.heading.waitlisted")
    );
    assert_eq!(
        test.availability(ROUND_TABLE)["remaining"],
        0,
        "the free places are those of the people who wait"
    );
}

#[test]
fn an_event_without_a_limit_counts_nobody_out() {
    let event = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T09:00\nplace: Пловдив\nregistration:\n  form: rsvp\n---\n";
    let test = FormTest::of(super::site(event));
    for name in ["ana", "boris", "vera"] {
        test.sign_up("sreshta", &person(name));
    }
    let all_null =
        serde_json::json!({"state": "open", "capacity": null, "remaining": null, "waiting": null});
    assert_eq!(test.availability("sreshta"), all_null);
}

#[test]
fn what_nobody_can_sign_up_for_is_not_found() {
    let test = FormTest::new();
    // The last one is an event of the site that takes no sign-ups.
    for name in [
        "nothing",
        "..",
        "%00",
        "%2e%2e%2fmanifest",
        "Registration",
        "registration%20",
        "kragla-masa",
        "a%ff",
    ] {
        let path = format!("/forms/{name}");
        let reply = test.post(&path, &person("ana")).must_be(404);
        assert!(!reply.page().has("main form"));
        test.post(&format!("{path}/confirm"), &person("ana"))
            .must_be(404);
        test.get(&path).must_be(404);
        assert_eq!(
            test.get(&format!("{path}/availability"))
                .must_be(404)
                .json()["code"],
            "not_found",
            "{path}"
        );
        assert_eq!(
            test.json(name, "1", &person("ana").as_json())
                .must_be(404)
                .json()["code"],
            "not_found"
        );
    }
    for path in [
        "/forms",
        "/forms/",
        "/forms/r",
        "/forms/r/",
        "/forms/registration/else",
        "/forms/a/b/c/d",
    ] {
        assert_eq!(test.get(path).status, 404, "{path}");
    }
    nothing_happened(&test);
}
