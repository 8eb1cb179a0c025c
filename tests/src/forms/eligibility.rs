//! Who the registration is for, and what everybody else is told. It is no error not to be meant.

use crate::form_test::{Answers, Built, FormTest, REGISTRATION};
use crate::site_test::SiteTest;

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

/// Whether somebody born on this day of 2012 may come to an event for people from 15 years on, which is on 10 and 11 June
/// 2027, when their age counts on this day.
fn may_come(on: &str, [day, month]: [&str; 2], today: &str) -> bool {
    let form = format!(
        "title: {{ bg: Запази място, en: Reserve }}\nsubmit: {{ bg: Запази, en: Reserve }}\n\
         notice: {{ bg: Пазим отговорите ти., en: We keep your answers. }}\nfields:\n  \
         - {{ name: name, kind: name, class: identity, label: {{ bg: Име, en: Name }} }}\n  \
         - {{ name: email, kind: email, class: contact, label: {{ bg: Имейл, en: E-mail }} }}\n  \
         - {{ name: birth_date, kind: past_date, class: eligibility, label: {{ bg: Роден ден, en: Birthday }} }}\n\
         eligibility:\n  - {{ field: birth_date, age: {{ min: 15, max: 29{on} }}, otherwise: Още не. }}\n"
    );
    let event = "---\ntitle: Среща\ndescription: За проба.\nstarts_at: 2027-06-10T22:00\n\
                 ends_at: 2027-06-11T02:00\nplace: Пловдив\nregistration:\n  form: rsvp\n---\n";
    let site = SiteTest::new().file("content/forms/rsvp.yaml", &form);
    let test = FormTest::of(Built::from(site.file("content/events/sreshta.md", event)));
    test.at(today);
    let answers = Answers::of(&[
        ("_language", "bg"),
        ("name", "Ана"),
        ("email", "ana@example.org"),
        ("birth_date_day", day),
        ("birth_date_month", month),
        ("birth_date_year", "2012"),
    ]);
    let page = test.fill_in("sreshta", &answers).must_be(200).page();
    page.heading() == test.text("bg", "form.check_title")
}

#[test]
fn an_age_counts_on_the_first_day_of_the_event_where_the_form_says_so() {
    let early = "2027-01-10T12:00:00+02:00";
    for (on, birthday, may) in [
        (", on: event", ["10", "6"], true),
        (", on: event", ["11", "6"], false),
        ("", ["10", "6"], false),
        (", on: registration", ["10", "6"], false),
        (", on: registration", ["10", "1"], true),
        ("", ["11", "1"], false),
    ] {
        assert_eq!(may_come(on, birthday, early), may, "{on} {birthday:?}");
    }
    // Fifteen by then, thirteen today: the law looks at today.
    let younger = "2026-01-10T12:00:00+02:00";
    assert!(!may_come(", on: event", ["10", "6"], younger));
}
