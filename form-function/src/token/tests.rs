use forms::{RegistrationId, Slug};
use jiff::{SignedDuration, Timestamp};

use super::{CheckToken, open_manage, seal_manage};
use crate::key::Key;

fn key() -> Key {
    Key::from_secret(b"a secret for tests")
}

fn check() -> CheckToken {
    CheckToken {
        activity: Slug::parse("open-day").unwrap(),
        form_version: "5f1c".into(),
        request: "a request".into(),
        issued_at: Timestamp::from_second(1_780_000_000).unwrap(),
        answers: "77aa".into(),
    }
}

fn registration() -> RegistrationId {
    RegistrationId::from_random([7; 16])
}

/// Every text that differs from `token` in one character, and every beginning of it.
fn forgeries(token: &str) -> impl Iterator<Item = String> {
    let changed = (0..token.len()).map(|at| {
        let other = if token.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        format!("{}{other}{}", &token[..at], &token[at + 1..])
    });
    changed.chain((0..token.len()).map(|end| token[..end].to_owned()))
}

#[test]
fn what_was_sealed_is_what_is_opened() {
    assert_eq!(
        CheckToken::open(&key(), &check().seal(&key())),
        Some(check())
    );
    assert_eq!(
        open_manage(&key(), &seal_manage(&key(), &registration())),
        Some(registration())
    );
}

#[test]
fn no_changed_or_shortened_token_is_opened() {
    for forged in forgeries(&check().seal(&key())) {
        assert_eq!(CheckToken::open(&key(), &forged), None, "{forged}");
    }
    for forged in forgeries(&seal_manage(&key(), &registration())) {
        assert_eq!(open_manage(&key(), &forged), None, "{forged}");
    }
}

#[test]
fn padding_spaces_and_other_alphabets_are_not_opened() {
    let token = seal_manage(&key(), &registration());
    for forged in [
        format!("{token}="),
        format!("{token} "),
        format!(" {token}"),
        format!("{token}AAAA"),
    ] {
        assert_eq!(open_manage(&key(), &forged), None, "{forged}");
    }
}

#[test]
fn a_token_of_another_key_or_purpose_is_not_opened() {
    let other = Key::from_secret(b"another secret");
    assert_eq!(
        open_manage(&other, &seal_manage(&key(), &registration())),
        None
    );
    assert_eq!(open_manage(&key(), &check().seal(&key())), None);
    assert_eq!(
        CheckToken::open(&key(), &seal_manage(&key(), &registration())),
        None
    );
    // The same fields under the other purpose.
    let twin = super::seal(&key(), super::CHECK, &[registration().as_str()]);
    assert_eq!(open_manage(&key(), &twin), None);
}

#[test]
fn a_registration_has_one_address() {
    assert_eq!(
        seal_manage(&key(), &registration()),
        seal_manage(&key(), &registration())
    );
}

#[test]
fn answers_can_be_confirmed_for_two_hours() {
    let after = |seconds| check().issued_at + SignedDuration::from_secs(seconds);
    assert!(!check().is_stale(after(0)));
    assert!(!check().is_stale(after(7_200)));
    assert!(check().is_stale(after(7_201)));
    // The clock of another machine may be behind.
    assert!(!check().is_stale(after(-5)));
}
