//! The other side: what opens personal data again.

use std::collections::BTreeMap;
use std::iter;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use forms::Group;

use super::encapsulation::receiver_key;
use super::{
    ENCAPSULATED_KEY_LENGTH, KeyId, OpeningKey, SALT_LENGTH, SealContext, Sealed, SealingKey,
    VERSION, associated_data, nonce, padding,
};

/// Opens personal data of the groups it has keys for. Opens none by default.
#[derive(Clone, Default)]
pub struct Opener {
    keys: BTreeMap<Group, GroupKeys>,
}

#[derive(Clone)]
struct GroupKeys {
    current: OpeningKey,
    previous: Vec<OpeningKey>,
}

/// Why something sealed was not opened. Names no data.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Sealed with a key that this process does not have.
    #[error("the group `{group}` was sealed with the key {key}, which is not among `OPENING_KEYS`")]
    NoKey {
        /// The group.
        group: Group,
        /// The key.
        key: KeyId,
    },
    /// Changed, cut short, or put in the place of something else.
    #[error("what was sealed is damaged, or belongs to another registration")]
    Broken,
    /// Sealed by a later program.
    #[error("what was sealed has format {0}, which this program does not know")]
    Version(u8),
}

impl Opener {
    /// The same opener with the keys of a group: the current one, and those before it while there is data under them.
    #[must_use]
    pub fn with(
        mut self,
        group: Group,
        current: OpeningKey,
        previous: impl IntoIterator<Item = OpeningKey>,
    ) -> Opener {
        let previous = previous.into_iter().collect();
        self.keys.insert(group, GroupKeys { current, previous });
        self
    }

    /// Whether it has a key for the group.
    pub fn opens(&self, group: Group) -> bool {
        self.keys.contains_key(&group)
    }

    /// Whether a key whose name is printed so is among the group's.
    pub(crate) fn has_named(&self, group: Group, name: &str) -> bool {
        let keys = self.keys.get(&group).into_iter();
        keys.flat_map(GroupKeys::all)
            .any(|key| key.id().to_string() == name)
    }

    /// Whether the key of this name is among the group's.
    pub(crate) fn has(&self, group: Group, key: KeyId) -> bool {
        self.key(group, key).is_some()
    }

    /// The public half of the group's current key.
    pub fn sealing_key(&self, group: Group) -> Option<SealingKey> {
        Some(self.keys.get(&group)?.current.sealing_key())
    }

    /// Opens what was sealed for the group and this context.
    pub fn open(
        &self,
        group: Group,
        context: &SealContext<'_>,
        sealed: &Sealed,
    ) -> Result<Vec<u8>, OpenError> {
        let (&version, rest) = sealed.0.split_first().ok_or(OpenError::Broken)?;
        if version != VERSION {
            return Err(OpenError::Version(version));
        }
        let (id, rest) = rest
            .split_first_chunk::<{ KeyId::LENGTH }>()
            .ok_or(OpenError::Broken)?;
        let (encapsulated_key, rest) = rest
            .split_first_chunk::<ENCAPSULATED_KEY_LENGTH>()
            .ok_or(OpenError::Broken)?;
        let (salt, ciphertext) = rest
            .split_first_chunk::<SALT_LENGTH>()
            .ok_or(OpenError::Broken)?;
        let id = KeyId(*id);
        let key = self
            .key(group, id)
            .ok_or(OpenError::NoKey { group, key: id })?;
        let key = receiver_key(key.secret(), group, encapsulated_key, salt)
            .map_err(|_| OpenError::Broken)?;
        let payload = Payload {
            msg: ciphertext,
            aad: &associated_data(group, context),
        };
        let padded = ChaCha20Poly1305::new(&key)
            .decrypt(&nonce(), payload)
            .map_err(|_| OpenError::Broken)?;
        padding::unpad(padded).ok_or(OpenError::Broken)
    }

    fn key(&self, group: Group, id: KeyId) -> Option<&OpeningKey> {
        self.keys.get(&group)?.all().find(|key| key.id() == id)
    }
}

impl GroupKeys {
    fn all(&self) -> impl Iterator<Item = &OpeningKey> {
        iter::once(&self.current).chain(&self.previous)
    }
}
