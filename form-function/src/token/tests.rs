use std::sync::LazyLock;

use forms::{RegistrationId, Slug};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{CheckToken, ManageToken, VerifyToken, VerifyTokenError, check, manage, open, seal};
use crate::keys::{Secret, TokenKeys};

fn secret(digits: &str) -> Secret {
    Secret::from_hexadecimal(&digits.repeat(32)).unwrap()
}

static KEYS: LazyLock<TokenKeys> = LazyLock::new(|| TokenKeys::new(&secret("a1"), None));

fn check_token() -> CheckToken {
    CheckToken {
        activity: Slug::parse("open-day").unwrap(),
        form_version: "5f1c".into(),
        request: "a request".into(),
        issued_at: Timestamp::from_millisecond(1_780_000_000_250).unwrap(),
        answers: "77aa".into(),
    }
}

fn manage_token() -> ManageToken {
    ManageToken {
        registration: RegistrationId::from_random([7; 16]),
        epoch: 3,
    }
}

fn verify_token() -> VerifyToken {
    VerifyToken {
        registration: RegistrationId::from_random([7; 16]),
        epoch: 3,
        expires_at: after(86_400_000),
    }
}

fn after(milliseconds: i64) -> Timestamp {
    check_token().issued_at.round(jiff::Unit::Second).unwrap()
        + SignedDuration::from_millis(milliseconds)
}

/// Whether any of the three purposes takes the text.
fn is_ours(keys: &TokenKeys, text: &str) -> bool {
    CheckToken::open(keys, text).is_some()
        || ManageToken::open(keys, text).is_some()
        || VerifyToken::open(keys, text, after(0)) != Err(VerifyTokenError::NotOurs)
}

fn sealed(keys: &TokenKeys) -> [String; 3] {
    [
        check_token().seal(keys),
        manage_token().seal(keys),
        verify_token().seal(keys),
    ]
}

#[test]
fn what_was_sealed_is_what_is_opened() {
    let [check, manage, verify] = sealed(&KEYS);
    assert_eq!(CheckToken::open(&KEYS, &check), Some(check_token()));
    assert_eq!(ManageToken::open(&KEYS, &manage), Some(manage_token()));
    assert_eq!(
        VerifyToken::open(&KEYS, &verify, after(0)),
        Ok(verify_token())
    );
}

#[test]
fn a_token_of_one_purpose_is_worthless_for_another() {
    let [check, manage, verify] = sealed(&KEYS);
    for other in [&manage, &verify] {
        assert_eq!(CheckToken::open(&KEYS, other), None);
    }
    for other in [&check, &verify] {
        assert_eq!(ManageToken::open(&KEYS, other), None);
    }
    for other in [&check, &manage] {
        let opened = VerifyToken::open(&KEYS, other, after(0));
        assert_eq!(opened, Err(VerifyTokenError::NotOurs));
    }
    // The very fields of the other purpose.
    let fields = [manage_token().registration.as_str().to_owned(), "3".into()];
    let twin = seal(&KEYS, check::PURPOSE, &[&fields[0], &fields[1]]);
    assert_eq!(open(&KEYS, check::PURPOSE, &twin), Some(fields));
    assert_eq!(open::<2>(&KEYS, manage::PURPOSE, &twin), None);
}

#[test]
fn no_shortened_or_lengthened_token_is_opened() {
    for token in sealed(&KEYS) {
        for end in 0..token.len() {
            assert!(!is_ours(&KEYS, &token[..end]), "{end}");
        }
        for longer in ["=", "==", " ", "\n", "A", "AAAA"] {
            assert!(!is_ours(&KEYS, &format!("{token}{longer}")), "{longer:?}");
            assert!(!is_ours(&KEYS, &format!("{longer}{token}")), "{longer:?}");
        }
    }
}

#[test]
fn a_token_of_the_keys_before_is_believed_and_an_older_one_is_not() {
    let [oldest, previous, current] = ["a1", "b2", "c3"].map(secret);
    let now = TokenKeys::new(&current, Some(&previous));
    for token in sealed(&TokenKeys::new(&current, None)) {
        assert!(is_ours(&now, &token));
    }
    for token in sealed(&TokenKeys::new(&previous, Some(&oldest))) {
        assert!(is_ours(&now, &token));
    }
    for token in sealed(&TokenKeys::new(&oldest, None)) {
        assert!(!is_ours(&now, &token));
    }
    assert_eq!(
        sealed(&now),
        sealed(&TokenKeys::new(&current, None)),
        "the current key signs"
    );
}

#[test]
fn a_registration_has_one_address_in_each_epoch() {
    let next = ManageToken {
        epoch: 4,
        ..manage_token()
    };
    assert_eq!(manage_token().seal(&KEYS), manage_token().seal(&KEYS));
    assert_ne!(manage_token().seal(&KEYS), next.seal(&KEYS));
}

#[test]
fn a_link_that_expired_is_told_from_one_that_is_not_ours() {
    let link = verify_token().seal(&KEYS);
    let open = |milliseconds| VerifyToken::open(&KEYS, &link, after(milliseconds));
    assert_eq!(open(86_399_999), Ok(verify_token()));
    assert_eq!(open(86_400_000), Err(VerifyTokenError::Expired));
    assert_eq!(
        VerifyToken::open(&KEYS, "AAAA", after(86_400_000)),
        Err(VerifyTokenError::NotOurs)
    );
}

#[test]
fn answers_can_be_confirmed_for_two_hours() {
    let after = |seconds| check_token().issued_at + SignedDuration::from_secs(seconds);
    assert!(!check_token().is_stale(after(0)));
    assert!(!check_token().is_stale(after(7_200)));
    assert!(check_token().is_stale(after(7_201)));
    // The clock of another machine may be behind.
    assert!(!check_token().is_stale(after(-5)));
}

#[test]
fn nobody_reads_their_answers_in_less_than_a_second() {
    let after = |milliseconds| check_token().issued_at + SignedDuration::from_millis(milliseconds);
    let opened = CheckToken::open(&KEYS, &check_token().seal(&KEYS)).unwrap();
    assert!(opened.is_too_fast(after(0)));
    assert!(opened.is_too_fast(after(999)));
    assert!(!opened.is_too_fast(after(1_000)));
}

proptest! {
    #[test]
    fn no_changed_token_is_opened(which in 0..3_usize, at: prop::sample::Index, other in "[A-Za-z0-9_-]") {
        let token = sealed(&KEYS)[which].clone();
        let at = at.index(token.len());
        prop_assume!(token[at..=at] != other);
        let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        prop_assert!(!is_ours(&KEYS, &changed));
    }

    #[test]
    fn no_token_of_another_key_is_opened(key in "[0-9a-f]{64}") {
        let other = TokenKeys::new(&Secret::from_hexadecimal(&key).unwrap(), None);
        for token in sealed(&other) {
            prop_assert!(!is_ours(&KEYS, &token));
        }
    }

    #[test]
    fn any_fields_come_back_as_they_were(fields: [String; 4]) {
        let token = seal(&KEYS, "test.1", &fields.each_ref().map(String::as_str));
        prop_assert_eq!(open(&KEYS, "test.1", &token), Some(fields));
        prop_assert_eq!(open::<3>(&KEYS, "test.1", &token), None);
    }

    #[test]
    fn nonsense_is_not_opened(text in "\\PC*") {
        prop_assert!(!is_ours(&KEYS, &text));
    }
}
