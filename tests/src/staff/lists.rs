//! The lists of people: what was opened a moment ago is shown without opening it again, and never after it changed.

use jiff::SignedDuration;

use super::{COORDINATOR, THE_DAY};
use crate::form_test::{FormTest, OPEN_DAY, person};

#[test]
fn what_was_erased_is_on_no_list_though_it_was_opened_a_moment_before() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    test.at(THE_DAY);
    let browser = test.signed_in(COORDINATOR);
    let event = format!("/staff/events/{OPEN_DAY}");
    let address = "ana@example.org";
    let found = |word: &str| {
        browser
            .press(&event, &format!("q={word}"))
            .must_be(200)
            .body
    };
    assert!(found(address).contains("/staff/registrations/"));
    test.erase(&[test.registration(&receipt)]);
    assert!(!found(address).contains("/staff/registrations/"));
}

#[test]
fn what_was_opened_is_kept_for_a_quarter_of_an_hour_after_somebody_last_asked() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    test.at(THE_DAY);
    let browser = test.signed_in(COORDINATOR);
    let door = format!("/staff/events/{OPEN_DAY}/check-in");
    let shows_ana = || browser.get(&door).must_be(200).body.contains(">ana<");
    assert!(shows_ana());
    // From now on it cannot be opened any more.
    test.damage_sealed(&receipt);
    test.after(SignedDuration::from_mins(14));
    assert!(shows_ana());
    test.after(SignedDuration::from_mins(14));
    assert!(shows_ana());
    test.after(SignedDuration::from_mins(15));
    assert!(!shows_ana());
}
