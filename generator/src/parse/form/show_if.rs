//! `show_if`: who is asked a question, by the answer to an earlier one.

use super::known_field;
use super::question::Question;
use crate::diagnostic::{Diagnostic, Text, closest, did_you_mean};
use crate::parse::fields::{Fields, Spanned};
use forms::{AGREED, Choice, Field, FieldKind, ShowIf};

/// The questions, each with the condition under which it is asked.
pub(super) fn resolve(
    questions: Vec<Question<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let (mut fields, conditions): (Vec<Field>, Vec<Option<Fields<'_>>>) = questions
        .into_iter()
        .map(|question| (question.field, question.show_if))
        .unzip();
    let is_conditional: Vec<bool> = conditions.iter().map(Option::is_some).collect();
    for (index, condition) in conditions.into_iter().enumerate() {
        let Some(condition) = condition else { continue };
        fields[index].show_if = read(condition, &fields, index, &is_conditional, diagnostics);
    }
    fields
}

fn read(
    mut written: Fields<'_>,
    fields: &[Field],
    index: usize,
    is_conditional: &[bool],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ShowIf> {
    let name = written.required_text("field", diagnostics);
    let values = written.texts("is", diagnostics);
    let asked = name.as_ref().and_then(|name| {
        let asked = known_field(&written, name, fields, diagnostics)?;
        let position = fields.iter().position(|field| field.name == asked.name)?;
        let fault = if position >= index {
            Some(Text::new(
                format!("въпросът „{}“ трябва да е по-нагоре от този", asked.name),
                format!("the question “{}” must stand above this one", asked.name),
            ))
        } else if is_conditional[position] {
            Some(Text::new(
                format!("въпросът „{}“ сам има show_if", asked.name),
                format!("the question “{}” has a show_if itself", asked.name),
            ))
        } else {
            None
        };
        let Some(fault) = fault else {
            return Some(asked);
        };
        let hint = Text::new(
            "изберете по-горен въпрос, който се задава на всички",
            "choose a question above that everybody is asked",
        );
        written.report("G10", &name.span, fault, Some(hint), diagnostics);
        None
    });
    let is = asked.and_then(|asked| match (asked.kind.options(), &asked.kind) {
        (Some(options), _) => {
            written.require("is", diagnostics);
            Some(known_values(&written, &values, options, diagnostics))
        }
        (None, FieldKind::Consent) => {
            if let Some(other) = values.iter().find(|value| value.value != AGREED) {
                let message = Text::new(
                    "въпрос по съгласие се задава само на който го е дал",
                    "a question about a consent is asked only of those who gave it",
                );
                let hint = Text::new(
                    format!("махнете  is  или напишете  is: {AGREED}"),
                    format!("remove  is, or write  is: {AGREED}"),
                );
                written.report("G10", &other.span, message, Some(hint), diagnostics);
            }
            Some(vec![AGREED.to_owned()])
        }
        _ => {
            let message = Text::new(
                format!("въпросът „{}“ няма отговори за избор", asked.name),
                format!(
                    "the question “{}” has no answers to choose from",
                    asked.name
                ),
            );
            let hint = Text::new(
                "show_if е по въпрос от вид radio, select, checkboxes или consent",
                "show_if is about a question of the kind radio, select, checkboxes or consent",
            );
            let span = &name.as_ref()?.span;
            written.report("G10", span, message, Some(hint), diagnostics);
            None
        }
    });
    let condition = asked.zip(is).map(|(asked, is)| ShowIf {
        field: asked.name.clone(),
        is,
    });
    written.finish(diagnostics);
    condition
}

/// The values that the other question has. Those that it does not have are reported.
pub(super) fn known_values(
    fields: &Fields<'_>,
    values: &[Spanned<String>],
    options: &[Choice],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let known: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
    for value in values
        .iter()
        .filter(|value| !known.contains(&value.value.as_str()))
    {
        let hint = closest(&value.value, &known).map_or_else(
            || {
                Text::new(
                    format!("възможни са: {}", known.join(", ")),
                    format!("possible are: {}", known.join(", ")),
                )
            },
            did_you_mean,
        );
        let message = Text::new(
            format!("въпросът няма отговор „{}“", value.value),
            format!("the question has no answer “{}”", value.value),
        );
        fields.report("V07", &value.span, message, Some(hint), diagnostics);
    }
    values.iter().map(|value| value.value.clone()).collect()
}
