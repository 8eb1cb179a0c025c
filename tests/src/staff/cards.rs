//! The card of a participant, and what is counted from cards.

use form_function::desk::Fate;
use forms::{Change, Stage};

use super::{COORDINATOR, DATA_OFFICER, THE_DAY};
use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, dump, person};

/// Somebody who asked for the services under this name and was admitted; the address of the card.
pub(super) fn participant(test: &FormTest, name: &str) -> (String, String) {
    let answers = test.form(REGISTRATION, "bg").sample();
    let answers = answers.with("email", &format!("{name}@example.org"));
    let receipt = test.sign_up(REGISTRATION, &answers.with("telephone", ""));
    for stage in [Stage::Contacted, Stage::Admitted] {
        test.staff_do(&receipt, &Change::Proceed(stage));
    }
    let id = test.registration(&receipt).id.as_str().to_owned();
    (receipt, format!("/staff/registrations/{id}/card"))
}

/// What is never refused.
const ASKED: &str = "sex=woman&birth_date_day=27&birth_date_month=3&birth_date_year=2008&employment=inactive&education=isced_3_4";

#[test]
fn a_card_counts_once_all_is_answered_that_must_be_and_all_was_asked_that_may_be_refused() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let entry = format!("{card}/entry");
    let page = || browser.get(&card).must_be(200).body;
    assert!(page().contains("не е започнат"));

    browser.press(&entry, "_version=0&sex=woman").must_be(303);
    assert!(page().contains("непълен"));
    assert!(page().contains("<li>Заетост при започването</li>"));
    assert!(page().contains("<li>Човек с увреждане</li>"));
    assert!(page().contains("не е питан"));

    let refused = "_without_disability=refused&origin=no&_without_disadvantage=unknown";
    let all = format!("_version=1&{ASKED}&{refused}");
    browser.press(&entry, &all).must_be(303);
    let full = page();
    assert!(full.contains("пълен за отчета"), "{full}");
    assert!(full.contains("отказва да отговори"));
    assert!(full.contains("не знае"));
    assert!(full.contains("27\u{a0}март 2008"));
    // The form shows what is known, to be changed.
    let form = browser.get(&entry).must_be(200).body;
    assert!(form.contains("value=\"woman\" checked"), "{form}");
    assert!(form.contains("value=\"2008\""));
    assert!(form.contains("<option value=\"refused\" selected>"));
    // Nothing of it can be read in the store.
    let stored = format!("{:?}", dump(&test.store_file()));
    for word in ["isced_3_4", "2008-03-27", "refused"] {
        assert!(!stored.contains(word), "{word}");
    }
}

#[test]
fn what_was_chosen_before_a_person_refused_is_not_kept() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let entry = format!("{card}/entry");
    browser
        .press(
            &entry,
            "_version=0&disability=yes&_without_disability=refused",
        )
        .must_be(303);
    let form = browser.get(&entry).must_be(200).body;
    assert!(!form.contains("value=\"yes\" checked"));
    // Nor what was noted by mistake.
    browser
        .press(&entry, "_version=1&_without_disability=not_asked")
        .must_be(303);
    let form = browser.get(&entry).must_be(200).body;
    assert!(!form.contains("<option value=\"refused\" selected>"));
}

#[test]
fn a_wrong_answer_is_said_and_the_others_are_kept_in_the_form() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let entry = format!("{card}/entry");
    let wrong = "_version=0&sex=man&birth_date_day=31&birth_date_month=2&birth_date_year=2008";
    let form = browser.press(&entry, wrong).must_be(422).body;
    assert!(form.contains("value=\"man\" checked"));
    assert!(form.contains("class=\"error-summary\""));
    assert!(
        browser
            .get(&card)
            .must_be(200)
            .body
            .contains("не е започнат")
    );
}

#[test]
fn of_two_who_fill_in_a_card_at_once_the_second_is_told() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let entry = format!("{card}/entry");
    browser.press(&entry, "_version=0&sex=woman").must_be(303);
    let late = browser
        .press(&entry, "_version=0&sex=man")
        .must_be(409)
        .body;
    assert!(late.contains("Друг служител промени картата"), "{late}");
    assert!(browser.get(&entry).body.contains("value=\"woman\" checked"));
    // Who looks at it again and saves, saves.
    browser.press(&entry, "_version=1&sex=man").must_be(303);
    assert!(browser.get(&entry).body.contains("value=\"man\" checked"));
}

