//! The settings that hold keys. What is wrong with one is said without saying what it holds.

use std::collections::BTreeMap;

use forms::Group;

use super::SettingError;
use crate::keys::{IndexKey, Keyring, Secret, TokenKeys};
use crate::seal::{Opener, OpeningKey, Sealer, SealingKey};

/// The keys that were set.
#[derive(Clone, Default)]
pub struct KeySettings {
    /// `TOKEN_KEYS`: what tokens are signed with.
    pub tokens: Option<TokenKeys>,
    /// `INDEX_KEY`: what people, answers and requests are recognised by.
    pub index: Option<IndexKey>,
    /// `SEALING_KEYS`, or the public halves of `OPENING_KEYS`: what personal data is sealed with. Absent where a group is
    /// missing.
    pub sealer: Option<Sealer>,
    /// `OPENING_KEYS`: what personal data is opened with.
    pub opener: Opener,
}

impl KeySettings {
    /// The keys that `set` gives.
    pub(super) fn from_lookup(
        set: impl Fn(&str) -> Option<String>,
    ) -> Result<KeySettings, SettingError> {
        let opener = opener(set("OPENING_KEYS").as_deref())?;
        Ok(KeySettings {
            tokens: set("TOKEN_KEYS").as_deref().map(token_keys).transpose()?,
            index: set("INDEX_KEY").as_deref().map(index_key).transpose()?,
            sealer: sealer(set("SEALING_KEYS").as_deref(), &opener)?,
            opener,
        })
    }

    /// Whether nothing was set. An incomplete set is another thing: new keys must not be mixed with old ones.
    pub(super) fn is_empty(&self) -> bool {
        let sealing = self.sealer.is_some();
        let opening = Group::ALL.iter().any(|group| self.opener.opens(*group));
        self.tokens.is_none() && self.index.is_none() && !sealing && !opening
    }

    /// What the public function holds.
    pub fn required_keyring(&self) -> Result<Keyring, SettingError> {
        Ok(Keyring {
            tokens: self.tokens.clone().ok_or(wrong_tokens(MISSING))?,
            index: self.required_index()?,
            sealer: self.sealer.clone().ok_or(wrong_sealing(MISSING))?,
        })
    }

    /// What people are found by.
    pub fn required_index(&self) -> Result<IndexKey, SettingError> {
        self.index.clone().ok_or(wrong_index(MISSING))
    }

    /// What opens personal data of these groups, and of others where it was set.
    pub fn required_opener(&self, groups: &[Group]) -> Result<Opener, SettingError> {
        match groups.iter().find(|group| !self.opener.opens(**group)) {
            None => Ok(self.opener.clone()),
            Some(Group::Contact) => Err(wrong_opening("has no key for `contact`")),
            Some(Group::Answers) => Err(wrong_opening("has no key for `answers`")),
            Some(Group::Sensitive) => Err(wrong_opening("has no key for `sensitive`")),
        }
    }
}

const MISSING: &str = "is missing (`form-server keys new` prints a new set)";

fn wrong_tokens(problem: &'static str) -> SettingError {
    SettingError {
        variable: "TOKEN_KEYS",
        problem,
        example: "8f0a5c1e93d24b76a1e07f38c4d95b62e8437d1f60ab92c5741ed0b38f6a29c1 (but not this one)",
    }
}

fn wrong_index(problem: &'static str) -> SettingError {
    SettingError {
        variable: "INDEX_KEY",
        problem,
        example: "1c92af6b38d0e417f5c2ba06913f7d84e0a5b9c63178d24f9b60ea57cd31048e (but not this one)",
    }
}

fn wrong_sealing(problem: &'static str) -> SettingError {
    SettingError {
        variable: "SEALING_KEYS",
        problem,
        example: "contact=PUBLIC,answers=PUBLIC,sensitive=PUBLIC",
    }
}

fn wrong_opening(problem: &'static str) -> SettingError {
    SettingError {
        variable: "OPENING_KEYS",
        problem,
        example: "contact=SECRET,answers=SECRET+PREVIOUS,sensitive=SECRET",
    }
}

