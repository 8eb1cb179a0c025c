//! What the template of a form may print: the definition, the answers so far and the faults in them, in one language.
//!
//! The generator draws the blank form from this view and the form function the refused one, with the same component.

mod condition;
mod field;
mod retention;
mod summary;

use serde::Serialize;

use crate::{
    Activity, Field, FieldError, FieldKind, FormDefinition, FormValues, PartySize, Strings,
};
use condition::Conditions;
use field::field_view;

pub use retention::retention_in_words;
pub use summary::{SummaryRow, answer_in_words, summary_rows};

/// A form, ready to be drawn.
#[derive(Clone, Debug, Serialize)]
pub struct FormView {
    /// Where it is posted.
    pub action: String,
    /// The heading above the questions.
    pub title: String,
    /// A sentence or two under the heading; may be empty.
    pub intro: String,
    /// The questions.
    pub fields: Vec<FieldView>,
    /// Every fault, in the order of the questions.
    pub errors: Vec<ErrorView>,
    /// What happens with the answers.
    pub notice: String,
    /// How long the answers are kept.
    pub retention: String,
    /// The language, posted along so that the answer comes in it.
    pub language: String,
}

/// A line of the error summary.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorView {
    /// The id of the control to go to.
    pub target: String,
    /// The message, the same as at the field.
    pub message: String,
}

/// One question, ready to be drawn.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// Which control: `text`, `email`, `tel`, `number`, `textarea`, `select`, `date`, `radio`, `checkboxes` or `checkbox`.
    pub control: &'static str,
    /// The name of the control; of a date the beginning of its parts' names.
    pub name: String,
    /// The id of the first control.
    pub id: String,
    /// The question.
    pub label: String,
    /// Help under the question; may be empty.
    pub hint: String,
    /// The message; empty when there is none.
    pub error: String,
    /// Who is asked, in words; empty when everybody is.
    pub condition: String,
    /// The number of that condition in the form, for styles that hide the question until it is met; zero where there is
    /// none, or more than styles know.
    pub shown_by: usize,
    /// The numbers of the conditions that ticking a `checkbox` meets, with spaces between them.
    pub shows: String,
    /// The ids of condition, hint and message, for `aria-describedby`; may be empty.
    pub described_by: String,
    /// Whether the question may be left out, whatever the others are answered.
    pub optional: bool,
    /// The answer so far.
    pub value: String,
    /// The value for `autocomplete`; may be empty.
    pub autocomplete: &'static str,
    /// Longest answer in characters.
    pub max_length: Option<u32>,
    /// How many characters a `number` takes, for its width.
    pub width: u8,
    /// The value for `inputmode`; may be empty.
    pub input_mode: &'static str,
    /// What to choose from, for `radio`, `checkboxes` and `select`.
    pub choices: Vec<ChoiceView>,
    /// The boxes of a date.
    pub parts: Vec<DatePartView>,
}

/// One of the answers to choose from.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// The id of the control.
    pub id: String,
    /// What is posted.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it is the answer so far, or part of it.
    pub chosen: bool,
    /// The numbers of the conditions that choosing it meets, with spaces between them.
    pub shows: String,
}

/// One of the boxes of a date.
#[derive(Clone, Debug, Serialize)]
pub struct DatePartView {
    /// The id of the control.
    pub id: String,
    /// The name of the control.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// The answer so far.
    pub value: String,
    /// The value for `autocomplete`.
    pub autocomplete: &'static str,
    /// How many characters it takes, for its width.
    pub width: u8,
}

/// The view of the form of an activity, with the answers so far and the faults in them.
pub fn form_view(
    definition: &FormDefinition,
    activity: &Activity,
    strings: &Strings,
    values: &FormValues,
    errors: &[FieldError],
) -> FormView {
    let language = &strings.language;
    let fields = field_views(definition, activity.max_party(), strings, values, errors);
    FormView {
        action: format!("/forms/{}", activity.slug),
        title: definition.title.text(language).to_owned(),
        intro: definition
            .intro
            .as_ref()
            .map(|intro| intro.text(language).to_owned())
            .unwrap_or_default(),
        errors: error_views(&fields),
        fields,
        notice: definition.notice.text(language).to_owned(),
        retention: retention_in_words(definition, activity, strings),
        language: language.as_str().to_owned(),
    }
}

/// The views of the questions that are asked, with the answers so far and the faults in them.
pub fn field_views(
    definition: &FormDefinition,
    max_party: PartySize,
    strings: &Strings,
    values: &FormValues,
    errors: &[FieldError],
) -> Vec<FieldView> {
    let message = |field: &Field| {
        errors
            .iter()
            .find(|error| error.field == field.name)
            .map(|error| error.message(definition, strings, max_party))
            .unwrap_or_default()
    };
    let conditions = Conditions::of(definition, max_party, strings);
    definition
        .fields
        .iter()
        .filter(|field| is_asked(field, max_party))
        .map(|field| {
            let optional = definition.is_optional(field);
            field_view(
                field,
                max_party,
                &conditions,
                values,
                message(field),
                optional,
            )
        })
        .collect()
}

/// The error summary of these questions.
pub fn error_views(fields: &[FieldView]) -> Vec<ErrorView> {
    let refused = fields.iter().filter(|field| !field.error.is_empty());
    refused
        .map(|field| ErrorView {
            target: field.id.clone(),
            message: field.error.clone(),
        })
        .collect()
}

/// Names and values for a page that posts the answers once more: what the form asks and what was answered, nothing else.
pub fn posted_again(
    definition: &FormDefinition,
    max_party: PartySize,
    values: &FormValues,
) -> Vec<(String, String)> {
    let mut posted = Vec::new();
    for field in &definition.fields {
        // Elsewhere the first value is the answer.
        let most = match field.kind {
            FieldKind::Checkboxes { .. } => usize::MAX,
            _ => 1,
        };
        for name in field
            .posted_names()
            .into_iter()
            .filter(|_| is_asked(field, max_party))
        {
            let values = values.all(&name).take(most);
            posted.extend(
                values
                    .filter(|value| !value.is_empty())
                    .map(|value| (name.clone(), value.to_owned())),
            );
        }
    }
    posted
}

/// A party of one is not asked about.
fn is_asked(field: &Field, max_party: PartySize) -> bool {
    field.kind != FieldKind::PartySize || max_party > PartySize::ONE
}
