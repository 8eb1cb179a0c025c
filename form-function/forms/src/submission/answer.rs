//! The canonical answer to one question, from what was typed or chosen.

use std::borrow::Cow;

use jiff::civil::Date;

use super::date::{date, past_date};
use super::error::ErrorCode;
use crate::field::{AGREED, Choice, choice_of};
use crate::{Field, FieldKind, FormValues, MonthNames, PartySize, telephone};

/// What answers are read with.
#[derive(Clone, Copy)]
pub(super) struct Circumstances<'a> {
    pub(super) max_party: PartySize,
    pub(super) months: &'a MonthNames,
    pub(super) today: Date,
}

/// The canonical answer to one question; `None` when nothing was answered.
pub(super) fn answer(
    field: &Field,
    values: &FormValues,
    with: Circumstances<'_>,
) -> Result<Option<String>, ErrorCode> {
    let name = field.name.as_str();
    match &field.kind {
        FieldKind::PastDate => return past_date(field, values, with).map(in_digits),
        FieldKind::Date { min, max } => {
            return date(field, values, with, [*min, *max]).map(in_digits);
        }
        FieldKind::Checkboxes { options } => return choices(options, values.all(name)),
        _ => {}
    }
    let typed = visible(values.get(name));
    let typed = typed.as_ref();
    if typed.is_empty() {
        // A party of one is not asked about.
        let unasked = field.kind == FieldKind::PartySize && with.max_party == PartySize::ONE;
        return Ok(unasked.then(|| "1".to_owned()));
    }
    // A line end travels as two characters; the browser's `maxlength` counts it as one.
    let length = typed.replace("\r\n", "\n").chars().count();
    let too_long = |max: u32| length > usize::try_from(max).unwrap_or(usize::MAX);
    if field.kind.max_length().is_some_and(too_long) {
        return Err(ErrorCode::TooLong);
    }
    match &field.kind {
        FieldKind::Name | FieldKind::Text { .. } => Ok(one_line(typed)),
        FieldKind::LongText { .. } => Ok(typed.replace("\r\n", "\n")),
        FieldKind::Email => email_address(typed).ok_or(ErrorCode::Email),
        FieldKind::Telephone => telephone(typed).ok_or(ErrorCode::Telephone),
        FieldKind::Number { min, max } => match whole_number(typed) {
            None => Err(ErrorCode::Number),
            Some(number) if min.is_some_and(|min| number < min) => Err(ErrorCode::NumberSmall),
            Some(number) if max.is_some_and(|max| number > max) => Err(ErrorCode::NumberLarge),
            Some(number) => Ok(number.to_string()),
        },
        FieldKind::PartySize => match typed.parse::<u32>() {
            Ok(places) if (1..=with.max_party.places()).contains(&places) => Ok(places.to_string()),
            _ => Err(ErrorCode::PartySize),
        },
        FieldKind::Radio { options } | FieldKind::Select { options } => options
            .iter()
            .find(|option| option.value == typed)
            .map(|option| option.value.clone())
            .ok_or(ErrorCode::Choice),
        FieldKind::Consent if typed == AGREED => Ok(typed.to_owned()),
        FieldKind::Consent => Err(ErrorCode::Consent),
        FieldKind::PastDate | FieldKind::Date { .. } | FieldKind::Checkboxes { .. } => {
            return Ok(None);
        }
    }
    .map(Some)
}

fn in_digits(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// The chosen values in the order of the options, each once, whatever was posted how often.
fn choices<'a>(
    options: &[Choice],
    posted: impl Iterator<Item = &'a str>,
) -> Result<Option<String>, ErrorCode> {
    let posted: Vec<&str> = posted.filter(|value| !value.is_empty()).collect();
    let values = options.iter().map(|option| option.value.as_str());
    let chosen: Vec<&str> = values.filter(|value| posted.contains(value)).collect();
    if posted.iter().any(|value| !chosen.contains(value)) {
        return Err(ErrorCode::Choice);
    }
    Ok((!chosen.is_empty()).then(|| choice_of(&chosen)))
}

/// A whole number as people write it: with spaces between the thousands, a sign, or a minus that is a dash.
fn whole_number(typed: &str) -> Option<i64> {
    let digits: String = typed
        .chars()
        .filter(|character| !character.is_whitespace() && !is_invisible(*character))
        .map(|character| {
            if "−–".contains(character) {
                '-'
            } else {
                character
            }
        })
        .collect();
    digits.parse().ok()
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
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    // A dot stands between two other characters (RFC 5321, 4.1.2): mail to anything else cannot even be sent.
    let local_ok = local
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(atom));
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

/// What can be seen of a text: nobody types the rest, and some of it turns round what stands after it.
fn visible(typed: &str) -> Cow<'_, str> {
    if !typed.contains(is_invisible) {
        return Cow::Borrowed(typed);
    }
    let seen: String = typed
        .chars()
        .filter(|character| !is_invisible(*character))
        .collect();
    Cow::Owned(seen.trim().to_owned())
}

/// Whether a character can be neither seen nor typed, and came along when something was copied.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::{email_address, whole_number};

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
            "ana.@example.bg",
            ".ana@example.bg",
            "a..na@example.bg",
        ] {
            assert_eq!(email_address(typed), None, "{typed}");
        }
    }
    #[test]
    fn a_number_is_whole_and_may_have_spaces() {
        for typed in [
            "1200",
            "1 200",
            "1\u{a0}200",
            "1\u{202f}200",
            "+1200",
            "01200",
        ] {
            assert_eq!(whole_number(typed), Some(1200), "{typed}");
        }
        for typed in ["-5", "−5", "– 5"] {
            assert_eq!(whole_number(typed), Some(-5), "{typed}");
        }
        for typed in [
            "1,5",
            "1.5",
            "1.200",
            "пет",
            "5 души",
            "--5",
            "1e3",
            "9223372036854775808",
        ] {
            assert_eq!(whole_number(typed), None, "{typed}");
        }
    }
}
