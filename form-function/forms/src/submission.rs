//! From posted values to a submission, or to every fault in them.

mod past_date;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::{Contact, Field, FieldKind, FieldName, FormDefinition, FormValues, PartySize, Strings};
use past_date::past_date;

pub(crate) use past_date::DATE_PARTS;

/// A valid set of answers to one version of a form.
#[derive(Clone, PartialEq, Debug)]
pub struct Submission {
    /// How to reach the person.
    pub contact: Contact,
    /// How many places are asked for; one where the form does not ask.
    pub party_size: PartySize,
    /// Every answer that was given, in canonical form: dates as `2009-05-31`, telephone numbers as digits.
    pub answers: BTreeMap<FieldName, String>,
}

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
            ErrorCode::Choice => "choice",
            ErrorCode::PartySize => "party_size",
            ErrorCode::DateIncomplete => "date_incomplete",
            ErrorCode::DateYear => "date_year",
            ErrorCode::DateUnreal => "date_unreal",
            ErrorCode::DateFuture => "date_future",
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
        let max = match self.code {
            ErrorCode::PartySize => max_party.places(),
            _ => field
                .and_then(|field| field.kind.max_length())
                .unwrap_or_default(),
        };
        strings.fill(
            &format!("errors.{}", self.code.as_str()),
            &[("label", label), ("max", &max.to_string())],
        )
    }
}

/// Checks posted values against a form, on the day `today`, with month names in the visitor's language.
///
/// # Errors
/// Every fault, in the order of the questions.
pub fn validate(
    definition: &FormDefinition,
    max_party: PartySize,
    values: &FormValues,
    strings: &Strings,
    today: Date,
) -> Result<Submission, Vec<FieldError>> {
    let mut submission = Submission {
        contact: Contact::default(),
        party_size: PartySize::ONE,
        answers: BTreeMap::new(),
    };
    let mut errors = Vec::new();
    for field in &definition.fields {
        match answer(field, max_party, values, strings, today) {
            Ok(Some(answer)) => take(field, answer, &mut submission),
            Ok(None) if field.required => errors.push((field, missing(field))),
            Ok(None) => {}
            Err(code) => errors.push((field, code)),
        }
    }
    let several = &definition.at_least_one;
    let answered = |name: &FieldName| {
        submission.answers.contains_key(name) || errors.iter().any(|(field, _)| field.name == *name)
    };
    if let Some(first) = several
        .first()
        .filter(|_| !several.iter().any(answered))
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

/// The canonical answer to one question; `None` when nothing was answered.
fn answer(
    field: &Field,
    max_party: PartySize,
    values: &FormValues,
    strings: &Strings,
    today: Date,
) -> Result<Option<String>, ErrorCode> {
    if field.kind == FieldKind::PastDate {
        return past_date(field, values, strings, today)
            .map(|date| date.map(|date| date.to_string()));
    }
    let typed = values.get(field.name.as_str());
    if typed.is_empty() {
        // A party of one is not asked about.
        let unasked = field.kind == FieldKind::PartySize && max_party == PartySize::ONE;
        return Ok(unasked.then(|| "1".to_owned()));
    }
    // A line end travels as two characters; the browser's `maxlength` counts it as one.
    let length = typed.replace("\r\n", "\n").chars().count();
    let too_long = |max: u32| length > usize::try_from(max).unwrap_or(usize::MAX);
    if field.kind.max_length().is_some_and(too_long) {
        return Err(ErrorCode::TooLong);
    }
    match &field.kind {
        FieldKind::Name | FieldKind::Text { .. } => Ok(Some(one_line(typed))),
        FieldKind::LongText { .. } => Ok(Some(typed.replace("\r\n", "\n"))),
        FieldKind::Email => email_address(typed).map(Some).ok_or(ErrorCode::Email),
        FieldKind::Telephone => telephone(typed).map(Some).ok_or(ErrorCode::Telephone),
        FieldKind::PartySize => match typed.parse::<u32>() {
            Ok(places) if (1..=max_party.places()).contains(&places) => {
                Ok(Some(places.to_string()))
            }
            _ => Err(ErrorCode::PartySize),
        },
        FieldKind::Radio { options } => options
            .iter()
            .find(|option| option.value == typed)
            .map(|option| Some(option.value.clone()))
            .ok_or(ErrorCode::Choice),
        FieldKind::Consent => {
            if typed == "yes" {
                Ok(Some(typed.to_owned()))
            } else {
                Err(ErrorCode::Consent)
            }
        }
        FieldKind::PastDate => Ok(None),
    }
}

/// Control characters would let an answer start a line of its own in a mail header or a list.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

/// A valid e-mail address in the sense of `input type=email` (HTML Living Standard, 4.10.5.1.5), so that the browser and
/// we accept the same; and with a dot in the domain, since ours are never local.
pub fn email_address(typed: &str) -> Option<String> {
    let address: String = typed
        .chars()
        .filter(|character| !is_invisible(*character))
        .collect();
    let (local, domain) = address.split_once('@')?;
    let local_ok = !local.is_empty()
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (local_ok && domain.contains('.') && domain.split('.').all(label_ok))
        .then(|| address.to_ascii_lowercase())
}

/// Digits with an optional leading `+`, from what people type: spaces, dashes, dots, slashes and brackets.
fn telephone(typed: &str) -> Option<String> {
    let is_separator =
        |character: char| " -–./()\u{a0}".contains(character) || is_invisible(character);
    let number: String = typed
        .chars()
        .filter(|character| !is_separator(*character))
        .collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    // E.164 allows 15 digits; the shortest numbers that are anybody's have 6.
    ((6..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(number)
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::{email_address, telephone};

    #[test]
    fn usual_ways_to_write_a_telephone_number_are_one_number() {
        for typed in [
            "0888 123 456",
            "0888-123-456",
            "(0888) 123.456",
            "0888\u{a0}123456",
        ] {
            assert_eq!(telephone(typed).as_deref(), Some("0888123456"), "{typed}");
        }
        assert_eq!(
            telephone("+359 888 123 456").as_deref(),
            Some("+359888123456")
        );
        for typed in [
            "12345",
            "0888 12a 456",
            "++359888123456",
            "1234567890123456",
        ] {
            assert_eq!(telephone(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_address_is_what_a_browser_takes_for_one() {
        assert_eq!(
            email_address("Ana.Sample+x@Example.BG").as_deref(),
            Some("ana.sample+x@example.bg")
        );
        assert_eq!(
            email_address("\u{200b}ana@example.bg").as_deref(),
            Some("ana@example.bg")
        );
        for typed in [
            "ana",
            "ana@",
            "@example.bg",
            "ana@example",
            "ana@@example.bg",
            "ana@-a.bg",
            "ana b@example.bg",
            "ана@example.bg",
        ] {
            assert_eq!(email_address(typed), None, "{typed}");
        }
    }
}
