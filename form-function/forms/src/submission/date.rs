//! A day in three boxes, as people write it.

use jiff::civil::Date;

use super::answer::Circumstances;
use super::error::ErrorCode;
use crate::{Field, FormValues, MonthNames};

/// Years outside of these are slips of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The day in the past that three boxes say; `None` when all are empty.
pub(super) fn past_date(
    field: &Field,
    values: &FormValues,
    with: Circumstances<'_>,
) -> Result<Option<Date>, ErrorCode> {
    match typed(field, values, with.months)? {
        // A year far ahead is still rather a day to come than no day.
        Some(date) if date >= with.today => Err(ErrorCode::DateFuture),
        date => real(date),
    }
}

/// The day that three boxes say, not before the first and not after the last of these; `None` when all are empty.
pub(super) fn date(
    field: &Field,
    values: &FormValues,
    with: Circumstances<'_>,
    [first, last]: [Option<Date>; 2],
) -> Result<Option<Date>, ErrorCode> {
    let date = real(typed(field, values, with.months)?)?;
    match date {
        Some(date) if first.is_some_and(|first| date < first) => Err(ErrorCode::DateEarly),
        Some(date) if last.is_some_and(|last| date > last) => Err(ErrorCode::DateLate),
        date => Ok(date),
    }
}

fn real(date: Option<Date>) -> Result<Option<Date>, ErrorCode> {
    match date {
        Some(date) if !YEARS.contains(&date.year()) => Err(ErrorCode::DateUnreal),
        date => Ok(date),
    }
}

fn typed(
    field: &Field,
    values: &FormValues,
    months: &MonthNames,
) -> Result<Option<Date>, ErrorCode> {
    let names = field.posted_names();
    let part = |index: usize| {
        let typed = names.get(index).map_or("", |name| values.get(name));
        without_ending(typed)
    };
    read([part(0), part(1), part(2)], months)
}

fn read(typed: [&str; 3], months: &MonthNames) -> Result<Option<Date>, ErrorCode> {
    if typed.iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    let first: Vec<&str> = typed[0]
        .split(|character: char| ".,/-–".contains(character) || character.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let is_name = |part: &str| !part.starts_with(|first: char| first.is_ascii_digit());
    let [day, month, year] = match (first.as_slice(), typed) {
        // Somebody typed or pasted the whole date into the first box.
        ([year, month, day], [_, "", ""]) if year.len() == 4 => [*day, *month, *year],
        ([month, day, year, ..], [_, "", ""]) if is_name(month) => [*day, *month, *year],
        ([day, month, year, ..], [_, "", ""]) => [*day, *month, *year],
        // Or the month with the day.
        ([day, month], [_, "", year]) if !year.is_empty() => [*day, *month, year],
        (_, typed) if typed.iter().any(|part| part.is_empty()) => {
            return Err(ErrorCode::DateIncomplete);
        }
        (_, typed) => typed,
    };
    let year = without_ending(year);
    if year.len() < 4 && year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ErrorCode::DateYear);
    }
    let date = day
        .parse()
        .ok()
        .zip(months.number(month))
        .zip(year.parse().ok());
    date.and_then(|((day, month), year)| Date::new(year, month, day).ok())
        .map(Some)
        .ok_or(ErrorCode::DateUnreal)
}

/// A part of a date without the full stop, or the word for year, that people write after it.
fn without_ending(typed: &str) -> &str {
    let end = |text: &str| text.trim_end_matches(['.', ' ', '\u{a0}']).len();
    let typed = &typed[..end(typed)];
    match typed.strip_suffix('г') {
        Some(number)
            if number
                .trim_end()
                .ends_with(|last: char| last.is_ascii_digit()) =>
        {
            &number[..end(number)]
        }
        _ => typed,
    }
}
