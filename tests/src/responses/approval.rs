//! Events for which staff look at every registration before it counts.

use form_function::registrar::Changed;
use form_function::store::Actor;
use forms::Change;

use super::one_event;
use crate::form_test::{FormTest, person};

fn reviewed() -> FormTest {
    one_event("", "  max_party: 2\n  approval: true\n")
}

#[test]
fn who_has_yet_to_be_approved_holds_no_place_and_is_told_so() {
    let test = reviewed();
    let receipt = test.sign_up("sreshta", &person("ana").with("party", "2"));
    test.stands(&receipt, "pending_review");
    assert_eq!(test.remaining("sreshta"), 2);
    let mail = test.mail("received", "ana@example.org");
    assert_eq!(mail.link(), receipt);
    assert_eq!(mail.calendar, None);
    assert!(
        mail.subject.contains("Среща") && !mail.subject.contains("Запазено"),
        "{}",
        mail.subject
    );
    test.get(&format!("{receipt}/event.ics")).must_be(404);
}

#[test]
fn who_is_approved_has_a_place_and_a_mail_with_the_date() {
    let test = reviewed();
    let receipt = test.sign_up("sreshta", &person("ana").with("party", "2"));
    test.empty_mailboxes();
    test.staff_do(&receipt, &Change::Approve);
    test.stands(&receipt, "confirmed");
    assert_eq!(test.remaining("sreshta"), 0);
    let mail = test.mail("confirmed", "ana@example.org");
    assert_eq!(mail.calendar.unwrap().0, "text/calendar PUBLISH");
    let event = test.history(&receipt).pop().unwrap();
    assert_eq!(
        (event.actor, event.action.as_str(), event.reason.as_deref()),
        (Actor::Staff, "approve", Some("so it was decided"))
    );
    let again = test.staff(&receipt, &Change::Approve);
    assert!(matches!(again, Changed::NotFromHere(_)), "{again:?}");
    assert_eq!(test.mails().len(), 1, "it is said once");
}

#[test]
fn more_than_there_are_places_may_ask_and_no_more_than_these_are_approved() {
    let test = reviewed();
    let [ana, boris, vera] =
        ["ana", "boris", "vera"].map(|name| test.sign_up("sreshta", &person(name)));
    test.staff_do(&vera, &Change::Approve);
    test.staff_do(&ana, &Change::Approve);
    test.empty_mailboxes();
    let changed = test.staff(&boris, &Change::Approve);
    assert!(matches!(changed, Changed::Full(_)), "{changed:?}");
    test.stands(&boris, "pending_review");
    assert_eq!((test.remaining("sreshta"), test.mails().len()), (0, 0));
}

#[test]
fn who_is_not_approved_is_told_and_may_be_brought_back() {
    let test = reviewed();
    let receipt = test.sign_up("sreshta", &person("ana"));
    test.empty_mailboxes();
    test.staff_do(&receipt, &Change::Reject);
    test.stands(&receipt, "rejected");
    let mail = test.mail("rejected", "ana@example.org");
    assert!(mail.calendar.is_none() && mail.text.contains(&receipt));
    assert!(!test.get(&receipt).page().has("main form"));

    test.staff_do(&receipt, &Change::Reinstate);
    test.stands(&receipt, "confirmed");
    test.mail("confirmed", "ana@example.org");
    assert_eq!(test.remaining("sreshta"), 1);
}

#[test]
fn nobody_is_brought_back_beside_a_registration_they_made_since() {
    let test = reviewed();
    let first = test.sign_up("sreshta", &person("ana"));
    test.staff_do(&first, &Change::Reject);
    let second = test.sign_up("sreshta", &person("ana"));
    let changed = test.staff(&first, &Change::Reinstate);
    assert!(matches!(changed, Changed::Claimed(_)), "{changed:?}");
    test.stands(&second, "pending_review");
}

#[test]
fn who_gave_it_back_is_not_approved_any_more() {
    let test = reviewed();
    let receipt = test.sign_up("sreshta", &person("ana"));
    test.press(&receipt, "cancel").must_be(303);
    let changed = test.staff(&receipt, &Change::Approve);
    assert!(matches!(changed, Changed::NotFromHere(_)), "{changed:?}");
    assert_eq!(test.remaining("sreshta"), 2);
}
