//! Working days, by which the Centre promises to call back.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Zoned};

/// Within how many working days somebody is called back.
pub const CALL_BACK: u32 = 2;

/// The moment by which somebody is called back who asked at `asked`: the same time of the day, so many working days later.
/// Who asks on a day without work is taken for somebody who asked as the next working day began. Public holidays are not
/// known here and count as working days, so that nobody waits longer than was promised.
pub fn call_back_by(asked: &Zoned) -> Zoned {
    let mut at = asked.clone();
    if !is_working(at.date()) {
        at = at.start_of_day().unwrap_or(at);
        while !is_working(at.date()) {
            at = at.saturating_add(1.day());
        }
    }
    let mut left = CALL_BACK;
    while left > 0 {
        at = at.saturating_add(1.day());
        left -= u32::from(is_working(at.date()));
    }
    at
}

/// The last day on which a request about somebody's data is answered in time: a month after it came, or three where it is
/// complex and the person was told so within the first (GDPR art. 12(3)). A month ends on the day of the same number, or the
/// last there is; a day without work passes it on to the next that has (Regulation (EEC, Euratom) 1182/71, art. 3(2)(c) and
/// 3(4)). Public holidays are not known here, so that nobody answers later than they may.
pub fn answer_by(came_on: Date, is_extended: bool) -> Date {
    let months = if is_extended { 3.months() } else { 1.month() };
    let mut by = came_on.saturating_add(months);
    while !is_working(by) {
        by = by.saturating_add(1.day());
    }
    by
}

fn is_working(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::{answer_by, call_back_by};
    use jiff::civil::Date;

    #[test]
    fn a_month_is_one_of_the_calendar_and_ends_on_a_day_with_work() {
        for (came_on, by, extended) in [
            ("2026-11-23", "2026-12-23", "2027-02-23"),
            // The 30th of February is the last day there is, a Sunday.
            ("2027-01-30", "2027-03-01", "2027-04-30"),
            ("2026-12-31", "2027-02-01", "2027-03-31"),
        ] {
            let day = |text: &str| text.parse::<Date>().unwrap();
            assert_eq!(answer_by(day(came_on), false), day(by), "{came_on}");
            assert_eq!(answer_by(day(came_on), true), day(extended), "{came_on}");
        }
    }

    #[test]
    fn a_weekend_gives_nobody_less_time_and_a_clock_change_no_other_hour() {
        for (asked, by) in [
            ("2026-11-23T09:30", "2026-11-25T09:30"),
            ("2026-11-26T17:00", "2026-11-30T17:00"),
            ("2026-11-27T08:00", "2026-12-01T08:00"),
            ("2026-11-28T23:59", "2026-12-02T00:00"),
            ("2026-11-29T12:00", "2026-12-02T00:00"),
            ("2027-03-26T10:00", "2027-03-30T10:00"),
        ] {
            let at = |text: &str| -> jiff::Zoned {
                let local: jiff::civil::DateTime = text.parse().unwrap();
                local.in_tz("Europe/Sofia").unwrap()
            };
            assert_eq!(call_back_by(&at(asked)), at(by), "{asked}");
        }
    }
}
