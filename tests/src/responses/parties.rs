//! A party that grows or shrinks after it has signed up.

use super::one_event;
use crate::form_test::{Answers, FormTest, OPEN_DAY, Reply, person};

const WAITLIST: &str = "  max_party: 2\n  waitlist: true\n";

fn resize(test: &FormTest, receipt: &str, party: &str) -> Reply {
    test.post(
        &format!("{receipt}/party"),
        &Answers::of(&[("party", party)]),
    )
}

fn two_guests() -> (FormTest, String, String) {
    let test = one_event("", "  max_party: 2\n");
    let [ana, boris] = ["ana", "boris"].map(|name| test.sign_up("sreshta", &person(name)));
    test.empty_mailboxes();
    (test, ana, boris)
}

#[test]
fn the_page_offers_the_sizes_there_are_and_shows_the_present_one() {
    let (test, ana, _) = two_guests();
    let form = test.get(&ana).page().form_for("party");
    let party = &form.question("party").controls[0];
    assert_eq!(party.choices, ["1", "2"]);
    assert_eq!(party.values, ["1"]);
    let alone = one_event("", "  max_party: 1\n");
    let receipt = alone.sign_up("sreshta", &person("ana"));
    let page = alone.get(&receipt).page();
    assert!(
        page.forms()
            .iter()
            .all(|form| !form.action.ends_with("/party")),
        "there is nothing to choose"
    );
}

#[test]
fn a_party_grows_only_where_there_is_room() {
    let (test, ana, boris) = two_guests();
    let reply = resize(&test, &ana, "2").must_be(409);
    assert!(
        reply
            .page()
            .text("[role=alert]")
            .contains(&test.text("bg", "receipt.no_more_places"))
            || reply
                .words()
                .contains(&test.text("bg", "receipt.no_more_places")),
        "{}",
        reply.words()
    );
    assert_eq!(test.registration(&ana).party_size.places(), 1);
    assert_eq!(test.mails().len(), 0);

    test.give_back(&boris);
    test.empty_mailboxes();
    assert_eq!(resize(&test, &ana, "2").location(), ana);
    assert_eq!(test.remaining("sreshta"), 0);
    let mail = test.mail("party_changed", "ana@example.org");
    let page = test.get(&ana).words();
    for words in [&mail.text, &mail.html, &page] {
        assert!(words.replace('\u{a0}', " ").contains("2 места"), "{words}");
    }
}

#[test]
fn a_party_that_shrinks_frees_places() {
    let test = one_event("", "  max_party: 2\n");
    let ana = test.sign_up("sreshta", &person("ana").with("party", "2"));
    test.fill_in("sreshta", &person("boris")).must_be(409);
    resize(&test, &ana, "1").must_be(303);
    assert_eq!(test.remaining("sreshta"), 1);
    test.sign_up("sreshta", &person("boris"));
}

#[test]
fn what_is_no_size_of_a_party_changes_nothing_and_says_so() {
    let (test, ana, boris) = two_guests();
    test.give_back(&boris);
    test.work();
    let before = test.stored();
    for party in ["3", "0", "-1", "1.5", "x", "", "4294967297"] {
        let reply = resize(&test, &ana, party).must_be(422);
        let words = test.text("bg", "receipt.party_not_understood");
        assert!(reply.words().contains(&words), "{party}: {}", reply.words());
    }
    test.post(&format!("{ana}/party"), &Answers::default())
        .must_be(422);
    // The same size is no change and no fault.
    resize(&test, &ana, "1").must_be(303);
    assert_eq!(test.stored(), before);
}

