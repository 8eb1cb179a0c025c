//! The keys of a deployment: what a process holds of them, by what it has to do.
//!
//! The public function holds a [`Keyring`]: with it one can sign tokens, recognise a person, and write personal data, but
//! not read personal data back. Whoever reads holds an [`Opener`](crate::seal::Opener) with the groups that concern them.
//! No key is ever printed, except by [`GeneratedKeys`], once.

mod generated;
mod index;
mod secret;
mod tokens;

pub use generated::{GeneratedKeys, generate};
pub use index::IndexKey;
pub use secret::{InvalidSecret, Secret};
pub use tokens::TokenKeys;

pub(crate) use index::Use;
pub(crate) use secret::hexadecimal;

use crate::seal::Sealer;

/// What the public function holds: it can take personal data and not read it back.
#[derive(Clone)]
pub struct Keyring {
    /// What tokens are signed with.
    pub tokens: TokenKeys,
    /// What people, answers and requests are recognised by.
    pub index: IndexKey,
    /// What personal data is sealed with.
    pub sealer: Sealer,
}
