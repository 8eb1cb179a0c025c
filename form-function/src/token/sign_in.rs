//! What a browser keeps while somebody signs in to the editor's page.

use jiff::{SignedDuration, Timestamp};

use crate::keys::TokenKeys;

/// What a browser keeps while somebody signs in to the editor's page: proof that it is the one in which that began.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignInToken {
    /// What the forge was given, and gives back.
    pub state: String,
    /// When it began, to the millisecond.
    pub issued_at: Timestamp,
}

pub(super) const PURPOSE: &str = "sign-in.1";

impl SignInToken {
    /// How long one may take to sign in at the forge.
    pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

    /// Whether it is too old at `now`.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.issued_at) > SignInToken::LIFETIME
    }

    /// The token as text.
    pub fn seal(&self, keys: &TokenKeys) -> String {
        let issued_at = self.issued_at.as_millisecond().to_string();
        super::seal(keys, PURPOSE, &[&self.state, &issued_at])
    }

    /// The token that this text is, if it is ours. Its age is for the caller to judge.
    pub fn open(keys: &TokenKeys, text: &str) -> Option<SignInToken> {
        let [state, issued_at] = super::open(keys, PURPOSE, text)?;
        Some(SignInToken {
            state,
            issued_at: Timestamp::from_millisecond(issued_at.parse().ok()?).ok()?,
        })
    }
}
