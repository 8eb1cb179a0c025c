//! A date of birth, as people write it.

use crate::form_test::{FormTest, REGISTRATION, Reply};

/// Posts these three boxes.
fn typed(language: &str, [day, month, year]: [&str; 3]) -> Reply {
    let test = FormTest::new();
    let sample = test.form(REGISTRATION, language).sample();
    let answers = sample
        .with("birth_date_day", day)
        .with("birth_date_month", month)
        .with("birth_date_year", year);
    test.fill_in(REGISTRATION, &answers)
}

#[track_caller]
fn is_read_as(language: &str, boxes: [&str; 3], words: &str) {
    let page = typed(language, boxes).must_be(200).page();
    let words = words.replace(' ', "\u{a0}");
    let shown = page
        .texts("main dd")
        .into_iter()
        .any(|row| row.replace(' ', "\u{a0}").contains(&words));
    assert!(shown, "{boxes:?} in {language}: {}", page.words());
}

#[track_caller]
fn is_refused(language: &str, boxes: [&str; 3], message: &str) {
    let reply = typed(language, boxes).must_be(422);
    let form = reply.page().form();
    let error = form.question("birth_date_day").error.as_ref().unwrap();
    assert!(error.text.contains(message), "{boxes:?}: {}", error.text);
    let kept = ["birth_date_day", "birth_date_month", "birth_date_year"]
        .map(|name| form.sent_untouched().get(name).unwrap().to_owned());
    assert_eq!(kept, boxes, "what was typed is kept as it was");
}

#[test]
fn a_month_is_a_number_or_a_name() {
    for month in ["5", "05", "май", "Май", "МАЙ"] {
        is_read_as("bg", ["31", month, "2009"], "31 май 2009");
    }
    for month in ["5", "May", "may"] {
        is_read_as("en", ["31", month, "2009"], "31 May 2009");
    }
    for (typed, name) in [
        ("септември", "септември"),
        ("сеп", "септември"),
        ("фев", "февруари"),
        ("юни", "юни"),
        ("юли", "юли"),
    ] {
        is_read_as("bg", ["7", typed, "2009"], &format!("7 {name} 2009"));
    }
    for (typed, name) in [
        ("september", "September"),
        ("Sep", "September"),
        ("jun", "June"),
        ("july", "July"),
    ] {
        is_read_as("en", ["7", typed, "2009"], &format!("7 {name} 2009"));
    }
}

#[test]
fn a_month_may_have_its_name_in_any_language_of_the_site_short_or_roman() {
    for month in ["May", "may.", "V", "v"] {
        is_read_as("bg", ["31", month, "2009"], "31 май 2009");
    }
    for month in ["май", "МАЙ", "V"] {
        is_read_as("en", ["31", month, "2009"], "31 May 2009");
    }
    for (typed, name) in [
        ("ян.", "януари"),
        ("ян", "януари"),
        ("февр.", "февруари"),
        ("септ.", "септември"),
        ("Sept", "септември"),
        ("Jan", "януари"),
        ("XI", "ноември"),
        ("ix", "септември"),
    ] {
        is_read_as("bg", ["7", typed, "2005"], &format!("7 {name} 2005"));
    }
}

#[test]
fn the_month_may_stand_with_the_day() {
    for day in ["31 май", "31.05", "31 May", "31.V."] {
        is_read_as("bg", [day, "", "2009"], "31 май 2009");
    }
}

#[test]
fn a_whole_date_may_be_pasted_into_the_first_box() {
    for date in [
        "31.05.2009",
        "31.5.2009",
        "31/05/2009",
        "31-05-2009",
        "31 май 2009",
        "31.05.2009 г.",
        "31.05.2009г.",
        "31\u{a0}май\u{a0}2009\u{a0}г.",
        "31.V.2009",
        "31 – 05 – 2009",
        "May 31, 2009",
    ] {
        is_read_as("bg", [date, "", ""], "31 май 2009");
    }
    is_read_as("en", ["31 May 2009", "", ""], "31 May 2009");
}

#[test]
fn a_day_that_does_not_exist_is_named() {
    for boxes in [
        ["31", "2", "2009"],
        ["29", "2", "2009"],
        ["0", "5", "2009"],
        ["32", "5", "2009"],
        ["5", "13", "2009"],
    ] {
        is_refused("bg", boxes, "няма такава дата");
        is_refused("en", boxes, "no such date");
    }
    for boxes in [
        ["5", "нещо", "2009"],
        ["пет", "май", "2009"],
        ["5", "5", "1809"],
        ["-5", "5", "2009"],
    ] {
        is_refused("bg", boxes, "няма такава дата");
    }
    is_refused("bg", ["5", "5", "09"], "четири цифри");
    is_read_as("bg", ["29", "2", "2008"], "29 февруари 2008");
    is_read_as("bg", ["29.", "2.", "2008 г."], "29 февруари 2008");
    is_read_as("bg", ["2008-02-29", "", ""], "29 февруари 2008");
}

#[test]
fn a_part_that_is_missing_is_asked_for() {
    for boxes in [
        ["31", "5", ""],
        ["", "5", "2009"],
        ["31", "", "2009"],
        ["31.05", "", ""],
    ] {
        is_refused("bg", boxes, "ден, месец и година");
        is_refused("en", boxes, "day, month and year");
    }
}

#[test]
fn a_day_to_come_is_no_birthday() {
    for boxes in [
        ["24", "11", "2026"],
        ["23", "11", "2026"],
        ["1", "1", "3009"],
    ] {
        is_refused("bg", boxes, "минало");
        is_refused("en", boxes, "in the past");
    }
}
