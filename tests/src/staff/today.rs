//! What there is to do today, and for whom.

use form_function::store::{Delivery, DeliveryStatus, Store};
use jiff::SignedDuration;

use super::{COORDINATOR, RECEPTION};
use crate::form_test::{FormTest, OPEN_DAY, person};

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
