//! The rules between the fields of one file.

use forms::Moment;

use super::record::{Read, Record};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Relation, Rule};
use crate::parse::fields::Spanned;

/// Judges a record. Of a field that breaks several rules only the first one is told.
pub(super) fn judge(
    record: &Record<'_>,
    rules: impl Iterator<Item = &'static Rule>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut told: Vec<&str> = Vec::new();
    for rule in rules {
        if !told.contains(&rule.field)
            && let Some(place) = broken(record, rule)
        {
            told.push(rule.field);
            let other = record
                .at(rule.other)
                .map_or("", |other| record.fields().file.slice(&other.span));
            diagnostics.push(
                Diagnostic::error(rule.code, place, rule.message.fill(other))
                    .maybe_hint(rule.hint.map(|hint| hint.fill(other))),
            );
        }
    }
}

/// Where a rule is broken.
fn broken(record: &Record<'_>, rule: &Rule) -> Option<Place> {
    let field = record.at(rule.field);
    let other = record.at(rule.other);
    let place = |found: &Spanned<Read<'_>>| Place::span(record.fields().file, &found.span);
    match rule.relation {
        Relation::Or => {
            if is_said(field) || is_said(other) {
                return None;
            }
            let (parent, name) = match rule.field.rsplit_once('.') {
                Some((parent, name)) => (Some(parent), name),
                None => (None, rule.field),
            };
            match parent {
                None => record.fields().missing_place(name),
                // Without the field around them nothing is missing.
                Some(parent) => match &record.at(parent)?.value {
                    Read::Inside(record) => record.fields().missing_place(name),
                    _ => None,
                },
            }
        }
        Relation::Needs => {
            let needs = matches!(field?.value, Read::Yes(true)) && other.is_none();
            field.filter(|_| needs).map(place)
        }
        Relation::AtMost => match (&field?.value, &other?.value) {
            (Read::Whole(number), Read::Whole(most)) if number > most => field.map(place),
            _ => None,
        },
        Relation::After | Relation::Before | Relation::NotAfter => {
            match (&field?.value, &other?.value) {
                (Read::Moment(moment), Read::Moment(other))
                    if !holds(rule.relation, *moment, *other) =>
                {
                    field.map(place)
                }
                _ => None,
            }
        }
    }
}

fn is_said(found: Option<&Spanned<Read<'_>>>) -> bool {
    match found.map(|found| &found.value) {
        None | Some(Read::Yes(false)) => false,
        Some(Read::Text(text)) => !text.is_empty(),
        Some(_) => true,
    }
}

fn holds(relation: Relation, moment: Moment, other: Moment) -> bool {
    match (relation, moment, other) {
        (Relation::After, Moment::At(moment), Moment::At(other)) => moment > other,
        (Relation::After, moment, other) => moment.date() >= other.date(),
        (Relation::Before, Moment::At(moment), Moment::At(other)) => moment < other,
        (Relation::Before, moment, other) => moment.date() <= other.date(),
        (Relation::NotAfter, Moment::At(moment), Moment::At(other)) => moment <= other,
        _ => true,
    }
}
