//! What those who signed up hear of an event: that it is off, that it was moved, that it is tomorrow.

use std::sync::Arc;

use form_function::registrar::Changed;
use forms::Change;

use crate::form_test::{Built, FormTest, person, unfolded};
use crate::site_test::SiteTest;

/// The event with places for two and a waiting list, on this day and with this status.
fn edition(title: &str, day: &str, status: &str) -> Arc<Built> {
    let event = format!(
        "---\ntitle: {title}\ndescription: За проба.\nplace: Пловдив\nstatus: {status}\nstarts_at: {day}T09:00\n\
         ends_at: {day}T17:00\nregistration:\n  form: rsvp\n  capacity: 2\n  waitlist: true\n---\n"
    );
    Built::from(SiteTest::new().file("content/events/sreshta.md", &event))
}

const DAY: &str = "2027-06-10";

/// Ana has a place, Boris gave his back and so it is offered to Vera, Gena waits.
struct House {
    test: FormTest,
    ana: String,
    vera: String,
    gena: String,
}

fn house() -> House {
    let test = FormTest::of(edition("Среща", DAY, "scheduled"));
    let [ana, boris, vera, gena] =
        ["ana", "boris", "vera", "gena"].map(|name| test.sign_up("sreshta", &person(name)));
    test.work();
    test.give_back(&boris);
    test.empty_mailboxes();
    test.stands(&vera, "offered");
    House {
        test,
        ana,
        vera,
        gena,
    }
}

fn all(kind: &str, names: &[&str]) -> Vec<(String, String)> {
    let names = names.iter();
    names
        .map(|name| (kind.to_owned(), format!("{name}@example.org")))
        .collect()
}

fn line(calendar: &str, name: &str) -> String {
    let calendar = unfolded(calendar);
    let event = calendar.split("BEGIN:VEVENT").nth(1).unwrap();
    let mut lines = event.split("\r\n");
    let found = lines.find(|line| line.starts_with(name));
    found
        .unwrap_or_else(|| panic!("no {name} in {calendar}"))
        .to_owned()
}

#[test]
fn everybody_who_looks_forward_hears_that_an_event_is_off_and_nobody_else() {
    let House {
        mut test,
        ana,
        vera,
        gena,
    } = house();
    let entry = test.get(&format!("{ana}/event.ics")).must_be(200).body;
    test.publish(edition("Среща", DAY, "cancelled"));
    assert_eq!(
        test.written(),
        all("cancelled_by_organiser", &["ana", "gena", "vera"])
    );
    for name in ["ana", "vera", "gena"] {
        let mail = test.mail("cancelled_by_organiser", &format!("{name}@example.org"));
        let (kind, calendar) = mail.calendar.unwrap();
        assert_eq!(kind, "text/calendar CANCEL", "{name}");
        assert_eq!(line(&calendar, "STATUS"), "STATUS:CANCELLED");
        assert_eq!(mail.subject, subject(&test, "event_cancelled"));
    }
    let mail = test.mail("cancelled_by_organiser", "ana@example.org");
    let calendar = mail.calendar.unwrap().1;
    assert_eq!(line(&calendar, "UID"), line(&entry, "UID"));
    assert!(sequence(&calendar) > sequence(&entry));
    for receipt in [&ana, &vera, &gena] {
        let page = test.get(receipt).must_be(200).page();
        assert!(!page.has("main form"), "there is nothing to do any more");
    }
    let availability = test.availability("sreshta");
    assert_eq!(availability["state"], "cancelled");
    assert_eq!(availability["waiting"], 0);
    test.fill_in("sreshta", &person("late")).must_be(409);

    // It is said once, and nobody is reminded.
    test.at("2027-06-09T20:00:00+03:00");
    assert_eq!(test.written().len(), 3);
}

fn subject(test: &FormTest, kind: &str) -> String {
    test.text("bg", &format!("mail.subject.{kind}"))
        .replace("{title}", "Среща")
}

fn sequence(calendar: &str) -> u32 {
    let line = line(calendar, "SEQUENCE:");
    line.strip_prefix("SEQUENCE:").unwrap().parse().unwrap()
}

#[test]
fn a_moved_event_is_news_once_and_moves_in_calendars() {
    let House { mut test, ana, .. } = house();
    let entry = test.get(&format!("{ana}/event.ics")).must_be(200).body;
    test.publish(edition("Среща", "2027-06-17", "scheduled"));
    let told = all("event_changed", &["ana", "gena", "vera"]);
    assert_eq!(test.written(), told);
    let mail = test.mail("event_changed", "ana@example.org");
    assert!(
        mail.text.replace('\u{a0}', " ").contains("17 юни 2027 г."),
        "{}",
        mail.text
    );
    let (kind, calendar) = mail.calendar.unwrap();
    assert_eq!(kind, "text/calendar PUBLISH");
    assert_eq!(line(&calendar, "UID"), line(&entry, "UID"));
    assert!(sequence(&calendar) > sequence(&entry));
    assert!(line(&calendar, "DTSTART").ends_with("20270617T090000"));
    let waits = test.mail("event_changed", "gena@example.org");
    assert_eq!(waits.calendar, None, "who waits has no date");

    // The same edition again, or another title, is no news.
    test.publish(edition("Среща", "2027-06-17", "scheduled"));
    test.publish(edition("Друга среща", "2027-06-17", "scheduled"));
    assert_eq!(test.written(), told);
    test.sign_up("sreshta", &person("newcomer"));
    test.publish(edition("Друга среща", DAY, "scheduled"));
    let again = test.written();
    let changed = again.iter().filter(|(kind, _)| kind == "event_changed");
    assert_eq!(
        changed.count(),
        7,
        "back again is news to everybody: {again:?}"
    );
}

