//! The waiting list: who waits is offered what becomes free, in order and for a while.

use forms::{Change, State};
use jiff::{SignedDuration, Timestamp};

use super::{event, one_event};
use crate::form_test::{Answers, FormTest, person};

/// An event with two places, both gone to Ana and Dara, for which Boris and Vera wait.
struct House {
    test: FormTest,
    ana: String,
    dara: String,
    boris: String,
    vera: String,
}

fn full_house() -> House {
    full_house_on("2026-11-23T09:00:00+02:00")
}

fn full_house_on(day: &str) -> House {
    let test = one_event("", "  max_party: 2\n  waitlist: true\n");
    test.at(day);
    let [ana, dara, boris, vera] =
        ["ana", "dara", "boris", "vera"].map(|name| test.sign_up("sreshta", &person(name)));
    for (receipt, state) in [
        (&ana, "confirmed"),
        (&dara, "confirmed"),
        (&boris, "waitlisted"),
        (&vera, "waitlisted"),
    ] {
        test.stands(receipt, state);
    }
    test.empty_mailboxes();
    House {
        test,
        ana,
        dara,
        boris,
        vera,
    }
}

fn counts(test: &FormTest) -> [i64; 2] {
    let availability = test.availability("sreshta");
    ["remaining", "waiting"].map(|name| availability[name].as_i64().unwrap())
}

fn to(kind: &str, name: &str) -> (String, String) {
    (kind.to_owned(), format!("{name}@example.org"))
}

#[test]
fn a_place_that_is_given_back_is_offered_to_who_waits_longest() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    test.at("2026-11-24T09:00:00+02:00");
    test.give_back(&ana);
    assert_eq!(
        test.written(),
        [to("cancelled", "ana"), to("offered", "boris")]
    );
    let mail = test.mail("offered", "boris@example.org");
    assert_eq!(mail.link(), boris);
    assert_eq!(mail.calendar, None, "there is no place yet");
    assert!(
        mail.text
            .replace('\u{a0}', " ")
            .contains("26 ноември 2026 г., 9:00"),
        "{}",
        mail.text
    );
    test.stands(&boris, "offered");
    test.stands(&vera, "waitlisted");
    assert_eq!(counts(&test), [0, 1], "the offered place is held");

    assert_eq!(test.press(&boris, "accept").location(), boris);
    test.stands(&boris, "confirmed");
    assert_eq!(counts(&test), [0, 1]);
    let mail = test.mail("confirmed", "boris@example.org");
    let (kind, _) = mail.calendar.unwrap();
    assert_eq!(kind, "text/calendar PUBLISH");
    assert_eq!(test.written().len(), 3, "Vera has nothing to hear");
    let before = test.stored();
    test.post(&format!("{boris}/accept"), &Answers::default())
        .must_be(303);
    assert_eq!(test.stored(), before, "a second press changes nothing");
}

#[test]
fn what_is_declined_goes_to_the_next_and_whoever_declined_may_come_back() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    test.give_back(&ana);
    test.work();
    assert_eq!(test.press(&boris, "decline").location(), boris);
    test.stands(&boris, "lapsed");
    assert!(!test.get(&boris).page().has("main form"));
    assert_eq!(
        test.written(),
        [
            to("cancelled", "ana"),
            to("offered", "boris"),
            to("offered", "vera")
        ]
    );
    test.stands(&vera, "offered");
    let again = test.sign_up("sreshta", &person("boris"));
    test.stands(&again, "waitlisted");
    assert_eq!(counts(&test), [0, 1]);
}

#[test]
fn an_offer_lapses_to_the_second_and_the_next_one_is_asked() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    test.at("2026-11-24T09:00:00+02:00");
    test.give_back(&ana);
    test.work();
    test.at("2026-11-26T08:59:59+02:00");
    test.work();
    assert!(test.get(&boris).page().forms().len() > 1, "still offered");
    test.stands(&vera, "waitlisted");

    test.at("2026-11-26T09:00:00+02:00");
    // The worker has yet to come round.
    test.post(&format!("{boris}/accept"), &Answers::default())
        .must_be(303);
    assert_ne!(
        test.heading(&boris),
        test.text("bg", "receipt.heading.confirmed"),
        "too late"
    );
    test.work();
    test.stands(&boris, "lapsed");
    test.stands(&vera, "offered");
    assert_eq!(
        test.written(),
        [
            to("cancelled", "ana"),
            to("offer_lapsed", "boris"),
            to("offered", "boris"),
            to("offered", "vera")
        ]
    );
    assert_eq!(test.actions(&boris), ["submit", "offer", "lapse"]);
}

