//! The accessibility statement has every part that the law wants, and was looked through within a year.

use generator::cli::Status;

use crate::site_test::SiteTest;

const BULGARIAN: [&str; 5] = [
    "Статус на съответствие",
    "Недостъпно съдържание",
    "Подготовка на декларацията за достъпност",
    "Обратна връзка и координати за контакт",
    "Процедура по осигуряване на прилагането",
];

/// A site whose settings name the page with these headings, looked through on this day.
fn stating(headings: &[&str], updated: &str) -> SiteTest {
    let sections: Vec<String> = headings
        .iter()
        .map(|heading| format!("\n## {heading}\n\nТекст.\n"))
        .collect();
    let sections = sections.concat();
    let site = SiteTest::new();
    let settings = std::fs::read_to_string(site.path("content/site.yaml")).unwrap();
    let page = format!(
        "---\ntitle: Декларация за достъпност\ndescription: Кое е достъпно.\nupdated: {updated}\n---\n{sections}"
    );
    site.file(
        "content/site.yaml",
        &format!("{settings}accessibility: pages/dostapnost\n"),
    )
    .file("content/pages/dostapnost.md", &page)
}

#[test]
fn a_statement_with_every_part_of_the_model_is_not_spoken_of() {
    let ran = stating(&BULGARIAN, "2026-11-01").run(&["check"]);
    assert_eq!(ran.status, Status::Done);
    assert!(!ran.messages.contains("[R0"), "{}", ran.messages);
}

#[test]
fn a_statement_names_the_parts_that_it_lacks() {
    let site = stating(&BULGARIAN[1..4], "2026-11-01");
    let said = |language: &str| site.run(&["check", "--lang", language]).messages;
    let lacks = "lacks: “Статус на съответствие”, “Процедура по осигуряване на прилагането”";
    let (english, bulgarian) = (said("en"), said("bg"));
    for part in [
        "warning[R02]: the accessibility statement ",
        lacks,
        " --> content/pages/dostapnost.md\n",
        "add a heading with ## in front of it",
    ] {
        assert!(english.contains(part), "{part}\n{english}");
    }
    let lacks =
        "внимание[R02]: в декларацията за достъпност липсва: „Статус на съответствие“, „Процедура";
    assert!(bulgarian.contains(lacks), "{bulgarian}");
}

#[test]
fn a_statement_is_looked_through_once_a_year() {
    let said = |updated: &str| stating(&BULGARIAN, updated).run(&["check"]).messages;
    let old = "warning[R03]: the accessibility statement was not looked through for more than a year\n --> content/pages/dostapnost.md";
    assert!(said("2025-11-22").contains(old), "{}", said("2025-11-22"));
    assert!(!said("2025-11-23").contains("R03"), "a year to the day");
}

#[test]
fn a_translation_of_the_statement_has_the_parts_in_its_own_words() {
    let page = "---\ntitle: Accessibility\ndescription: What is accessible.\n---\n\n## Compliance status\n";
    let site = stating(&BULGARIAN, "2026-11-01").file("content/pages/dostapnost.en.md", page);
    let ran = site.run(&["check"]);
    let place = " --> content/pages/dostapnost.en.md\n";
    assert!(
        ran.messages.contains("warning[R02]") && ran.messages.contains(place),
        "{}",
        ran.messages
    );
    assert!(
        !ran.messages.contains("“Compliance status”"),
        "{}",
        ran.messages
    );
}
