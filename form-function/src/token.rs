//! Signed texts that leave with a page or a mail and come back: proof that they are ours, and for what they were made.
//!
//! A token is base64url of a keyed hash (HMAC-SHA-256) and the fields it covers. The purpose is under the hash but not in
//! the token, so that a token made for one purpose is worthless for another. A token has one spelling: base64url without
//! padding and without stray bits (RFC 4648, 3.5), over fields that each stand behind their length.

mod check;
mod manage;
#[cfg(feature = "editor")]
mod sign_in;
mod verify;

pub use check::CheckToken;
pub use manage::ManageToken;
#[cfg(feature = "editor")]
pub use sign_in::SignInToken;
pub use verify::{VerifyToken, VerifyTokenError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::canonical;
use crate::keys::TokenKeys;

const CODE_LENGTH: usize = 32;

/// The token of these fields, signed by the current key.
fn seal(keys: &TokenKeys, purpose: &str, fields: &[&str]) -> String {
    let fields: Vec<&[u8]> = fields.iter().map(|field| field.as_bytes()).collect();
    let payload = canonical::encode(&fields);
    let code = keys.sign(&[purpose.as_bytes(), &payload]);
    URL_SAFE_NO_PAD.encode([code.as_slice(), &payload].concat())
}

/// The fields of a token of ours for this purpose, if this is one and has so many.
fn open<const N: usize>(keys: &TokenKeys, purpose: &str, text: &str) -> Option<[String; N]> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (code, payload) = bytes.split_at_checked(CODE_LENGTH)?;
    if !keys.verify(&[purpose.as_bytes(), payload], code) {
        return None;
    }
    let fields = canonical::decode(payload)?.into_iter().map(str::to_owned);
    fields.collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests;
