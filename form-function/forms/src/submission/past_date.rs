//! A day in the past, in three boxes, as people write it.

use jiff::civil::Date;

use super::ErrorCode;
use crate::{Field, FormValues, Strings};

/// The names under which the boxes of a date are posted.
pub(crate) const DATE_PARTS: [&str; 3] = ["day", "month", "year"];

/// The day that three boxes say; `None` when all are empty.
pub(super) fn past_date(
    field: &Field,
    values: &FormValues,
    strings: &Strings,
    today: Date,
) -> Result<Option<Date>, ErrorCode> {
    let typed =
        DATE_PARTS.map(|part| without_ending(values.get(&format!("{}_{part}", field.name))));
    if typed.iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    let whole: Vec<&str> = typed[0]
        .split(['.', '/', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [day, month, year] = match (whole.as_slice(), typed) {
        // Somebody typed or pasted the whole date into the first box.
        ([year, month, day], [_, "", ""]) if year.len() == 4 => [*day, *month, *year],
        ([day, month, year, ..], [_, "", ""]) => [*day, *month, *year],
        (_, typed) if typed.iter().any(|part| part.is_empty()) => {
            return Err(ErrorCode::DateIncomplete);
        }
        (_, typed) => typed,
    };
    if year.len() < 4 && year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ErrorCode::DateYear);
    }
    let date = day
        .parse::<i8>()
        .ok()
        .zip(month_number(month, strings))
        .zip(year.parse::<i16>().ok());
    let Some(((day, month), year)) = date else {
        return Err(ErrorCode::DateUnreal);
    };
    match Date::new(year, month, day) {
        Ok(date) if date >= today => Err(ErrorCode::DateFuture),
        Ok(date) if date.year() >= 1900 => Ok(Some(date)),
        _ => Err(ErrorCode::DateUnreal),
    }
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

/// A month as a number, or by its name or the first three letters of it.
fn month_number(typed: &str, strings: &Strings) -> Option<i8> {
    if let Ok(number) = typed.parse() {
        return Some(number);
    }
    let typed = typed.to_lowercase();
    let names = strings.list("dates.months");
    let index = names
        .iter()
        .position(|name| typed.chars().count() >= 3 && name.to_lowercase().starts_with(&typed))?;
    i8::try_from(index + 1).ok()
}
