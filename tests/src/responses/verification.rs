//! Forms that count only when the person has shown that the e-mail address is theirs.

use std::sync::Arc;

use crate::form_test::{Answers, Built, FormTest, person};
use crate::site_test::{SiteTest, tests_folder};

const BEFORE: &str = "2026-11-24T09:00:05+02:00";

fn verified() -> FormTest {
    FormTest::of(site("starts_at: 2027-06-10T09:00"))
}

fn site(starts_at: &str) -> Arc<Built> {
    let form = tests_folder("sites/_base/content/forms/rsvp.yaml");
    let form = std::fs::read_to_string(form).unwrap();
    let event = format!(
        "---\ntitle: Среща\ndescription: За проба.\nplace: Пловдив\n{starts_at}\nregistration:\n  form: rsvp\n  \
         capacity: 2\n  max_party: 2\n---\n"
    );
    let site = SiteTest::new().file("content/events/sreshta.md", &event);
    Built::from(site.file(
        "content/forms/rsvp.yaml",
        &format!("{form}verify_email: true\n"),
    ))
}

/// The path of the link in the mail.
fn link(test: &FormTest) -> String {
    let mail = test.mail("received", "ana@example.org");
    let start = mail.text.find("/forms/v/").unwrap();
    let link = mail.text[start..].split_whitespace().next().unwrap();
    assert!(mail.html.contains(link), "{}", mail.html);
    link.to_owned()
}

#[test]
fn the_first_mail_has_a_link_and_nothing_that_was_typed() {
    let test = verified();
    let typed = person("ana").with("name", "Спечелете-сега https://spam.example");
    let receipt = test.sign_up("sreshta", &typed.with("party", "2"));
    test.stands(&receipt, "pending_verification");
    let link = link(&test);
    let mail = test.mail("received", "ana@example.org");
    for word in ["Спечелете", "spam.example"] {
        assert!(!mail.everything().contains(word), "{}", mail.everything());
    }
    assert_eq!(mail.calendar, None, "there is no place yet");
    assert!(
        !mail.everything().contains("/forms/r/"),
        "who cannot read the mail of the address must not find more in it"
    );
    assert!(
        mail.text
            .replace('\u{a0}', " ")
            .contains("24 ноември 2026 г., 9:00"),
        "it says until when: {}",
        mail.text
    );
    assert!(
        !test.get(&receipt).body.contains(&link),
        "only mail to the address knows the link"
    );
    assert_eq!(test.remaining("sreshta"), 0, "the places are held");
}

#[test]
fn opening_the_link_does_nothing_and_its_button_confirms() {
    let test = verified();
    let receipt = test.sign_up("sreshta", &person("ana"));
    let link = link(&test);
    let before = test.stored();
    for method in ["GET", "HEAD", "GET"] {
        test.send(method, &link, &[("sec-purpose", "prefetch")], "")
            .must_be(200);
    }
    assert_eq!(test.stored(), before, "programs open links in mail");
    test.stands(&receipt, "pending_verification");

    let page = test.get(&link);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.page().heading(), test.text("bg", "verify.heading"));
    assert!(!page.body.contains("ana"), "links get forwarded");
    assert_eq!(test.confirm(&page).location(), receipt);
    test.stands(&receipt, "confirmed");
    let mail = test.mail("confirmed", "ana@example.org");
    assert_eq!(mail.calendar.unwrap().0, "text/calendar PUBLISH");
    assert_eq!(mail.text.matches(&receipt).count(), 1);
    assert_eq!(test.remaining("sreshta"), 1);

    // The link has done what it can, and leads on.
    assert_eq!(test.get(&link).location(), receipt);
    assert_eq!(
        test.post(&link, &Answers::default()).location(),
        receipt,
        "a second press"
    );
    assert_eq!(test.mails().len(), 2);
}

#[test]
fn without_the_button_the_place_is_free_after_a_day_and_nothing_personal_is_left() {
    let test = verified();
    let receipt = test.sign_up("sreshta", &person("ana"));
    let link = link(&test);
    test.at("2026-11-24T09:00:04+02:00");
    test.work();
    test.get(&link).must_be(200);
    assert_eq!(test.remaining("sreshta"), 1);

    test.at(BEFORE);
    test.get(&link).must_be(404);
    test.post(&link, &Answers::default()).must_be(404);
    test.work();
    assert_eq!(test.remaining("sreshta"), 2);
    let stored = test.stored();
    for table in ["sealed", "people", "claims"] {
        assert_eq!(stored[table], Vec::<String>::new(), "{table}");
    }
    assert_eq!(test.readable(&receipt), "");
    test.get(&receipt).must_be(404);
    assert_eq!(
        test.actions(&receipt),
        ["submit", "lapse"],
        "what happened is known"
    );
    assert_eq!(test.mails().len(), 1, "nobody is written to a second time");

    let again = test.sign_up("sreshta", &person("ana"));
    test.stands(&again, "pending_verification");
}