#[test]
fn a_postponed_event_is_tentative_and_nobody_is_reminded_of_it() {
    let House { mut test, ana, .. } = house();
    test.publish(edition("Среща", DAY, "postponed"));
    assert_eq!(
        test.written(),
        all("event_changed", &["ana", "gena", "vera"])
    );
    let mail = test.mail("event_changed", "ana@example.org");
    assert_eq!(mail.subject, subject(&test, "event_postponed"));
    assert_eq!(
        line(&mail.calendar.unwrap().1, "STATUS"),
        "STATUS:TENTATIVE"
    );
    test.stands(&ana, "event_postponed");
    test.empty_mailboxes();
    test.at("2027-06-09T20:00:00+03:00");
    let reminded = test.written();
    assert!(
        reminded.iter().all(|(kind, _)| kind != "reminder"),
        "{reminded:?}"
    );
}

#[test]
fn on_the_evening_before_those_who_have_a_place_are_reminded_once() {
    let test = FormTest::of(edition("Среща", DAY, "scheduled"));
    let [_, boris, vera] =
        ["ana", "boris", "vera"].map(|name| test.sign_up("sreshta", &person(name)));
    test.stands(&vera, "waitlisted");
    test.empty_mailboxes();
    test.at("2027-06-09T17:59:59+03:00");
    assert_eq!(test.written(), []);
    test.give_back(&boris);
    test.empty_mailboxes();

    test.at("2027-06-09T18:00:00+03:00");
    assert_eq!(test.written(), all("reminder", &["ana"]));
    let mail = test.mail("reminder", "ana@example.org");
    assert!(
        mail.text
            .replace('\u{a0}', " ")
            .contains("10 юни 2027 г., 9:00")
    );
    // Who takes a place now needs no reminder.
    test.press(&vera, "accept").must_be(303);
    test.at("2027-06-10T08:59:59+03:00");
    test.work();
    let written = test.written();
    let reminders = written.iter().filter(|(kind, _)| kind == "reminder");
    assert_eq!(reminders.count(), 1, "{written:?}");
}

#[test]
fn who_was_reminded_of_a_day_is_reminded_of_the_day_it_was_moved_to() {
    let mut test = FormTest::of(edition("Среща", DAY, "scheduled"));
    test.sign_up("sreshta", &person("ana"));
    test.empty_mailboxes();
    test.at("2027-06-09T18:00:00+03:00");
    assert_eq!(test.written(), all("reminder", &["ana"]));
    test.publish(edition("Среща", "2027-06-17", "scheduled"));
    test.empty_mailboxes();
    test.at("2027-06-16T17:59:59+03:00");
    assert_eq!(test.written(), []);
    test.at("2027-06-16T18:00:00+03:00");
    assert_eq!(test.written(), all("reminder", &["ana"]));
}

#[test]
fn who_was_there_or_not_hears_nothing_of_changes_afterwards() {
    let mut test = FormTest::of(edition("Среща", DAY, "scheduled"));
    let [ana, boris] = ["ana", "boris"].map(|name| test.sign_up("sreshta", &person(name)));
    for (time, attend, miss) in [
        ("2027-06-09T23:59:59+03:00", false, false),
        ("2027-06-10T16:59:59+03:00", true, false),
        ("2027-06-10T17:00:00+03:00", false, true),
    ] {
        test.at(time);
        let done = |receipt, change| matches!(test.staff(receipt, &change), Changed::Done(_));
        assert_eq!(done(&ana, Change::Attend), attend, "{time}");
        assert_eq!(done(&boris, Change::Miss), miss, "{time}");
    }
    test.empty_mailboxes();
    test.publish(edition("Среща", "2027-06-11", "scheduled"));
    assert_eq!(test.written(), []);
    test.stands(&ana, "event_over");
    test.staff_do(&boris, &Change::UndoAttendance);
    test.stands(&boris, "confirmed");
}

#[test]
fn whoever_signed_up_for_a_postponed_event_keeps_the_place_until_it_has_a_date_again() {
    let House {
        mut test,
        ana,
        gena,
        ..
    } = house();
    test.publish(edition("Среща", DAY, "postponed"));
    test.at("2027-08-01T09:00:00+03:00");
    test.work();
    test.stands(&ana, "event_postponed");
    assert!(!test.readable(&ana).is_empty(), "nobody could be told");
    test.empty_mailboxes();
    test.publish(edition("Среща", "2027-09-10", "scheduled"));
    let written = test.written();
    for name in ["ana", "gena"] {
        let told = ("event_changed".to_owned(), format!("{name}@example.org"));
        assert!(written.contains(&told), "{written:?}");
    }
    test.stands(&ana, "confirmed");
    test.give_back(&ana);
    test.work();
    test.stands(&gena, "offered");
}

#[test]
fn what_cannot_be_read_keeps_nobody_else_from_being_reminded() {
    let House {
        test, ana, gena, ..
    } = house();
    test.empty_mailboxes();
    test.damage(&gena);
    test.at("2027-06-09T20:00:00+03:00");
    let mails = test.work_in_vain();
    let reminder = mails.iter().find(|mail| mail.kind == "reminder").unwrap();
    assert_eq!(reminder.link(), ana);
}
