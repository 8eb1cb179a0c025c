//! The second step: only what was shown, only once, only for a while, and only with a token of ours.

use jiff::SignedDuration;

use super::{is_friendly, nothing_happened};
use crate::form_test::{Answers, Form, FormTest, OPEN_DAY, READING, ROUND_TABLE, Reply, person};

/// "Check your answers", as far as it is posted, and read.
fn checked(test: &FormTest, activity: &str) -> Form {
    read(test, &test.fill_in(activity, &person("ana")))
}

fn read(test: &FormTest, check: &Reply) -> Form {
    let page = check.clone().must_be(200).page();
    test.after(READING);
    page.form()
}

fn press(test: &FormTest, form: &Form, answers: &Answers) -> Reply {
    test.post(&form.action, answers)
}

fn token(form: &Form) -> String {
    form.hidden.get("_token").unwrap().to_owned()
}

#[test]
fn a_token_that_is_not_ours_confirms_nothing() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    let good = token(&form);
    let middle = good.len() / 2;
    let flipped = if &good[middle..=middle] == "A" {
        "B"
    } else {
        "A"
    };
    let forged = [
        String::new(),
        "x".to_owned(),
        good[..good.len() - 1].to_owned(),
        good[..middle].to_owned(),
        format!("{good}A"),
        format!("{}{flipped}{}", &good[..middle], &good[middle + 1..]),
        good.to_lowercase(),
        "A".repeat(4_000),
        "%00".to_owned(),
    ];
    for token in &forged {
        let reply = press(&test, &form, &form.hidden.with("_token", token)).must_be(403);
        is_friendly(&test, &reply, "bg", "refused");
    }
    press(&test, &form, &form.hidden.without("_token")).must_be(403);
    nothing_happened(&test);
    press(&test, &form, &form.hidden).must_be(303);
}

#[test]
fn every_single_character_of_a_token_counts() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    let good = token(&form);
    // The last character may carry bits that no byte uses.
    for at in 0..good.len() - 1 {
        let mut other = good.clone().into_bytes();
        other[at] = if other[at] == b'A' { b'B' } else { b'A' };
        let other = String::from_utf8(other).unwrap();
        press(&test, &form, &form.hidden.with("_token", &other)).must_be(403);
    }
}

#[test]
fn a_token_is_for_one_activity_and_for_one_purpose() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    let other = checked(&test, ROUND_TABLE);
    press(&test, &other, &form.hidden).must_be(403);
    test.get(&format!("/forms/r/{}", token(&form))).must_be(404);
    test.give_back(&format!("/forms/r/{}", token(&form)))
        .must_be(404);
    nothing_happened(&test);

    let receipt = press(&test, &form, &form.hidden).location().to_owned();
    let manage = receipt.rsplit('/').next().unwrap();
    press(&test, &other, &other.hidden.with("_token", manage)).must_be(403);
    assert_eq!(test.registrations(), 1);
}

#[test]
fn a_token_for_what_is_not_in_the_store_leads_nowhere() {
    let receipt = FormTest::new().sign_up(OPEN_DAY, &person("ana"));
    // The same key, but nobody has registered here.
    let test = FormTest::new();
    test.get(&receipt).must_be(404);
    test.give_back(&receipt).must_be(404);
    nothing_happened(&test);
}

#[test]
fn after_two_hours_the_answers_are_shown_once_more() {
    let test = FormTest::new();
    test.at("2027-06-01T10:00:00+03:00");
    let form = checked(&test, OPEN_DAY);
    test.at("2027-06-01T12:00:01+03:00");
    let again = press(&test, &form, &form.hidden).must_be(200);
    assert_eq!(again.page().heading(), test.text("bg", "form.check_title"));
    assert!(
        again
            .words()
            .contains(&test.text("bg", "message.expired.text")),
        "it says why"
    );
    let fresh = read(&test, &again);
    assert_ne!(token(&fresh), token(&form));
    assert_eq!(
        fresh.hidden.without("_token"),
        form.hidden.without("_token"),
        "the answers are kept"
    );
    nothing_happened(&test);
    press(&test, &fresh, &fresh.hidden).must_be(303);
}

#[test]
fn two_hours_are_two_hours() {
    let test = FormTest::new();
    test.at("2027-06-01T10:00:00+03:00");
    let form = checked(&test, OPEN_DAY);
    test.at("2027-06-01T12:00:00+03:00");
    press(&test, &form, &form.hidden).must_be(303);
}

#[test]
fn whoever_confirmed_in_time_and_lost_the_answer_finds_it_again() {
    let test = FormTest::new();
    test.at("2027-06-09T11:00:00+03:00");
    let form = checked(&test, OPEN_DAY);
    let first = press(&test, &form, &form.hidden).location().to_owned();
    test.at("2027-06-09T15:00:00+03:00");
    let fresh = read(&test, &press(&test, &form, &form.hidden));
    assert_eq!(press(&test, &fresh, &fresh.hidden).location(), first);
    // Even when it is too late for anybody else, or the house is full.
    test.take_places(OPEN_DAY, 38);
    test.json(OPEN_DAY, "last", &person("last").as_json())
        .must_be(201);
    assert_eq!(test.remaining(OPEN_DAY), 0);
    assert_eq!(press(&test, &fresh, &fresh.hidden).location(), first);
    test.at("2027-06-10T10:00:00+03:00");
    assert_eq!(press(&test, &fresh, &fresh.hidden).location(), first);
    assert_eq!(test.registrations(), 21);
    assert_eq!(test.mails().len(), 21);
}

