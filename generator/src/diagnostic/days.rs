//! Dates in messages to editors, with the weekday: it is what lets a person notice a wrong one.

use jiff::Zoned;
use jiff::civil::Date;

use super::Text;

const WEEKDAYS: [(&str, &str); 7] = [
    ("понеделник", "Monday"),
    ("вторник", "Tuesday"),
    ("сряда", "Wednesday"),
    ("четвъртък", "Thursday"),
    ("петък", "Friday"),
    ("събота", "Saturday"),
    ("неделя", "Sunday"),
];

const MONTHS: [(&str, &str); 12] = [
    ("януари", "January"),
    ("февруари", "February"),
    ("март", "March"),
    ("април", "April"),
    ("май", "May"),
    ("юни", "June"),
    ("юли", "July"),
    ("август", "August"),
    ("септември", "September"),
    ("октомври", "October"),
    ("ноември", "November"),
    ("декември", "December"),
];

/// The number of a month, from 1.
pub(crate) fn month_of(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    MONTHS
        .iter()
        .position(|(bg, en)| *bg == name || en.to_lowercase() == name)
        .map(|index| index + 1)
}

/// „декември“
pub(crate) fn month_in_words(date: Date) -> Text {
    let index = usize::try_from(date.month() - 1).unwrap_or_default();
    let (bg, en) = MONTHS.get(index).copied().unwrap_or_default();
    Text::new(bg, en)
}

/// „вторник, 1 декември 2026 г.“
pub(crate) fn date_in_words(date: Date) -> Text {
    let named = |names: &[(&'static str, &'static str)], index: i8| {
        let index = usize::try_from(index).unwrap_or_default();
        names.get(index).copied().unwrap_or_default()
    };
    let weekday = named(&WEEKDAYS, date.weekday().to_monday_zero_offset());
    let month = named(&MONTHS, date.month() - 1);
    let (day, year) = (date.day(), date.year());
    Text::new(
        format!("{}, {day} {} {year} г.", weekday.0, month.0),
        format!("{}, {day} {} {year}", weekday.1, month.1),
    )
}

/// „вторник, 1 декември 2026 г., 9:00 ч.“
pub(crate) fn in_words(at: &Zoned) -> Text {
    let date = date_in_words(at.date());
    let (hour, minute) = (at.hour(), at.minute());
    Text::new(
        format!("{}, {hour}:{minute:02} ч.", date.bg),
        format!("{}, {hour}:{minute:02}", date.en),
    )
}
