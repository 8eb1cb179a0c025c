#![allow(clippy::similar_names, reason = "what a sealer made is sealed")]

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

use forms::{Group, RegistrationId};
use proptest::prelude::*;

use super::{OpenError, Opener, OpeningKey, SealContext, Sealed, SealingKey};
use crate::app::{Random, system_random};
use crate::keys::{GeneratedKeys, generate, hexadecimal};

/// Chance that is the same at every run: 0, 1, 2…
fn counting() -> Random {
    let next = Mutex::new(0_u8);
    Arc::new(move |bytes| {
        let mut next = next.lock().unwrap();
        for byte in bytes {
            *byte = *next;
            *next = next.wrapping_add(1);
        }
    })
}

static KEYS: LazyLock<GeneratedKeys> = LazyLock::new(|| generate(&counting()));

fn id(byte: u8) -> RegistrationId {
    RegistrationId::from_random([byte; 16])
}

fn seal(group: Group, registration: u8, part: &str, text: &[u8]) -> Sealed {
    let registration = &id(registration);
    let context = SealContext { registration, part };
    let sealer = KEYS.keyring().sealer;
    sealer.seal(group, &context, text, &counting())
}

fn open_with(
    opener: &Opener,
    group: Group,
    registration: u8,
    part: &str,
    sealed: &Sealed,
) -> Result<Vec<u8>, OpenError> {
    let registration = &id(registration);
    let context = SealContext { registration, part };
    opener.open(group, &context, sealed)
}

fn open(group: Group, registration: u8, part: &str, sealed: &Sealed) -> Result<Vec<u8>, OpenError> {
    open_with(&KEYS.opener(), group, registration, part, sealed)
}

/// What a later version of this program has to open, too. Calculated by another program, from the documents alone.
#[test]
fn the_format_is_this_one() {
    let sealed = seal(Group::Contact, 7, "90", "Ана-Мария".as_bytes());
    let expected = [
        "01",
        "d8def9b2777afb32",
        "b1f1b840de7a3241b02748cf9b05b74dc8c5e8451298738817bd76aa8ebe8c2b",
        "202122232425262728292a2b2c2d2e2f",
        "dbc53750ac7d8a8e124b4d7e3de7f1f85a6b1248f7089f864209e9bf56658878",
        "75898996d4fbbb38314b85614f06883081aba3fa80148d9b838aa464b5d524b7",
        "939b555c4ddcc923f1f1b669a8425060",
    ];
    assert_eq!(hexadecimal(&sealed.0), expected.concat());
    let opened = open(Group::Contact, 7, "90", &sealed).unwrap();
    assert_eq!(String::from_utf8(opened).unwrap(), "Ана-Мария");
}

#[test]
fn the_same_text_is_never_sealed_the_same_way() {
    let sealer = KEYS.keyring().sealer;
    let registration = &id(7);
    let context = SealContext {
        registration,
        part: "90",
    };
    let random = system_random();
    let sealed: Vec<Sealed> = (0..200)
        .map(|_| sealer.seal(Group::Contact, &context, b"text", &random))
        .collect();
    // Salt and ciphertext of each.
    let different: BTreeSet<&[u8]> = sealed.iter().map(|sealed| &sealed.0[41..]).collect();
    assert_eq!(different.len(), 200);
    // Encapsulations: each is used 64 times.
    let different: BTreeSet<&[u8]> = sealed.iter().map(|sealed| &sealed.0[9..41]).collect();
    assert_eq!(different.len(), 4);
    for sealed in &sealed {
        let opened = open(Group::Contact, 7, "90", sealed);
        assert_eq!(opened.as_deref(), Ok(&b"text"[..]));
    }
}

#[test]
fn what_was_sealed_opens_nowhere_else() {
    let sealed = seal(Group::Contact, 7, "90", b"text");
    for (registration, part) in [(8, "90"), (7, "30"), (7, ""), (7, "900")] {
        assert_eq!(
            open(Group::Contact, registration, part, &sealed),
            Err(OpenError::Broken)
        );
    }
    for group in [Group::Answers, Group::Sensitive] {
        let opened = open(group, 7, "90", &sealed);
        assert!(matches!(opened, Err(OpenError::NoKey { .. })), "{group}");
    }
}

#[test]
fn a_group_is_told_apart_even_under_one_key() {
    let key = OpeningKey::generate(&counting());
    let opener = Group::ALL
        .into_iter()
        .fold(Opener::default(), |opener, group| {
            opener.with(group, key.clone(), None)
        });
    let sealer = super::Sealer::new([(); 3].map(|()| key.sealing_key()));
    let registration = &id(7);
    let context = SealContext {
        registration,
        part: "",
    };
    let sealed = sealer.seal(Group::Contact, &context, b"text", &counting());
    let opened = Group::ALL.map(|group| opener.open(group, &context, &sealed));
    assert_eq!(
        opened,
        [
            Ok(b"text".to_vec()),
            Err(OpenError::Broken),
            Err(OpenError::Broken)
        ]
    );
}

