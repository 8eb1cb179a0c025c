//! Dates and times as editors write them: `2027-06-21`, `2027-06-21T09:00`, `2027-06-21 09:00`, and, for what happened in
//! the year of the record, `06-21` and `06-21T09:00`. They are what clocks in the zone of the site show; an offset such as
//! `+03:00` may follow, and must be theirs on that day.

mod fault;
mod rewritten;

use forms::Moment;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

pub(crate) use fault::{Fault, why_none};

use crate::diagnostic::{Text, date_in_words};

/// By what dates are understood.
#[derive(Clone, Copy)]
pub(crate) struct WallClock<'a> {
    /// Whose clocks show the times.
    pub(crate) zone: &'a TimeZone,
    /// The year of dates that are written without one.
    pub(crate) record_year: Option<i16>,
}

impl WallClock<'_> {
    /// For days alone, with their years.
    pub(crate) const OF_DAYS: WallClock<'static> = WallClock {
        zone: &TimeZone::UTC,
        record_year: None,
    };
}

/// What a text says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Meaning {
    /// One moment.
    Clear(Moment),
    /// The first of two times at which clocks show the same, unless the second was meant.
    Twice {
        /// The first.
        moment: Moment,
        /// The offset of each of them.
        offsets: [Offset; 2],
    },
}

impl Meaning {
    /// The moment.
    pub(crate) fn moment(self) -> Moment {
        match self {
            Meaning::Clear(moment) | Meaning::Twice { moment, .. } => moment,
        }
    }
}

/// What somebody wrote who was asked for a date, in our form, and the same in words with the weekday.
pub(crate) fn understood(text: &str, clock: WallClock<'_>) -> Option<(String, Text)> {
    let ours = parse(text, clock)
        .ok()
        .map(|meaning| (text.to_owned(), meaning));
    let (written, meaning) = ours.or_else(|| {
        let written = rewritten::rewritten(text, clock)?.written;
        let meaning = parse(&written, clock).ok()?;
        Some((written, meaning))
    })?;
    let moment = meaning.moment();
    let day = date_in_words(moment.date());
    Some(match moment {
        Moment::Day(_) => (written, day),
        Moment::At(at) | Moment::Second(at, _) => {
            let (hour, minute) = (at.hour(), at.minute());
            let words = Text::new(
                format!("{}, {hour}:{minute:02} ч.", day.bg),
                format!("{}, {hour}:{minute:02}", day.en),
            );
            (written, words)
        }
    })
}

/// The moment that a text in our form says, if it says one.
pub(crate) fn moment(text: &str, clock: WallClock<'_>) -> Option<Moment> {
    parse(text, clock).ok().map(Meaning::moment)
}

/// The moment that a text says, and whether it could be another one.
pub(crate) fn parse(text: &str, clock: WallClock<'_>) -> Result<Meaning, Fault> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let date = parse_date(date, clock.record_year)?;
    let Some(time) = time else {
        return Ok(Meaning::Clear(Moment::Day(date)));
    };
    let (time, offset) = split_offset(time)?;
    let at = DateTime::from_parts(date, parse_time(time)?);
    resolve(at, offset, clock.zone)
}

/// What clocks of the zone mean by a time.
fn resolve(at: DateTime, written: Option<Offset>, zone: &TimeZone) -> Result<Meaning, Fault> {
    match (zone.to_ambiguous_timestamp(at).offset(), written) {
        (AmbiguousOffset::Gap { before, after }, _) => Err(Fault::skipped(at, before, after, zone)),
        (AmbiguousOffset::Fold { before, after }, None) => Ok(Meaning::Twice {
            moment: Moment::At(at),
            offsets: [before, after],
        }),
        (AmbiguousOffset::Fold { after, .. }, Some(written)) if written == after => {
            Ok(Meaning::Clear(Moment::Second(at, after)))
        }
        (
            AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. },
            written,
        ) => {
            if written.is_some_and(|written| written != offset) {
                return Err(Fault::OtherOffset { at, offset });
            }
            Ok(Meaning::Clear(Moment::At(at)))
        }
    }
}

/// A time and the offset after it, `+03:00` or `Z`.
fn split_offset(text: &str) -> Result<(&str, Option<Offset>), Fault> {
    if let Some(time) = text.strip_suffix('Z') {
        return Ok((time, Some(Offset::UTC)));
    }
    let Some(at) = text.find(['+', '-']) else {
        return Ok((text, None));
    };
    let (time, offset) = text.split_at(at);
    let digits = offset[1..].replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2).ok_or(Fault::Form)?;
    let seconds = i32::from(number(hours, 2)?) * 3600 + i32::from(number(minutes, 2)?) * 60;
    let seconds = if offset.starts_with('-') {
        -seconds
    } else {
        seconds
    };
    let offset = Offset::from_seconds(seconds).map_err(|_| Fault::Form)?;
    Ok((time.trim_end(), Some(offset)))
}

