//! Telephone numbers: what people type, and the one number that it stands for.

use crate::submission::is_invisible;

/// Digits with an optional leading `+`, from what people type: spaces, dashes, dots, slashes and brackets.
pub fn telephone(typed: &str) -> Option<String> {
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

/// The longest that a number without the code of its country is taken to be.
const LONGEST_NATIONAL: usize = 10;

/// One number for every way to write it, from what [`telephone`] gives: with the code of the country, in the way of ITU-T
/// E.164. A number without a code is of the country whose calling code is given, such as `+359`; without one it stays as
/// it is. It is for telling numbers apart, not for dialling: a `0` before a number of that country is dropped, which a few
/// countries would want dialled.
pub fn international(number: &str, calling_code: Option<&str>) -> String {
    let abroad = number
        .strip_prefix('+')
        .or_else(|| number.strip_prefix("00"));
    let Some(code) = calling_code.map(|code| code.trim_start_matches('+')) else {
        return abroad.map_or_else(|| number.to_owned(), |number| format!("+{number}"));
    };
    let after_code = |number: &str| number.strip_prefix(code).map(without_trunk_prefix);
    match abroad {
        Some(number) => after_code(number)
            .map_or_else(|| format!("+{number}"), |number| format!("+{code}{number}")),
        None => {
            // So long only with the code of the country, whose `+` was left out. Shorter ones may begin with the same
            // digits by chance: 48 is Poland's code and the area of Radom.
            let with_code = after_code(number).filter(|_| number.len() > LONGEST_NATIONAL);
            let national = with_code.unwrap_or_else(|| without_trunk_prefix(number));
            format!("+{code}{national}")
        }
    }
}

/// „0888 …“ and „(0)888 …“ are 888 …
fn without_trunk_prefix(number: &str) -> String {
    number.strip_prefix('0').unwrap_or(number).to_owned()
}

/// Whether this is the calling code of a country or a region, such as `+359`: one to three digits, never `0` first
/// (ITU-T E.164, 6.2.1).
pub fn is_calling_code(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=3).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::{international, is_calling_code, telephone};

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

    fn known_as(typed: &str, calling_code: &str) -> String {
        international(&telephone(typed).unwrap(), Some(calling_code))
    }

    #[test]
    fn a_number_is_one_number_with_and_without_the_code_of_the_country() {
        for typed in [
            "0888 123 456",
            "888 123 456",
            "+359 888 123 456",
            "00359 888 123 456",
            "359 888 123 456",
            "+359 (0) 888 123 456",
        ] {
            assert_eq!(known_as(typed, "+359"), "+359888123456", "{typed}");
        }
        assert_eq!(known_as("02 987 65 43", "+359"), "+35929876543");
        assert_eq!(known_as("0359 12 34", "+359"), "+3593591234");
        // Polish numbers have no 0 before them; some begin with the digits of the country's code.
        for typed in [
            "481 234 567",
            "+48 481 234 567",
            "0048 481234567",
            "48 481 234 567",
        ] {
            assert_eq!(known_as(typed, "+48"), "+48481234567", "{typed}");
        }
    }

    #[test]
    fn a_number_from_abroad_keeps_its_code() {
        for typed in ["+44 20 1234 5678", "0044 20 1234 5678"] {
            assert_eq!(known_as(typed, "+359"), "+442012345678", "{typed}");
        }
        assert_ne!(
            known_as("0888 123 456", "+359"),
            known_as("+48 888 123 456", "+359")
        );
    }

    #[test]
    fn without_a_country_a_national_number_stays_as_it_is() {
        assert_eq!(international("0888123456", None), "0888123456");
        assert_eq!(international("00359888123456", None), "+359888123456");
    }

    #[test]
    fn a_calling_code_is_a_plus_and_up_to_three_digits() {
        for code in ["+1", "+48", "+359"] {
            assert!(is_calling_code(code), "{code}");
        }
        for code in ["359", "00359", "+0", "+3591", "+", "+3a"] {
            assert!(!is_calling_code(code), "{code}");
        }
    }
}
