//! The times at which an event takes place, and what is wrong with how they were written.

use forms::{Moment, Span};
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::diagnostic::{Diagnostic, Placed, Text, did_you_mean};
use crate::parse::document::{EventFacts, Repeats};
use crate::site::clock::Clock;
use crate::site::recurrence::{self, Dates, MOST};

/// Every time that an event takes place: once, unless it repeats.
pub(super) fn occurrences(
    first: Span,
    facts: &EventFacts,
    zone: &TimeZone,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Span> {
    let Some(repeats) = &facts.repeats else {
        return vec![first];
    };
    if facts.registration.is_some() {
        diagnostics.push(with_registration(repeats));
    }
    let except: Vec<Date> = repeats.except.iter().map(|day| day.value).collect();
    let dates = recurrence::dates(first, repeats.every, repeats.until.value, &except);
    complain(&dates, repeats, zone, diagnostics);
    if dates.spans.is_empty() {
        return vec![first];
    }
    dates.spans
}

/// The first time that is not over.
pub(super) fn following(spans: &[Span], zone: &TimeZone, clock: &mut Clock) -> Option<usize> {
    spans
        .iter()
        .position(|span| !clock.has_come(span.is_over(zone)))
}

fn with_registration(repeats: &Repeats) -> Diagnostic {
    Diagnostic::error(
        "X11",
        repeats.place.clone(),
        Text::new(
            "събитие, което се повтаря, не може да има записване: местата са за една дата",
            "an event that repeats cannot have sign-up: places are for one date",
        ),
    )
    .hint(Text::new(
        "направете отделен файл за всяка дата или махнете registration",
        "make a file of its own for each date, or take registration out",
    ))
}

fn complain(dates: &Dates, repeats: &Repeats, zone: &TimeZone, diagnostics: &mut Vec<Diagnostic>) {
    // That the last day is before the first one is said where the fields are read.
    if dates.spans.is_empty() && dates.idle_exceptions.len() < repeats.except.len() {
        diagnostics.push(never(repeats));
    }
    if dates.cut {
        diagnostics.push(too_many(dates, repeats));
    }
    if !dates.left_out.is_empty() {
        diagnostics.push(left_out(dates, repeats));
    }
    let idle = |day: &&Placed<Date>| dates.idle_exceptions.contains(&day.value);
    let idle = repeats.except.iter().filter(idle);
    diagnostics.extend(idle.map(|day| idle_exception(day, dates)));
    let skipped = dates.spans.iter().filter(|span| is_skipped(span, zone));
    diagnostics.extend(skipped.map(|span| in_the_gap(span, repeats)));
}

fn never(repeats: &Repeats) -> Diagnostic {
    Diagnostic::error(
        "X12",
        repeats.place.clone(),
        Text::new(
            "събитието не се провежда нито веднъж: всичките му дни са в except",
            "the event does not take place at all: all of its days are in except",
        ),
    )
    .hint(Text::new(
        "ако е отменено, напишете status: cancelled",
        "if it is cancelled, write status: cancelled",
    ))
}

fn too_many(dates: &Dates, repeats: &Repeats) -> Diagnostic {
    let last = dates.spans.last().map(|span| span.starts.date());
    Diagnostic::error(
        "X13",
        repeats.until.place.clone(),
        Text::new(
            format!("дотогава събитието се провежда повече от {MOST} пъти; страницата изброява най-много {MOST}"),
            format!("until then the event takes place more than {MOST} times; the page lists at most {MOST}"),
        ),
    )
    .maybe_hint(last.map(|last| did_you_mean(&format!("until: {last}"))))
}

fn left_out(dates: &Dates, repeats: &Repeats) -> Diagnostic {
    let months: Vec<String> = dates
        .left_out
        .iter()
        .map(|(year, month)| format!("{year}-{month:02}"))
        .collect();
    let months = months.join(", ");
    let day = dates
        .spans
        .first()
        .map_or(31, |span| span.starts.date().day());
    Diagnostic::warning(
        "X14",
        repeats.place.clone(),
        Text::new(
            format!("в тези месеци няма {day}-о число и събитието се пропуска: {months}"),
            format!("these months have no day {day}, so the event is left out: {months}"),
        ),
    )
    .hint(Text::new(
        "ако има събитие и тогава, направете отделен файл за датата",
        "if the event takes place then, too, make a file of its own for the date",
    ))
}

fn idle_exception(day: &Placed<Date>, dates: &Dates) -> Diagnostic {
    let distance = |other: &Date| (*other - day.value).get_days().abs();
    let nearest = dates.spans.iter().map(|span| span.starts.date());
    let nearest = nearest.min_by_key(distance);
    Diagnostic::warning(
        "X15",
        day.place.clone(),
        Text::new(
            format!("на {} събитието така или иначе не се провежда", day.value),
            format!("the event does not take place on {} anyway", day.value),
        ),
    )
    .maybe_hint(nearest.map(|nearest| did_you_mean(&nearest.to_string())))
}

/// Whether clocks are put forward over the beginning or the end.
fn is_skipped(span: &Span, zone: &TimeZone) -> bool {
    let skipped = |moment: Moment| match moment {
        Moment::At(at) => matches!(
            zone.to_ambiguous_timestamp(at).offset(),
            AmbiguousOffset::Gap { .. }
        ),
        Moment::Second(..) | Moment::Day(_) => false,
    };
    skipped(span.starts) || span.ends.is_some_and(skipped)
}

fn in_the_gap(span: &Span, repeats: &Repeats) -> Diagnostic {
    let day = span.starts.date();
    Diagnostic::error(
        "X16",
        repeats.place.clone(),
        Text::new(
            format!("на {day} няма такъв час: часовникът се мести напред през него"),
            format!("there is no such time on {day}: the clock is put forward over it"),
        ),
    )
    .hint(Text::new(
        format!("добавете {day} в except или сменете часа"),
        format!("add {day} to except, or change the time"),
    ))
}
