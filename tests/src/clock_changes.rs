//! Events in the nights in which clocks are changed: the right instants on pages and in calendars.

use std::fs;

use forms::{Moment, Span, Strings, span_in_words};
use jiff::civil::{Date, date};

use crate::site_test::{SiteTest, repository};

fn event(site: SiteTest, name: &str, starts: &str, ends: &str) -> SiteTest {
    let text = format!(
        "---\ntitle: Нощ\ndescription: Описание.\nplace: Зала\nstarts_at: {starts}\nends_at: {ends}\n---\n"
    );
    site.file(&format!("content/events/{name}.md"), &text)
}

#[test]
fn an_event_over_the_change_keeps_its_wall_times_and_has_the_right_instants() {
    let site = event(
        SiteTest::new(),
        "nazad",
        "2026-10-25T02:30",
        "2026-10-25T04:30",
    );
    let site = event(site, "napred", "2027-03-28T02:30", "2027-03-28T04:30");
    site.build_at("2026-10-01T09:00:00+03:00");
    let list = site.output("site/sabitiya/index.html");
    for times in [
        ["2026-10-25T02:30:00+03:00", "2026-10-25T04:30:00+02:00"],
        ["2027-03-28T02:30:00+02:00", "2027-03-28T04:30:00+03:00"],
    ] {
        assert!(list.contains(&format!(r#"<time datetime="{}">"#, times[0])));
        assert!(list.contains(&format!(r#"data-ends-at="{}""#, times[1])));
    }
    let calendar = site.output("site/sabitiya/nazad/event.ics");
    for line in [
        "DTSTART;TZID=Europe/Sofia:20261025T023000\r\n",
        "DTEND;TZID=Europe/Sofia:20261025T043000\r\n",
        "BEGIN:STANDARD\r\nDTSTART:20261025T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\n",
    ] {
        assert!(calendar.contains(line), "{calendar}");
    }
    // The event is over three hours after it began, not two.
    let over = |now: &str| {
        site.build_at(now);
        let page = site.main_of("site/sabitiya/nazad/index.html");
        page.contains("Това събитие вече мина")
    };
    assert!(!over("2026-10-25T02:29:59Z"));
    assert!(over("2026-10-25T02:30:00Z"));
}

#[test]
fn the_second_of_two_equal_times_is_another_instant() {
    let site = event(
        SiteTest::new(),
        "vtori",
        "2026-10-25T03:30+02:00",
        "2026-10-25T04:00",
    );
    let site = event(site, "parvi", "2026-10-25T03:30+03:00", "2026-10-25T04:00");
    site.build_at("2026-10-01T09:00:00+03:00");
    let start = |name: &str| {
        let calendar = site.output(&format!("site/sabitiya/{name}/event.ics"));
        let event = &calendar[calendar.find("BEGIN:VEVENT").unwrap()..];
        let line = event.lines().find(|line| line.starts_with("DTSTART"));
        line.unwrap().to_owned()
    };
    assert_eq!(start("parvi"), "DTSTART;TZID=Europe/Sofia:20261025T033000");
    assert_eq!(start("vtori"), "DTSTART:20261025T013000Z");
    let page = site.output("site/sabitiya/vtori/index.html");
    assert!(page.contains("2026-10-25T03:30:00+02:00"), "{page}");
}

fn days(language: &str, start: Date, end: Date) -> String {
    let path = if language == "pl" {
        "tests/sites/polish/content/i18n/pl.yaml".to_owned()
    } else {
        format!("themes/centre/i18n/{language}.yaml")
    };
    let text = fs::read_to_string(repository().join(path)).unwrap();
    let strings = Strings::new(
        forms::Language::new(language),
        serde_yaml::from_str(&text).unwrap(),
    );
    let span = Span {
        starts: Moment::Day(start),
        ends: Some(Moment::Day(end)),
    };
    span_in_words(&strings, &span).replace('\u{a0}', " ")
}

#[test]
fn of_days_in_a_row_what_they_share_is_said_once() {
    let (start, end) = (date(2026, 5, 12), date(2026, 5, 14));
    assert_eq!(days("bg", start, end), "12 – 14 май 2026 г.");
    assert_eq!(days("en", start, end), "12 – 14 May 2026");
    assert_eq!(days("pl", start, end), "12 – 14 maja 2026 r.");
    let end = date(2026, 6, 2);
    assert_eq!(days("bg", start, end), "12 май – 2 юни 2026 г.");
    assert_eq!(days("en", start, end), "12 May – 2 June 2026");
    let end = date(2027, 1, 2);
    assert_eq!(days("bg", start, end), "12 май 2026 г. – 2 януари 2027 г.");
    assert_eq!(days("bg", start, start), "вторник, 12 май 2026 г.");
}
