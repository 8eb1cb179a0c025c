//! Who the registration is for, and what everybody else is told. It is no error not to be meant.

use crate::form_test::{Answers, FormTest, REGISTRATION};

/// The day on which these people register.
const TODAY: &str = "2026-11-23T23:30:00+02:00";

fn born(test: &FormTest, language: &str, [day, month, year]: [&str; 3]) -> Answers {
    test.at(TODAY);
    let sample = test.form(REGISTRATION, language).sample();
    sample
        .with("birth_date_day", day)
        .with("birth_date_month", month)
        .with("birth_date_year", year)
}

#[track_caller]
fn is_shown_the_way(change: impl Fn(&FormTest, &str) -> Answers, words: [&str; 2]) {
    is_turned_away(change, "message.not_eligible.heading", words);
}

/// Tries both languages; the person is told where to turn, and nothing is kept.
#[track_caller]
fn is_turned_away(change: impl Fn(&FormTest, &str) -> Answers, heading: &str, words: [&str; 2]) {
    for (language, words) in [("bg", words[0]), ("en", words[1])] {
        let test = FormTest::new();
        let answers = change(&test, language);
        let reply = test.fill_in(REGISTRATION, &answers).must_be(200);
        let page = reply.page();
        assert_eq!(page.heading(), test.text(language, heading));
        assert!(page.words().contains(words), "{}", page.words());
        assert!(!page.has(".error-summary, .field__error, [aria-invalid]"));
        assert!(
            !page
                .title()
                .starts_with(test.text(language, "form.error_prefix").trim())
        );
        assert!(!page.has("main form"), "there is nothing to confirm");
        assert_eq!(page.language(), language);
        assert_eq!((test.registrations(), test.mails().len()), (0, 0));

        // A program is told the same.
        let reply = test
            .json(REGISTRATION, "1", &answers.as_json())
            .must_be(409)
            .json();
        assert_eq!(reply["code"], "not_eligible");
        assert!(
            reply["message"].as_str().unwrap().contains(words),
            "{reply}"
        );
        assert_eq!(test.registrations(), 0);
    }
}

#[track_caller]
fn is_taken(date: [&str; 3]) {
    let test = FormTest::new();
    let answers = born(&test, "bg", date);
    test.sign_up(REGISTRATION, &answers);
    assert_eq!(test.registrations(), 1);
}

#[test]
fn fourteen_is_too_young() {
    is_shown_the_way(
        |test, language| born(test, language, ["24", "11", "2011"]),
        ["когато навършиш 15", "when you turn 15"],
    );
}

#[test]
fn under_fourteen_the_law_has_an_adult_act_whatever_the_form_says() {
    let born = |test: &FormTest, language: &str| born(test, language, ["24", "11", "2012"]);
    let words = ["родител или настойник", "parent or guardian"];
    is_turned_away(born, "message.under_age.heading", words);
}

#[test]
fn the_fourteenth_birthday_is_the_first_day_for_the_law() {
    is_shown_the_way(
        |test, language| born(test, language, ["23", "11", "2012"]),
        ["когато навършиш 15", "when you turn 15"],
    );
}

#[test]
fn the_fifteenth_birthday_is_the_first_day() {
    is_taken(["23", "11", "2011"]);
}

#[test]
fn the_day_before_the_thirtieth_birthday_is_the_last_day() {
    is_taken(["24", "11", "1996"]);
}

#[test]
fn thirty_is_too_old() {
    is_shown_the_way(
        |test, language| born(test, language, ["23", "11", "1996"]),
        ["бюрото по труда", "labour office"],
    );
}

#[test]
fn the_day_is_the_day_in_bulgaria() {
    let test = FormTest::new();
    let answers = born(&test, "bg", ["24", "11", "2011"]);
    // Before midnight in Greenwich and after it in Plovdiv.
    test.at("2026-11-23T22:30:00Z");
    test.sign_up(REGISTRATION, &answers);
}

#[test]
fn who_works_or_learns_is_shown_the_way() {
    for situation in ["employment", "education", "training"] {
        is_shown_the_way(
            |test, language| {
                test.form(REGISTRATION, language)
                    .sample()
                    .with("situation", situation)
            },
            ["вече работиш или учиш", "already working or learning"],
        );
    }
}

#[test]
fn whoever_turns_out_not_to_be_meant_at_the_confirmation_is_not_recorded() {
    let test = FormTest::new();
    // Twenty-nine before midnight, thirty after it.
    let answers = born(&test, "bg", ["24", "11", "1996"]);
    let check = test.fill_in(REGISTRATION, &answers).must_be(200);
    test.at("2026-11-24T00:30:00+02:00");
    let reply = test.confirm(&check).must_be(200);
    assert_eq!(
        reply.page().heading(),
        test.text("bg", "message.not_eligible.heading")
    );
    assert_eq!(test.registrations(), 0);
}
