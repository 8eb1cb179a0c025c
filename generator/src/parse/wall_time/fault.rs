//! What is said of dates that are none.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::rewritten::{self, rewritten};
use super::{Meaning, WallClock};
use crate::diagnostic::{Text, date_in_words, did_you_mean, month_in_words};

/// Why a text is no date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// Not in the form of a date.
    Form,
    /// In the form of a date, but there is no such day or time.
    Unreal,
    /// Without a year, where the settings name no year of the record.
    NoYear,
    /// A time that clocks skip on that day.
    Skipped {
        /// The day and the time.
        at: DateTime,
        /// What clocks show before they are put forward.
        from: Time,
        /// What they show after that.
        to: Time,
        /// The time that was probably meant.
        instead: DateTime,
    },
    /// With the offset of other clocks.
    OtherOffset {
        /// The day and the time.
        at: DateTime,
        /// What it is here.
        offset: Offset,
    },
}

impl Fault {
    /// A time that clocks skip when they are put forward from one offset to another.
    pub(super) fn skipped(at: DateTime, before: Offset, after: Offset, zone: &TimeZone) -> Fault {
        let skipped = SignedDuration::from_secs(i64::from(after.seconds() - before.seconds()));
        let instead = at.saturating_add(skipped);
        // Read as if clocks had not been put forward yet, the time lies after the change, and the change is the last before it.
        let change = before.to_timestamp(at).ok().and_then(|at| {
            let mut changes =
                zone.preceding(at.saturating_add(SignedDuration::from_nanos(1)).ok()?);
            changes.next()
        });
        let shown = |offset: Offset| {
            change
                .as_ref()
                .map(|change| offset.to_datetime(change.timestamp()).time())
        };
        Fault::Skipped {
            at,
            from: shown(before).unwrap_or(at.time()),
            to: shown(after).unwrap_or(instead.time()),
            instead,
        }
    }

    /// The code of the message.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Fault::Form | Fault::Unreal | Fault::NoYear => "V10",
            Fault::Skipped { .. } => "V21",
            Fault::OtherOffset { .. } => "V23",
        }
    }

    /// What is wrong with the text.
    pub(crate) fn message(self, text: &str) -> Text {
        match self {
            Fault::Form => no_day_in_words(text).unwrap_or_else(|| {
                Text::new(
                    format!("„{text}“ не е дата"),
                    format!("“{text}” is not a date"),
                )
            }),
            Fault::Unreal => no_such_day(text).unwrap_or_else(|| {
                Text::new(
                    format!("няма такъв ден или час: „{text}“"),
                    format!("there is no such day or time: “{text}”"),
                )
            }),
            Fault::NoYear => Text::new(
                format!("в „{text}“ липсва година"),
                format!("“{text}” has no year"),
            ),
            Fault::Skipped { at, from, to, .. } => {
                let (day, time) = (date_in_words(at.date()), clock(at.time()));
                let (from, to) = (clock(from), clock(to));
                Text::new(
                    format!(
                        "няма такъв час: {}, {time} ч.; часовникът се мести от {from} на {to}",
                        day.bg
                    ),
                    format!(
                        "there is no such time: {}, {time}; the clock goes from {from} to {to}",
                        day.en
                    ),
                )
            }
            Fault::OtherOffset { at, offset } => {
                let day = date_in_words(at.date());
                Text::new(
                    format!(
                        "тогава ({}) часовото отместване на сайта е {}",
                        day.bg,
                        signed(offset)
                    ),
                    format!(
                        "at that time ({}) the offset of the site’s clock is {}",
                        day.en,
                        signed(offset)
                    ),
                )
            }
        }
    }

    /// What to write instead.
    pub(crate) fn hint(self, text: &str, clock: WallClock<'_>) -> Option<Text> {
        match self {
            Fault::Form => Some(rewritten(text, clock).map_or_else(
                || {
                    Text::new(
                        "напишете я като 2027-06-21 или 2027-06-21T09:00",
                        "write it like 2027-06-21 or 2027-06-21T09:00",
                    )
                },
                |date| date.hint,
            )),
            Fault::Unreal => swapped(text, clock),
            Fault::NoYear => Some(Text::new(
                "напишете годината или попълнете record_year в content/site.yaml",
                "write the year, or fill in record_year in content/site.yaml",
            )),
            Fault::Skipped { instead: at, .. } | Fault::OtherOffset { at, .. } => {
                Some(did_you_mean(&written(at)))
            }
        }
    }
}

