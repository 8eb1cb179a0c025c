//! Whatever the page of a form lets one answer, the function takes.

use std::sync::{LazyLock, Mutex};

use proptest::collection::vec;
use proptest::prelude::*;

use super::kinds::{EVENT, site};
use crate::form_test::FormTest;

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_drawn_page_posts_with_valid_answers_is_accepted(picks in vec(0_usize..1000, 80), english: bool) {
        static TEST: LazyLock<Mutex<FormTest>> =
            LazyLock::new(|| Mutex::new(FormTest::of(site())));
        let test = TEST.lock().unwrap();
        let form = test.form(EVENT, if english { "en" } else { "bg" });
        let mut picks = picks.into_iter();
        let mut answers = form.sent_untouched();
        for question in &form.questions {
            // Whatever is not asked may be left out, or filled in with nonsense.
            let pick = picks.next().unwrap();
            if question.optional && pick % 2 == 0 {
                continue;
            }
            for control in &question.controls {
                let pick = picks.next().unwrap_or(pick);
                let choices: Vec<&String> = control.choices.iter().filter(|choice| !choice.is_empty()).collect();
                let typed = match control.name.as_str() {
                    "years" => (pick % 41).to_string(),
                    "temperature" => format!("– {}", pick % 50),
                    "first_day_day" | "birth_date_day" => (pick % 24 + 1).to_string(),
                    "birth_date_month" => ["VI", "ян", "dec", "септември", "3", "July."][pick % 6].to_owned(),
                    "first_day_month" => ["12", "дек.", "december", "XII"][pick % 4].to_owned(),
                    "first_day_year" => "2026 г.".to_owned(),
                    "birth_date_year" => (1990 + pick % 20).to_string(),
                    "email" => format!("ana{pick}@example.org"),
                    "telephone" => format!("0888 {:06}", pick * 999),
                    _ if choices.is_empty() => "ж".repeat(pick % control.max_length.unwrap() + 1),
                    _ if control.kind == "checkbox" => {
                        let some = choices.iter().enumerate().filter(|(at, _)| (pick + 1) >> at & 1 == 1);
                        let some: Vec<&String> = some.map(|(_, choice)| *choice).collect();
                        let some = if some.is_empty() { choices.clone() } else { some };
                        answers = answers.with_all(&control.name, &some);
                        continue;
                    }
                    _ => choices[pick % choices.len()].clone(),
                };
                answers = answers.with(&control.name, &typed);
            }
        }
        let reply = test.fill_in(EVENT, &answers);
        prop_assert_eq!(reply.status, 200, "{:?}: {:?}", answers, reply.page().texts(".error-summary li"));
        let action = reply.page().form().action;
        prop_assert!(action.ends_with("/confirm"), "{:?}: {}", answers, reply.page().heading());
    }
}
