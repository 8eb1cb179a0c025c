//! `eligibility`: who a form is for, and what everybody else is told.

use super::known_field;
use super::show_if::known_values;
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::fields::{Fields, Spanned};
use forms::{AgeRange, Condition, EligibilityRule, Field, FieldKind, Language, ReferenceDay};

const REFERENCE_DAYS: &[(&str, ReferenceDay)] = &[
    ("registration", ReferenceDay::Registration),
    ("event", ReferenceDay::Event),
];

/// Reads a rule.
pub(super) fn rule(
    mut rule: Fields<'_>,
    fields: &[Field],
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EligibilityRule> {
    let name = rule.required_text("field", diagnostics);
    let field = name
        .as_ref()
        .and_then(|name| known_field(&rule, name, fields, diagnostics));
    let condition = match rule.inside("age", diagnostics) {
        Some(age) => self::age(&mut rule, age, languages, diagnostics),
        None => one_of(&mut rule, field, languages, diagnostics),
    };
    if let Some(((name, field), condition)) = name.zip(field).zip(condition.as_ref()) {
        can_be_judged(&rule, &name, field, condition, diagnostics);
    }
    rule.finish(diagnostics);
    Some(EligibilityRule {
        field: field?.name.clone(),
        condition: condition?,
    })
}

/// A rule that nobody can meet would turn everybody away; one on an answer that may be left out would judge by silence.
fn can_be_judged(
    rule: &Fields<'_>,
    name: &Spanned<String>,
    field: &Field,
    condition: &Condition,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let can_be_met = match condition {
        Condition::Age { range, .. } => field.kind == FieldKind::PastDate && range.min <= range.max,
        Condition::OneOf { .. } => field.kind.options().is_some(),
    };
    if !can_be_met {
        let message = Text::new(
            format!("никой не може да изпълни условието за „{}“", field.name),
            format!("nobody can meet the condition on “{}”", field.name),
        );
        let hint = Text::new(
            "age е за въпрос от вид past_date, с min не по-голямо от max, а one_of изброява отговори на въпрос от вид radio, select или checkboxes",
            "age is for a question of the kind past_date, with min not above max; one_of lists answers of a question of the kind radio, select or checkboxes",
        );
        rule.report("G09", &name.span, message, Some(hint), diagnostics);
    }
    if !field.required {
        let message = Text::new(
            format!(
                "по „{}“ се решава за кого е формулярът, а въпросът не е задължителен",
                field.name
            ),
            format!(
                "“{}” decides who the form is for, but the question is not required",
                field.name
            ),
        );
        let hint = Text::new(
            "махнете  required: false  от въпроса",
            "remove  required: false  from the question",
        );
        rule.report("G11", &name.span, message, Some(hint), diagnostics);
    }
}

/// One text says it to the too young and the too old, unless they have texts of their own.
fn age(
    rule: &mut Fields<'_>,
    mut age: Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    let range = age
        .number("min", 0, diagnostics)
        .zip(age.number("max", 0, diagnostics));
    let on = age.one_of("on", REFERENCE_DAYS, diagnostics);
    age.finish(diagnostics);
    let too_young = rule.localized("too_young", languages, diagnostics);
    let too_old = rule.localized("too_old", languages, diagnostics);
    let otherwise = if too_young.is_some() && too_old.is_some() {
        rule.localized("otherwise", languages, diagnostics)
            .unwrap_or_default()
    } else {
        rule.required_localized("otherwise", languages, diagnostics)
    };
    let (min, max) = range?;
    Some(Condition::Age {
        on: on.unwrap_or_default(),
        range: AgeRange {
            min: i16::try_from(min).ok()?,
            max: i16::try_from(max).ok()?,
        },
        too_young: too_young.unwrap_or_else(|| otherwise.clone()),
        too_old: too_old.unwrap_or(otherwise),
    })
}

fn one_of(
    rule: &mut Fields<'_>,
    field: Option<&Field>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    let otherwise = rule.required_localized("otherwise", languages, diagnostics);
    let written = rule.texts("one_of", diagnostics);
    if written.is_empty() {
        diagnostics.push(Diagnostic::error(
            "G03",
            rule.place(),
            Text::new(
                "липсва условието: age или one_of",
                "the condition is missing: age or one_of",
            ),
        ));
        return None;
    }
    let values = match field.and_then(|field| field.kind.options()) {
        Some(options) => known_values(rule, &written, options, diagnostics),
        None => written.into_iter().map(|value| value.value).collect(),
    };
    Some(Condition::OneOf { values, otherwise })
}