impl Fault {
    /// What was certainly meant, in our form.
    pub(crate) fn certain(self, text: &str, clock: WallClock<'_>) -> Option<String> {
        match self {
            Fault::Form => rewritten(text, clock)
                .filter(|date| date.certain)
                .map(|date| date.written),
            _ => None,
        }
    }
}

/// The numbers of a date in our form: year, month, day.
fn numbers(text: &str) -> Option<(i16, i8, i8)> {
    let date = text.split(['T', ' ']).next()?;
    let mut parts = date.split('-');
    let mut next = || parts.next();
    Some((
        next()?.parse().ok()?,
        next()?.parse().ok()?,
        next()?.parse().ok()?,
    ))
}

/// „няма 30 февруари 2026 г. (февруари 2026 г. има 28 дни)“
fn no_such_day(text: &str) -> Option<Text> {
    let (year, month, day) = numbers(text)?;
    let first = Date::new(year, month, 1).ok()?;
    let days = first.days_in_month();
    (day > days).then(|| {
        let name = month_in_words(first);
        Text::new(
            format!(
                "няма {day} {} {year} г. ({} {year} г. има {days} дни)",
                name.bg, name.bg
            ),
            format!(
                "there is no {day} {} {year} ({} {year} has {days} days)",
                name.en, name.en
            ),
        )
    })
}

/// The same of a date in another form, and of one without a year: „31 април“.
fn no_day_in_words(text: &str) -> Option<Text> {
    if let Some(numbers) = rewritten::numbers(text) {
        return no_such_day(&numbers.written);
    }
    let (day, month) = rewritten::day_and_month(text)?;
    let first = Date::new(LEAP_YEAR, month, 1).ok()?;
    let days = first.days_in_month();
    (day > days).then(|| {
        let name = month_in_words(first);
        Text::new(
            format!("няма {day} {0} ({0} има {days} дни)", name.bg),
            format!("there is no {day} {0} ({0} has {days} days)", name.en),
        )
    })
}

/// A year that has every day there is.
const LEAP_YEAR: i16 = 2000;

/// What is said to somebody who was asked for a date and has written none.
pub(crate) fn why_none(text: &str) -> Text {
    if let Some(said) = no_day_in_words(text).or_else(|| no_such_day(text)) {
        return said;
    }
    if rewritten::day_and_month(text).is_some() {
        return Text::new(
            "напишете и годината, напр. 21.06.2027",
            "write the year, too, such as 21.06.2027",
        );
    }
    Text::new(
        "не разбирам тази дата; напр. 2027-06-21 или 21.06.2027 18:00",
        "this is no date; such as 2027-06-21 or 21.06.2027 18:00",
    )
}

/// The day and the month the other way round, where only so there is such a day.
fn swapped(text: &str, clock: WallClock<'_>) -> Option<Text> {
    let (year, month, day) = numbers(text)?;
    let date = text.split(['T', ' ']).next()?;
    let written = format!("{year}-{day:02}-{month:02}{}", &text[date.len()..]);
    let meant = super::parse(&written, clock).ok()?.moment().date();
    let (hint, words) = (did_you_mean(&written), date_in_words(meant));
    Some(Text::new(
        format!("{} ({})", hint.bg, words.bg),
        format!("{} ({})", hint.en, words.en),
    ))
}

impl Meaning {
    /// What is said of a time that comes twice, and what to do.
    pub(crate) fn doubt(self) -> Option<(Text, Text)> {
        let Meaning::Twice { moment, offsets } = self else {
            return None;
        };
        let forms::Moment::At(at) = moment else {
            return None;
        };
        let (day, time) = (date_in_words(at.date()), clock(at.time()));
        let [first, second] = offsets.map(|offset| format!("{}{}", written(at), signed(offset)));
        Some((
            Text::new(
                format!(
                    "този час идва два пъти: {}, {time} ч.; взет е първият",
                    day.bg
                ),
                format!(
                    "this time comes twice: {}, {time}; the first one is taken",
                    day.en
                ),
            ),
            Text::new(
                format!("напишете кой от двата е: {first} или {second}"),
                format!("write which one it is: {first} or {second}"),
            ),
        ))
    }
}

fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// `+03:00`
fn signed(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let minutes = offset.seconds().abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}
