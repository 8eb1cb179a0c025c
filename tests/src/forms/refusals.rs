//! What cannot be taken is named where it stands and above, and nothing that was typed is lost.

use std::collections::BTreeSet;

use super::{Case, every_form};
use crate::form_test::{Answers, Question, REGISTRATION};

impl Case {
    /// Questions that have to be answered, each by itself: of the two ways to reach a person one is enough.
    fn required(&self) -> impl Iterator<Item = &Question> {
        let one_is_enough =
            |name: &str| self.activity == REGISTRATION && matches!(name, "email" | "telephone");
        self.form.questions.iter().filter(move |question| {
            !question.optional && !one_is_enough(&question.controls[0].name)
        })
    }

    /// Posts what must be refused, and looks whether the page says where and why, and keeps all answers.
    pub(super) fn refused(&self, answers: &Answers, names: &[&str]) {
        let reply = self.post(answers).must_be(422);
        let (page, form) = (reply.page(), reply.page().form());
        let prefix = self.test.text(&self.language, "form.error_prefix");
        assert!(page.title().starts_with(prefix.trim()), "{}", page.title());
        assert_eq!(page.language(), self.language);
        assert!(page.has(".error-summary[role=alert]") && page.has(".error-summary[tabindex]"));

        let at_questions: Vec<String> = form
            .questions
            .iter()
            .filter_map(|question| Some(question.error.as_ref()?.text.clone()))
            .collect();
        assert_eq!(
            page.texts(".error-summary li"),
            at_questions,
            "the same words above and at the question"
        );
        assert_eq!(at_questions.len(), names.len(), "{at_questions:?}");
        assert!(
            at_questions
                .iter()
                .all(|words| words.len() > 5 && !words.contains(['{', '}'])),
            "{at_questions:?}"
        );

        let links = page.attributes(".error-summary a", "href");
        for (name, link) in names.iter().zip(&links) {
            let question = form.question(name);
            let first = &question.controls[0];
            assert_eq!(
                *link,
                format!("#{}", first.id),
                "the link leads to the question"
            );
            assert!(page.has(&format!("[id={:?}]", first.id)));
            assert!(
                question.error.as_ref().unwrap().describes,
                "the message of {name} is tied to it"
            );
            // ARIA 1.2 knows no invalid radio button: there the message is tied to the group.
            let says_so = question
                .controls
                .iter()
                .all(|control| control.invalid || control.kind == "radio");
            assert!(says_so, "{name} says that it is wrong");
        }
        let blamed = |question: &&Question| {
            question.error.is_none() && question.controls.iter().any(|control| control.invalid)
        };
        assert_eq!(
            form.questions
                .iter()
                .find(blamed)
                .map(|question| &question.controls[0].name),
            None
        );

        assert_eq!(
            form.names(),
            self.form.names(),
            "the page has the same form"
        );
        let kept = form.sent_untouched();
        for (name, value) in &answers.0 {
            let answer = &(name.clone(), value.clone());
            assert!(kept.0.contains(answer), "the answer to {name} is kept");
        }
        assert_eq!(self.test.registrations(), 0);
    }
}

#[test]
fn a_required_question_left_out_is_asked_again() {
    let mut asked = BTreeSet::new();
    every_form(|case| {
        for question in case.required() {
            let name = question.controls[0].name.as_str();
            case.refused(&case.form.sample().without_question(question), &[name]);
            asked.insert(name.to_owned());
        }
    });
    assert_eq!(
        asked.into_iter().collect::<Vec<_>>(),
        ["birth_date_day", "email", "name", "party", "situation"]
    );
}

#[test]
fn an_empty_form_names_every_required_question_in_order() {
    every_form(|case| {
        let empty = case.form.sent_untouched();
        let reply = case.post(&empty).must_be(422);
        let missing: Vec<String> = reply.page().attributes(".error-summary a", "href");
        let drawn = case
            .form
            .questions
            .iter()
            .map(|question| format!("#{}", question.controls[0].id));
        let in_order: Vec<String> = drawn.filter(|target| missing.contains(target)).collect();
        assert_eq!(missing, in_order);
        for question in case.required() {
            let first = &question.controls[0];
            // A list always sends its first entry.
            assert_eq!(
                missing.contains(&format!("#{}", first.id)),
                first.kind != "select",
                "{}",
                first.name
            );
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
                    assert_ne!(
                        case.post(&sample.with(&control.name, choice)).status,
                        422,
                        "{choice} is drawn"
                    );
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
fn addresses_and_numbers_that_are_none_are_named() {
    every_form(|case| {
        for control in case.form.controls() {
            let wrong: &[&str] = match control.kind.as_str() {
                "email" => &[
                    "ana",
                    "ana@",
                    "ana@example",
                    "ана@example.org",
                    "a b@example.org",
                    "a@example.org,b@example.org",
                ],
                "tel" => &["123", "няма", "0888 12 34 5x", "+359 888 123 456 789 012"],
                _ => &[],
            };
            for value in wrong {
                case.refused(
                    &case.form.sample().with(&control.name, value),
                    &[&control.name],
                );
            }
        }
    });
}

#[test]
fn a_registration_needs_one_way_to_reach_the_person() {
    every_form(|case| {
        if case.activity == REGISTRATION {
            let sample = case.form.sample().without("strand").without("message");
            case.refused(
                &sample.with("email", "").with("telephone", ""),
                &["telephone"],
            );
            case.sign_up(&sample.without("email"));
        }
    });
}