fn token_keys(text: &str) -> Result<TokenKeys, SettingError> {
    let wrong = || {
        wrong_tokens(
            "must be at least 64 hexadecimal digits, or two such secrets with a comma between them, the current one first \
             (make one with `openssl rand -hex 32`)",
        )
    };
    let secret = |text: &str| Secret::from_hexadecimal(text.trim()).map_err(|_| wrong());
    let (current, previous) = match text.split_once(',') {
        Some((current, previous)) => (secret(current)?, Some(secret(previous)?)),
        None => (secret(text)?, None),
    };
    Ok(TokenKeys::new(&current, previous.as_ref()))
}

fn index_key(text: &str) -> Result<IndexKey, SettingError> {
    let secret = Secret::from_hexadecimal(text).map_err(|_| {
        wrong_index("must be at least 64 hexadecimal digits (make one with `openssl rand -hex 32`)")
    });
    Ok(IndexKey::new(&secret?))
}

fn opener(text: Option<&str>) -> Result<Opener, SettingError> {
    let wrong = || {
        wrong_opening(
            "must be groups (`contact`, `answers`, `sensitive`), each once and with its secret key of 43 characters, and \
             perhaps `+` and a key before it, and so on (`form-server keys new` prints a new set)",
        )
    };
    let key = |text: &str| OpeningKey::from_base64(text.trim()).map_err(|_| wrong());
    let groups = by_group(text.unwrap_or_default()).ok_or_else(wrong)?;
    groups
        .into_iter()
        .try_fold(Opener::default(), |opener, (group, keys)| {
            let mut keys = keys.split('+').map(key);
            let current = keys.next().unwrap_or_else(|| Err(wrong()))?;
            Ok(opener.with(group, current, keys.collect::<Result<Vec<_>, _>>()?))
        })
}

fn sealer(text: Option<&str>, opener: &Opener) -> Result<Option<Sealer>, SettingError> {
    let wrong = || {
        wrong_sealing(
            "must be groups (`contact`, `answers`, `sensitive`), each once and with its public key of 43 characters \
             (`form-server keys new` prints a new set)",
        )
    };
    let mut keys: BTreeMap<Group, SealingKey> = Group::ALL
        .into_iter()
        .filter_map(|group| Some((group, opener.sealing_key(group)?)))
        .collect();
    for (group, key) in by_group(text.unwrap_or_default()).ok_or_else(wrong)? {
        let key = SealingKey::from_base64(key).map_err(|_| wrong())?;
        if opener.opens(group) && !opener.has(group, key.id()) {
            return Err(wrong_sealing(
                "has a key for which `OPENING_KEYS` has the group but not the secret",
            ));
        }
        keys.insert(group, key);
    }
    let blame = if text.is_some() {
        wrong_sealing
    } else {
        wrong_opening
    };
    let is_shared = |(group, key): (&Group, &SealingKey)| {
        keys.iter()
            .any(|(other, same)| other != group && same == key)
    };
    if keys.iter().any(is_shared) {
        return Err(blame("must give each group a key of its own"));
    }
    let complete: Option<Vec<SealingKey>> =
        Group::ALL.iter().map(|group| keys.remove(group)).collect();
    match complete.and_then(|keys| <[SealingKey; 3]>::try_from(keys).ok()) {
        Some(keys) => Ok(Some(Sealer::new(keys))),
        None if text.is_some() => Err(blame(
            "must have `contact`, `answers` and `sensitive`, where `OPENING_KEYS` has them not",
        )),
        None => Ok(None),
    }
}

/// The entries of `group=value,group=value`, if it is that and no group comes twice.
fn by_group(text: &str) -> Option<BTreeMap<Group, &str>> {
    let mut found = BTreeMap::new();
    for entry in text.split(',').filter(|_| !text.is_empty()) {
        let (name, value) = entry.split_once('=')?;
        let group = Group::ALL
            .into_iter()
            .find(|group| group.as_str() == name.trim())?;
        if found.insert(group, value.trim()).is_some() {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests;
