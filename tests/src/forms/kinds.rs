//! Questions of every kind, by the form of `tests/sites/form-kinds`: every rule broken one at a time, and what is understood.

use std::sync::{Arc, LazyLock};

use forms::{FormValues, PartySize, Submission, validate};
use jiff::civil::date;

use super::Case;
use crate::form_test::{Answers, Built, FormTest};
use crate::site_test::SiteTest;

pub(super) const EVENT: &str = "vsichko";

pub(super) fn site() -> Arc<Built> {
    static SITE: LazyLock<Arc<Built>> = LazyLock::new(|| Built::from(SiteTest::case("form-kinds")));
    Arc::clone(&SITE)
}

pub(super) fn in_both_languages(mut say: impl FnMut(&Case)) {
    for language in ["bg", "en"] {
        say(&Case {
            test: FormTest::of(site()),
            activity: EVENT.to_owned(),
            language: language.to_owned(),
            form: site().form(EVENT, language),
        });
    }
}

/// What a browser sends when somebody who learns languages has answered every question.
pub(super) fn valid(case: &Case) -> Answers {
    case.form
        .sample()
        .with("situation", "school")
        .with("years", "3")
        .with("temperature", "-5")
        .with("first_day_day", "7")
        .with("first_day_month", "12")
        .with("first_day_year", "2026")
}

/// What the function understands.
fn understood(answers: &Answers) -> Submission {
    let bundle = site().bundle();
    let (activity, definition) = bundle.activity(EVENT).unwrap();
    let max_party = activity.session.as_ref().unwrap().max_party;
    let values: FormValues = answers.0.iter().cloned().collect();
    validate(
        definition,
        max_party,
        &values,
        &bundle.months,
        date(2026, 11, 23),
    )
    .unwrap()
}

/// The rows of "check your answers".
fn shown(case: &Case, answers: &Answers) -> Vec<(String, String)> {
    let page = case.post(answers).must_be(200).page();
    let questions = page.texts("main .summary__label");
    questions
        .into_iter()
        .zip(page.texts("main .summary__value"))
        .collect()
}

#[test]
fn valid_answers_of_every_kind_are_accepted_and_shown_in_words() {
    in_both_languages(|case| {
        let rows = shown(case, &valid(case));
        let words: &[[&str; 2]] = if case.language == "bg" {
            &[
                ["Какво правиш сега?", "Уча в училище"],
                ["Какво те интересува?", "Кариера, Езици, Доброволчество"],
                ["Кой език?", "Немски"],
                ["От колко години го учиш?", "3"],
                ["Колко градуса е при теб?", "-5"],
                ["От кога можеш?", "7\u{a0}декември\u{a0}2026\u{a0}г."],
            ]
        } else {
            &[
                ["What are you doing now?", "I go to school"],
                ["What interests you?", "Career, Languages, Volunteering"],
                ["Which language?", "German"],
                ["For how many years have you learned it?", "3"],
                ["How many degrees is it where you are?", "-5"],
                ["When can you start?", "7\u{a0}December\u{a0}2026"],
            ]
        };
        for [question, answer] in words {
            let spaced = |text: &str| text.replace('\u{a0}', " ");
            let found = rows.iter().find(|(other, _)| other == question);
            assert_eq!(
                found.map(|(_, words)| spaced(words)),
                Some(spaced(answer)),
                "{rows:?}"
            );
        }
        case.sign_up(&valid(case));
    });
}

/// A change to valid answers, and the first control of the question that is refused for it.
const BROKEN: &[(&[(&str, &str)], &str)] = &[
    (&[("town", "")], "town"),
    (&[("where", "")], "where"),
    (&[("language", "")], "language"),
    (&[("years", "")], "years"),
    (&[("years", "три")], "years"),
    (&[("years", "2.5")], "years"),
    (&[("years", "-1")], "years"),
    (&[("years", "41")], "years"),
    (&[("years", "99999999999999999999")], "years"),
    (&[("temperature", "топло")], "temperature"),
    (&[("first_day_day", "")], "first_day_day"),
    (&[("first_day_day", "32")], "first_day_day"),
    (&[("first_day_month", "11")], "first_day_day"),
    (&[("first_day_day", "25")], "first_day_day"),
    (&[("first_day_year", "26")], "first_day_day"),
    (&[("first_day_year", "9999")], "first_day_day"),
    (&[("birth_date_year", "2027")], "birth_date_day"),
    (&[("email", "ana")], "email"),
    (&[("telephone", "няма")], "telephone"),
];

