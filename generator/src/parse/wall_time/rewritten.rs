//! Dates as people write them elsewhere, in our form: `21.06.2027`, `21/6/2027 г.`, `21.06.2027 18.00 ч.`, `2027-06-21 18.00`, `21 юни 2027 г.`.

use super::{WallClock, parse};
use crate::diagnostic::{Text, date_in_words, did_you_mean, month_of};

/// A date in our form.
pub(super) struct Rewritten {
    /// As it stands in a file.
    pub(super) written: String,
    /// What is said of it, with the weekday, by which one notices that day and month were mistaken for each other.
    pub(super) hint: Text,
    /// Whether it can mean no other day.
    pub(super) certain: bool,
}

/// The date in our form, if there is such a day.
pub(super) fn rewritten(text: &str, clock: WallClock<'_>) -> Option<Rewritten> {
    let Numbers { written, certain } = numbers(text)?;
    let date = parse(&written, clock).ok()?.moment().date();
    let words_of = date_in_words(date);
    let hint = did_you_mean(&written);
    Some(Rewritten {
        written,
        hint: Text::new(
            format!("{} ({})", hint.bg, words_of.bg),
            format!("{} ({})", hint.en, words_of.en),
        ),
        certain,
    })
}

/// What the numbers of a date say, whether or not there is such a day.
pub(super) struct Numbers {
    /// In our form.
    pub(super) written: String,
    /// Whether they can mean no other day.
    certain: bool,
}

/// The numbers of a date that was written in another form.
pub(super) fn numbers(text: &str) -> Option<Numbers> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let mut in_words = false;
    let words: Vec<String> = words
        .map(|word| match month_of(word) {
            Some(month) => {
                in_words = true;
                month.to_string()
            }
            None => word.to_owned(),
        })
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let century = |year: &str| {
        if year.len() == 2 {
            format!("20{year}")
        } else {
            year.to_owned()
        }
    };
    let is_year = |year: &&str| matches!(year.len(), 2 | 4);
    let written = match words.as_slice() {
        [year, month, day] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [year, month, day, hour, minute, ..] if year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}")
        }
        [day, month, year] if is_year(year) => {
            format!("{}-{month:0>2}-{day:0>2}", century(year))
        }
        [day, month, year, hour] if is_year(year) => {
            format!("{}-{month:0>2}-{day:0>2}T{hour:0>2}:00", century(year))
        }
        [day, month, year, hour, minute, ..] if is_year(year) => {
            format!(
                "{}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}",
                century(year)
            )
        }
        _ => return None,
    };
    // With slashes some write the month first; a year of two digits may be a day.
    let full_year = words.iter().any(|word| word.len() == 4);
    let certain = full_year && (in_words || !text.contains('/')) && words.len() <= 5;
    Some(Numbers { written, certain })
}

/// The day and the month of a date without a year, such as `31 април`.
pub(super) fn day_and_month(text: &str) -> Option<(i8, i8)> {
    let mut words = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let (day, month) = (words.next()?, words.next()?);
    let month = month_of(month).or_else(|| month.parse().ok());
    let month = month.filter(|month| (1..=12).contains(month))?;
    let day = day.parse().ok()?;
    words
        .next()
        .is_none()
        .then_some((day, i8::try_from(month).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn english(text: &str) -> Option<String> {
        let clock = WallClock {
            zone: &TimeZone::UTC,
            record_year: None,
        };
        rewritten(text, clock).map(|date| date.hint.en)
    }

    #[test]
    fn the_usual_way_to_write_a_date_is_rewritten() {
        for text in [
            "21.6.2027 г.",
            "21/06/2027",
            "21 юни 2027 г.",
            "21 June 2027",
        ] {
            assert_eq!(
                english(text).as_deref(),
                Some("did you mean  2027-06-21 (Monday, 21 June 2027)"),
                "{text}"
            );
        }
        for text in [
            "21.06.2027, 18.00 ч.",
            "2027-06-21 18.00",
            "2027-6-21, 18:00 ч.",
        ] {
            assert_eq!(
                english(text).as_deref(),
                Some("did you mean  2027-06-21T18:00 (Monday, 21 June 2027)"),
                "{text}"
            );
        }
        assert_eq!(english("31.02.2027"), None);
        assert_eq!(english("утре"), None);
    }
}