#[test]
fn there_is_less_time_to_answer_the_nearer_the_event_is() {
    // The event begins on 10 June at 9:00.
    for (given_back, until) in [
        (
            "2027-06-05T09:00:00+03:00",
            Some("2027-06-07T09:00:00+03:00"),
        ),
        (
            "2027-06-07T09:00:00+03:00",
            Some("2027-06-09T09:00:00+03:00"),
        ),
        (
            "2027-06-07T09:00:01+03:00",
            Some("2027-06-07T21:00:01+03:00"),
        ),
        (
            "2027-06-09T18:00:00+03:00",
            Some("2027-06-10T06:00:00+03:00"),
        ),
        (
            "2027-06-09T22:00:00+03:00",
            Some("2027-06-10T06:00:00+03:00"),
        ),
        (
            "2027-06-10T05:59:59+03:00",
            Some("2027-06-10T06:00:00+03:00"),
        ),
        ("2027-06-10T06:00:00+03:00", None),
        ("2027-06-10T08:00:00+03:00", None),
    ] {
        let House {
            test, ana, boris, ..
        } = full_house();
        test.at(given_back);
        test.give_back(&ana);
        test.work();
        let offered = test.registration(&boris).state.deadline();
        let until = until.map(|until| until.parse::<Timestamp>().unwrap());
        assert_eq!(offered, until, "given back at {given_back}");
    }
}

#[test]
fn nothing_is_offered_for_an_event_that_is_off() {
    for status in ["cancelled", "postponed"] {
        let House {
            mut test,
            ana,
            boris,
            ..
        } = full_house();
        let registration = "  max_party: 2\n  waitlist: true\n";
        test.publish(event("Среща", &format!("status: {status}\n"), registration));
        test.give_back(&ana);
        test.work();
        assert_eq!(test.registration(&boris).state.deadline(), None, "{status}");
    }
}

#[test]
fn a_party_that_does_not_fit_is_waited_for_and_not_overtaken() {
    let test = one_event("", "  max_party: 2\n  waitlist: true\n");
    let [ana, dara] = ["ana", "dara"].map(|name| test.sign_up("sreshta", &person(name)));
    let two = test.sign_up("sreshta", &person("boris").with("party", "2"));
    let one = test.sign_up("sreshta", &person("vera"));
    test.give_back(&ana);
    test.work();
    test.stands(&two, "waitlisted");
    test.stands(&one, "waitlisted");
    test.give_back(&dara);
    test.work();
    test.stands(&two, "offered");
    test.stands(&one, "waitlisted");
    assert_eq!(counts(&test), [0, 1]);
}

#[test]
fn places_that_were_added_are_offered_like_those_that_were_given_back() {
    let House {
        mut test,
        boris,
        vera,
        ..
    } = full_house();
    let more = "---\ntitle: Среща\ndescription: За проба.\nplace: Пловдив\nstarts_at: 2027-06-10T09:00\n\
                ends_at: 2027-06-10T17:00\nregistration:\n  form: rsvp\n  capacity: 4\n  max_party: 2\n  waitlist: true\n---\n";
    test.publish(super::site(more));
    assert_eq!(test.work().offered, 2);
    test.stands(&boris, "offered");
    test.stands(&vera, "offered");
    assert_eq!(counts(&test), [0, 0]);
}

#[test]
fn who_leaves_the_list_is_asked_nothing() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    test.press(&boris, "cancel").must_be(303);
    assert_eq!(counts(&test), [0, 1]);
    test.give_back(&ana);
    assert_eq!(
        test.written(),
        [
            to("cancelled", "ana"),
            to("cancelled", "boris"),
            to("offered", "vera")
        ]
    );
    test.stands(&vera, "offered");
}

#[test]
fn an_offered_place_that_is_not_wanted_may_also_be_given_back() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    test.give_back(&ana);
    test.work();
    test.give_back(&boris);
    test.work();
    test.stands(&boris, "cancelled_by_attendee");
    test.stands(&vera, "offered");
}

#[test]
fn staff_may_ask_somebody_out_of_turn_where_there_is_a_place() {
    let House {
        test,
        ana,
        boris,
        vera,
        ..
    } = full_house();
    let until = test.registration(&vera).submitted_at + SignedDuration::from_hours(24);
    let offer = Change::Offer { until };
    let changed = test.staff(&vera, &offer);
    assert!(
        matches!(changed, form_function::registrar::Changed::Full(_)),
        "{changed:?}"
    );
    test.give_back(&ana);
    test.staff_do(&vera, &offer);
    test.work();
    test.stands(&vera, "offered");
    test.stands(&boris, "waitlisted");
    let event = test.history(&vera).pop().unwrap();
    assert_eq!(event.reason.as_deref(), Some("so it was decided"));
    assert_eq!(test.registration(&vera).state, State::Offered { until });
}

#[test]
fn who_waited_in_vain_is_forgotten_after_a_week() {
    let House {
        test, boris, dara, ..
    } = full_house();
    test.at("2027-06-10T17:00:00+03:00");
    test.work();
    test.stands(&boris, "event_over");
    assert_eq!(test.registration(&boris).state, State::Lapsed);
    test.at("2027-06-17T17:00:00+03:00");
    test.work();
    assert_eq!(test.readable(&boris), "");
    assert!(test.registration(&boris).people.is_empty());
    assert_ne!(
        test.readable(&dara),
        "",
        "who had a place is kept for longer"
    );
    let written = test.written();
    assert!(
        written.iter().all(|(kind, _)| kind == "reminder"),
        "{written:?}"
    );
}
