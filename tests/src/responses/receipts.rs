//! A person's own registration: looking at it, giving it back, and the calendar file.

use super::{an_event, without_identity};
use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, person, unfolded};

/// The value of the first line of a calendar file with this name.
fn line<'a>(calendar: &'a str, name: &str) -> &'a str {
    let found = calendar
        .split("\r\n")
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    found.unwrap_or_else(|| panic!("no {name} in {calendar}"))
}

/// Looks whether a text is a calendar file (RFC 5545, 3.1 and 3.4), and gives its lines unfolded.
#[track_caller]
fn calendar_lines(text: &str) -> String {
    assert!(text.ends_with("\r\n"));
    assert_eq!(
        text.matches('\n').count(),
        text.matches("\r\n").count(),
        "only CRLF"
    );
    assert_eq!(
        text.matches('\r').count(),
        text.matches("\r\n").count(),
        "only CRLF"
    );
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = unfolded(text);
    let mut open = Vec::new();
    for line in whole.trim_end().split("\r\n") {
        let (name, value) = line
            .split_once(':')
            .unwrap_or_else(|| panic!("{line:?} is no content line"));
        let name = name.split(';').next().unwrap();
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'-'),
            "{line:?}"
        );
        match name {
            "BEGIN" => open.push(value.to_owned()),
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ => assert!(!open.is_empty()),
        }
    }
    assert!(open.is_empty());
    assert!(whole.starts_with("BEGIN:VCALENDAR\r\n"));
    for required in [
        "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "SEQUENCE", "SUMMARY",
    ] {
        assert_ne!(line(&whole, required), "");
    }
    let zone = whole.split("BEGIN:VEVENT").next().unwrap();
    for part in [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Sofia",
        "BEGIN:DAYLIGHT",
        "BEGIN:STANDARD",
        "TZOFFSETTO:+0300",
    ] {
        assert!(zone.contains(part), "{part} in {zone}");
    }
    whole
}

#[test]
fn giving_back_frees_the_places_once() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana").with("party", "3"));
    assert_eq!(test.remaining(OPEN_DAY), 37);
    test.work();
    let form = test.get(&receipt).page().form_for("cancel");
    assert_eq!(form.action, format!("{receipt}/cancel"));
    assert_eq!(
        test.post(&form.action, &form.sent_untouched()).location(),
        receipt
    );
    assert_eq!(test.remaining(OPEN_DAY), 40);
    let page = test.get(&receipt).must_be(200).page();
    assert_eq!(
        page.heading(),
        test.text("bg", "receipt.heading.cancelled_by_attendee")
    );
    assert!(!page.has("main form") && !page.has("[href$='event.ics']"));
    test.mail("cancelled", "ana@example.org");
    test.mail("received", "ana@example.org");

    let after = test.stored();
    assert_eq!(test.give_back(&receipt).location(), receipt);
    assert_eq!(test.stored(), after, "a second time changes nothing");
    assert_eq!(test.mails().len(), 2);
}

#[test]
fn a_place_that_was_given_back_is_somebody_else_s_and_may_be_one_s_own_again() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana").with("party", "2"));
    test.take_places(OPEN_DAY, 38);
    test.fill_in(OPEN_DAY, &person("boris")).must_be(409);
    test.give_back(&receipt);
    test.sign_up(OPEN_DAY, &person("boris"));
    let again = test.sign_up(OPEN_DAY, &person("ana"));
    assert_ne!(again, receipt);
    assert_eq!(
        test.get(&again).page().heading(),
        test.text("bg", "receipt.heading.confirmed")
    );
    assert_eq!(test.remaining(OPEN_DAY), 0);
}

#[test]
fn what_is_over_cannot_be_given_back() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    test.at("2027-06-10T16:59:59+03:00");
    assert!(test.get(&receipt).page().has("main form"));
    test.at("2027-06-10T17:00:00+03:00");
    assert!(!test.get(&receipt).page().has("main form"));
    let before = test.stored();
    assert_eq!(test.give_back(&receipt).location(), receipt);
    assert_eq!(test.stored(), before);
    let kinds: Vec<String> = test.mails().into_iter().map(|mail| mail.kind).collect();
    assert_eq!(
        kinds,
        ["received"],
        "nobody is reminded of what is over either"
    );
}

#[test]
fn a_registration_with_the_centre_can_be_withdrawn_and_has_no_date() {
    let test = FormTest::new();
    let receipt = test.sign_up(REGISTRATION, &test.form(REGISTRATION, "en").sample());
    let page = test.get(&receipt).must_be(200);
    assert_eq!(
        page.page().heading(),
        test.text("en", "receipt.heading.submitted")
    );
    test.get(&format!("{receipt}/event.ics")).must_be(404);
    test.give_back(&receipt);
    let withdrawn = test.get(&receipt);
    assert_ne!(without_identity(&page), without_identity(&withdrawn));
    assert_eq!(
        test.mail("cancelled", "ana.maria@example.org").calendar,
        None
    );
}

#[test]
fn the_receipt_speaks_the_language_of_the_form_whatever_the_browser_prefers() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana").with("_language", "en"));
    let reply = test.send("GET", &receipt, &[("accept-language", "bg")], "");
    assert_eq!(reply.page().language(), "en");
    assert_eq!(reply.page().heading(), "You have a place");
}

