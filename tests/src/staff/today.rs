//! What there is to do today, and for whom.

use form_function::store::{Delivery, DeliveryStatus, Store};
use jiff::SignedDuration;

use super::{COORDINATOR, RECEPTION};
use crate::form_test::{FormTest, OPEN_DAY, person};
use crate::responses::one_event;

/// What the mail system said of the last mail to somebody.
fn settle(test: &FormTest, receipt: &str, status: DeliveryStatus) {
    let id = test.registration(receipt).id;
    let store = test.app.store.as_ref();
    let sent = test.ask(store.deliveries(&id)).unwrap().remove(0);
    let delivery = Delivery { status, ..sent };
    test.ask(store.settle(&id, &delivery)).unwrap();
}

#[test]
fn whom_no_mail_reached_is_to_be_rung_by_whoever_may_ring() {
    let test = FormTest::new();
    let ana = person("ana").with("telephone", "0888 123 456");
    let receipt = test.sign_up(OPEN_DAY, &ana);
    test.mails();
    let today = |who: &str| test.signed_in(who).get("/staff/").must_be(200).body;
    let rings = |who: &str| today(who).contains("tel:+359888123456");
    for (status, is_to_be_rung) in [
        (DeliveryStatus::Sent, false),
        (DeliveryStatus::Bounced, true),
        (DeliveryStatus::Failed, true),
        (DeliveryStatus::Unwanted, true),
        (DeliveryStatus::Dropped, false),
    ] {
        settle(&test, &receipt, status);
        assert_eq!(rings(COORDINATOR), is_to_be_rung, "{status:?}");
        assert!(!today(RECEPTION).contains("888123456"));
    }
    settle(&test, &receipt, DeliveryStatus::Bounced);
    test.after(SignedDuration::from_hours(15 * 24));
    assert!(!rings(COORDINATOR), "{}", today(COORDINATOR));
}

#[test]
fn why_nobody_was_offered_a_free_place_is_said_by_the_rules_of_offers() {
    let test = one_event("", "  max_party: 2\n  waitlist: true\n");
    let ana = test.sign_up("sreshta", &person("ana"));
    test.sign_up("sreshta", &person("boris"));
    let pair = person("vera").with("party", "2");
    test.sign_up("sreshta", &pair);
    let says = |what: &str| {
        let coordinator = test.signed_in(COORDINATOR);
        let page = coordinator.get("/staff/events/sreshta").must_be(200).body;
        page.contains(what)
    };
    let [needs, soon, near] = [
        "повече, отколкото има свободни: 2",
        "до няколко минути",
        "Малко преди събитието",
    ];
    assert!(
        ![needs, soon, near].into_iter().any(says),
        "no place is free"
    );
    test.give_back(&ana);
    assert!(says(needs));
    test.at("2027-06-10T08:00:00+03:00");
    assert!(says(near) && !says(needs));
}
