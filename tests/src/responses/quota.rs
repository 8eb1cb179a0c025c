//! How many mails anybody can have sent to an address that may be somebody else's.

use form_function::store::DeliveryStatus;

use crate::form_test::{Answers, FormTest, OPEN_DAY, REGISTRATION, ROUND_TABLE, person};

/// An event of the real content with a waiting list.
const CONFERENCE: &str = "mezhdunarodna-konferentsia-2027";

#[test]
fn the_sixth_mail_of_a_day_that_says_something_new_goes_out_on_the_next() {
    let test = FormTest::new();
    let ana = person("ana");
    let received = || {
        let mails = test.mails().into_iter();
        mails.filter(|mail| mail.kind == "received").count()
    };
    for activity in [ROUND_TABLE, CONFERENCE] {
        test.sign_up(activity, &ana);
    }
    let sample = test.form(REGISTRATION, "bg").sample();
    test.sign_up(REGISTRATION, &sample.with("email", "ana@example.org"));
    for _ in 0..2 {
        let receipt = test.sign_up(OPEN_DAY, &ana);
        test.work();
        test.give_back(&receipt);
    }
    assert_eq!(received(), 5, "for all there is, and a change of mind");
    let sixth = test.sign_up(OPEN_DAY, &ana);
    test.stands(&sixth, "confirmed");
    assert_eq!(received(), 5);
    test.sign_up(OPEN_DAY, &person("boris"));
    assert_eq!(received(), 6, "another address has its own share");

    test.at("2026-11-23T23:59:59+02:00");
    assert_eq!(received(), 6);
    test.at("2026-11-24T00:00:00+02:00");
    assert_eq!(received(), 7, "the day is the day in Bulgaria");
    assert!(test.mails().iter().any(|mail| mail.link() == sixth));
}

#[test]
fn to_hear_that_one_is_on_the_list_three_times_a_day_is_enough() {
    let test = FormTest::new();
    let first = test.sign_up(OPEN_DAY, &person("ana"));
    for _ in 0..5 {
        test.sign_up(OPEN_DAY, &person("ana"));
        test.work();
    }
    assert_eq!(test.mails().len(), 3);
    for day in 24..28 {
        test.at(&format!("2026-11-{day}T12:00:00+02:00"));
        assert_eq!(test.mails().len(), 3, "it is old news tomorrow");
    }
    let suppressed = test.deliveries(&first).into_iter();
    let suppressed = suppressed.filter(|delivery| delivery.status == DeliveryStatus::Suppressed);
    assert_eq!(suppressed.count(), 3);
}

#[test]
fn what_one_asked_for_by_the_own_link_is_always_said() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    for _ in 0..3 {
        test.sign_up(OPEN_DAY, &person("ana"));
    }
    assert_eq!(test.mails().len(), 3);
    test.press(&receipt, "cancel").must_be(303);
    test.mail("cancelled", "ana@example.org");
}

#[test]
fn changing_a_sign_up_to_and_fro_does_not_fill_a_stranger_s_mailbox() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    for round in 0..20 {
        let party = if round % 2 == 0 { "2" } else { "1" };
        let answers = Answers::of(&[("party", party)]);
        test.post(&format!("{receipt}/party"), &answers)
            .must_be(303);
    }
    // The confirmation, and ten more.
    assert_eq!(test.mails().len(), 11);
    test.press(&receipt, "cancel").must_be(303);
    assert_eq!(test.mails().len(), 11);
    test.stands(&receipt, "cancelled_by_attendee");
}