fn parse_date(text: &str, record_year: Option<i16>) -> Result<Date, Fault> {
    let parts: Vec<&str> = text.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (number(year, 4)?, month, day),
        [month, day] => (record_year.ok_or(Fault::NoYear)?, month, day),
        _ => return Err(Fault::Form),
    };
    let (month, day) = (small(number(month, 2)?)?, small(number(day, 2)?)?);
    Date::new(year, month, day).map_err(|_| Fault::Unreal)
}

fn parse_time(text: &str) -> Result<Time, Fault> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute) = match parts.as_slice() {
        [hour, minute] | [hour, minute, "00"] => (number(hour, 2)?, number(minute, 2)?),
        _ => return Err(Fault::Form),
    };
    Time::new(small(hour)?, small(minute)?, 0, 0).map_err(|_| Fault::Unreal)
}

fn number(text: &str, digits: usize) -> Result<i16, Fault> {
    let plain =
        !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        text.parse().map_err(|_| Fault::Form)
    } else {
        Err(Fault::Form)
    }
}

fn small(number: i16) -> Result<i8, Fault> {
    i8::try_from(number).map_err(|_| Fault::Unreal)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(text: &str, record_year: Option<i16>) -> Result<Meaning, Fault> {
        let zone = TimeZone::get("Europe/Sofia").unwrap();
        let zone = &zone;
        parse(text, WallClock { zone, record_year })
    }

    fn at(year: i16, month: i8, day: i8, hour: i8, minute: i8) -> Moment {
        Moment::At(date(year, month, day).at(hour, minute, 0, 0))
    }

    #[test]
    fn what_editors_write_is_understood() {
        for (text, moment) in [
            ("2027-06-21", Moment::Day(date(2027, 6, 21))),
            ("2027-06-21T09:00", at(2027, 6, 21, 9, 0)),
            ("2027-06-21 9:30", at(2027, 6, 21, 9, 30)),
            ("2027-06-21T09:00:00+03:00", at(2027, 6, 21, 9, 0)),
            ("2027-06-21 09:00 +0300", at(2027, 6, 21, 9, 0)),
            ("2027-01-21T09:00+02:00", at(2027, 1, 21, 9, 0)),
        ] {
            assert_eq!(read(text, None), Ok(Meaning::Clear(moment)), "{text}");
        }
        assert_eq!(
            read("06-21T09:00", Some(2019)),
            Ok(Meaning::Clear(at(2019, 6, 21, 9, 0)))
        );
        assert_eq!(read("06-21", None), Err(Fault::NoYear));
        assert_eq!(read("2027-02-30", None), Err(Fault::Unreal));
        for no_date in [
            "21.06.2027",
            "2027-06-21T09:00+3",
            "2027-06-21T09:00+",
            "2027-06-21T",
        ] {
            assert_eq!(read(no_date, None), Err(Fault::Form), "{no_date}");
        }
    }

    #[test]
    fn an_offset_is_that_of_the_zone_on_that_day() {
        let wrong = read("2027-06-21T09:00+02:00", None);
        let offset = Offset::constant(3);
        let at = date(2027, 6, 21).at(9, 0, 0, 0);
        assert_eq!(wrong, Err(Fault::OtherOffset { at, offset }));
        assert!(read("2027-06-21T09:00Z", None).is_err());
    }

    #[test]
    fn a_time_that_clocks_skip_is_none() {
        let Err(Fault::Skipped {
            from, to, instead, ..
        }) = read("2026-03-29 03:30", None)
        else {
            panic!("it is no time");
        };
        assert_eq!((from.hour(), to.hour()), (3, 4));
        assert_eq!(instead, date(2026, 3, 29).at(4, 30, 0, 0));
        assert!(read("2026-03-29 02:59", None).is_ok() && read("2026-03-29 04:00", None).is_ok());
    }

    #[test]
    fn of_a_time_that_comes_twice_the_offset_tells_which() {
        let first = at(2026, 10, 25, 3, 30);
        let offsets = [Offset::constant(3), Offset::constant(2)];
        let asked = read("2026-10-25T03:30", None);
        assert_eq!(
            asked,
            Ok(Meaning::Twice {
                moment: first,
                offsets
            })
        );
        assert_eq!(
            read("2026-10-25T03:30+03:00", None),
            Ok(Meaning::Clear(first))
        );
        let second = Moment::Second(date(2026, 10, 25).at(3, 30, 0, 0), offsets[1]);
        assert_eq!(
            read("2026-10-25T03:30+02:00", None),
            Ok(Meaning::Clear(second))
        );
        let zone = TimeZone::get("Europe/Sofia").unwrap();
        let between = second.begins(&zone).duration_since(first.begins(&zone));
        assert_eq!(between.as_hours(), 1);
    }
}
