//! What is wrong with an answer, and how a visitor is told.

use serde::Serialize;

use crate::{Field, FieldKind, FieldName, FormDefinition, PartySize, Strings, date_in_words};

/// An answer that cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError {
    /// The field.
    pub field: FieldName,
    /// The fault.
    pub code: ErrorCode,
}

/// What is wrong with an answer. The names are part of the JSON interface and of the strings files (`errors.*`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A required answer is missing.
    Missing,
    /// None of several fields was answered of which one must be.
    NoneOfSeveral,
    /// Longer than the field takes.
    TooLong,
    /// Not an e-mail address.
    Email,
    /// Not a telephone number.
    Telephone,
    /// Not a whole number.
    Number,
    /// A number below the smallest answer.
    NumberSmall,
    /// A number above the largest answer.
    NumberLarge,
    /// Not among the answers to choose from.
    Choice,
    /// Not a number of places that this activity gives to one person.
    PartySize,
    /// A date without its day, month or year.
    DateIncomplete,
    /// A year of fewer than four digits.
    DateYear,
    /// No such day.
    DateUnreal,
    /// A day that has not come yet.
    DateFuture,
    /// A day before the first one that is an answer.
    DateEarly,
    /// A day after the last one that is an answer.
    DateLate,
    /// A consent that was not given.
    Consent,
}

impl ErrorCode {
    /// The name in strings files and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Missing => "missing",
            ErrorCode::NoneOfSeveral => "none_of_several",
            ErrorCode::TooLong => "too_long",
            ErrorCode::Email => "email",
            ErrorCode::Telephone => "telephone",
            ErrorCode::Number => "number",
            ErrorCode::NumberSmall => "number_small",
            ErrorCode::NumberLarge => "number_large",
            ErrorCode::Choice => "choice",
            ErrorCode::PartySize => "party_size",
            ErrorCode::DateIncomplete => "date_incomplete",
            ErrorCode::DateYear => "date_year",
            ErrorCode::DateUnreal => "date_unreal",
            ErrorCode::DateFuture => "date_future",
            ErrorCode::DateEarly => "date_early",
            ErrorCode::DateLate => "date_late",
            ErrorCode::Consent => "consent",
        }
    }
}

impl FieldError {
    /// The message for a visitor, the same at the field and in the summary.
    pub fn message(
        &self,
        definition: &FormDefinition,
        strings: &Strings,
        max_party: PartySize,
    ) -> String {
        let field = definition.field(&self.field);
        let own = field.filter(|_| matches!(self.code, ErrorCode::Missing | ErrorCode::Consent));
        if let Some(missing) = own.and_then(|field| field.missing.as_ref()) {
            return missing.text(&strings.language).to_owned();
        }
        let label = field.map_or("", |field| field.label.text(&strings.language));
        let [min, max] = limits(self.code, field, strings, max_party);
        strings.fill(
            &format!("errors.{}", self.text_name(field)),
            &[("label", label), ("min", &min), ("max", &max)],
        )
    }

    /// What is typed in is asked for in other words than what is chosen; both are missing.
    fn text_name(&self, field: Option<&Field>) -> &'static str {
        match (self.code, field.map(|field| &field.kind)) {
            (ErrorCode::Missing, Some(FieldKind::Radio { .. } | FieldKind::Select { .. })) => {
                "missing_choice"
            }
            (ErrorCode::Missing, Some(FieldKind::Checkboxes { .. })) => "missing_choices",
            _ => self.code.as_str(),
        }
    }
}

/// The smallest and the largest answer that a message may name, in words.
fn limits(
    code: ErrorCode,
    field: Option<&Field>,
    strings: &Strings,
    max_party: PartySize,
) -> [String; 2] {
    let number = |limit: Option<i64>| limit.map(|limit| limit.to_string());
    let day = |limit: Option<jiff::civil::Date>| limit.map(|day| date_in_words(strings, day));
    let limits = match (code, field.map(|field| &field.kind)) {
        (ErrorCode::PartySize, _) => [None, Some(max_party.places().to_string())],
        (_, Some(FieldKind::Number { min, max })) => [number(*min), number(*max)],
        (_, Some(FieldKind::Date { min, max })) => [day(*min), day(*max)],
        (_, Some(kind)) => [None, number(kind.max_length().map(i64::from))],
        (_, None) => [None, None],
    };
    limits.map(Option::unwrap_or_default)
}
