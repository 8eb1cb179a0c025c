//! Calendar files (RFC 5545).
//!
//! Written here because the crates for it leave out the VTIMEZONE block, without which Outlook shows the wrong hour.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use crate::dates::utc_offset;
use crate::{Moment, Span};

/// What the receiver is to do with the entries (RFC 5546, 1.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Show or add them.
    Publish,
    /// Take them out.
    Cancel,
}

/// A file of calendar entries, all in one zone.
#[derive(Clone, Debug)]
pub struct Calendar<'a> {
    /// What the receiver is to do.
    pub method: Method,
    /// What it is called, where one subscribes to it (RFC 7986, 5.1); `None` for a file that is read once.
    pub name: Option<&'a str>,
    /// The IANA name of the zone of all wall times.
    pub zone: &'a str,
    /// Whose entries they are. Without it a receiver need not heed the method (RFC 5546, 3.2.1 and 3.2.5).
    pub organiser: Organiser<'a>,
    /// The entries.
    pub entries: &'a [CalendarEntry],
}

/// Whose entries they are (RFC 5545, 3.8.4.3).
#[derive(Clone, Copy, Debug)]
pub struct Organiser<'a> {
    /// The name of the centre.
    pub name: &'a str,
    /// An e-mail address.
    pub email: &'a str,
}

/// One calendar entry.
#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// Stays the same for the life of the entry.
    pub uid: String,
    /// Grows with every change.
    pub sequence: u32,
    /// When this version was made.
    pub stamp: Timestamp,
    /// When it is.
    pub when: Span,
    /// What it is called.
    pub summary: String,
    /// Where it is.
    pub location: String,
    /// What there is to know.
    pub description: String,
    /// Its page.
    pub url: String,
    /// Whether it takes place.
    pub status: EntryStatus,
}

/// Whether a calendar entry takes place (RFC 5545, 3.8.1.11).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryStatus {
    /// As it says.
    Confirmed,
    /// Perhaps at another time.
    Tentative,
    /// Not at all.
    Cancelled,
}

