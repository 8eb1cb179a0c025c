//! Personal data, sealed: whoever can write it need not be able to read it.
//!
//! Hybrid public-key encryption by RFC 9180 (HPKE) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20-Poly1305. Each [`Group`] of answers has a key pair of its own. What is sealed is bound to its group, to the
//! registration and to the part of it, so that nobody with access to the store can put one in the place of another.
//!
//! The layout of [`Sealed`], version 1:
//!
//! | Bytes | |
//! | --- | --- |
//! | 1 | the version |
//! | 8 | the key: the beginning of the SHA-256 of the recipient's public key |
//! | 32 | the encapsulated key (RFC 9180, 4.1) |
//! | 64 n + 16 | the padded plaintext, encrypted, and its tag |

mod key;
mod opener;
mod padding;

pub use key::{InvalidKey, KeyId, OpeningKey, SealingKey};
pub use opener::{OpenError, Opener};

use forms::{Group, RegistrationId};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng, utils};
use hpke::{OpModeS, Serializable, single_shot_seal_with_rng};
use std::convert::Infallible;

use crate::app::Random;
use crate::canonical;

type Kem = X25519HkdfSha256;
type Kdf = HkdfSha256;
type Aead = ChaCha20Poly1305;

const VERSION: u8 = 1;
const ENCAPSULATED_KEY_LENGTH: usize = 32;

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
pub struct Sealer {
    contact: SealingKey,
    answers: SealingKey,
    sensitive: SealingKey,
}

impl Sealer {
    /// The sealer with a key for each group, in the order of [`Group::ALL`].
    pub fn new([contact, answers, sensitive]: [SealingKey; 3]) -> Sealer {
        Sealer {
            contact,
            answers,
            sensitive,
        }
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
        let key = match group {
            Group::Contact => &self.contact,
            Group::Answers => &self.answers,
            Group::Sensitive => &self.sensitive,
        };
        // A `SealingKey` was tried when it was made, and no plaintext of ours comes near the limit of the cipher.
        #[expect(
            clippy::expect_used,
            reason = "neither of the two faults there are can occur"
        )]
        let (encapsulated_key, ciphertext) = single_shot_seal_with_rng::<Aead, Kdf, Kem>(
            &OpModeS::Base,
            key.public(),
            &info(group),
            &padding::pad(plaintext),
            &associated_data(group, context),
            &mut Chance(random),
        )
        .expect("a key that was tried seals");
        let sealed = [
            [VERSION].as_slice(),
            &key.id().0,
            &encapsulated_key.to_bytes(),
            &ciphertext,
        ];
        Sealed(sealed.concat())
    }
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

/// Our source of chance as the `rand` crates name it.
struct Chance<'a>(&'a Random);

impl TryRng for Chance<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Chance<'_> {}

#[cfg(test)]
mod tests;
