//! Personal data, sealed: whoever can write it need not be able to read it.
//!
//! Hybrid public-key encryption by RFC 9180 (HPKE) in base mode, export only: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256.
//! Each [`Group`] of answers has a key pair of its own. One encapsulation serves a few things sealed one after another,
//! because it takes far longer than all the rest; the key of each is exported from it (RFC 9180, 5.3) for a fresh
//! salt, and used once, for ChaCha20-Poly1305 (RFC 8439). What is sealed is bound to its group, to the registration and to
//! the part of it, so that nobody with access to the store can put one in the place of another.
//!
//! The layout of [`Sealed`], version 1:
//!
//! | Bytes | |
//! | --- | --- |
//! | 1 | the version |
//! | 8 | the key pair: the beginning of the SHA-256 of its public half |
//! | 32 | the encapsulated key (RFC 9180, 4.1) |
//! | 16 | the salt |
//! | 64 n + 16 | the padded plaintext, encrypted, and its tag |

mod encapsulation;
mod key;
mod opener;
mod padding;

pub use key::{InvalidKey, KeyId, OpeningKey, SealingKey};
pub use opener::{OpenError, Opener};

use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce};
use forms::{Group, RegistrationId};

use crate::app::Random;
use crate::canonical;
use encapsulation::Encapsulation;

const VERSION: u8 = 1;
const ENCAPSULATED_KEY_LENGTH: usize = 32;
const SALT_LENGTH: usize = 16;

/// Sealed personal data, as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed(pub Vec<u8>);

/// What something sealed belongs to.
#[derive(Clone, Copy, Debug)]
pub struct SealContext<'a> {
    /// The registration.
    pub registration: &'a RegistrationId,
    /// The part of the registration, where a group is kept in several parts, as by how long they are kept.
    pub part: &'a str,
}

/// Seals personal data of every group, and cannot open it again.
#[derive(Clone)]
pub struct Sealer(Arc<[GroupSealer; 3]>);

struct GroupSealer {
    key: SealingKey,
    encapsulation: Mutex<Option<Encapsulation>>,
}

impl Sealer {
    /// The sealer with a key for each group, in the order of [`Group::ALL`].
    pub fn new(keys: [SealingKey; 3]) -> Sealer {
        Sealer(Arc::new(keys.map(|key| GroupSealer {
            key,
            encapsulation: Mutex::default(),
        })))
    }

    /// The names of its keys, in the order of [`Group::ALL`].
    pub(crate) fn key_ids(&self) -> [KeyId; 3] {
        self.0.each_ref().map(|sealer| sealer.key.id())
    }

    /// Seals `plaintext`.
    ///
    /// # Panics
    /// When `plaintext` is longer than 256 GiB.
    pub fn seal(
        &self,
        group: Group,
        context: &SealContext<'_>,
        plaintext: &[u8],
        random: &Random,
    ) -> Sealed {
        let [contact, answers, sensitive] = &*self.0;
        let sealer = match group {
            Group::Contact => contact,
            Group::Answers => answers,
            Group::Sensitive => sensitive,
        };
        let (encapsulated_key, salt, key) = sealer.next_key(group, random);
        let payload = Payload {
            msg: &padding::pad(plaintext),
            aad: &associated_data(group, context),
        };
        #[expect(
            clippy::expect_used,
            reason = "no plaintext of ours comes near the limit of the cipher"
        )]
        let ciphertext = ChaCha20Poly1305::new(&key)
            .encrypt(&nonce(), payload)
            .expect("a plaintext that fits into memory");
        let parts = [
            [VERSION].as_slice(),
            &sealer.key.id().0,
            &encapsulated_key,
            &salt,
            &ciphertext,
        ];
        Sealed(parts.concat())
    }
}

impl GroupSealer {
    /// A key for one use, and what its receiver needs to find it: the encapsulated key and the salt.
    fn next_key(
        &self,
        group: Group,
        random: &Random,
    ) -> ([u8; ENCAPSULATED_KEY_LENGTH], [u8; SALT_LENGTH], Key) {
        let mut salt = [0; SALT_LENGTH];
        // Wherever a panic may have struck, there is a whole encapsulation or none.
        let mut kept = self
            .encapsulation
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let encapsulation = kept
            .take()
            .and_then(Encapsulation::for_one_more)
            .unwrap_or_else(|| Encapsulation::new(&self.key, group, random));
        random(&mut salt);
        let key = encapsulation.key(&salt);
        let encapsulated_key = encapsulation.encapsulated_key;
        *kept = Some(encapsulation);
        (encapsulated_key, salt, key)
    }
}

/// The nonce of every key, because every key is used once.
fn nonce() -> Nonce {
    Nonce::default()
}

/// What the key schedule is bound to: what this is for.
fn info(group: Group) -> Vec<u8> {
    canonical::encode(&[b"personal data", &[VERSION], group.as_str().as_bytes()])
}

/// What the ciphertext is bound to: where it belongs.
fn associated_data(group: Group, context: &SealContext<'_>) -> Vec<u8> {
    canonical::encode(&[
        context.registration.as_str().as_bytes(),
        group.as_str().as_bytes(),
        context.part.as_bytes(),
    ])
}

#[cfg(test)]
mod tests;
