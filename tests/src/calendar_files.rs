//! Calendar files hold whatever an editor writes: lines of at most 75 octets (RFC 5545, 3.1), and every letter comes back.

use forms::{Calendar, CalendarEntry, EntryStatus, Method, Moment, Organiser, Span, calendar};
use jiff::civil::date;
use proptest::prelude::*;

fn file(summary: &str, name: &str) -> String {
    calendar(&Calendar {
        method: Method::Publish,
        name: None,
        zone: "Europe/Sofia",
        organiser: Organiser {
            name,
            email: "centre@example.org",
        },
        entries: &[CalendarEntry {
            uid: "1@example.org".to_owned(),
            sequence: 0,
            stamp: jiff::Timestamp::UNIX_EPOCH,
            when: Span {
                starts: Moment::At(date(2027, 3, 28).at(10, 0, 0, 0)),
                ends: None,
            },
            summary: summary.to_owned(),
            location: String::new(),
            description: String::new(),
            url: "https://example.org/".to_owned(),
            status: EntryStatus::Confirmed,
        }],
    })
}

/// The text that a reader makes of a value (RFC 5545, 3.3.11).
fn read(value: &str) -> String {
    let mut text = String::new();
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match (character, characters.clone().next()) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some(escaped)) => text.push(escaped),
            _ => {
                text.push(character);
                continue;
            }
        }
        characters.next();
    }
    text
}

proptest! {
    #[test]
    fn every_line_is_short_and_every_letter_comes_back(summary in "[\\PC\n]{0,300}", name in "\\PC{0,120}") {
        let text = file(&summary, &name);
        prop_assert!(text.ends_with("\r\n"));
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let whole = text.replace("\r\n ", "");
        let value = whole.lines().find_map(|line| line.strip_prefix("SUMMARY:"));
        prop_assert_eq!(read(value.unwrap()), summary);
        let organiser = whole.lines().find(|line| line.starts_with("ORGANIZER;CN=\"")).unwrap();
        prop_assert_eq!(organiser.matches('"').count(), 2);
        prop_assert!(organiser.ends_with("\":mailto:centre@example.org"));
    }
}
