//! Secrets as settings write them, and the keys derived from them.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::app::Random;

/// A secret that keys are derived from.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// A text that is no secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is at least 64 hexadecimal digits")]
pub struct InvalidSecret;

impl Secret {
    /// How many bytes a new secret has, and the least that is accepted.
    pub const LENGTH: usize = 32;

    /// A new one.
    pub fn generate(random: &Random) -> Secret {
        let mut bytes = vec![0; Secret::LENGTH];
        random(&mut bytes);
        Secret(bytes)
    }

    /// The secret that this text in hexadecimal is.
    pub fn from_hexadecimal(text: &str) -> Result<Secret, InvalidSecret> {
        let digits: Vec<u8> = text
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
                    .ok_or(InvalidSecret)
            })
            .collect::<Result<_, _>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() || pairs.len() < Secret::LENGTH {
            return Err(InvalidSecret);
        }
        Ok(Secret(
            pairs.iter().map(|[high, low]| high << 4 | low).collect(),
        ))
    }

    /// The secret as settings write it.
    pub(super) fn to_hexadecimal(&self) -> String {
        hexadecimal(&self.0)
    }

    /// The key for one use, so that no use can stand in for another, even where two settings hold one secret.
    pub(super) fn derive(&self, label: &str) -> DerivedKey {
        DerivedKey(
            authentication_code(&self.0, label.as_bytes())
                .finalize()
                .into_bytes()
                .into(),
        )
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A key for one use.
#[derive(Clone)]
pub(super) struct DerivedKey([u8; 32]);

impl DerivedKey {
    /// The code of a message: HMAC-SHA-256 (RFC 2104).
    pub(super) fn code(&self, message: &[u8]) -> Hmac<Sha256> {
        authentication_code(&self.0, message)
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
    use super::{InvalidSecret, Secret};

    #[test]
    fn a_secret_needs_its_full_length_and_nothing_but_digits() {
        assert!(Secret::from_hexadecimal(&"0f".repeat(32)).is_ok());
        for text in [
            String::new(),
            "0f".repeat(31),
            "0f".repeat(32) + "0",
            "0g".repeat(32),
            format!(" {}", "0f".repeat(32)),
        ] {
            assert_eq!(
                Secret::from_hexadecimal(&text).err(),
                Some(InvalidSecret),
                "{text}"
            );
        }
    }

    #[test]
    fn a_secret_is_written_as_it_was_read_and_never_by_accident() {
        let text = "0123456789abcdef".repeat(4);
        let secret = Secret::from_hexadecimal(&text).unwrap();
        assert_eq!(secret.to_hexadecimal(), text);
        assert!(!format!("{secret:?}").contains("01"));
    }
}
