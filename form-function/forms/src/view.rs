//! What the template of a form may print: the definition, the answers so far and the faults in them, in one language.
//!
//! The generator draws the blank form from this view and the form function the refused one, with the same component.

use serde::Serialize;

use crate::submission::DATE_PARTS;
use crate::{
    Field, FieldError, FieldKind, FormDefinition, FormValues, PartySize, Strings, Submission,
    date_in_words,
};

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
    /// Which control: `text`, `email`, `tel`, `textarea`, `select`, `date`, `radio` or `checkbox`.
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
    /// The ids of hint and message, for `aria-describedby`; may be empty.
    pub described_by: String,
    /// Whether the question may be left out.
    pub optional: bool,
    /// The answer so far.
    pub value: String,
    /// The value for `autocomplete`; may be empty.
    pub autocomplete: &'static str,
    /// Longest answer in characters.
    pub max_length: Option<u32>,
    /// What to choose from, for `radio` and `select`.
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
    /// Whether it is the answer so far.
    pub chosen: bool,
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

/// A row of "check your answers".
#[derive(Clone, Debug, Serialize)]
pub struct SummaryRow {
    /// The question.
    pub label: String,
    /// The answer in words; empty when it was left out.
    pub value: String,
}

/// The view of a form, with the answers so far and the faults in them.
pub fn form_view(
    definition: &FormDefinition,
    action: String,
    max_party: PartySize,
    strings: &Strings,
    values: &FormValues,
    errors: &[FieldError],
) -> FormView {
    let language = &strings.language;
    let message = |field: &Field| {
        errors
            .iter()
            .find(|error| error.field == field.name)
            .map(|error| error.message(definition, strings, max_party))
            .unwrap_or_default()
    };
    let fields: Vec<FieldView> = definition
        .fields
        .iter()
        .filter(|field| is_asked(field, max_party))
        .map(|field| field_view(field, max_party, strings, values, message(field)))
        .collect();
    FormView {
        action,
        title: definition.title.text(language).to_owned(),
        intro: definition
            .intro
            .as_ref()
            .map(|intro| intro.text(language).to_owned())
            .unwrap_or_default(),
        errors: fields
            .iter()
            .filter(|field| !field.error.is_empty())
            .map(|field| ErrorView {
                target: field.id.clone(),
                message: field.error.clone(),
            })
            .collect(),
        fields,
        notice: definition.notice.text(language).to_owned(),
        language: language.as_str().to_owned(),
    }
}

/// The rows of "check your answers" and of a receipt.
pub fn summary_rows(
    definition: &FormDefinition,
    max_party: PartySize,
    submission: &Submission,
    strings: &Strings,
) -> Vec<SummaryRow> {
    definition
        .fields
        .iter()
        .filter(|field| is_asked(field, max_party))
        .map(|field| SummaryRow {
            label: field.label.text(&strings.language).to_owned(),
            value: submission
                .answers
                .get(&field.name)
                .map(|answer| in_words(field, answer, strings))
                .unwrap_or_default(),
        })
        .collect()
}

/// A party of one is not asked about.
fn is_asked(field: &Field, max_party: PartySize) -> bool {
    field.kind != FieldKind::PartySize || max_party > PartySize::ONE
}

fn in_words(field: &Field, answer: &str, strings: &Strings) -> String {
    match &field.kind {
        FieldKind::PastDate => answer
            .parse()
            .map_or_else(|_| answer.to_owned(), |date| date_in_words(strings, date)),
        FieldKind::Radio { options } => options
            .iter()
            .find(|option| option.value == answer)
            .map_or_else(
                || answer.to_owned(),
                |option| option.label.text(&strings.language).to_owned(),
            ),
        FieldKind::Consent => strings.text("form.agreed").to_owned(),
        FieldKind::PartySize => answer.parse().map_or_else(
            |_| answer.to_owned(),
            |places| strings.count("form.places", places),
        ),
        _ => answer.to_owned(),
    }
}

fn field_view(
    field: &Field,
    max_party: PartySize,
    strings: &Strings,
    values: &FormValues,
    error: String,
) -> FieldView {
    let name = field.name.as_str();
    let hint = field
        .hint
        .as_ref()
        .map(|hint| hint.text(&strings.language).to_owned())
        .unwrap_or_default();
    let value = values.get(name).to_owned();
    let choices = choices(field, max_party, strings, &value);
    let parts = if field.kind == FieldKind::PastDate {
        date_parts(field, strings, values)
    } else {
        Vec::new()
    };
    let id = match (&field.kind, choices.first(), parts.first()) {
        (FieldKind::Radio { .. }, Some(first), _) => first.id.clone(),
        (_, _, Some(first)) => first.id.clone(),
        _ => id_of(name),
    };
    FieldView {
        control: control(&field.kind),
        name: name.to_owned(),
        id,
        label: field.label.text(&strings.language).to_owned(),
        described_by: [("hint", &hint), ("error", &error)]
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(part, _)| format!("{name}-{part}"))
            .collect::<Vec<_>>()
            .join(" "),
        hint,
        error,
        optional: !field.required,
        value,
        autocomplete: autocomplete(&field.kind),
        max_length: field.kind.max_length(),
        choices,
        parts,
    }
}

/// The id of a control, which no heading of the page can have as well: theirs have no underscore.
fn id_of(name: &str) -> String {
    format!("field_{name}")
}

fn control(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Name | FieldKind::Text { .. } => "text",
        FieldKind::Email => "email",
        FieldKind::Telephone => "tel",
        FieldKind::LongText { .. } => "textarea",
        FieldKind::PartySize => "select",
        FieldKind::PastDate => "date",
        FieldKind::Radio { .. } => "radio",
        FieldKind::Consent => "checkbox",
    }
}

fn autocomplete(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Name => "name",
        FieldKind::Email => "email",
        FieldKind::Telephone => "tel",
        _ => "",
    }
}

fn choices(field: &Field, max_party: PartySize, strings: &Strings, value: &str) -> Vec<ChoiceView> {
    let choice = |value_of: &str, label: String, chosen: bool| ChoiceView {
        id: id_of(&format!("{}-{value_of}", field.name)),
        value: value_of.to_owned(),
        label,
        chosen,
    };
    match &field.kind {
        FieldKind::PartySize => (1..=max_party.places())
            .map(|places| {
                let posted = places.to_string();
                let chosen = posted == value;
                choice(&posted, strings.count("form.places", places), chosen)
            })
            .collect(),
        FieldKind::Radio { options } => options
            .iter()
            .map(|option| {
                choice(
                    &option.value,
                    option.label.text(&strings.language).to_owned(),
                    option.value == value,
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn date_parts(field: &Field, strings: &Strings, values: &FormValues) -> Vec<DatePartView> {
    let details = [
        ("form.day", "bday-day", 2),
        ("form.month", "bday-month", 8),
        ("form.year", "bday-year", 4),
    ];
    DATE_PARTS
        .into_iter()
        .zip(details)
        .map(|(part, (label, autocomplete, width))| {
            let name = format!("{}_{part}", field.name);
            DatePartView {
                id: id_of(&name),
                value: values.get(&name).to_owned(),
                name,
                label: strings.text(label).to_owned(),
                autocomplete,
                width,
            }
        })
        .collect()
}
