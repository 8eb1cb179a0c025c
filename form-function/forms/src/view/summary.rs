//! "Check your answers": every question with its answer in words.

use serde::Serialize;

use super::is_asked;
use crate::field::chosen;
use crate::{Field, FieldKind, FormDefinition, PartySize, Strings, Submission, date_in_words};

/// A row of "check your answers".
#[derive(Clone, Debug, Serialize)]
pub struct SummaryRow {
    /// The question.
    pub label: String,
    /// The answer in words; empty when it was left out.
    pub value: String,
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
        .filter(|field| definition.is_shown(field, &submission.answers))
        .map(|field| SummaryRow {
            label: field.label.text(&strings.language).to_owned(),
            value: submission
                .answers
                .get(&field.name)
                .map(|answer| answer_in_words(field, answer, strings))
                .unwrap_or_default(),
        })
        .collect()
}

/// An answer in canonical form, in words.
pub fn answer_in_words(field: &Field, answer: &str, strings: &Strings) -> String {
    match &field.kind {
        FieldKind::PastDate | FieldKind::Date { .. } => answer
            .parse()
            .map_or_else(|_| answer.to_owned(), |date| date_in_words(strings, date)),
        FieldKind::Radio { options }
        | FieldKind::Select { options }
        | FieldKind::Checkboxes { options } => chosen(answer)
            .map(|value| {
                let option = options.iter().find(|option| option.value == value);
                option.map_or(value, |option| option.label.text(&strings.language))
            })
            .collect::<Vec<_>>()
            .join(", "),
        FieldKind::Consent => strings.text("form.agreed").to_owned(),
        FieldKind::PartySize => answer.parse().map_or_else(
            |_| answer.to_owned(),
            |places| strings.count("form.places", places),
        ),
        _ => answer.to_owned(),
    }
}