#[test]
fn every_rule_of_every_kind_that_is_broken_is_named_at_its_question() {
    in_both_languages(|case| {
        for (changes, question) in BROKEN {
            let answers = changes.iter().fold(valid(case), |answers, (name, value)| {
                answers.with(name, value)
            });
            case.refused(&answers, &[question]);
        }
        for question in ["situation", "topics", "rules", "name", "email"] {
            let asked = case.form.question(question);
            let answers = valid(case).without_question(asked);
            case.refused(&answers, &[question]);
        }
    });
}

#[test]
fn an_answer_that_is_not_drawn_is_refused() {
    in_both_languages(|case| {
        for (name, value) in [
            ("situation", "other"),
            ("language", "fr"),
            ("heard", "x"),
            ("party", "5"),
            ("photos", "no"),
            ("rules", "true"),
        ] {
            let page = case
                .post(&valid(case).with(name, value))
                .must_be(422)
                .page();
            assert!(page.form().question(name).error.is_some(), "{name}");
        }
        let several = valid(case).with_all("topics", &["career", "other"]);
        let form = case.post(&several).must_be(422).page().form();
        assert!(form.question("topics").error.is_some());
        assert_eq!(
            form.sent_untouched().get("topics"),
            Some("career"),
            "the known one is kept"
        );
    });
}

#[test]
fn the_messages_say_the_limits_in_the_words_of_the_reader() {
    for (language, words) in [
        (
            "bg",
            [
                "не по-малко от 0",
                "не по-голямо от 40",
                "1 декември 2026 г.",
                "24 декември 2026 г.",
            ],
        ),
        (
            "en",
            [
                "0 or more",
                "40 or less",
                "1 December 2026",
                "24 December 2026",
            ],
        ),
    ] {
        let broken = [
            ("years", "-1"),
            ("years", "41"),
            ("first_day_month", "11"),
            ("first_day_day", "25"),
        ];
        in_both_languages(|case| {
            if case.language != language {
                return;
            }
            for ((name, value), words) in broken.iter().zip(words) {
                let page = case
                    .post(&valid(case).with(name, value))
                    .must_be(422)
                    .page();
                let message = page.text(".error-summary li").replace('\u{a0}', " ");
                assert!(message.contains(words), "{message}");
            }
        });
    }
}

#[test]
fn a_question_under_a_condition_says_whom_it_is_for() {
    in_both_languages(|case| {
        let page = case
            .test
            .post(&case.form.action, &case.form.sent_untouched())
            .page();
        let said = page.texts(".field__condition");
        let expected: &[&str] = if case.language == "bg" {
            &[
                "Отговори, ако на „Какво правиш сега?“ избра „Уча в училище“ или „Карам курс“.",
                "Отговори, ако на „Какво те интересува?“ избра „Езици“.",
                "Отговори, ако на „Какво те интересува?“ избра „Езици“.",
                "Отговори, ако отбеляза „Може да ме снимате“.",
            ]
        } else {
            &[
                "Answer this if you chose “I go to school” or “I take a course” at “What are you doing now?”.",
                "Answer this if you chose “Languages” at “What interests you?”.",
                "Answer this if you chose “Languages” at “What interests you?”.",
                "Answer this if you ticked “You may take pictures of me”.",
            ]
        };
        assert_eq!(said, expected);
        let targets = page.attributes(".error-summary a", "href");
        for hidden in ["#field_where", "#field_language", "#field_years"] {
            assert!(
                !targets.iter().any(|target| target == hidden),
                "{hidden} is not asked"
            );
        }
    });
}

