#![allow(clippy::similar_names, reason = "what a sealer made is sealed")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use forms::{Group, RegistrationId};

use super::KeySettings;
use crate::app::system_random;
use crate::seal::{OpeningKey, SealContext};
use crate::settings::{SettingError, new_keys_env};

/// One whole set of keys, by variable.
static SET: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let lines = new_keys_env(&system_random());
    let entries = lines.lines().filter_map(|line| line.split_once('='));
    entries
        .filter(|(name, _)| !name.starts_with('#'))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
});

fn keys(pairs: &[(&str, &str)]) -> Result<KeySettings, SettingError> {
    let find = |name: &str| {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    KeySettings::from_lookup(find)
}

fn variable(result: Result<KeySettings, SettingError>) -> &'static str {
    let error = result.err().expect("a wrong setting");
    for value in SET.values() {
        assert!(
            !error.to_string().contains(value),
            "a value may be a secret"
        );
    }
    error.variable
}

/// The keys of one group in `SEALING_KEYS` or `OPENING_KEYS`.
fn of_group(name: &str, group: Group) -> String {
    let prefix = format!("{group}=");
    let mut entries = SET[name].split(',');
    entries
        .find_map(|entry| entry.strip_prefix(&prefix))
        .unwrap()
        .to_owned()
}

fn new_key() -> OpeningKey {
    OpeningKey::generate(&system_random())
}

/// Whether what the first seals for a group the second opens.
fn understand(writer: &KeySettings, group: Group, reader: &KeySettings) -> bool {
    let registration = &RegistrationId::from_random([7; 16]);
    let context = SealContext {
        registration,
        part: "",
    };
    let sealer = writer.required_keyring().unwrap().sealer;
    let sealed = sealer.seal(group, &context, b"text", &system_random());
    reader.opener.open(group, &context, &sealed).is_ok()
}

#[test]
fn a_new_set_is_all_that_is_needed() {
    let all: Vec<(&str, &str)> = SET
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let all = keys(&all).unwrap();
    assert!(!all.is_empty() && all.required_opener(&Group::ALL).is_ok());
    for group in Group::ALL {
        assert!(understand(&all, group, &all), "{group}");
    }
    let lines = new_keys_env(&system_random());
    assert!(
        lines.lines().all(|line| line.starts_with('#')
            || line
                .split_once('=')
                .is_some_and(|(name, _)| SET.contains_key(name))),
        "{lines}"
    );
}

#[test]
fn each_process_needs_only_its_own_keys() {
    let public = keys(&[
        ("TOKEN_KEYS", &SET["TOKEN_KEYS"]),
        ("INDEX_KEY", &SET["INDEX_KEY"]),
        ("SEALING_KEYS", &SET["SEALING_KEYS"]),
    ])
    .unwrap();
    let contact = format!("contact={}", of_group("OPENING_KEYS", Group::Contact));
    let worker = keys(&[("OPENING_KEYS", &contact)]).unwrap();
    assert!(public.required_keyring().is_ok() && worker.required_keyring().is_err());
    assert!(public.required_opener(&[Group::Contact]).is_err());
    assert!(worker.required_opener(&[Group::Contact]).is_ok());
    let missing = worker
        .required_opener(&[Group::Contact, Group::Sensitive])
        .err();
    let missing = missing.unwrap().to_string();
    assert!(
        missing.contains("`OPENING_KEYS` has no key for `sensitive`"),
        "{missing}"
    );
    let opened = Group::ALL.map(|group| understand(&public, group, &worker));
    assert_eq!(opened, [true, false, false]);
}

#[test]
fn public_keys_may_be_left_out_where_the_secret_ones_are() {
    let opening = SET["OPENING_KEYS"].as_str();
    let derived = keys(&[
        ("TOKEN_KEYS", &SET["TOKEN_KEYS"]),
        ("INDEX_KEY", &SET["INDEX_KEY"]),
        ("OPENING_KEYS", opening),
    ])
    .unwrap();
    for group in Group::ALL {
        assert!(understand(&derived, group, &derived));
    }
    let contact = format!("contact={}", of_group("OPENING_KEYS", Group::Contact));
    let [answers, sensitive] = [Group::Answers, Group::Sensitive]
        .map(|group| format!("{group}={}", of_group("SEALING_KEYS", group)));
    let both = |sealing: &str| keys(&[("OPENING_KEYS", &contact), ("SEALING_KEYS", sealing)]);
    assert!(
        both(&format!("{answers}, {sensitive}"))
            .unwrap()
            .sealer
            .is_some()
    );
    assert_eq!(variable(both(&answers)), "SEALING_KEYS");
}