#[test]
fn somebody_may_take_part_in_several_strands_one_after_another() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let sheet = |which: &str| format!("{card}/enrolment-{which}");
    let began = "began_day=1&began_month=2&began_year=2027";
    let first = format!("_version=0&strand=career&{began}");
    browser.press(&sheet("new"), &first).must_be(303);
    let second = format!("_version=1&strand=youth&{began}");
    browser.press(&sheet("new"), &second).must_be(303);
    let ended = format!("_version=2&strand=career&{began}&outcome=stopped");
    browser.press(&sheet("1"), &ended).must_be(303);
    let page = browser.get(&card).must_be(200).body;
    for word in ["Кариерно ориентиране", "Младежки дейности", "Спря по-рано"]
    {
        assert!(page.contains(word), "{word}");
    }
    for which in ["0", "3", "x", "-1"] {
        browser.get(&sheet(which)).must_be(404);
    }
    for which in ["exit", "follow_up"] {
        browser.get(&format!("{card}/{which}")).must_be(200);
    }
    browser.get(&format!("{card}/exit-1")).must_be(404);
}

#[test]
fn only_who_was_admitted_has_a_card() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("boris"));
    let id = test.registration(&receipt).id.as_str().to_owned();
    let browser = test.signed_in(COORDINATOR);
    for path in ["card", "card/entry"] {
        let path = format!("/staff/registrations/{id}/{path}");
        let page = browser.get(&path).must_be(409);
        assert!(page.body.contains("Няма карта"));
    }
}

#[test]
fn a_card_dies_with_what_the_person_wrote() {
    let test = FormTest::new();
    let (receipt, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    let entry = format!("{card}/entry");
    browser.press(&entry, "_version=0&sex=woman").must_be(303);
    let kept = || format!("{:?}", dump(&test.store_file())).contains("cards");
    // The rules of the programme keep it until somebody decides otherwise.
    let registration = [test.registration(&receipt)];
    assert_eq!(test.erase(&registration), [Fate::Held]);
    assert!(kept());
    let fates = test.erase_participants_too(&registration);
    assert!(matches!(fates[..], [Fate::Destroyed { .. }]), "{fates:?}");
    assert!(!kept());
}

#[test]
fn statistics_count_everybody_and_show_nobody() {
    let test = FormTest::new();
    test.at(THE_DAY);
    let browser = test.signed_in(COORDINATOR);
    for number in 0..12 {
        let (_, card) = participant(&test, &format!("person{number}"));
        // One has a disability, eleven have none: neither figure may be shown.
        let disability = if number == 0 { "yes" } else { "no" };
        let sheet = format!("_version=0&{ASKED}&disability={disability}&origin=no&disadvantage=no");
        browser.press(&format!("{card}/entry"), &sheet).must_be(303);
    }
    let officer = test.signed_in(DATA_OFFICER);
    let csv = officer
        .get("/staff/statistics?format=csv")
        .must_be(200)
        .body;
    let line = |begins: &str| {
        let found = csv.lines().find(|line| line.starts_with(begins));
        found
            .unwrap_or_else(|| panic!("no {begins} in {csv}"))
            .to_owned()
    };
    let sheet = "Карта на участника: започване";
    let rest = |line: String| line.rsplit(';').next().unwrap().to_owned();
    let figure = |question: &str, sort: &str| rest(line(&format!("{sheet} – {question};{sort};")));
    assert_eq!(figure("Пол", "Жена"), "12");
    assert_eq!(figure("Пол", "Мъж"), "0");
    assert_eq!(figure("Дата на раждане", "от 18 до 24 г."), "12");
    for sort in ["Да", "Не"] {
        assert_eq!(figure("Човек с увреждане", sort), "не се показва");
    }
    assert_eq!(figure("Човек с увреждане", "Общо"), "12");
    assert_eq!(rest(line(&format!("{sheet};пълен за отчета;"))), "12");
    assert_eq!(rest(line("Заявки за услуги;приет;")), "12", "{csv}");
    let page = officer.get("/staff/statistics").must_be(200).body;
    for word in ["person", "Ана", "ana"] {
        assert!(!csv.contains(word) && !page.contains(word), "{word}");
    }
}

#[test]
fn one_who_takes_part_in_many_things_is_one_in_the_statistics() {
    let test = FormTest::new();
    let (_, card) = participant(&test, "ana");
    let browser = test.signed_in(COORDINATOR);
    for version in 0..6 {
        let sheet =
            format!("_version={version}&strand=career&began_day=1&began_month=2&began_year=2027");
        browser
            .press(&format!("{card}/enrolment-new"), &sheet)
            .must_be(303);
    }
    let csv = browser
        .get("/staff/statistics?format=csv")
        .must_be(200)
        .body;
    let of_strands: Vec<&str> = csv
        .lines()
        .filter(|line| line.contains("Направление"))
        .collect();
    assert!(of_strands.len() > 3, "{csv}");
    assert!(
        of_strands
            .iter()
            .all(|line| line.ends_with("не се показва")),
        "{of_strands:?}"
    );
}