#[test]
fn who_signs_up_may_come_with_one_to_as_many_as_the_event_allows() {
    let test = FormTest::new();
    for (number, party) in ["1", "2", "3", "4"].into_iter().enumerate() {
        let guest = person(&format!("guest-{number}")).with("party", party);
        let receipt = test.sign_up(OPEN_DAY, &guest);
        let places = test.registration(&receipt).party_size.places();
        assert_eq!(places.to_string(), party);
    }
    assert_eq!(test.remaining(OPEN_DAY), 30);
    for party in ["0", "5", "-1", "1.5", "+", "4294967297", ""] {
        let guest = person("ana").with("party", party);
        test.fill_in(OPEN_DAY, &guest).must_be(422);
        let name = format!("party {party}");
        test.json(OPEN_DAY, &name, &guest.as_json()).must_be(422);
    }
    assert_eq!((test.remaining(OPEN_DAY), test.registrations()), (30, 4));
}

#[test]
fn a_post_that_cannot_be_read_is_not_taken_for_a_wrong_size() {
    let test = one_event("", "  max_party: 2\n");
    let ana = test.sign_up("sreshta", &person("ana"));
    test.work();
    let before = test.stored();
    let endless = "party=2&more=".to_owned() + &"x".repeat(40_000);
    for action in ["party", "consent"] {
        let path = format!("{ana}/{action}");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        for (body, status) in [
            (endless.as_str(), 413),
            ("party=2&purpose=photos&x=%FF", 400),
        ] {
            let reply = test.send("POST", &path, &form, body.to_owned());
            let reply = reply.must_be(status);
            let words = test.text("bg", "receipt.party_not_understood");
            assert!(!reply.words().contains(&words), "{}", reply.words());
            let links = reply.page().attributes("main a", "href");
            assert_eq!(links, [ana.as_str()], "the way back");
            assert_eq!(reply.header("referrer-policy"), "no-referrer");
        }
    }
    assert_eq!(test.stored(), before);
}

#[test]
fn nobody_grows_past_those_who_wait_and_what_shrinks_is_theirs() {
    let test = one_event("", WAITLIST);
    let ana = test.sign_up("sreshta", &person("ana").with("party", "2"));
    let boris = test.sign_up("sreshta", &person("boris"));
    resize(&test, &ana, "1").must_be(303);
    // The place is still free when Ana changes her mind, and it is not hers.
    resize(&test, &ana, "2").must_be(409);
    test.work();
    test.stands(&boris, "offered");
    resize(&test, &ana, "2").must_be(409);
    test.press(&boris, "decline").must_be(303);
    resize(&test, &ana, "2").must_be(303);
}

#[test]
fn who_waits_may_wait_for_more_or_less() {
    let test = one_event("", WAITLIST);
    test.sign_up("sreshta", &person("ana").with("party", "2"));
    let boris = test.sign_up("sreshta", &person("boris"));
    for (party, waiting) in [("2", 2), ("1", 1)] {
        resize(&test, &boris, party).must_be(303);
        assert_eq!(test.availability("sreshta")["waiting"], waiting);
        test.stands(&boris, "waitlisted");
    }
}

#[test]
fn a_party_stays_as_it_was_when_all_is_over() {
    let (test, ana, boris) = two_guests();
    test.give_back(&boris);
    resize(&test, &boris, "2").must_be(303);
    assert_eq!(test.registration(&boris).party_size.places(), 1);
    test.at("2027-06-10T17:00:00+03:00");
    resize(&test, &ana, "2").must_be(303);
    assert_eq!(test.registration(&ana).party_size.places(), 1);
    assert_eq!(test.remaining("sreshta"), 1);
}

#[test]
fn a_second_registration_can_tell_nothing_by_growing() {
    let test = one_event("", "  max_party: 2\n");
    let [ana, second, boris] =
        ["ana", "ana", "boris"].map(|name| test.sign_up("sreshta", &person(name)));
    let reply = resize(&test, &second, "2").must_be(409);
    let of_the_first = resize(&test, &ana, "2").must_be(409);
    assert_eq!(
        super::without_identity(&reply),
        super::without_identity(&of_the_first)
    );
    test.give_back(&boris);
    resize(&test, &second, "2").must_be(303);
    assert_eq!(
        test.remaining("sreshta"),
        1,
        "it holds nothing all the same"
    );
}
