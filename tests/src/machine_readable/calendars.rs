//! Calendars (RFC 5545).

use std::collections::BTreeSet;

use icalendar::parser::{Component, ParseString, Property, read_calendar, unfold};

use super::{is_found, nothing_is_wrong, published};

/// What is wrong with a calendar.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for line in text.split_terminator("\r\n") {
        if line.len() > 75 {
            faults.push(format!("{} octets: {line}", line.len()));
        }
        if line.contains(['\n', '\r']) {
            faults.push(format!("a line ends in another way: {line:?}"));
        }
    }
    if !text.ends_with("END:VCALENDAR\r\n") {
        faults.push("it does not end".to_owned());
    }
    let unfolded = unfold(text);
    let calendar = match read_calendar(&unfolded) {
        Ok(calendar) => calendar,
        Err(error) => return vec![error],
    };
    for name in ["VERSION", "PRODID", "METHOD"] {
        if value(&calendar.properties, name).is_none() {
            faults.push(format!("it has no {name}"));
        }
    }
    if calendar.components.is_empty() {
        faults.push("there is nothing in it".to_owned());
    }
    let zones: BTreeSet<&str> = calendar
        .components
        .iter()
        .filter(|component| component.name == "VTIMEZONE")
        .filter_map(|zone| value(&zone.properties, "TZID"))
        .collect();
    let mut uids = BTreeSet::new();
    for event in calendar
        .components
        .iter()
        .filter(|component| component.name == "VEVENT")
    {
        faults.extend(faults_of_event(event, &zones));
        let uid = value(&event.properties, "UID");
        if uid.is_some() && !uids.insert(uid) {
            faults.push(format!("{uid:?} is there twice"));
        }
    }
    faults
}

fn faults_of_event(event: &Component<'_>, zones: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    for name in [
        "UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "URL",
    ] {
        let times = event
            .properties
            .iter()
            .filter(|found| found.name == name)
            .count();
        if times != 1 {
            faults.push(format!("{name} is there {times} times"));
        }
    }
    let stamp = value(&event.properties, "DTSTAMP").unwrap_or_default();
    if jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).is_err() {
        faults.push(format!("{stamp} is no instant in UTC"));
    }
    let sequence = value(&event.properties, "SEQUENCE").unwrap_or_default();
    if sequence.parse::<u32>().is_err() {
        faults.push(format!("{sequence} is no number"));
    }
    for point in event
        .properties
        .iter()
        .filter(|found| found.name.as_str().starts_with("DTSTART") || found.name == "DTEND")
    {
        let parameter = |name: &str| {
            let found = point.params.iter().find(|parameter| parameter.key == name);
            found
                .and_then(|parameter| parameter.val.as_ref())
                .map(ParseString::as_str)
        };
        let pattern = match (parameter("VALUE"), parameter("TZID")) {
            (Some("DATE"), None) => "%Y%m%d",
            (None, Some(zone)) if zones.contains(zone) => "%Y%m%dT%H%M%S",
            _ => {
                faults.push(format!(
                    "{} has no zone that is described",
                    point.name.as_str()
                ));
                continue;
            }
        };
        if jiff::fmt::strtime::parse(pattern, point.val.as_str()).is_err() {
            faults.push(format!("{} is no point in time", point.val.as_str()));
        }
    }
    let (starts, ends) = (
        value(&event.properties, "DTSTART"),
        value(&event.properties, "DTEND"),
    );
    if ends.is_some() && ends <= starts {
        faults.push("it ends before it begins".to_owned());
    }
    faults
}

