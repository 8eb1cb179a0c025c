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

fn is_working(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::call_back_by;

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