#[test]
fn what_answers_a_question_that_was_not_asked_is_dropped_unread() {
    in_both_languages(|case| {
        let answers = valid(case)
            .with("situation", "work")
            .with("where", &"ж".repeat(500))
            .with_all("topics", &["career"])
            .with("language", "fr")
            .with("years", "много")
            .without("photos")
            .with("caption", "Тайна");
        let submission = understood(&answers);
        for hidden in ["where", "language", "years", "caption", "photos"] {
            let kept = submission
                .answers
                .keys()
                .any(|name| name.as_str() == hidden);
            assert!(!kept, "{hidden}");
        }
        let rows = shown(case, &answers);
        assert!(rows.len() > 10, "{rows:?}");
        let [where_, which] = match case.language.as_str() {
            "bg" => ["Къде учиш?", "Кой език?"],
            _ => ["Where do you learn?", "Which language?"],
        };
        assert!(
            !rows
                .iter()
                .any(|(question, _)| question == where_ || question == which)
        );
        assert!(!rows.iter().any(|(_, answer)| answer.contains("Тайна")));
        let receipt = case.test.sign_up(&case.activity, &answers);
        let kept = case.test.readable(&receipt);
        for dropped in ["жж", "fr\"", "много", "Тайна"] {
            assert!(!kept.contains(dropped), "{dropped}: {kept}");
        }
    });
}

#[test]
fn several_answers_are_one_text_in_the_order_of_the_form() {
    in_both_languages(|case| {
        let topics = |values: &[&str]| {
            let answers = valid(case).with_all("topics", values);
            let submission = understood(&answers);
            let found = submission
                .answers
                .iter()
                .find(|(name, _)| name.as_str() == "topics");
            found.unwrap().1.clone()
        };
        assert_eq!(
            topics(&["volunteering", "languages"]),
            "languages,volunteering"
        );
        assert_eq!(topics(&["languages", "", "languages"]), "languages");
        assert_eq!(
            understood(&valid(case)).party_size,
            PartySize::new(4).unwrap()
        );
    });
}

#[test]
fn several_answers_survive_the_check_and_the_way_back() {
    in_both_languages(|case| {
        let chosen = ["career", "volunteering"];
        let answers = valid(case).with_all("topics", &chosen).without("language");
        let check = case.post(&answers).must_be(200);
        let page = check.page();
        let edit = page
            .attributes("main form button[name=_edit]", "formaction")
            .remove(0);
        let again = case
            .test
            .post(&edit, &page.form().hidden.with("_edit", "1"));
        let sent = again.must_be(200).page().form().sent_untouched();
        let topics: Vec<&str> = sent
            .0
            .iter()
            .filter(|(name, _)| name == "topics")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(topics, chosen);
        // What the check page posts is what was understood, so nobody is asked to check twice.
        case.test.confirm(&check).must_be(303);
    });
}

#[test]
fn a_program_gives_several_answers_as_a_list() {
    in_both_languages(|case| {
        let answers = valid(case).with_all("topics", &["career", "languages"]);
        case.test
            .json(EVENT, "one", &answers.as_json())
            .must_be(201);
        // The same answers in another order are the same request.
        let other_way = valid(case).with_all("topics", &["languages", "career"]);
        case.test
            .json(EVENT, "one", &other_way.as_json())
            .must_be(201);
        assert_eq!(case.test.registrations(), 1);
        let fewer = valid(case).with_all("topics", &["languages"]);
        let reused = case.test.json(EVENT, "one", &fewer.as_json()).json();
        assert_eq!(reused["code"], "key_reused");
    });
}

#[test]
fn somebody_under_fourteen_needs_an_adult_for_an_event_too() {
    in_both_languages(|case| {
        let reply = case
            .post(&valid(case).with("birth_date_year", "2013"))
            .must_be(200);
        let heading = case.test.text(&case.language, "message.under_age.heading");
        assert_eq!(reply.page().heading(), heading);
        assert_eq!(case.test.registrations(), 0);
    });
}
