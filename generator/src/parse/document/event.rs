//! When an event is, and how one signs up for it.

use forms::{ActivityStatus, Moment};

use super::{EventFacts, Every, RegistrationFacts, Repeats, UNREADABLE_DAY};
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::fields::{Fields, Spanned};

const STATUSES: &[(&str, ActivityStatus)] = &[
    ("scheduled", ActivityStatus::Scheduled),
    ("cancelled", ActivityStatus::Cancelled),
    ("postponed", ActivityStatus::Postponed),
];

const EVERY: &[(&str, Every)] = &[
    ("day", Every::Day),
    ("week", Every::Week),
    ("month", Every::Month),
];

pub(super) fn event_facts(
    fields: &mut Fields<'_>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> EventFacts {
    fields.require("starts_at", diagnostics);
    let starts_at = fields.moment("starts_at", record_year, diagnostics);
    let ends_at = fields.moment("ends_at", record_year, diagnostics);
    if let Some((start, end)) = starts_at
        .as_ref()
        .zip(ends_at.as_ref())
        .filter(|(start, end)| ends_before(start.value, end.value))
    {
        let started = fields.file.slice(&start.span).to_owned();
        fields.report(
            "X01",
            &end.span,
            Text::new("краят е преди началото", "the end is before the beginning"),
            Some(Text::new(
                format!("трябва да е след {started}"),
                format!("it must be after {started}"),
            )),
            diagnostics,
        );
    }
    let status = fields
        .one_of("status", STATUSES, diagnostics)
        .unwrap_or_default();
    let repeats = fields
        .inside("repeats", diagnostics)
        .and_then(|repeats| repeats_facts(repeats, record_year, diagnostics));
    let registration = fields
        .inside("registration", diagnostics)
        .and_then(|registration| {
            registration_facts(registration, starts_at.as_ref(), record_year, diagnostics)
        });
    EventFacts {
        starts_at: starts_at.map_or(Moment::Day(UNREADABLE_DAY), |starts_at| starts_at.value),
        ends_at: ends_at.map(|ends_at| ends_at.value),
        status,
        repeats,
        registration,
    }
}

fn repeats_facts(
    mut fields: Fields<'_>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Repeats> {
    fields.require("every", diagnostics);
    fields.require("until", diagnostics);
    let every = fields.one_of("every", EVERY, diagnostics);
    let until = fields.date("until", record_year, diagnostics);
    let except = fields.dates("except", record_year, diagnostics);
    let repeats = Repeats {
        every: every?,
        until: fields.placed(until?),
        except: except.into_iter().map(|day| fields.placed(day)).collect(),
        place: fields.place(),
    };
    fields.finish(diagnostics);
    Some(repeats)
}

fn ends_before(start: Moment, end: Moment) -> bool {
    match (start, end) {
        (Moment::At(start), Moment::At(end)) => end <= start,
        (start, end) => end.date() < start.date(),
    }
}

fn registration_facts(
    mut fields: Fields<'_>,
    starts_at: Option<&Spanned<Moment>>,
    record_year: Option<i16>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RegistrationFacts> {
    let form = fields
        .required_text("form", diagnostics)
        .map(|form| fields.placed(form));
    let capacity = fields.number("capacity", 1, diagnostics);
    let max_party = fields.number("max_party", 1, diagnostics).unwrap_or(1);
    let waitlist = fields.yes("waitlist", false, diagnostics);
    let approval = fields.yes("approval", false, diagnostics);
    let opens_at = fields.date_time("opens_at", record_year, diagnostics);
    let closes_at = fields.date_time("closes_at", record_year, diagnostics);
    let mut refuse = |name: &str, bg: &str, en: &str| {
        diagnostics.push(Diagnostic::error(
            "X02",
            fields.place_of(name),
            Text::new(bg, en),
        ));
    };
    if let (Some(Moment::At(start)), Some(closes_at)) =
        (starts_at.map(|start| start.value), closes_at)
        && closes_at > start
    {
        refuse(
            "closes_at",
            "записването свършва след началото на събитието",
            "sign-up closes after the event begins",
        );
    }
    if opens_at
        .zip(closes_at)
        .is_some_and(|(opens_at, closes_at)| opens_at >= closes_at)
    {
        refuse(
            "opens_at",
            "записването започва, след като е свършило",
            "sign-up opens after it has closed",
        );
    }
    if capacity.is_some_and(|capacity| capacity < max_party) {
        refuse(
            "max_party",
            "една група не може да е по-голяма от местата",
            "a party cannot be larger than the number of places",
        );
    }
    fields.finish(diagnostics);
    Some(RegistrationFacts {
        form: form?,
        capacity,
        max_party,
        waitlist,
        approval,
        opens_at,
        closes_at,
    })
}
