//! The key by which people, answers and requests are found again without being kept in clear.

use hmac::Mac;

use super::secret::{DerivedKey, Secret, hexadecimal};
use crate::canonical;

/// What people, answers and requests are recognised by: hashes that nobody without the key can try out.
///
/// It is not rotated. The hashes in the store are what makes a second sign-up of one person unique, a repeated request
/// harmless, and a person's data findable for export and erasure; under a new key none of them would be found. After a
/// theft of this key alone, somebody who also has the store could test whether a given address is in it, no more: what is
/// sealed stays sealed. Whoever changes it all the same has to do so with an empty store.
#[derive(Clone)]
pub struct IndexKey {
    contacts: DerivedKey,
    answers: DerivedKey,
    requests: DerivedKey,
    #[cfg(feature = "embedded")]
    deeds: DerivedKey,
    name: DerivedKey,
}

/// What is recognised. Each has a key of its own, so that no hash can stand in for another.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    /// A person, by how they can be reached: the blind index.
    Contacts,
    /// A set of answers.
    Answers,
    /// A request that may come twice.
    Requests,
    /// An entry in the log of what staff did.
    #[cfg(feature = "embedded")]
    Deeds,
    /// The key itself.
    Name,
}

impl IndexKey {
    /// The key that this secret gives.
    pub fn new(secret: &Secret) -> IndexKey {
        IndexKey {
            contacts: secret.derive("contacts.1"),
            answers: secret.derive("answers.1"),
            requests: secret.derive("requests.1"),
            #[cfg(feature = "embedded")]
            deeds: secret.derive("deeds.1"),
            name: secret.derive("name.1"),
        }
    }

    /// Names the key, so that another is told from it: 16 hexadecimal digits, from which nobody gets the key.
    pub(crate) fn name(&self) -> String {
        hexadecimal(&self.hash(Use::Name, &[])[..8])
    }

    /// A keyed hash of the fields.
    pub(crate) fn hash(&self, what: Use, fields: &[&[u8]]) -> [u8; 32] {
        let key = match what {
            Use::Contacts => &self.contacts,
            Use::Answers => &self.answers,
            Use::Requests => &self.requests,
            #[cfg(feature = "embedded")]
            Use::Deeds => &self.deeds,
            Use::Name => &self.name,
        };
        let code = key.code(&canonical::encode(fields));
        code.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::{IndexKey, Use};
    use crate::keys::Secret;

    fn key() -> IndexKey {
        IndexKey::new(&Secret::from_hexadecimal(&"5e".repeat(32)).unwrap())
    }

    #[test]
    fn each_use_has_its_own_key() {
        let hashes =
            [Use::Contacts, Use::Answers, Use::Requests].map(|what| key().hash(what, &[b"a"]));
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    }

    #[test]
    fn where_one_field_ends_matters() {
        assert_ne!(
            key().hash(Use::Answers, &[b"ab", b"c"]),
            key().hash(Use::Answers, &[b"a", b"bc"])
        );
    }
}
