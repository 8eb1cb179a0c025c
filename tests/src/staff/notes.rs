//! What staff note of a registration, and what they do for somebody who rang.

use super::COORDINATOR;
use crate::form_test::{FormTest, OPEN_DAY, dump, person};
use crate::responses::one_event;

#[test]
fn a_note_is_read_by_the_next_of_staff_and_by_nobody_with_the_store_alone() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    let id = test.registration(&receipt).id.as_str().to_owned();
    let browser = test.signed_in(COORDINATOR);
    let path = format!("/staff/registrations/{id}");
    for text in ["Ще дойде с количка", "<b>втора</b>"] {
        let noted = browser
            .press(&path, &format!("do=note&note={text}"))
            .must_be(303);
        assert!(
            browser
                .get(noted.location())
                .must_be(200)
                .body
                .contains("Бележката е записана")
        );
    }
    browser.press(&path, "do=note&note=  ").must_be(303);
    let page = browser.get(&path).must_be(200).body;
    let [second, first] =
        ["&lt;b&gt;втора", "Ще дойде с количка"].map(|note| page.find(note).unwrap());
    assert!(second < first);
    assert!(!format!("{:?}", dump(&test.store_file())).contains("количка"));
    let export = test.ask(form_function::desk::record(
        &test.desk(),
        &test.registration(&receipt),
    ));
    assert_eq!(export.unwrap().notes.len(), 2);

    test.erase(&[test.registration(&receipt)]);
    assert!(!browser.get(&path).must_be(200).body.contains("количка"));
    assert!(!format!("{:?}", dump(&test.store_file())).contains("notes"));
}

#[test]
fn a_note_is_kept_as_long_as_what_people_answer() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    let id = test.registration(&receipt).id.as_str().to_owned();
    let note = format!("/staff/registrations/{id}");
    test.signed_in(COORDINATOR)
        .press(&note, "do=note&note=x")
        .must_be(303);
    let kept = || format!("{:?}", dump(&test.store_file())).contains("notes");
    test.at("2027-07-09T00:00:00+03:00");
    test.work();
    test.ask(form_function::desk::clear_remains(&test.desk()))
        .unwrap();
    assert!(kept());
    test.at("2027-07-11T00:00:00+03:00");
    test.ask(form_function::desk::clear_remains(&test.desk()))
        .unwrap();
    assert!(!kept());
}

#[test]
fn whoever_rings_gets_the_place_that_was_offered() {
    let test = one_event("", "  waitlist: true\n");
    let ana = test.sign_up("sreshta", &person("ana"));
    test.sign_up("sreshta", &person("boris"));
    let vera = test.sign_up("sreshta", &person("vera"));
    test.give_back(&ana);
    test.work();
    test.stands(&vera, "offered");
    let id = test.registration(&vera).id.as_str().to_owned();
    let path = format!("/staff/registrations/{id}");
    test.signed_in(COORDINATOR)
        .press(&path, "do=accept")
        .must_be(303);
    test.stands(&vera, "confirmed");
    test.signed_in(COORDINATOR)
        .press(&path, "do=accept")
        .must_be(409);
}
