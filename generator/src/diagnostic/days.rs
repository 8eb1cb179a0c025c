//! Dates in messages to editors, with the weekday: it is what lets a person notice a wrong one.

use jiff::Zoned;

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

/// „вторник, 1 декември 2026 г., 9:00 ч.“
pub(crate) fn in_words(at: &Zoned) -> Text {
    let named = |names: &[(&'static str, &'static str)], index: i8| {
        let index = usize::try_from(index).unwrap_or_default();
        names.get(index).copied().unwrap_or_default()
    };
    let weekday = named(&WEEKDAYS, at.weekday().to_monday_zero_offset());
    let month = named(&MONTHS, at.month() - 1);
    let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
    Text::new(
        format!(
            "{}, {day} {} {year} г., {hour}:{minute:02} ч.",
            weekday.0, month.0
        ),
        format!(
            "{}, {day} {} {year}, {hour}:{minute:02}",
            weekday.1, month.1
        ),
    )
}
