//! Dates and times as editors write them: `2027-06-21`, `2027-06-21T09:00`, `2027-06-21 09:00`, and, for what happened in
//! the year of the record, `06-21` and `06-21T09:00`.

use forms::Moment;
use jiff::civil::{Date, DateTime, Time};

use crate::diagnostic::Text;
use crate::diagnostic::did_you_mean;

/// Why a text is no date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// Not in the form of a date.
    Form,
    /// In the form of a date, but there is no such day or time.
    Unreal,
    /// Without a year, where the settings name no year of the record.
    NoYear,
}

/// The moment that a text says.
pub(crate) fn parse(text: &str, record_year: Option<i16>) -> Result<Moment, Fault> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let date = parse_date(date, record_year)?;
    Ok(match time {
        Some(time) => Moment::At(DateTime::from_parts(date, parse_time(time)?)),
        None => Moment::Day(date),
    })
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

impl Fault {
    /// What is wrong with the text.
    pub(crate) fn message(self, text: &str) -> Text {
        match self {
            Fault::Form => Text::new(
                format!("„{text}“ не е дата"),
                format!("“{text}” is not a date"),
            ),
            Fault::Unreal => Text::new(
                format!("няма такъв ден или час: „{text}“"),
                format!("there is no such day or time: “{text}”"),
            ),
            Fault::NoYear => Text::new(
                format!("в „{text}“ липсва година"),
                format!("“{text}” has no year"),
            ),
        }
    }

    /// What to write instead.
    pub(crate) fn hint(self, text: &str, record_year: Option<i16>) -> Option<Text> {
        match self {
            Fault::Form => Some(rewritten(text, record_year).map_or_else(
                || {
                    Text::new(
                        "напишете я като 2027-06-21 или 2027-06-21T09:00",
                        "write it like 2027-06-21 or 2027-06-21T09:00",
                    )
                },
                |moment| did_you_mean(&moment),
            )),
            Fault::Unreal => None,
            Fault::NoYear => Some(Text::new(
                "напишете годината или попълнете record_year в content/site.yaml",
                "write the year, or fill in record_year in content/site.yaml",
            )),
        }
    }
}

/// `21.06.2027`, `21/6/2027 г.` or `21.06.2027 18.00 ч.` in our form.
fn rewritten(text: &str, record_year: Option<i16>) -> Option<String> {
    let numbers: Vec<&str> = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let written = match numbers.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [day, month, year, hour, minute, ..] if year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}")
        }
        _ => return None,
    };
    parse(&written, record_year).is_ok().then_some(written)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_editors_write_is_understood() {
        assert_eq!(
            parse("2027-06-21", None),
            Ok(Moment::Day(date(2027, 6, 21)))
        );
        assert_eq!(
            parse("2027-06-21T09:00", None),
            Ok(Moment::At(date(2027, 6, 21).at(9, 0, 0, 0)))
        );
        assert_eq!(
            parse("2027-06-21 9:30", None),
            Ok(Moment::At(date(2027, 6, 21).at(9, 30, 0, 0)))
        );
        assert_eq!(
            parse("06-21T09:00", Some(2019)),
            Ok(Moment::At(date(2019, 6, 21).at(9, 0, 0, 0)))
        );
        assert_eq!(parse("06-21", None), Err(Fault::NoYear));
        assert_eq!(parse("2027-02-30", None), Err(Fault::Unreal));
        assert_eq!(parse("21.06.2027", None), Err(Fault::Form));
    }

    #[test]
    fn the_usual_way_to_write_a_date_is_rewritten() {
        assert_eq!(
            rewritten("21.6.2027 г.", None).as_deref(),
            Some("2027-06-21")
        );
        assert_eq!(
            rewritten("21.06.2027, 18.00 ч.", None).as_deref(),
            Some("2027-06-21T18:00")
        );
        assert_eq!(rewritten("31.02.2027", None), None);
    }
}