#[test]
fn who_has_only_some_keys_opens_only_those_groups() {
    let all = KEYS.opener();
    let key = |index: u8| {
        // The third to fifth secrets that `counting` gives.
        let start = 32 * index;
        let random: Random = Arc::new(move |bytes: &mut [u8]| {
            for (byte, value) in bytes.iter_mut().zip(start..) {
                *byte = value;
            }
        });
        OpeningKey::generate(&random)
    };
    let mail = Opener::default().with(Group::Contact, key(2), None);
    assert!(mail.sealing_key(Group::Contact) == all.sealing_key(Group::Contact));
    let contact = seal(Group::Contact, 7, "", b"contact");
    let answers = seal(Group::Answers, 7, "", b"answers");
    assert_eq!(
        open_with(&mail, Group::Contact, 7, "", &contact).unwrap(),
        b"contact"
    );
    let refused = open_with(&mail, Group::Answers, 7, "", &answers).unwrap_err();
    let id = all.sealing_key(Group::Answers).unwrap().id();
    assert_eq!(
        refused,
        OpenError::NoKey {
            group: Group::Answers,
            key: id
        }
    );
    assert_eq!(
        refused.to_string(),
        format!(
            "the group `answers` was sealed with the key {id}, which is not among `OPENING_KEYS`"
        )
    );
}

#[test]
fn after_a_change_of_keys_what_was_sealed_before_still_opens() {
    let random = counting();
    let [oldest, previous, current] = [(); 3].map(|()| OpeningKey::generate(&random));
    let registration = &id(7);
    let context = SealContext {
        registration,
        part: "",
    };
    let sealed = [&oldest, &previous, &current].map(|key| {
        let sealer = super::Sealer::new([(); 3].map(|()| key.sealing_key()));
        sealer.seal(Group::Contact, &context, b"text", &random)
    });
    let opener = Opener::default().with(Group::Contact, current.clone(), Some(previous));
    let opened = sealed.map(|sealed| opener.open(Group::Contact, &context, &sealed).is_ok());
    assert_eq!(opened, [false, true, true]);
    assert!(opener.sealing_key(Group::Contact) == Some(current.sealing_key()));
}

#[test]
fn another_version_is_named() {
    let mut sealed = seal(Group::Contact, 7, "", b"text");
    sealed.0[0] = 2;
    assert_eq!(
        open(Group::Contact, 7, "", &sealed),
        Err(OpenError::Version(2))
    );
    assert_eq!(
        open(Group::Contact, 7, "", &Sealed(Vec::new())),
        Err(OpenError::Broken)
    );
}

#[test]
fn a_length_tells_only_its_block() {
    let length = |text: &[u8]| seal(Group::Contact, 7, "", text).0.len();
    assert_eq!(length(b""), length(&[b'a'; 63]));
    assert_eq!(length(b"") + 64, length(&[b'a'; 64]));
}

#[test]
fn a_key_is_written_as_it_was_read() {
    let secret = OpeningKey::generate(&counting());
    let again = OpeningKey::from_base64(&secret.to_base64()).unwrap();
    assert!(again.sealing_key() == secret.sealing_key());
    let public = secret.sealing_key();
    assert!(SealingKey::from_base64(&public.to_base64()).unwrap() == public);
}

#[test]
fn what_is_no_key_is_not_taken_for_one() {
    let key = OpeningKey::generate(&counting()).sealing_key().to_base64();
    // Points on which every secret gives zero.
    let (zero, one) = ("A".repeat(43), format!("AQ{}", "A".repeat(41)));
    let wrong = [
        "",
        &key[1..],
        &format!("{key}="),
        &format!("{key}A"),
        &zero,
        &one,
    ];
    for text in wrong {
        assert!(SealingKey::from_base64(text).is_err(), "{text}");
    }
    assert!(OpeningKey::from_base64(&key[1..]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_of_any_group_comes_back(group in prop::sample::select(&Group::ALL[..]), part: String, text: Vec<u8>) {
        let sealed = seal(group, 7, &part, &text);
        prop_assert_eq!(open(group, 7, &part, &sealed), Ok(text));
    }

    #[test]
    fn nothing_changed_or_cut_short_is_opened(at: prop::sample::Index, bit in 0..8_u32, end: prop::sample::Index) {
        let sealed = seal(Group::Contact, 7, "90", b"text");
        let mut changed = sealed.clone();
        changed.0[at.index(sealed.0.len())] ^= 1 << bit;
        prop_assert!(open(Group::Contact, 7, "90", &changed).is_err());
        let short = Sealed(sealed.0[..end.index(sealed.0.len())].to_vec());
        prop_assert!(open(Group::Contact, 7, "90", &short).is_err());
    }
}