/// The text of a calendar file: CRLF lines of at most 75 octets.
pub fn calendar(calendar: &Calendar<'_>) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//centre//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add(
        "METHOD",
        if calendar.method == Method::Cancel {
            "CANCEL"
        } else {
            "PUBLISH"
        },
    );
    if let Some(name) = calendar.name {
        subscribed(&mut lines, &escaped(name));
    }
    if let Ok(zone) = TimeZone::get(calendar.zone) {
        time_zone(&mut lines, calendar.zone, &zone, calendar.entries);
    }
    for entry in calendar.entries {
        event(&mut lines, calendar, entry);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

/// Its name and how often to look again: by the standard (RFC 7986), and as programs knew them before it.
fn subscribed(lines: &mut Lines, name: &str) {
    lines.add("NAME", name);
    lines.add("X-WR-CALNAME", name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT12H");
    lines.add("X-PUBLISHED-TTL", "PT12H");
}

fn event(lines: &mut Lines, calendar: &Calendar<'_>, entry: &CalendarEntry) {
    let Calendar {
        zone, organiser, ..
    } = *calendar;
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &entry.uid);
    lines.add("SEQUENCE", &entry.sequence.to_string());
    lines.add(
        "DTSTAMP",
        &entry.stamp.strftime("%Y%m%dT%H%M%SZ").to_string(),
    );
    // A quoted value has no way to hold a quotation mark (RFC 5545, 3.1).
    let name = organiser.name.replace('"', "'");
    lines.add(
        &format!("ORGANIZER;CN=\"{name}\""),
        &format!("mailto:{}", organiser.email),
    );
    point(lines, "DTSTART", zone, entry.when.starts);
    match (entry.when.starts, entry.when.ends) {
        // The end of a day is the beginning of the next (RFC 5545, 3.6.1).
        (Moment::Day(_), Some(ends)) => {
            point(lines, "DTEND", zone, Moment::Day(next_day(ends.date())));
        }
        (_, Some(Moment::Day(day))) => {
            point(
                lines,
                "DTEND",
                zone,
                Moment::At(next_day(day).at(0, 0, 0, 0)),
            );
        }
        (_, Some(ends)) => point(lines, "DTEND", zone, ends),
        (_, None) => {}
    }
    lines.add("SUMMARY", &escaped(&entry.summary));
    lines.add("LOCATION", &escaped(&entry.location));
    lines.add("DESCRIPTION", &escaped(&entry.description));
    lines.add("URL", &entry.url);
    let status = match entry.status {
        EntryStatus::Confirmed => "CONFIRMED",
        EntryStatus::Tentative => "TENTATIVE",
        EntryStatus::Cancelled => "CANCELLED",
    };
    lines.add("STATUS", status);
    lines.add("END", "VEVENT");
}

fn point(lines: &mut Lines, name: &str, zone: &str, moment: Moment) {
    match moment {
        Moment::Day(day) => lines.add(
            &format!("{name};VALUE=DATE"),
            &day.strftime("%Y%m%d").to_string(),
        ),
        Moment::At(at) => lines.add(&format!("{name};TZID={zone}"), &local(at)),
        // A wall time means the first of two equal ones (RFC 5545, 3.3.5), so the second is said in UTC.
        Moment::Second(at, offset) => {
            let at = offset.to_timestamp(at).unwrap_or(Timestamp::MAX);
            lines.add(name, &at.strftime("%Y%m%dT%H%M%SZ").to_string());
        }
    }
}

/// The zone's clock changes from the year before the first entry to the year after the last one, each written out: a
/// receiver needs no rule to tell the hour of these entries.
fn time_zone(lines: &mut Lines, name: &str, zone: &TimeZone, entries: &[CalendarEntry]) {
    let starts = entries.iter().map(|entry| entry.when.starts.date());
    let ends = entries
        .iter()
        .map(|entry| entry.when.ends.unwrap_or(entry.when.starts).date());
    let year_begins =
        |year: i16| Moment::Day(Date::new(year, 1, 1).unwrap_or(Date::MAX)).begins(zone);
    let (from, to) = match (starts.min(), ends.max()) {
        (Some(first), Some(last)) => (
            year_begins(first.year() - 1),
            year_begins(last.year().saturating_add(2)),
        ),
        // A file must hold at least one component (RFC 5545, 3.6), and without entries this is the only one.
        _ => (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH),
    };
    lines.add("BEGIN", "VTIMEZONE");
    lines.add("TZID", name);
    let mut before = zone.to_offset(from);
    let standard = zone.to_offset_info(from);
    observance(
        lines,
        standard.dst().is_dst(),
        from,
        before,
        before,
        standard.abbreviation(),
    );
    for change in zone
        .following(from)
        .take_while(|change| change.timestamp() < to)
    {
        observance(
            lines,
            change.dst().is_dst(),
            change.timestamp(),
            before,
            change.offset(),
            change.abbreviation(),
        );
        before = change.offset();
    }
    lines.add("END", "VTIMEZONE");
}

fn observance(
    lines: &mut Lines,
    summer: bool,
    from: Timestamp,
    before: Offset,
    after: Offset,
    name: &str,
) {
    let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
    lines.add("BEGIN", kind);
    lines.add("DTSTART", &local(before.to_datetime(from)));
    lines.add("TZOFFSETFROM", &utc_offset(before, ""));
    lines.add("TZOFFSETTO", &utc_offset(after, ""));
    lines.add("TZNAME", name);
    lines.add("END", kind);
}

fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// A text value (RFC 5545, 3.3.11), without the control characters that no value may hold.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\n' => value.push_str("\\n"),
            '\t' => value.push(' '),
            character if character.is_control() => {}
            character => value.push(character),
        }
    }
    value
}

/// Content lines, folded (RFC 5545, 3.1).
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    const LONGEST: usize = 75;

    fn add(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in format!("{name}:{value}").chars() {
            // Octets count, and no letter is cut in two: Cyrillic ones take two octets each.
            if length + character.len_utf8() > Lines::LONGEST {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(character);
            length += character.len_utf8();
        }
        // Writing to a string cannot fail.
        let _ = write!(self.text, "\r\n");
    }
}