#[test]
fn a_token_that_leads_nowhere_says_so() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    let cut = &receipt[..receipt.len() - 4];
    let at = "/forms/r/".len() + 10;
    let changed = format!(
        "{}{}{}",
        &receipt[..at],
        if &receipt[at..=at] == "A" { "B" } else { "A" },
        &receipt[at + 1..]
    );
    let before = test.stored();
    for path in [
        cut,
        &changed,
        "/forms/r/x",
        "/forms/r/%00",
        "/forms/r/%ff",
        "/forms/r/-_-",
    ] {
        let reply = test.get(path).must_be(404);
        assert_eq!(
            reply.page().heading(),
            test.text("bg", "message.not_found.heading")
        );
        assert_eq!(
            reply.header("referrer-policy"),
            "no-referrer",
            "{path} may be nearly right"
        );
        test.give_back(path).must_be(404);
        test.get(&format!("{path}/event.ics")).must_be(404);
    }
    assert_eq!(test.stored(), before);
}

#[test]
fn the_calendar_file_is_one_and_says_when_and_where() {
    for language in ["bg", "en"] {
        let test = FormTest::new();
        let receipt = test.sign_up(OPEN_DAY, &person("ana").with("_language", language));
        let link = test
            .get(&receipt)
            .page()
            .attributes("main a[href$='event.ics']", "href")
            .remove(0);
        assert_eq!(link, format!("{receipt}/event.ics"));
        let reply = test.get(&link).must_be(200);
        assert_eq!(
            reply.header("content-type"),
            "text/calendar; method=PUBLISH; charset=utf-8"
        );
        let calendar = calendar_lines(&reply.body);
        assert!(
            calendar.contains("DTSTART;TZID=Europe/Sofia:20270610T090000\r\n"),
            "{calendar}"
        );
        assert!(
            calendar.contains("DTEND;TZID=Europe/Sofia:20270610T170000\r\n"),
            "{calendar}"
        );
        assert_eq!(
            (line(&calendar, "METHOD"), line(&calendar, "STATUS")),
            ("PUBLISH", "CONFIRMED")
        );
        let places = if language == "bg" {
            "„Дом на учителя“\\, Пловдив"
        } else {
            "Teacher’s House\\, Plovdiv"
        };
        assert_eq!(line(&calendar, "LOCATION"), places);
        assert!(line(&calendar, "UID").ends_with("@centre.example"));
        let token = receipt.rsplit('/').next().unwrap();
        assert!(
            !calendar.contains(token) && !calendar.contains("ana"),
            "calendars are shared: {calendar}"
        );
    }
}

#[test]
fn the_calendar_entry_keeps_its_identity_from_the_first_mail_to_the_last() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    test.work();
    let downloaded = calendar_lines(&test.get(&format!("{receipt}/event.ics")).body);
    test.at("2026-12-01T09:00:00+02:00");
    test.give_back(&receipt);
    let [(first_type, first), (last_type, last)] =
        ["received", "cancelled"].map(|kind| test.mail(kind, "ana@example.org").calendar.unwrap());
    assert_eq!(
        (first_type.as_str(), last_type.as_str()),
        ("text/calendar PUBLISH", "text/calendar CANCEL")
    );
    let (first, last) = (calendar_lines(&first), calendar_lines(&last));
    assert_eq!(
        (line(&first, "METHOD"), line(&last, "METHOD")),
        ("PUBLISH", "CANCEL")
    );
    assert_eq!(
        (line(&first, "STATUS"), line(&last, "STATUS")),
        ("CONFIRMED", "CANCELLED")
    );
    assert_eq!(line(&first, "UID"), line(&last, "UID"));
    assert_eq!(line(&first, "UID"), line(&downloaded, "UID"));
    let sequence = |calendar: &str| line(calendar, "SEQUENCE").parse::<u32>().unwrap();
    assert!(sequence(&last) > sequence(&first));
    assert!(line(&last, "DTSTAMP") > line(&first, "DTSTAMP"));
    let after = test.get(&format!("{receipt}/event.ics")).must_be(200);
    assert_eq!(
        after.header("content-type"),
        "text/calendar; method=CANCEL; charset=utf-8"
    );
    assert_eq!(line(&calendar_lines(&after.body), "METHOD"), "CANCEL");
}

#[test]
fn two_registrations_are_two_calendar_entries() {
    let test = FormTest::new();
    let [first, second] = ["ana", "boris"].map(|name| {
        let receipt = test.sign_up(OPEN_DAY, &person(name));
        calendar_lines(&test.get(&format!("{receipt}/event.ics")).body)
    });
    assert_ne!(line(&first, "UID"), line(&second, "UID"));
}

#[test]
fn a_long_line_of_cyrillic_is_folded_between_letters() {
    for length in 60..70 {
        let test = an_event(&"ж".repeat(length), "", "");
        let receipt = test.sign_up("sreshta", &person("ana"));
        let calendar = calendar_lines(&test.get(&format!("{receipt}/event.ics")).body);
        assert_eq!(line(&calendar, "SUMMARY"), "ж".repeat(length));
    }
}
