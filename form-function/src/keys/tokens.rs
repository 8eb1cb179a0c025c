//! The keys of tokens: the current one signs, and for a while the one before it is still believed.

use hmac::Mac;

use super::secret::{DerivedKey, Secret};
use crate::canonical;

/// What tokens are signed with. Signs with the current key; believes the previous one, too, so that links in mail outlive
/// a change of keys.
#[derive(Clone)]
pub struct TokenKeys {
    current: DerivedKey,
    previous: Option<DerivedKey>,
}

impl TokenKeys {
    /// The keys that these secrets give.
    pub fn new(current: &Secret, previous: Option<&Secret>) -> TokenKeys {
        TokenKeys {
            current: current.derive(LABEL),
            previous: previous.map(|secret| secret.derive(LABEL)),
        }
    }

    /// The code of the fields, by the current key.
    pub(crate) fn sign(&self, fields: &[&[u8]]) -> [u8; 32] {
        let message = canonical::encode(fields);
        self.current.code(&message).finalize().into_bytes().into()
    }

    /// Whether `code` is the code of the fields by either key, found out in the same time for every wrong one.
    pub(crate) fn verify(&self, fields: &[&[u8]], code: &[u8]) -> bool {
        let message = canonical::encode(fields);
        let is_by = |key: &DerivedKey| key.code(&message).verify_slice(code).is_ok();
        is_by(&self.current) | self.previous.as_ref().is_some_and(is_by)
    }
}

const LABEL: &str = "tokens.1";
