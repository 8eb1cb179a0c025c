//! The one secret of a deployment, and the keys derived from it: one for each use, so that no use can stand in for another.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::canonical;

/// The keys of a deployment. Never printed.
#[derive(Clone)]
pub struct Key {
    tokens: [u8; 32],
    contacts: [u8; 32],
    answers: [u8; 32],
}

/// What a keyed hash is for.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    /// Signing what comes back to us.
    Tokens,
    /// Recognising a person.
    Contacts,
    /// Recognising a set of answers.
    Answers,
}

/// A text that is no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is at least 64 hexadecimal digits")]
pub struct InvalidKey;

impl Key {
    /// How many bytes a new secret has, and the least that is accepted.
    pub const LENGTH: usize = 32;

    /// The keys that this secret gives.
    pub fn from_secret(secret: &[u8]) -> Key {
        let derived = |label: &str| {
            authentication_code(secret, label.as_bytes())
                .finalize()
                .into_bytes()
                .into()
        };
        Key {
            tokens: derived("tokens.1"),
            contacts: derived("contacts.1"),
            answers: derived("answers.1"),
        }
    }

    /// The keys of a secret in hexadecimal.
    pub fn from_hexadecimal(text: &str) -> Result<Key, InvalidKey> {
        let digits: Vec<u8> = text
            .trim()
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
                    .ok_or(InvalidKey)
            })
            .collect::<Result<_, _>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() || pairs.len() < Key::LENGTH {
            return Err(InvalidKey);
        }
        let secret: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        Ok(Key::from_secret(&secret))
    }

    /// A keyed hash of the fields.
    pub(crate) fn hash(&self, purpose: Use, fields: &[&[u8]]) -> [u8; 32] {
        self.code(purpose, fields).finalize().into_bytes().into()
    }

    /// Whether `hash` is the keyed hash of the fields, found out in the same time for every wrong one.
    pub(crate) fn verify(&self, purpose: Use, fields: &[&[u8]], hash: &[u8]) -> bool {
        self.code(purpose, fields).verify_slice(hash).is_ok()
    }

    fn code(&self, purpose: Use, fields: &[&[u8]]) -> Hmac<Sha256> {
        let key = match purpose {
            Use::Tokens => &self.tokens,
            Use::Contacts => &self.contacts,
            Use::Answers => &self.answers,
        };
        authentication_code(key, &canonical::encode(fields))
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn authentication_code(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length (RFC 2104, 2).
    #[expect(
        clippy::expect_used,
        reason = "the length of the key is the only fault there could be"
    )]
    let mut code = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    code.update(message);
    code
}

#[cfg(test)]
mod tests {
    use super::{InvalidKey, Key, Use, hexadecimal};

    #[test]
    fn a_key_needs_its_full_length_and_nothing_but_digits() {
        assert!(Key::from_hexadecimal(&"0f".repeat(32)).is_ok());
        for text in [
            String::new(),
            "0f".repeat(31),
            "0f".repeat(32) + "0",
            "0g".repeat(32),
        ] {
            assert_eq!(
                Key::from_hexadecimal(&text).err(),
                Some(InvalidKey),
                "{text}"
            );
        }
    }

    #[test]
    fn each_use_has_its_own_key() {
        let key = Key::from_secret(b"secret");
        let hashes = [Use::Tokens, Use::Contacts, Use::Answers]
            .map(|purpose| hexadecimal(&key.hash(purpose, &[b"a"])));
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    }

    #[test]
    fn where_one_field_ends_matters() {
        let key = Key::from_secret(b"secret");
        assert_ne!(
            key.hash(Use::Answers, &[b"ab", b"c"]),
            key.hash(Use::Answers, &[b"a", b"bc"])
        );
    }
}
