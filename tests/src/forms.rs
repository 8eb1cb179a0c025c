//! The form a visitor sees and the form the function accepts are one form.
//!
//! The tests read every form of the real site as a browser reads it and know nothing else about it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod birth_dates;
mod eligibility;

use std::collections::BTreeSet;

use crate::form_test::{Answers, Form, FormTest, REGISTRATION, Reply, real};

/// Says this about the form of every activity in every language.
fn every_form(mut say: impl FnMut(&Case)) {
    let activities = real().activities();
    assert!(activities.len() >= 8, "three events and the registration, in two languages: {activities:?}");
    for (activity, language) in activities {
        let form = real().form(&activity, &language);
        say(&Case { test: FormTest::new(), activity, language, form });
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

    /// Posts what must be refused, and looks whether the page says where and why, and keeps all answers.
    fn refused(&self, answers: &Answers, names: &[&str]) {
        let reply = self.post(answers).must_be(422);
        let (page, form) = (reply.page(), reply.page().form());
        let prefix = self.test.text(&self.language, "form.error_prefix");
        assert!(page.title().starts_with(prefix.trim()), "{}", page.title());
        assert_eq!(page.language(), self.language);
        assert!(page.has(".error-summary[role=alert]") && page.has(".error-summary[tabindex]"));

        let at_questions: Vec<String> =
            form.questions.iter().filter_map(|question| Some(question.error.as_ref()?.text.clone())).collect();
        assert_eq!(page.texts(".error-summary li"), at_questions, "the same words above and at the question");
        assert_eq!(at_questions.len(), names.len(), "{at_questions:?}");
        assert!(at_questions.iter().all(|words| words.len() > 5 && !words.contains(['{', '}'])), "{at_questions:?}");

        let links = page.attributes(".error-summary a", "href");
        for (name, link) in names.iter().zip(&links) {
            let question = form.question(name);
            let first = &question.controls[0];
            assert_eq!(*link, format!("#{}", first.id), "the link leads to the question");
            assert!(page.has(&format!("[id={:?}]", first.id)));
            assert!(question.error.as_ref().unwrap().describes, "the message of {name} is tied to it");
            // ARIA 1.2 knows no invalid radio button: there the message is tied to the group.
            let says_so = question.controls.iter().all(|control| control.invalid || control.kind == "radio");
            assert!(says_so, "{name} says that it is wrong");
        }
        let blamed = |question: &&crate::form_test::Question| {
            question.error.is_none() && question.controls.iter().any(|control| control.invalid)
        };
        assert_eq!(form.questions.iter().find(blamed).map(|question| &question.controls[0].name), None);

        assert_eq!(form.names(), self.form.names(), "the page has the same form");
        let kept = form.sent_untouched();
        for (name, value) in &answers.0 {
            assert_eq!(kept.get(name), Some(value.as_str()), "the answer to {name} is kept");
        }
        assert_eq!(self.test.registrations(), 0);
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
    let accepted: BTreeSet<String> =
        site.activities().into_iter().map(|(activity, _)| format!("/forms/{activity}")).collect();
    assert_eq!(drawn, accepted);
    every_form(|case| {
        assert_eq!(case.form.hidden.get("_language"), Some(case.language.as_str()));
        assert_eq!(case.form.unseen, ["website"]);
    });
}

#[test]
fn what_is_drawn_is_accepted_shown_to_be_checked_and_recorded() {
    every_form(|case| {
        let answers = case.form.sample();
        let check = case.post(&answers).must_be(200);
        let page = check.page();
        assert_eq!(page.heading(), case.test.text(&case.language, "form.check_title"));
        assert_eq!(page.language(), case.language);
        let shown = page.words();
        for control in case.form.controls() {
            let answer = answers.get(&control.name).unwrap();
            let typed = matches!(control.kind.as_str(), "text" | "email" | "textarea") && control.name != "birth_date_month";
            assert!(!typed || answer.lines().all(|line| shown.contains(line)), "{answer}: {shown}");
        }
        assert!(check.page().form().action.ends_with("/confirm"));
        assert_eq!(case.test.registrations(), 0, "nothing is kept before it is confirmed");

        let taken = case.test.confirm(&check);
        let receipt = case.test.get(taken.location()).must_be(200).page();
        let state = if case.activity == REGISTRATION { "submitted" } else { "confirmed" };
        assert_eq!(receipt.heading(), case.test.text(&case.language, &format!("receipt.heading.{state}")));
        assert_eq!(receipt.language(), case.language);
        assert_eq!(receipt.text(".panel__number").len(), 8);
        assert!(!receipt.words().contains("ana.maria") && !receipt.words().contains("Ана-Мария"), "links get forwarded");
        assert_eq!(case.test.registrations(), 1);
        assert_eq!(case.test.mails().len(), 1);
    });
}

#[test]
fn a_required_question_left_out_is_asked_again() {
    let mut asked = BTreeSet::new();
    every_form(|case| {
        for question in case.form.questions.iter().filter(|question| !question.optional) {
            let name = question.controls[0].name.as_str();
            case.refused(&case.form.sample().without_question(question), &[name]);
            asked.insert(name.to_owned());
        }
    });
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), ["birth_date_day", "email", "name", "party", "situation"]);
}

