//! What becomes of people's registrations when an editor changes the site.

use super::{event, is_friendly, site};
use crate::form_test::{Built, FormTest, person};
use crate::site_test::SiteTest;

/// A registration of the event, and a page of answers that nobody has confirmed yet.
fn before_the_change() -> (FormTest, String, crate::form_test::Reply) {
    let test = FormTest::of(event("Среща", "", ""));
    let receipt = test.sign_up("sreshta", &person("ana"));
    let check = test.fill_in("sreshta", &person("boris")).must_be(200);
    (test, receipt, check)
}

#[test]
fn an_event_that_is_called_off_is_taken_out_of_calendars() {
    for (status, message, entry) in [
        (
            "cancelled",
            "cancelled_event",
            ["METHOD:CANCEL", "STATUS:CANCELLED"],
        ),
        (
            "postponed",
            "postponed_event",
            ["METHOD:PUBLISH", "STATUS:TENTATIVE"],
        ),
    ] {
        let (mut test, receipt, check) = before_the_change();
        test.publish(event("Среща", &format!("status: {status}\n"), ""));
        is_friendly(&test, &test.confirm(&check).must_be(409), "bg", message);
        test.get(&receipt).must_be(200);
        let calendar = test.get(&format!("{receipt}/event.ics")).must_be(200).body;
        for line in entry {
            assert!(
                calendar.contains(&format!("{line}\r\n")),
                "{line} in {calendar}"
            );
        }
        test.give_back(&receipt);
        test.mail("cancelled", "ana@example.org");
    }
}

#[test]
fn an_event_that_is_gone_leaves_its_registrations_readable() {
    let (mut test, receipt, check) = before_the_change();
    test.publish(Built::from(SiteTest::new()));
    test.confirm(&check).must_be(404);
    let page = test.get(&receipt).must_be(200).page();
    assert_eq!(page.heading(), test.text("bg", "receipt.heading.gone"));
    test.get(&format!("{receipt}/event.ics")).must_be(404);
    assert_eq!(test.give_back(&receipt).location(), receipt);
    let mail = test.mail("cancelled", "ana@example.org");
    assert_eq!(mail.calendar, None);
    assert!(!mail.everything().contains(['{', '}']), "{}", mail.text);
}

#[test]
fn a_lowered_capacity_takes_nothing_back() {
    let (mut test, receipt, check) = before_the_change();
    test.publish(site(&EVENT.replace("CAPACITY", "1")));
    assert_eq!(test.remaining("sreshta"), 0);
    is_friendly(&test, &test.confirm(&check).must_be(409), "bg", "full");
    let page = test.get(&receipt).page();
    assert_eq!(page.heading(), test.text("bg", "receipt.heading.confirmed"));
}

#[test]
fn a_question_that_changed_since_the_check_is_shown_again() {
    let (mut test, _, check) = before_the_change();
    let form = "title: { bg: Запази място, en: Reserve }\nsubmit: { bg: Запази, en: Reserve }\n\
                notice: { bg: Даваме отговорите ти на всички., en: We give your answers to everybody. }\nfields:\n  \
                - { name: name, kind: name, class: identity, label: { bg: Име, en: Name } }\n  \
                - { name: email, kind: email, class: contact, label: { bg: Имейл, en: E-mail } }\n";
    let changed = SiteTest::new().file("content/forms/rsvp.yaml", form);
    let changed = changed.file("content/events/sreshta.md", &EVENT.replace("CAPACITY", "2"));
    test.publish(Built::from(changed));
    let again = test.confirm(&check).must_be(200);
    assert_eq!(again.page().heading(), test.text("bg", "form.check_title"));
    assert!(
        again.words().contains("на всички"),
        "nobody agrees to what they have not seen"
    );
    assert_eq!(test.registrations(), 1);
    let receipt = test.confirm(&again).must_be(303).location().to_owned();
    let kept = test.registration(&receipt).form_version;
    let published = |test: &FormTest| {
        test.app
            .bundle
            .activity("sreshta")
            .unwrap()
            .1
            .version
            .clone()
    };
    assert_eq!(
        kept,
        published(&test),
        "the version that the answers were checked against"
    );
    assert_ne!(kept, published(&before_the_change().0));
}

#[test]
fn a_renamed_event_keeps_its_places() {
    let (mut test, receipt, check) = before_the_change();
    test.publish(event("Друга среща", "", ""));
    assert!(test.get(&receipt).words().contains("Друга среща"));
    test.confirm(&check).must_be(303);
    assert_eq!(test.remaining("sreshta"), 0);
}

#[test]
fn a_whole_day_is_a_whole_day() {
    let day = EVENT
        .replace("CAPACITY", "2")
        .replace("2027-06-10T09:00", "2027-06-10");
    let test = FormTest::of(site(&day));
    let receipt = test.sign_up("sreshta", &person("ana"));
    let page = test.get(&receipt).words().replace('\u{a0}', " ");
    assert!(
        page.contains("10 юни 2027 г.") && !page.contains("0:00"),
        "{page}"
    );
    let calendar = test.get(&format!("{receipt}/event.ics")).body;
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20270610\r\n"),
        "{calendar}"
    );
    assert!(!test.mails()[0].text.contains("0:00"));
    test.at("2027-06-10T23:59:59+03:00");
    assert!(
        test.get(&receipt).page().has("main form"),
        "it is not over before midnight"
    );
    test.at("2027-06-11T00:00:00+03:00");
    assert!(!test.get(&receipt).page().has("main form"));
}

const EVENT: &str = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T09:00\nplace: Пловдив\n\
                     registration:\n  form: rsvp\n  capacity: CAPACITY\n---\n";
