//! Dates and times in words, by the patterns of a strings file.
//!
//! Patterns live under `dates`: `months` (as they stand after a day number), `weekdays` from Monday, and the texts `date`,
//! `day_month`, `weekday_date`, `time`, `time_range`, `moment`, `range`.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::Strings;

/// A point on the wall clock of the site's zone: a day, or a day and a time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// A day and a time of day.
    At(DateTime),
    /// The same where clocks are put back and show that time twice: the second time, when they have this offset.
    Second(DateTime, Offset),
    /// A whole day.
    Day(Date),
}

impl Moment {
    /// The day of it.
    pub fn date(self) -> Date {
        match self {
            Moment::At(at) | Moment::Second(at, _) => at.date(),
            Moment::Day(day) => day,
        }
    }

    /// What clocks show: of two equal times the first.
    fn on_the_wall(self) -> Moment {
        match self {
            Moment::Second(at, _) => Moment::At(at),
            moment => moment,
        }
    }

    /// The instant it begins, in `zone`. A time that a clock change skips is taken as the instant after the change.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        let at = match self {
            Moment::At(at) => at,
            Moment::Second(at, offset) => return offset.to_timestamp(at).unwrap_or(Timestamp::MAX),
            Moment::Day(day) => day.to_datetime(Time::midnight()),
        };
        zone.to_ambiguous_zoned(at)
            .compatible()
            .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The instant it is over, in `zone`: a day is over at the next midnight, a time when it comes.
    pub fn is_over(self, zone: &TimeZone) -> Timestamp {
        match self {
            Moment::At(_) | Moment::Second(..) => self.begins(zone),
            Moment::Day(day) => day
                .tomorrow()
                .map_or(Timestamp::MAX, |next| Moment::Day(next).begins(zone)),
        }
    }
}

/// A time is written with a `T`; without it, the text is a whole day. (A parser of times would take a day for midnight.)
/// The second of two equal times is written with its offset.
impl TryFrom<String> for Moment {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Moment, jiff::Error> {
        let Some((_, time)) = text.split_once('T') else {
            return text.parse().map(Moment::Day);
        };
        if time.contains(['+', '-']) {
            let at = Pieces::parse(&text)?;
            let offset = at.to_numeric_offset().unwrap_or(Offset::UTC);
            return Ok(Moment::Second(text.parse()?, offset));
        }
        text.parse().map(Moment::At)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        match moment {
            Moment::At(at) => at.to_string(),
            Moment::Second(at, offset) => format!("{at}{}", utc_offset(offset, ":")),
            Moment::Day(day) => day.to_string(),
        }
    }
}

/// `+02:00`, with the separator between hours and minutes.
pub(crate) fn utc_offset(offset: Offset, separator: &str) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!(
        "{sign}{:02}{separator}{:02}",
        minutes.abs() / 60,
        minutes.abs() % 60
    )
}

/// From one moment to another, both on the wall clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Span {
    /// When it begins.
    pub starts: Moment,
    /// When it ends, if that is known.
    pub ends: Option<Moment>,
}

impl Span {
    /// The instant it is over. Without an end it is over when its first day is.
    pub fn is_over(&self, zone: &TimeZone) -> Timestamp {
        self.ends
            .unwrap_or(Moment::Day(self.starts.date()))
            .is_over(zone)
    }
}

/// „21 юни 2027 г.“
pub fn date_in_words(strings: &Strings, date: Date) -> String {
    strings.fill(
        "dates.date",
        &date_parts(strings, date)
            .each_ref()
            .map(|(name, text)| (*name, text.as_str())),
    )
}

/// „17:30 ч.“
pub fn time_in_words(strings: &Strings, time: Time) -> String {
    strings.fill("dates.time", &[("time", &clock(time))])
}

