//! Signed texts that leave with a page or a mail and come back: proof that they are ours, and for what they were made.
//!
//! A token is base64url of a keyed hash (HMAC-SHA-256) and the fields it covers. The purpose is under the hash but not in
//! the token, so that a token made for one purpose is worthless for another.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forms::{RegistrationId, Slug};
use jiff::{SignedDuration, Timestamp};

use crate::canonical;
use crate::key::{Key, Use};

/// What "check your answers" carries to the confirmation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckToken {
    /// The activity.
    pub activity: Slug,
    /// The version of the form that was filled in.
    pub form_version: String,
    /// Names the request, so that a second press of the button is no second registration.
    pub request: String,
    /// When the page was made.
    pub issued_at: Timestamp,
    /// The digest of the answers that were shown.
    pub answers: String,
}

impl CheckToken {
    /// How long one may look at one's answers. After that the page is shown again.
    pub const LIFETIME: SignedDuration = SignedDuration::from_hours(2);

    /// Whether the page is too old to be confirmed at `now`.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.issued_at) > CheckToken::LIFETIME
    }

    /// The token as text.
    pub fn seal(&self, key: &Key) -> String {
        let issued_at = self.issued_at.as_second().to_string();
        seal(
            key,
            CHECK,
            &[
                self.activity.as_str(),
                &self.form_version,
                &self.request,
                &issued_at,
                &self.answers,
            ],
        )
    }

    /// The token that this text is, if it is ours. Its age is for the caller to judge.
    pub fn open(key: &Key, text: &str) -> Option<CheckToken> {
        let bytes = open(key, CHECK, text)?;
        let [activity, form_version, request, issued_at, answers] =
            canonical::decode(&bytes)?.try_into().ok()?;
        Some(CheckToken {
            activity: Slug::parse(activity).ok()?,
            form_version: form_version.to_owned(),
            request: request.to_owned(),
            issued_at: Timestamp::from_second(issued_at.parse().ok()?).ok()?,
            answers: answers.to_owned(),
        })
    }
}

/// The secret part of the address of a registration's own page: always the same for one registration.
pub fn seal_manage(key: &Key, registration: &RegistrationId) -> String {
    seal(key, MANAGE, &[registration.as_str()])
}

/// The registration whose page this is, if the token is ours.
pub fn open_manage(key: &Key, text: &str) -> Option<RegistrationId> {
    let bytes = open(key, MANAGE, text)?;
    let [registration] = canonical::decode(&bytes)?.try_into().ok()?;
    Some(RegistrationId::from_stored(registration))
}

const CHECK: &[u8] = b"check.1";
const MANAGE: &[u8] = b"manage.1";
const HASH_LENGTH: usize = 32;

fn seal(key: &Key, purpose: &[u8], fields: &[&str]) -> String {
    let fields: Vec<&[u8]> = fields.iter().map(|field| field.as_bytes()).collect();
    let payload = canonical::encode(&fields);
    let hash = key.hash(Use::Tokens, &[purpose, &payload]);
    URL_SAFE_NO_PAD.encode([hash.as_slice(), &payload].concat())
}

fn open(key: &Key, purpose: &[u8], text: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (hash, payload) = bytes.split_at_checked(HASH_LENGTH)?;
    key.verify(Use::Tokens, &[purpose, payload], hash)
        .then(|| payload.to_vec())
}

#[cfg(test)]
mod tests;
