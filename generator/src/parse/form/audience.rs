//! `eligibility`: who a form is for, and what everybody else is told.

use super::known_field;
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::fields::Fields;
use forms::{AgeRange, Condition, EligibilityRule, Field, Language};

/// Reads a rule.
pub(super) fn rule(
    mut rule: Fields<'_>,
    fields: &[Field],
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<EligibilityRule> {
    let name = rule.required_text("field", diagnostics);
    let condition = match rule.inside("age", diagnostics) {
        Some(age) => self::age(&mut rule, age, languages, diagnostics),
        None => one_of(&mut rule, languages, diagnostics),
    };
    let field = name.and_then(|name| {
        let field = known_field(&rule, &name, fields, diagnostics)?;
        if !field.required {
            rule.report(
                "G11",
                &name.span,
                Text::new(
                    format!(
                        "по „{}“ се решава за кого е формулярът, а въпросът не е задължителен",
                        name.value
                    ),
                    format!(
                        "“{}” decides who the form is for, but the question is not required",
                        name.value
                    ),
                ),
                Some(Text::new(
                    "махнете  required: false  от въпроса",
                    "remove  required: false  from the question",
                )),
                diagnostics,
            );
        }
        Some(field)
    });
    rule.finish(diagnostics);
    Some(EligibilityRule {
        field: field?.name.clone(),
        condition: condition?,
    })
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
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Condition> {
    let otherwise = rule.required_localized("otherwise", languages, diagnostics);
    let values: Vec<String> = rule
        .texts("one_of", diagnostics)
        .into_iter()
        .map(|value| value.value)
        .collect();
    if values.is_empty() {
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
    Some(Condition::OneOf { values, otherwise })
}
