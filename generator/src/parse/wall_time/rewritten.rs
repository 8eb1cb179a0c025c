//! Dates as people write them elsewhere, in our form: `21.06.2027`, `21/6/2027 г.`, `21.06.2027 18.00 ч.`, `2027-06-21 18.00`, `21 юни 2027 г.`.

use super::{WallClock, parse};
use crate::diagnostic::{Text, date_in_words, did_you_mean, month_of};

/// The date in our form, with the weekday, by which one notices that day and month were mistaken for each other.
pub(super) fn rewritten(text: &str, clock: WallClock<'_>) -> Option<Text> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(|word| month_of(word).map_or_else(|| word.to_owned(), |month| month.to_string()))
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let written = match words.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [day, month, year, hour, minute, ..] if year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}")
        }
        [year, month, day, hour, minute, ..] if year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}")
        }
        _ => return None,
    };
    let day = parse(&written, clock).ok()?.moment().date();
    let day = date_in_words(day);
    let hint = did_you_mean(&written);
    Some(Text::new(
        format!("{} ({})", hint.bg, day.bg),
        format!("{} ({})", hint.en, day.en),
    ))
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
        rewritten(text, clock).map(|text| text.en)
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