#[test]
fn an_empty_form_names_every_required_question_in_order() {
    every_form(|case| {
        let empty = case.form.sent_untouched();
        let reply = case.post(&empty).must_be(422);
        let missing: Vec<String> = reply.page().attributes(".error-summary a", "href");
        let drawn = case.form.questions.iter().map(|question| format!("#{}", question.controls[0].id));
        let in_order: Vec<String> = drawn.filter(|target| missing.contains(target)).collect();
        assert_eq!(missing, in_order);
        for question in case.form.questions.iter().filter(|question| !question.optional) {
            let first = &question.controls[0];
            // A list always sends its first entry.
            assert_eq!(missing.contains(&format!("#{}", first.id)), first.kind != "select", "{}", first.name);
        }
    });
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    every_form(|case| {
        for question in case.form.questions.iter().filter(|question| question.optional) {
            case.post(&case.form.sample().without_question(question)).must_be(200);
        }
        let optional = case.form.questions.iter().filter(|question| question.optional);
        if case.activity != REGISTRATION {
            let required = optional.fold(case.form.sample(), |answers, question| answers.without_question(question));
            case.sign_up(&required);
        }
    });
}

#[test]
fn a_registration_needs_one_way_to_reach_the_person() {
    every_form(|case| {
        if case.activity == REGISTRATION {
            let sample = case.form.sample().without("strand").without("message");
            case.refused(&sample.with("email", "").with("telephone", ""), &["email"]);
            case.sign_up(&sample.without("email"));
        }
    });
}

#[test]
fn choices_and_lengths_that_are_not_drawn_are_refused() {
    every_form(|case| {
        for control in case.form.controls() {
            let sample = case.form.sample();
            if !control.choices.is_empty() {
                for choice in &control.choices {
                    assert_ne!(case.post(&sample.with(&control.name, choice)).status, 422, "{choice} is drawn");
                }
                let reply = case.post(&sample.with(&control.name, "99")).must_be(422);
                assert_eq!(reply.page().texts(".error-summary li").len(), 1);
            }
            if let (Some(most), "text" | "textarea") = (control.max_length, control.kind.as_str()) {
                let just = "ж".repeat(most);
                case.post(&sample.with(&control.name, &just)).must_be(200);
                case.refused(&sample.with(&control.name, &(just + "ж")), &[&control.name]);
            }
        }
    });
}

#[test]
fn a_browser_counts_a_line_end_as_one_character_and_so_do_we() {
    every_form(|case| {
        for control in case.form.controls().filter(|control| control.kind == "textarea") {
            let most = control.max_length.unwrap();
            let lines = "а\r\n".repeat(most / 2);
            case.post(&case.form.sample().with(&control.name, &lines)).must_be(200);
        }
    });
}

#[test]
fn addresses_and_numbers_that_are_none_are_named() {
    every_form(|case| {
        for control in case.form.controls() {
            let wrong: &[&str] = match control.kind.as_str() {
                "email" => &["ana", "ana@", "ana@example", "ана@example.org", "a b@example.org", "a@example.org,b@example.org"],
                "tel" => &["123", "няма", "0888 12 34 5x", "+359 888 123 456 789 012"],
                _ => &[],
            };
            for value in wrong {
                case.refused(&case.form.sample().with(&control.name, value), &[&control.name]);
            }
        }
    });
}

#[test]
fn what_is_not_drawn_is_not_kept() {
    every_form(|case| {
        let answers = case.form.sample().with("state", "waitlisted").with("capacity", "9").with("_admin", "nonsense");
        let check = case.post(&answers).must_be(200);
        let sent_on = check.page().form().hidden;
        assert_eq!((sent_on.get("state"), sent_on.get("capacity"), sent_on.get("_admin")), (None, None, None));
        case.test.confirm(&check).must_be(303);
        assert!(!case.test.stored()["registrations"][0].contains("nonsense"));
    });
}

#[test]
fn one_can_go_back_from_the_check_and_change_an_answer() {
    every_form(|case| {
        let check = case.post(&case.form.sample()).must_be(200).page();
        let edit = check.attributes("main form button[name=_edit]", "formaction").remove(0);
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
        for path in [case.form.action.clone(), format!("{}/confirm", case.form.action)] {
            let reply = case.test.send("GET", &path, &[("accept-language", &case.language)], "");
            assert_eq!(real().page(reply.location()).form().action, case.form.action);
        }
    });
}
