//! A request for the services of the Centre: from the form to the person, and what happens when nobody answers.

use form_function::registrar::Changed;
use forms::{Change, Stage};

use crate::form_test::{FormTest, REGISTRATION};

fn request() -> (FormTest, String) {
    let test = FormTest::new();
    let receipt = test.sign_up(REGISTRATION, &test.form(REGISTRATION, "bg").sample());
    test.stands(&receipt, "submitted");
    test.empty_mailboxes();
    (test, receipt)
}

fn state(test: &FormTest, receipt: &str) -> &'static str {
    test.registration(receipt).state.as_str()
}

#[test]
fn who_does_not_answer_three_calls_is_unreachable_and_may_ask_again() {
    let (test, receipt) = request();
    for call in 1..=3 {
        assert_eq!(state(&test, &receipt), "submitted", "before call {call}");
        test.staff_do(&receipt, &Change::FailedCall);
    }
    test.stands(&receipt, "unreachable");
    let fourth = test.staff(&receipt, &Change::FailedCall);
    assert!(matches!(fourth, Changed::NotFromHere(_)), "{fourth:?}");
    assert!(!test.get(&receipt).page().has("main form"));
    assert_eq!(test.mails().len(), 0);

    let again = test.sign_up(REGISTRATION, &test.form(REGISTRATION, "bg").sample());
    test.stands(&again, "submitted");
    assert_eq!(test.mail("received", "ana.maria@example.org").link(), again);
    // The person calls back after all, but has asked anew meanwhile.
    let changed = test.staff(&receipt, &Change::Proceed(Stage::Contacted));
    assert!(matches!(changed, Changed::Claimed(_)), "{changed:?}");
}

#[test]
fn a_conversation_makes_up_for_calls_that_failed() {
    let (test, receipt) = request();
    for _ in 0..3 {
        test.staff_do(&receipt, &Change::FailedCall);
    }
    test.staff_do(&receipt, &Change::Proceed(Stage::Contacted));
    assert_eq!(state(&test, &receipt), "contacted");
    assert_eq!(test.registration(&receipt).failed_calls, 0);
    test.stands(&receipt, "submitted");
}

#[test]
fn a_person_goes_through_the_services_step_by_step() {
    let (test, receipt) = request();
    for (stage, name) in [
        (Stage::Contacted, "contacted"),
        (Stage::InterviewScheduled, "interview_scheduled"),
        (Stage::Admitted, "admitted"),
        (Stage::Active, "active"),
        (Stage::Exited, "exited"),
        (Stage::FollowUpDue, "follow_up_due"),
        (Stage::Closed, "closed"),
    ] {
        test.staff_do(&receipt, &Change::Proceed(stage));
        assert_eq!(state(&test, &receipt), name);
    }
    assert_eq!(test.history(&receipt).len(), 8);
    assert_eq!(test.mails().len(), 0, "people speak with people");
}

#[test]
fn a_request_is_withdrawn_by_its_link_until_the_person_is_admitted() {
    for (stages, is_withdrawn) in [
        (&[][..], true),
        (&[Stage::Contacted], true),
        (&[Stage::Contacted, Stage::InterviewScheduled], true),
        (&[Stage::Contacted, Stage::Admitted], false),
    ] {
        let (test, receipt) = request();
        for stage in stages {
            test.staff_do(&receipt, &Change::Proceed(*stage));
        }
        let before = state(&test, &receipt);
        let offered = test.get(&receipt).page().has("main form");
        assert_eq!(offered, is_withdrawn, "after {stages:?}");
        test.give_back(&receipt).must_be(303);
        if is_withdrawn {
            test.stands(&receipt, "withdrawn");
            let mail = test.mail("cancelled", "ana.maria@example.org");
            assert_eq!((mail.link(), mail.calendar.as_ref()), (&*receipt, None));
        } else {
            assert_eq!(state(&test, &receipt), before);
            assert_eq!(test.mails().len(), 0);
        }
    }
}

#[test]
fn a_request_is_kept_half_a_year_after_the_last_contact_and_admitted_people_as_their_programme_says()
 {
    let (test, receipt) = request();
    test.at("2026-12-23T09:00:00+02:00");
    test.staff_do(&receipt, &Change::Proceed(Stage::Contacted));
    // 180 days later.
    test.at("2027-06-21T08:59:59+02:00");
    test.work();
    assert!(test.readable(&receipt).contains("ana.maria@example.org"));
    test.at("2027-06-21T09:00:00+02:00");
    test.work();
    assert_eq!(test.readable(&receipt), "");
    assert_eq!(state(&test, &receipt), "closed");
    assert_eq!(test.stored()["sealed"], Vec::<String>::new());

    let (test, receipt) = request();
    test.staff_do(&receipt, &Change::Proceed(Stage::Contacted));
    test.staff_do(&receipt, &Change::Proceed(Stage::Admitted));
    test.at("2036-01-01T09:00:00+02:00");
    test.work();
    assert!(test.readable(&receipt).contains("ana.maria@example.org"));
}

#[test]
fn half_a_year_after_somebody_left_it_is_time_to_ask_how_it_went() {
    let (test, receipt) = request();
    for stage in [
        Stage::Contacted,
        Stage::Admitted,
        Stage::Active,
        Stage::Exited,
    ] {
        test.staff_do(&receipt, &Change::Proceed(stage));
    }
    test.at("2027-05-23T08:59:59+03:00");
    test.work();
    assert_eq!(state(&test, &receipt), "exited");
    test.at("2027-05-23T10:00:00+03:00");
    test.work();
    assert_eq!(state(&test, &receipt), "follow_up_due");
}