#[test]
fn answers_that_were_changed_behind_the_check_are_shown_before_they_count() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    for (name, value) in [
        ("party", "4"),
        ("email", "other@example.org"),
        ("name", "Друг"),
        ("needs", "Ново"),
    ] {
        let again = press(&test, &form, &form.hidden.with(name, value)).must_be(200);
        assert_eq!(again.page().heading(), test.text("bg", "form.check_title"));
        let fresh = again.page().form();
        assert_eq!(fresh.hidden.get(name), Some(value));
        assert_ne!(token(&fresh), token(&form));
        nothing_happened(&test);
    }
    let again = press(&test, &form, &form.hidden.without("email")).must_be(422);
    assert!(again.page().has(".error-summary"));
    nothing_happened(&test);
}

#[test]
fn a_second_press_of_the_button_is_no_second_registration() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    let first = press(&test, &form, &form.hidden).location().to_owned();
    let stored = test.stored();
    for _ in 0..3 {
        assert_eq!(press(&test, &form, &form.hidden).location(), first);
    }
    assert_eq!(test.stored(), stored);
    assert_eq!(
        (
            test.registrations(),
            test.mails().len(),
            test.remaining(OPEN_DAY)
        ),
        (1, 1, 39)
    );
}

#[test]
fn the_same_answers_written_in_another_way_are_the_same_answers() {
    let test = FormTest::new();
    let answers = person("ana")
        .with("telephone", "0888 123 456")
        .with("email", "Ana@Example.org");
    let form = read(&test, &test.fill_in(OPEN_DAY, &answers));
    let first = press(&test, &form, &form.hidden).location().to_owned();
    let again = form
        .hidden
        .with("telephone", "0888123456")
        .with("email", "ana@example.ORG ");
    assert_eq!(press(&test, &form, &again).location(), first);
}

#[test]
fn a_button_pressed_after_giving_back_shows_what_became_of_it() {
    let test = FormTest::new();
    let form = checked(&test, OPEN_DAY);
    let receipt = press(&test, &form, &form.hidden).location().to_owned();
    test.give_back(&receipt);
    assert_eq!(press(&test, &form, &form.hidden).location(), receipt);
    let heading = test.get(&receipt).page().heading();
    assert_eq!(
        heading,
        test.text("bg", "receipt.heading.cancelled_by_attendee")
    );
    assert_eq!((test.registrations(), test.remaining(OPEN_DAY)), (1, 40));
}

#[test]
fn a_button_pressed_faster_than_anybody_reads_is_pressed_once_more() {
    for (language, press_again_after) in [("bg", 1), ("en", 0)] {
        let test = FormTest::new();
        let answers = person("ana").with("_language", language);
        let check = test.fill_in(OPEN_DAY, &answers).must_be(200);
        let form = check.page().form();
        test.after(SignedDuration::from_millis(999));
        let again = press(&test, &form, &form.hidden).must_be(200);
        assert_eq!(
            again.page().heading(),
            test.text(language, "form.check_title")
        );
        assert!(
            again
                .words()
                .contains(&test.text(language, "check.too_fast")),
            "it says what to do: {}",
            again.words()
        );
        assert!(!again.page().has(".error-summary"), "nobody is blamed");
        let form = again.page().form();
        assert_eq!(
            form.hidden.without("_token"),
            check.page().form().hidden.without("_token"),
            "nothing is lost"
        );
        nothing_happened(&test);
        // Time counts from the first page, so that a quick person is not kept.
        test.after(SignedDuration::from_millis(1) + SignedDuration::from_secs(press_again_after));
        press(&test, &form, &form.hidden).must_be(303);
        assert_eq!(test.registrations(), 1);
    }
}

#[test]
fn a_clock_that_was_ahead_keeps_nobody_for_longer_than_a_second_press() {
    let test = FormTest::new();
    test.at("2027-06-01T10:10:00+03:00");
    let check = test.fill_in(OPEN_DAY, &person("ana")).must_be(200);
    test.at("2027-06-01T10:00:00+03:00");
    let again = test.confirm(&check).must_be(200);
    test.confirm(&again).must_be(303);
}

#[test]
fn two_quick_presses_after_one_that_counted_are_still_one_registration() {
    let test = FormTest::new();
    let check = test.fill_in(OPEN_DAY, &person("ana")).must_be(200);
    let early = press(&test, &check.page().form(), &check.page().form().hidden);
    let early = early.must_be(200).page().form();
    test.after(READING);
    let first = press(&test, &early, &early.hidden).location().to_owned();
    let form = check.page().form();
    assert_eq!(press(&test, &form, &form.hidden).location(), first);
    assert_eq!((test.registrations(), test.remaining(OPEN_DAY)), (1, 39));
}

#[test]
fn a_program_need_not_wait() {
    let test = FormTest::new();
    test.json(OPEN_DAY, "one", &person("ana").as_json())
        .must_be(201);
}

#[test]
fn the_page_shown_again_still_says_that_one_would_wait() {
    let test = FormTest::new();
    test.take_places(ROUND_TABLE, 30);
    let check = test.fill_in(ROUND_TABLE, &person("ana")).must_be(200);
    let form = check.page().form();
    let again = press(&test, &form, &form.hidden).must_be(200);
    assert!(
        again
            .words()
            .contains(&test.text("bg", "form.join_waitlist"))
    );
}
