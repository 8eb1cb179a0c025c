//! What both sides agree upon by the key pair of a group: a secret, from which keys are derived.

use std::convert::Infallible;

use chacha20poly1305::Key;
use forms::Group;
use hpke::aead::{AeadCtxS, ExportOnlyAead};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng, utils};
use hpke::{
    Deserializable, HpkeError, OpModeR, OpModeS, Serializable, setup_receiver,
    setup_sender_with_rng,
};

use super::{ENCAPSULATED_KEY_LENGTH, SALT_LENGTH, SealingKey, info};
use crate::app::Random;

pub(super) type Kem = X25519HkdfSha256;
pub(super) type PublicKey = <Kem as hpke::Kem>::PublicKey;
pub(super) type SecretKey = <Kem as hpke::Kem>::PrivateKey;
type Kdf = HkdfSha256;

/// How many things are sealed under one encapsulation. Whoever steals the memory of a process that seals could open so
/// many of those it sealed last, and no others.
const MOST_USES: u32 = 64;

/// The sender's side.
pub(super) struct Encapsulation {
    /// From which the receiver finds the same secret.
    pub(super) encapsulated_key: [u8; ENCAPSULATED_KEY_LENGTH],
    exporter: AeadCtxS<ExportOnlyAead, Kdf, Kem>,
    uses_left: u32,
}

impl Encapsulation {
    /// A new one, for one use at once and others later.
    pub(super) fn new(key: &SealingKey, group: Group, random: &Random) -> Encapsulation {
        #[expect(
            clippy::expect_used,
            reason = "a `SealingKey` was tried when it was made"
        )]
        let (encapsulated_key, exporter) =
            encapsulate(key.public(), &info(group), random).expect("a key that was tried");
        Encapsulation {
            encapsulated_key: encapsulated_key.to_bytes().into(),
            exporter,
            uses_left: MOST_USES - 1,
        }
    }

    /// The same, for one use more, if it was not used too often.
    pub(super) fn for_one_more(self) -> Option<Encapsulation> {
        let uses_left = self.uses_left.checked_sub(1)?;
        Some(Encapsulation { uses_left, ..self })
    }

    /// The key for this salt.
    pub(super) fn key(&self, salt: &[u8; SALT_LENGTH]) -> Key {
        let mut key = Key::default();
        #[expect(
            clippy::expect_used,
            reason = "only more than 8,160 bytes would be too many (RFC 5869, 2.3)"
        )]
        self.exporter
            .export(salt, &mut key)
            .expect("32 bytes can be exported");
        key
    }
}

/// The key that the sender derived for this salt, found by the receiver.
pub(super) fn receiver_key(
    secret: &SecretKey,
    group: Group,
    encapsulated_key: &[u8; ENCAPSULATED_KEY_LENGTH],
    salt: &[u8; SALT_LENGTH],
) -> Result<Key, HpkeError> {
    let encapsulated_key = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated_key)?;
    let exporter = setup_receiver::<ExportOnlyAead, Kdf, Kem>(
        &OpModeR::Base,
        secret,
        &encapsulated_key,
        &info(group),
    )?;
    let mut key = Key::default();
    exporter.export(salt, &mut key)?;
    Ok(key)
}

/// Whether secrets can be agreed upon with this key: not with the few points on which every secret gives zero
/// (RFC 9180, 7.1.4).
pub(super) fn is_usable(key: &PublicKey) -> bool {
    let any: Random = std::sync::Arc::new(|bytes| bytes.fill(7));
    encapsulate(key, &[], &any).is_ok()
}

type Encapsulated = (
    <Kem as hpke::Kem>::EncappedKey,
    AeadCtxS<ExportOnlyAead, Kdf, Kem>,
);

fn encapsulate(key: &PublicKey, info: &[u8], random: &Random) -> Result<Encapsulated, HpkeError> {
    setup_sender_with_rng::<ExportOnlyAead, Kdf, Kem>(
        &OpModeS::Base,
        key,
        info,
        &mut Chance(random),
    )
}

/// Our source of chance as the `rand` crates name it.
pub(super) struct Chance<'a>(pub(super) &'a Random);

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
