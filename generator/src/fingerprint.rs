//! A short name for a content: another content has another one.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The first `N` bytes of the SHA-256 of a content, in hexadecimal.
pub(crate) fn fingerprint<const N: usize>(content: &[u8]) -> String {
    let mut name = String::with_capacity(2 * N);
    for byte in Sha256::digest(content).iter().take(N) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