#[test]
fn who_confirms_before_the_worker_comes_round_is_in_time_only_in_time() {
    let test = verified();
    test.sign_up("sreshta", &person("ana"));
    let link = link(&test);
    let page = test.get(&link);
    test.at("2026-11-24T08:59:59+02:00");
    test.confirm(&page).must_be(303);
    let test = verified();
    test.sign_up("sreshta", &person("ana"));
    let link = self::link(&test);
    let page = test.get(&link);
    test.at(BEFORE);
    test.confirm(&page).must_be(404);
}

#[test]
fn nobody_waits_longer_for_the_button_than_for_the_event() {
    let test = FormTest::of(site(
        "starts_at: 2026-11-23T12:00\nends_at: 2026-11-23T14:00",
    ));
    let receipt = test.sign_up("sreshta", &person("ana"));
    let until = test.registration(&receipt).state.deadline().unwrap();
    assert_eq!(until, "2026-11-23T14:00:00+02:00".parse().unwrap());
}

#[test]
fn a_link_is_for_one_registration_and_one_purpose() {
    let test = verified();
    let receipt = test.sign_up("sreshta", &person("ana"));
    let link = link(&test);
    let token = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    test.get(&format!("/forms/v/{}", token(&receipt)))
        .must_be(404);
    test.get(&format!("/forms/r/{}", token(&link))).must_be(404);
    test.post(
        &format!("/forms/r/{}/cancel", token(&link)),
        &Answers::default(),
    )
    .must_be(404);
    test.stands(&receipt, "pending_verification");
    // Whoever came by the form may leave without the mail.
    test.press(&receipt, "cancel").must_be(303);
    test.stands(&receipt, "cancelled_by_attendee");
    test.post(&link, &Answers::default()).must_be(303);
    test.stands(&receipt, "cancelled_by_attendee");
    assert_eq!(test.remaining("sreshta"), 2);
}

/// The event with one place, a waiting list and, perhaps, an eye of staff on everybody.
fn crowded(rules: &str) -> FormTest {
    let form = tests_folder("sites/_base/content/forms/rsvp.yaml");
    let form = std::fs::read_to_string(form).unwrap();
    let event = format!(
        "---\ntitle: Среща\ndescription: За проба.\nplace: Пловдив\nstarts_at: 2027-06-10T09:00\nregistration:\n  \
         form: rsvp\n  capacity: 1\n{rules}---\n"
    );
    let site = SiteTest::new().file("content/events/sreshta.md", &event);
    FormTest::of(Built::from(site.file(
        "content/forms/rsvp.yaml",
        &format!("{form}verify_email: true\n"),
    )))
}

#[test]
fn an_offer_is_accepted_only_from_the_mailbox() {
    let test = crowded("  waitlist: true\n");
    let ana = test.sign_up("sreshta", &person("ana"));
    let boris = test.sign_up("sreshta", &person("boris"));
    test.stands(&boris, "waitlisted");
    test.give_back(&ana);
    let offer = test.mail("offered", "boris@example.org");
    test.stands(&boris, "offered");
    // Whoever signed the address up sees this page, whosever the address is.
    let page = test.get(&boris);
    assert!(!page.body.contains("/accept"), "{}", page.words());
    assert!(page.page().has("form[action$='/decline']"));
    assert!(page.words().contains("отвори писмото"), "{}", page.words());
    test.post(&format!("{boris}/accept"), &Answers::default())
        .must_be(303);
    test.stands(&boris, "offered");

    let start = offer.text.find("/forms/v/").unwrap();
    let link = offer.text[start..].split_whitespace().next().unwrap();
    let page = test.get(link).must_be(200);
    assert_eq!(
        page.page().heading(),
        test.text("bg", "receipt.heading.offered")
    );
    test.stands(&boris, "offered");
    assert_eq!(test.confirm(&page).location(), boris);
    test.stands(&boris, "confirmed");
    test.mail("confirmed", "boris@example.org");
}

#[test]
fn who_is_approved_has_yet_to_confirm_the_address() {
    let test = crowded("  approval: true\n");
    let ana = test.sign_up("sreshta", &person("ana"));
    test.stands(&ana, "pending_review");
    test.empty_mailboxes();
    test.staff_do(&ana, &forms::Change::Approve);
    test.stands(&ana, "pending_verification");
    assert_eq!(test.remaining("sreshta"), 0, "the place is held");
    let link = link(&test);
    test.confirm(&test.get(&link));
    test.stands(&ana, "confirmed");
    test.mail("confirmed", "ana@example.org");
}
