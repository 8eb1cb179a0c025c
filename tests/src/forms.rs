//! The form a visitor sees and the form the function accepts are one form.
//!
//! The tests read every form of the real site as a browser reads it and know nothing else about it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod birth_dates;
mod definitions;
mod drawn;
mod eligibility;
mod kinds;
mod refusals;

use std::collections::BTreeSet;

use crate::form_test::{Answers, Form, FormTest, REGISTRATION, Reply, real};

/// Says this about the form of every activity in every language.
fn every_form(mut say: impl FnMut(&Case)) {
    let activities = real().activities();
    assert!(
        activities.len() >= 8,
        "three events and the registration, in two languages: {activities:?}"
    );
    for (activity, language) in activities {
        let form = real().form(&activity, &language);
        say(&Case {
            test: FormTest::new(),
            activity,
            language,
            form,
        });
    }
}

/// The form of one activity in one language, and a function that takes it.
struct Case {
    test: FormTest,
    activity: String,
    language: String,
    form: Form,
}

impl Case {
    fn post(&self, answers: &Answers) -> Reply {
        self.test.post(&self.form.action, answers)
    }

    /// Posts, confirms and opens the receipt.
    fn sign_up(&self, answers: &Answers) {
        let check = self.post(answers).must_be(200);
        let taken = self.test.confirm(&check);
        self.test.get(taken.location()).must_be(200);
        assert_eq!(self.test.registrations(), 1);
    }
}

#[test]
fn every_form_on_the_site_is_one_the_function_has_and_the_other_way_round() {
    let site = real();
    let drawn: BTreeSet<String> = site
        .pages()
        .flat_map(|(_, page)| page.forms())
        .map(|form| form.action)
        .collect();
    let accepted: BTreeSet<String> = site
        .activities()
        .into_iter()
        .map(|(activity, _)| format!("/forms/{activity}"))
        .collect();
    assert_eq!(drawn, accepted);
    every_form(|case| {
        assert_eq!(
            case.form.hidden.get("_language"),
            Some(case.language.as_str())
        );
        assert_eq!(case.form.unseen, ["website"]);
    });
}

#[test]
fn what_is_drawn_is_accepted_shown_to_be_checked_and_recorded() {
    every_form(|case| {
        let answers = case.form.sample();
        let check = case.post(&answers).must_be(200);
        let page = check.page();
        assert_eq!(
            page.heading(),
            case.test.text(&case.language, "form.check_title")
        );
        assert_eq!(page.language(), case.language);
        let shown = page.words();
        for control in case.form.controls() {
            let answer = answers.get(&control.name).unwrap();
            let typed = matches!(control.kind.as_str(), "text" | "email" | "textarea")
                && control.name != "birth_date_month";
            assert!(
                !typed || answer.lines().all(|line| shown.contains(line)),
                "{answer}: {shown}"
            );
        }
        assert!(check.page().form().action.ends_with("/confirm"));
        assert_eq!(
            case.test.registrations(),
            0,
            "nothing is kept before it is confirmed"
        );

        let taken = case.test.confirm(&check);
        let receipt = case.test.get(taken.location()).must_be(200).page();
        let state = if case.activity == REGISTRATION {
            "submitted"
        } else {
            "confirmed"
        };
        assert_eq!(
            receipt.heading(),
            case.test
                .text(&case.language, &format!("receipt.heading.{state}"))
        );
        assert_eq!(receipt.language(), case.language);
        assert_eq!(receipt.text(".panel__number").len(), 8);
        assert!(
            !receipt.words().contains("ana.maria") && !receipt.words().contains("Ана-Мария"),
            "links get forwarded"
        );
        assert_eq!(case.test.registrations(), 1);
        assert_eq!(case.test.mails().len(), 1);
    });
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    every_form(|case| {
        for question in case
            .form
            .questions
            .iter()
            .filter(|question| question.optional)
        {
            case.post(&case.form.sample().without_question(question))
                .must_be(200);
        }
        let optional = case
            .form
            .questions
            .iter()
            .filter(|question| question.optional);
        if case.activity != REGISTRATION {
            let required = optional.fold(case.form.sample(), |answers, question| {
                answers.without_question(question)
            });
            case.sign_up(&required);
        }
    });
}

#[test]
fn a_browser_counts_a_line_end_as_one_character_and_so_do_we() {
    every_form(|case| {
        for control in case
            .form
            .controls()
            .filter(|control| control.kind == "textarea")
        {
            let most = control.max_length.unwrap();
            let lines = "а\r\n".repeat(most / 2);
            case.post(&case.form.sample().with(&control.name, &lines))
                .must_be(200);
        }
    });
}

#[test]
fn what_is_not_drawn_is_not_kept() {
    every_form(|case| {
        let answers = case
            .form
            .sample()
            .with("state", "waitlisted")
            .with("capacity", "9")
            .with("_admin", "nonsense");
        let check = case.post(&answers).must_be(200);
        let sent_on = check.page().form().hidden;
        assert_eq!(
            (
                sent_on.get("state"),
                sent_on.get("capacity"),
                sent_on.get("_admin")
            ),
            (None, None, None)
        );
        case.test.confirm(&check).must_be(303);
        assert!(!case.test.stored()["registrations"][0].contains("nonsense"));
    });
}

#[test]
fn one_can_go_back_from_the_check_and_change_an_answer() {
    every_form(|case| {
        let check = case.post(&case.form.sample()).must_be(200).page();
        let edit = check
            .attributes("main form button[name=_edit]", "formaction")
            .remove(0);
        let pressed = check.form().hidden.with("_edit", "1");
        let again = case.test.post(&edit, &pressed).must_be(200);
        assert!(!again.page().has(".error-summary"), "nobody is blamed");
        let form = again.page().form();
        assert_eq!(form.names(), case.form.names());
        assert_eq!(form.sample(), case.form.sample());
        for (name, value) in &case.form.sample().0 {
            assert_eq!(form.sent_untouched().get(name).unwrap(), value, "{name}");
        }
        case.sign_up(&form.sent_untouched().with("name", "Друго име"));
    });
}

#[test]
fn the_address_of_a_post_opened_like_a_page_leads_to_the_form() {
    every_form(|case| {
        for path in [
            case.form.action.clone(),
            format!("{}/confirm", case.form.action),
        ] {
            let reply = case
                .test
                .send("GET", &path, &[("accept-language", &case.language)], "");
            assert_eq!(
                real().page(reply.location()).form().action,
                case.form.action
            );
        }
    });
}
