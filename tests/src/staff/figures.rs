//! The numbers that the site shows are those of the store.

use form_function::desk;

use super::{RECEPTION, THE_DAY};
use crate::form_test::{FormTest, OPEN_DAY, person};
use crate::site_test::{SiteTest, repository};

const FILE: &str = "content/data/figures.yaml";
const AFTER: &str = "2027-06-30T10:00:00+03:00";

fn yaml(test: &FormTest) -> String {
    let figures = test.ask(desk::figures(&test.desk())).unwrap();
    figures.to_yaml(test.desk().now.strftime("%F").to_string().parse().unwrap())
}

#[test]
fn who_came_is_counted_once_the_event_is_over_and_stands_on_its_page() {
    let test = FormTest::new();
    let receipts: Vec<String> = (0..6)
        .map(|number| test.sign_up(OPEN_DAY, &person(&format!("visitor{number}"))))
        .collect();
    test.at(THE_DAY);
    let browser = test.signed_in(RECEPTION);
    let door = format!("/staff/events/{OPEN_DAY}");
    for receipt in &receipts[..5] {
        let id = test.registration(receipt).id.as_str().to_owned();
        browser
            .press(&format!("{door}/check-in/{id}"), "do=attend")
            .must_be(303);
    }
    let walk_in = format!("do=add&people=3&key={}", "a".repeat(32));
    browser
        .press(&format!("{door}/walk-ins"), &walk_in)
        .must_be(303);
    assert!(!yaml(&test).contains(OPEN_DAY), "before it is over");

    test.at(AFTER);
    let written = yaml(&test);
    assert!(written.contains("as_of: 2027-06-30\n"), "{written}");
    assert!(
        written.ends_with(&format!("  - {{ event: {OPEN_DAY}, visitors: 8 }}\n")),
        "{written}"
    );
    let site = SiteTest::from_content(&repository().join("content")).file(FILE, &written);
    site.build_at(AFTER);
    let page = site.main_of(&format!("site/sabitiya/{OPEN_DAY}/index.html"));
    assert!(
        page.contains("Посетители") && page.contains(">8<"),
        "{page}"
    );
}

#[test]
fn so_few_that_somebody_could_be_told_are_not_in_it() {
    let test = FormTest::new();
    super::cards::participant(&test, "ana");
    test.at(AFTER);
    assert_eq!(yaml(&test).lines().count(), 2, "{}", yaml(&test));
    for name in ["b", "c", "d", "e"] {
        super::cards::participant(&test, name);
    }
    assert!(yaml(&test).contains("consulted: 5\n"), "{}", yaml(&test));
}

#[test]
fn a_number_that_is_none_is_named_with_its_line_and_the_home_page_says_the_right_one() {
    let site = SiteTest::new().file(FILE, "as_of: 2027-06-30\nconsulted: many\nvisits: 3\n");
    let checked = site.run(&["check"]);
    for place in [
        "content/data/figures.yaml:2:12",
        "content/data/figures.yaml:3:1",
    ] {
        assert!(checked.messages.contains(place), "{}", checked.messages);
    }
    let site = SiteTest::new().file(FILE, "consulted: 37\n").build();
    assert!(
        site.main_of("site/index.html")
            .contains("37 души вече получиха съвет")
    );
}
