//! The two halves of the key pair of a group.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::kem::Kem as _;
use hpke::{Deserializable, Serializable};
use sha2::{Digest, Sha256};

use super::encapsulation::{Chance, Kem, PublicKey, SecretKey, is_usable};
use crate::app::Random;
use crate::keys::hexadecimal;

/// The public half, which seals.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey {
    public: PublicKey,
    id: KeyId,
}

/// The secret half, which opens. Never printed, except by [`GeneratedKeys`](crate::keys::GeneratedKeys).
#[derive(Clone)]
pub struct OpeningKey {
    secret: SecretKey,
    sealing: SealingKey,
}

/// Names a key pair: the first 8 bytes of the SHA-256 of its public half.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyId(pub(super) [u8; KeyId::LENGTH]);

/// A text that is no key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 32 bytes in base64url, that is 43 characters")]
pub struct InvalidKey;

impl SealingKey {
    /// The key that this text in base64url, without padding, is.
    pub fn from_base64(text: &str) -> Result<SealingKey, InvalidKey> {
        let key = decoded(text)?;
        let public = PublicKey::from_bytes(&key).map_err(|_| InvalidKey)?;
        if !is_usable(&public) {
            return Err(InvalidKey);
        }
        Ok(SealingKey::new(public))
    }

    /// The key as settings write it.
    pub fn to_base64(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public.to_bytes())
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(super) fn public(&self) -> &PublicKey {
        &self.public
    }

    fn new(public: PublicKey) -> SealingKey {
        let digest = Sha256::digest(public.to_bytes());
        let mut id = [0; KeyId::LENGTH];
        id.copy_from_slice(&digest[..KeyId::LENGTH]);
        SealingKey {
            public,
            id: KeyId(id),
        }
    }
}

impl OpeningKey {
    /// A new one.
    pub fn generate(random: &Random) -> OpeningKey {
        let (secret, _) = Kem::gen_keypair_with_rng(&mut Chance(random));
        OpeningKey::new(secret)
    }

    /// The key that this text in base64url, without padding, is.
    pub fn from_base64(text: &str) -> Result<OpeningKey, InvalidKey> {
        let key = decoded(text)?;
        let secret = SecretKey::from_bytes(&key).map_err(|_| InvalidKey)?;
        Ok(OpeningKey::new(secret))
    }

    /// The public half.
    pub fn sealing_key(&self) -> SealingKey {
        self.sealing.clone()
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        self.sealing.id
    }

    /// The key as settings write it.
    pub(crate) fn to_base64(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret.to_bytes())
    }

    pub(super) fn secret(&self) -> &SecretKey {
        &self.secret
    }

    fn new(secret: SecretKey) -> OpeningKey {
        let sealing = SealingKey::new(Kem::sk_to_pk(&secret));
        OpeningKey { secret, sealing }
    }
}

impl KeyId {
    /// How many bytes a name has.
    pub const LENGTH: usize = 8;
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, InvalidKey> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidKey)
}
