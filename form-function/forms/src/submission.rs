//! From posted values to a submission, or to every fault in them.

mod answer;
mod date;
mod error;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    Contact, Field, FieldKind, FieldName, FormDefinition, FormValues, MonthNames, PartySize,
};
use answer::{Circumstances, answer};

pub use answer::email_address;
pub(crate) use answer::is_invisible;
pub use error::{ErrorCode, FieldError};

/// A valid set of answers to one version of a form.
#[derive(Clone, PartialEq, Debug)]
pub struct Submission {
    /// How to reach the person.
    pub contact: Contact,
    /// How many places are asked for; one where the form does not ask.
    pub party_size: PartySize,
    /// Every answer that was given to a question that was asked, in canonical form: dates as `2009-05-31`, telephone
    /// numbers and numbers as digits, several values with commas between them in the order of the options.
    pub answers: BTreeMap<FieldName, String>,
}

/// Checks posted values against a form, on the day `today`. What answers a question that was not asked is left out.
///
/// # Errors
/// Every fault, in the order of the questions.
pub fn validate(
    definition: &FormDefinition,
    max_party: PartySize,
    values: &FormValues,
    months: &MonthNames,
    today: Date,
) -> Result<Submission, Vec<FieldError>> {
    let mut submission = Submission {
        contact: Contact::default(),
        party_size: PartySize::ONE,
        answers: BTreeMap::new(),
    };
    let with = Circumstances {
        max_party,
        months,
        today,
    };
    let mut errors = Vec::new();
    let mut unasked = Vec::new();
    for field in &definition.fields {
        if !definition.is_shown(field, &submission.answers) {
            unasked.push(&field.name);
            continue;
        }
        match answer(field, values, with) {
            Ok(Some(answer)) => take(field, answer, &mut submission),
            Ok(None) if field.required => errors.push((field, missing(field))),
            Ok(None) => {}
            Err(code) => errors.push((field, code)),
        }
    }
    let several: Vec<&FieldName> = definition
        .at_least_one
        .iter()
        .filter(|name| !unasked.contains(name))
        .collect();
    let answered = |name: &FieldName| {
        submission.answers.contains_key(name) || errors.iter().any(|(field, _)| field.name == *name)
    };
    if let Some(first) = several
        .first()
        .filter(|_| !several.iter().copied().any(answered))
        .and_then(|name| definition.field(name))
    {
        errors.push((first, ErrorCode::NoneOfSeveral));
        errors.sort_by_key(|(field, _)| {
            definition
                .fields
                .iter()
                .position(|other| other.name == field.name)
        });
    }
    if errors.is_empty() {
        return Ok(submission);
    }
    Err(errors
        .into_iter()
        .map(|(field, code)| FieldError {
            field: field.name.clone(),
            code,
        })
        .collect())
}

fn missing(field: &Field) -> ErrorCode {
    if field.kind == FieldKind::Consent {
        ErrorCode::Consent
    } else {
        ErrorCode::Missing
    }
}

fn take(field: &Field, answer: String, submission: &mut Submission) {
    match field.kind {
        FieldKind::Name => submission.contact.name.clone_from(&answer),
        FieldKind::Email => submission.contact.email = Some(answer.clone()),
        FieldKind::Telephone => submission.contact.telephone = Some(answer.clone()),
        FieldKind::PartySize => {
            submission.party_size = answer
                .parse()
                .ok()
                .and_then(PartySize::new)
                .unwrap_or(PartySize::ONE);
        }
        _ => {}
    }
    submission.answers.insert(field.name.clone(), answer);
}