fn value<'a>(properties: &'a [Property<'a>], name: &str) -> Option<&'a str> {
    let found = properties.iter().find(|property| property.name == name)?;
    Some(found.val.as_str())
}

#[test]
fn every_calendar_is_valid() {
    nothing_is_wrong(".ics", |_, _, text| faults(text));
}

#[test]
fn a_broken_calendar_would_be_seen() {
    let good = published()[0].site.output("site/calendar.ics");
    let planted = [
        ("\r\n", "\n"),
        (
            "SUMMARY:Отменено",
            "SUMMARY:Отменено, и то с повече от седемдесет и пет октета",
        ),
        ("DTSTAMP:20261110T080000Z", "DTSTAMP:20261110T080000"),
        ("DTSTAMP:20261110T080000Z\r\n", ""),
        ("UID:otmeneno.bg", "UID:otlozheno.bg"),
        (
            "DTEND;TZID=Europe/Sofia:20261201T2",
            "DTEND;TZID=Europe/Sofia:20261201T1",
        ),
        ("TZID:Europe/Sofia", "TZID:Europe/Athens"),
        ("SEQUENCE:0", "SEQUENCE:x"),
        ("END:VEVENT", "END:EVENT"),
        ("PRODID:", "PROD:"),
        ("VALUE=DATE:20261208", "VALUE=DATE:20261308"),
    ];
    for (from, to) in planted {
        is_found(&good, from, to, faults);
    }
}

#[test]
fn a_calendar_for_subscribers_has_all_events_and_says_what_is_off() {
    let site = &published()[0].site;
    let text = unfold(&site.output("site/calendar.ics"));
    let calendar = read_calendar(&text).unwrap();
    assert_eq!(value(&calendar.properties, "METHOD"), Some("PUBLISH"));
    assert_eq!(
        value(&calendar.properties, "NAME"),
        Some("Събития – Център")
    );
    let status = |uid: &str| {
        let mut events = calendar.components.iter();
        let event = events.find(|event| value(&event.properties, "UID") == Some(uid));
        value(
            &event.unwrap_or_else(|| panic!("no {uid}")).properties,
            "STATUS",
        )
    };
    assert_eq!(status("otmeneno.bg@centre.example"), Some("CANCELLED"));
    assert_eq!(status("otlozheno.bg@centre.example"), Some("TENTATIVE"));
    assert_eq!(status("minalo.bg@centre.example"), Some("CONFIRMED"));
    assert_eq!(
        status("vsyaka-sedmitsa.2026-12-15.bg@centre.example"),
        Some("CONFIRMED")
    );
    assert!(
        !text.contains("bez-godina"),
        "a year that is only supposed is told to nobody"
    );
    let sport = site.output("site/temi/sport/calendar.ics");
    assert!(sport.contains("UID:cial-den.bg@") && !sport.contains("UID:otvoreno.bg@"));
}

#[test]
fn a_calendar_without_events_is_valid_too() {
    let site = crate::site_test::SiteTest::new().build();
    let text = site.output("site/calendar.ics");
    assert_eq!(faults(&text), [""; 0]);
    assert!(!text.contains("VEVENT"));
}

#[test]
fn the_number_of_an_entry_grows_with_every_change_that_is_written_down() {
    let event = |fields: &str| {
        format!(
            "---\ntitle: Ден\ndescription: Описание.\nstarts_at: 2026-12-01T18:00\nplace: Зала\n{fields}---\n"
        )
    };
    let states = [
        "",
        "status: postponed\n",
        "updated: 2026-11-01\n",
        "updated: 2026-11-01\nstatus: cancelled\n",
        "updated: 2026-11-01T00:01\n",
        "updated: 2099-01-01\n",
    ];
    let numbers = states.map(|fields| {
        let site = crate::site_test::SiteTest::new();
        let site = site.file("content/events/den.md", &event(fields));
        // What is written of a time to come counts when it has come.
        site.build_at("2099-06-01T09:00:00+03:00");
        let text = site.output("site/sabitiya/den/event.ics");
        assert_eq!(faults(&text), [""; 0]);
        let (_, number) = text.split_once("SEQUENCE:").unwrap();
        number.lines().next().unwrap().parse::<i32>().unwrap()
    });
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}