/// „понеделник, 21 юни 2027 г., 17:30 ч.“
pub fn moment_in_words(strings: &Strings, at: &Zoned) -> String {
    let date = weekday_date(strings, at.date());
    strings.fill(
        "dates.moment",
        &[
            ("date", &date),
            ("time", &time_in_words(strings, at.time())),
        ],
    )
}

/// „понеделник, 21 юни 2027 г., 9:00 – 17:00 ч.“, or „12 – 14 май 2026 г.“, „30 май – 2 юни 2026 г.“
pub fn span_in_words(strings: &Strings, span: &Span) -> String {
    let point = |moment: Moment| match moment {
        Moment::Day(day) => weekday_date(strings, day),
        Moment::At(at) | Moment::Second(at, _) => strings.fill(
            "dates.moment",
            &[
                ("date", &weekday_date(strings, at.date())),
                ("time", &time_in_words(strings, at.time())),
            ],
        ),
    };
    let ends = span.ends.map(Moment::on_the_wall);
    match (span.starts.on_the_wall(), ends) {
        (Moment::At(start), Some(Moment::At(end))) if start.date() == end.date() => {
            let hours = strings.fill(
                "dates.time_range",
                &[("start", &clock(start.time())), ("end", &clock(end.time()))],
            );
            strings.fill(
                "dates.moment",
                &[
                    ("date", &weekday_date(strings, start.date())),
                    ("time", &hours),
                ],
            )
        }
        (Moment::Day(start), Some(Moment::Day(end))) if start < end => days(strings, start, end),
        (starts, Some(ends)) if starts != ends => strings.fill(
            "dates.range",
            &[("start", &point(starts)), ("end", &point(ends))],
        ),
        (starts, _) => point(starts),
    }
}

/// Whole days, each thing that they share said once.
fn days(strings: &Strings, start: Date, end: Date) -> String {
    let join =
        |start: &str, end: &str| strings.fill("dates.range", &[("start", start), ("end", end)]);
    let written = |pattern: &str, date: Date, day: &str| {
        let parts = date_parts(strings, date);
        let parts = parts.each_ref().map(|(name, text)| {
            let text = if *name == "day" { day } else { text.as_str() };
            (*name, text)
        });
        strings.fill(pattern, &parts)
    };
    let (first, last) = (start.day().to_string(), end.day().to_string());
    if (start.year(), start.month()) == (end.year(), end.month()) {
        return written("dates.date", end, &join(&first, &last));
    }
    let start = if start.year() == end.year() {
        written("dates.day_month", start, &first)
    } else {
        date_in_words(strings, start)
    };
    join(&start, &date_in_words(strings, end))
}

fn weekday_date(strings: &Strings, date: Date) -> String {
    strings.fill(
        "dates.weekday_date",
        &date_parts(strings, date)
            .each_ref()
            .map(|(name, text)| (*name, text.as_str())),
    )
}

fn date_parts(strings: &Strings, date: Date) -> [(&'static str, String); 4] {
    let nth = |path: &str, index: i8| {
        let names = strings.list(path);
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
            .to_owned()
    };
    [
        (
            "weekday",
            nth("dates.weekdays", date.weekday().to_monday_zero_offset()),
        ),
        ("day", date.day().to_string()),
        ("month", nth("dates.months", date.month() - 1)),
        ("year", date.year().to_string()),
    ]
}

fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Moment, Offset};

    #[test]
    fn a_whole_day_stays_a_whole_day_on_its_way_through_a_file() {
        let day = date(2027, 6, 21);
        let night = date(2027, 10, 31).at(3, 30, 0, 0);
        for moment in [
            Moment::Day(day),
            Moment::At(day.at(0, 0, 0, 0)),
            Moment::Second(night, Offset::constant(2)),
            Moment::Second(night, Offset::constant(-9)),
        ] {
            let text = serde_json::to_string(&moment).unwrap();
            assert_eq!(
                serde_json::from_str::<Moment>(&text).unwrap(),
                moment,
                "{text}"
            );
        }
    }
}
