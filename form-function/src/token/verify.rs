//! The link by which a person proves that an e-mail address is theirs.

use forms::RegistrationId;
use jiff::Timestamp;

use crate::keys::TokenKeys;

/// The link by which a person proves that an e-mail address is theirs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyToken {
    /// The registration.
    pub registration: RegistrationId,
    /// How often the links of the registration were revoked; a link of an earlier epoch is for the caller to refuse.
    pub epoch: u32,
    /// Until when the link works, to the second.
    pub expires_at: Timestamp,
}

/// Why a text does not prove anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VerifyTokenError {
    /// We did not make it.
    #[error("the link is not one of ours")]
    NotOurs,
    /// We made it, and its time is over.
    #[error("the link has expired")]
    Expired,
}

pub(super) const PURPOSE: &str = "verify.1";

impl VerifyToken {
    /// The token as text.
    pub fn seal(&self, keys: &TokenKeys) -> String {
        let fields = [
            self.registration.as_str(),
            &self.epoch.to_string(),
            &self.expires_at.as_second().to_string(),
        ];
        super::seal(keys, PURPOSE, &fields)
    }

    /// The token that this text is, if it is ours and still works at `now`.
    pub fn open(
        keys: &TokenKeys,
        text: &str,
        now: Timestamp,
    ) -> Result<VerifyToken, VerifyTokenError> {
        let token = VerifyToken::signed(keys, text).ok_or(VerifyTokenError::NotOurs)?;
        if now < token.expires_at {
            Ok(token)
        } else {
            Err(VerifyTokenError::Expired)
        }
    }

    fn signed(keys: &TokenKeys, text: &str) -> Option<VerifyToken> {
        let [registration, epoch, expires_at] = super::open(keys, PURPOSE, text)?;
        Some(VerifyToken {
            registration: RegistrationId::from_stored(&registration),
            epoch: epoch.parse().ok()?,
            expires_at: Timestamp::from_second(expires_at.parse().ok()?).ok()?,
        })
    }
}
