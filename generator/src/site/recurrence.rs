//! From "every week until June" to days: an event that repeats, written out.
//!
//! The time of day stays what it is when clocks change. Every month means the same day of the month; a month without that
//! day is left out, as calendars do (RFC 5545, 3.3.10).

use forms::{Moment, Span};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::parse::document::Every;

/// How many times an event may take place: a page lists them all.
pub(crate) const MOST: usize = 100;

/// The days on which an event takes place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Dates {
    /// Every time, the first one first.
    pub(crate) spans: Vec<Span>,
    /// Days that do not exist in their month, as numbers of year and month.
    pub(crate) left_out: Vec<(i16, i8)>,
    /// The days that were to be left out and on which nothing would have been.
    pub(crate) idle_exceptions: Vec<Date>,
    /// Whether there would have been more than [`MOST`].
    pub(crate) cut: bool,
}

/// Writes an event out: it takes place first at `first`, and again until `until`, that day included, but not on the days
/// `except`.
pub(crate) fn dates(first: Span, every: Every, until: Date, except: &[Date]) -> Dates {
    let start = first.starts.date();
    let mut dates = Dates {
        spans: Vec::new(),
        left_out: Vec::new(),
        idle_exceptions: except.to_vec(),
        cut: false,
    };
    for number in 0.. {
        let Some(step) = nth(start, every, number) else {
            break;
        };
        let day = match step {
            Step::Day(day) if day > until => break,
            Step::Day(day) => day,
            // The last day of that month stands for it here.
            Step::NoSuchDay(last) if last >= until => break,
            Step::NoSuchDay(last) => {
                dates.left_out.push((last.year(), last.month()));
                continue;
            }
        };
        if except.contains(&day) {
            dates.idle_exceptions.retain(|exception| *exception != day);
            continue;
        }
        if dates.spans.len() == MOST {
            dates.cut = true;
            break;
        }
        dates.spans.extend(moved(first, start, day));
    }
    dates
}

/// One repetition.
enum Step {
    Day(Date),
    /// The month has no such day; its last one.
    NoSuchDay(Date),
}

/// The day of a repetition, if the calendar reaches that far.
fn nth(start: Date, every: Every, number: i32) -> Option<Step> {
    let day = match every {
        Every::Day => start.checked_add(number.days()),
        Every::Week => start.checked_add(number.weeks()),
        Every::Month => start.checked_add(number.months()),
    };
    let day = day.ok()?;
    Some(if every == Every::Month && day.day() != start.day() {
        Step::NoSuchDay(day)
    } else {
        Step::Day(day)
    })
}

/// The same hours on another day.
fn moved(span: Span, from: Date, to: Date) -> Option<Span> {
    let days = from.until(to).ok()?;
    let moment = |moment: Moment| {
        Some(match moment {
            moment if days.is_zero() => moment,
            Moment::At(at) | Moment::Second(at, _) => Moment::At(at.checked_add(days).ok()?),
            Moment::Day(day) => Moment::Day(day.checked_add(days).ok()?),
        })
    };
    Some(Span {
        starts: moment(span.starts)?,
        ends: match span.ends {
            Some(ends) => Some(moment(ends)?),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn evening(day: Date) -> Span {
        Span {
            starts: Moment::At(day.at(18, 0, 0, 0)),
            ends: Some(Moment::At(day.at(20, 30, 0, 0))),
        }
    }

    fn days(dates: &Dates) -> Vec<String> {
        let days = dates.spans.iter().map(|span| span.starts.date());
        days.map(|day| day.to_string()).collect()
    }

    #[test]
    fn every_week_until_and_on_the_last_day() {
        let found = dates(
            evening(date(2027, 3, 22)),
            Every::Week,
            date(2027, 4, 12),
            &[date(2027, 4, 5), date(2027, 4, 6)],
        );
        assert_eq!(days(&found), ["2027-03-22", "2027-03-29", "2027-04-12"]);
        assert_eq!(found.idle_exceptions, [date(2027, 4, 6)]);
        // Clocks were put forward on 28 March: the hour on the wall is the same.
        assert_eq!(found.spans[1], evening(date(2027, 3, 29)));
    }

    #[test]
    fn a_month_without_that_day_is_left_out() {
        let found = dates(
            evening(date(2027, 1, 31)),
            Every::Month,
            date(2027, 5, 31),
            &[],
        );
        assert_eq!(days(&found), ["2027-01-31", "2027-03-31", "2027-05-31"]);
        assert_eq!(found.left_out, [(2027, 2), (2027, 4)]);
    }

    #[test]
    fn a_leap_day_comes_back_in_the_months_that_have_it() {
        let found = dates(
            evening(date(2028, 2, 29)),
            Every::Month,
            date(2028, 4, 30),
            &[],
        );
        assert_eq!(days(&found), ["2028-02-29", "2028-03-29", "2028-04-29"]);
    }

    #[test]
    fn more_than_a_page_can_list_is_cut_and_said() {
        let found = dates(
            evening(date(2027, 1, 1)),
            Every::Day,
            date(9999, 12, 31),
            &[],
        );
        assert_eq!((found.spans.len(), found.cut), (MOST, true));
        let whole = dates(
            evening(date(2027, 1, 1)),
            Every::Day,
            date(2027, 4, 10),
            &[],
        );
        assert_eq!((whole.spans.len(), whole.cut), (MOST, false));
    }

    proptest! {
        #[test]
        fn dates_rise_keep_their_hours_and_stay_within_the_bounds(
            offset in 0_i32..4000,
            length in 0_i32..3,
            until in 0_i32..900,
            every in prop_oneof![Just(Every::Day), Just(Every::Week), Just(Every::Month)],
            except in proptest::collection::vec(0_i32..900, 0..5),
        ) {
            let start = date(2024, 1, 1).checked_add(offset.days()).unwrap();
            let first = Span {
                starts: Moment::At(start.at(18, 0, 0, 0)),
                ends: Some(Moment::At(start.checked_add(length.days()).unwrap().at(20, 0, 0, 0))),
            };
            let day = |days: &i32| start.checked_add(days.days()).unwrap();
            let except: Vec<Date> = except.iter().map(day).collect();
            let found = dates(first, every, day(&until), &except);
            prop_assert!(found.spans.len() <= MOST);
            prop_assert!(found.spans.is_sorted_by(|a, b| a.starts.date() < b.starts.date()));
            for span in &found.spans {
                let (on, ends) = (span.starts.date(), span.ends.unwrap().date());
                prop_assert!(start <= on && on <= day(&until) && !except.contains(&on));
                prop_assert_eq!(on.until(ends).unwrap().get_days(), length);
                match every {
                    Every::Day => {}
                    Every::Week => prop_assert_eq!(on.weekday(), start.weekday()),
                    Every::Month => prop_assert_eq!(on.day(), start.day()),
                }
            }
        }
    }
}