#[test]
fn keys_rotate_one_group_at_a_time() {
    let new = new_key();
    let opening = SET["OPENING_KEYS"].replace("contact=", &format!("contact={}+", new.to_base64()));
    let before = keys(&[
        ("TOKEN_KEYS", &SET["TOKEN_KEYS"]),
        ("INDEX_KEY", &SET["INDEX_KEY"]),
        ("SEALING_KEYS", &SET["SEALING_KEYS"]),
        ("OPENING_KEYS", &opening),
    ])
    .unwrap();
    let after = keys(&[
        ("TOKEN_KEYS", &SET["TOKEN_KEYS"]),
        ("INDEX_KEY", &SET["INDEX_KEY"]),
        ("OPENING_KEYS", &opening),
    ])
    .unwrap();
    for group in Group::ALL {
        assert!(understand(&before, group, &after) && understand(&after, group, &before));
    }
    let old = keys(&[("OPENING_KEYS", &SET["OPENING_KEYS"])]).unwrap();
    let opened = Group::ALL.map(|group| understand(&after, group, &old));
    assert_eq!(opened, [false, true, true]);
}

#[test]
fn a_pair_may_change_again_before_the_data_under_the_first_is_gone() {
    let [second, third] = [new_key(), new_key()].map(|key| key.to_base64());
    let opening = |contact: &str| {
        let first = of_group("OPENING_KEYS", Group::Contact);
        format!("contact={}", contact.replace("FIRST", &first))
    };
    let now = format!("{third}+{second}+FIRST");
    let now = keys(&[("OPENING_KEYS", &opening(&now))]).unwrap();
    for before in ["FIRST", &second, &third] {
        let before = keys(&[("OPENING_KEYS", &opening(before))]).unwrap();
        let used = before.opener.sealing_key(Group::Contact).unwrap();
        assert!(now.opener.has(Group::Contact, used.id()));
    }
}

#[test]
fn a_wrong_key_is_named_and_not_told() {
    let hexadecimal = SET["INDEX_KEY"].as_str();
    let [secret, public] =
        ["OPENING_KEYS", "SEALING_KEYS"].map(|name| of_group(name, Group::Contact));
    for value in ["", "60", &hexadecimal[1..], &format!("{hexadecimal}0")] {
        for name in ["TOKEN_KEYS", "INDEX_KEY"] {
            assert_eq!(variable(keys(&[(name, value)])), name, "{value}");
        }
    }
    for value in [
        format!("{hexadecimal},"),
        format!(",{hexadecimal}"),
        format!("{hexadecimal},{hexadecimal},{hexadecimal}"),
    ] {
        assert_eq!(variable(keys(&[("TOKEN_KEYS", &value)])), "TOKEN_KEYS");
    }
    assert!(keys(&[("TOKEN_KEYS", &format!("{hexadecimal}, {hexadecimal}"))]).is_ok());
    for value in [
        secret.clone(),
        format!("contact:{secret}"),
        format!("contacts={secret}"),
        format!("contact={secret},contact={secret}"),
        format!("contact={secret},"),
        format!("contact={secret}+"),
        format!("contact={}", &secret[1..]),
        format!("contact={secret}="),
        // One key for two groups: whoever may read one could read the other.
        format!("contact={secret},answers={secret}"),
    ] {
        assert_eq!(variable(keys(&[("OPENING_KEYS", &value)])), "OPENING_KEYS");
    }
    let stranger = new_key().sealing_key().to_base64();
    for (sealing, opening) in [
        (format!("contact={public}"), ""),
        (SET["SEALING_KEYS"].replace("sensitive", "answers"), ""),
        (SET["SEALING_KEYS"].replace(&public, &"A".repeat(43)), ""),
        (
            SET["SEALING_KEYS"].replace(&public, &of_group("SEALING_KEYS", Group::Answers)),
            "",
        ),
        // Nobody could read what is sealed with a key whose secret half is not here.
        (
            SET["SEALING_KEYS"].replace(&public, &stranger),
            SET["OPENING_KEYS"].as_str(),
        ),
    ] {
        let pairs = [
            ("SEALING_KEYS", sealing.as_str()),
            ("OPENING_KEYS", opening),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<_> = pairs.copied().collect();
        assert_eq!(variable(keys(&pairs)), "SEALING_KEYS", "{sealing}");
    }
}
