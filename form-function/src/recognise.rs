//! How a person, a set of answers and a request are recognised again, by hashes that tell nothing about them.

use forms::{Contact, ContactHash, RegistrationId, Slug, Submission, international};

use crate::keys::{IndexKey, Use, hexadecimal};

/// The hashes by which a person is recognised, whatever they sign up for: that of the e-mail address before that of the
/// telephone number. The first makes two sign-ups come from one person. Who left neither is nobody's double.
pub(crate) fn people(
    key: &IndexKey,
    calling_code: Option<&str>,
    contact: &Contact,
    registration: &RegistrationId,
) -> Vec<ContactHash> {
    let address = contact.email.iter().map(|value| address_hash(key, value));
    let number = contact.telephone.iter();
    let number = number.map(|value| number_hash(key, calling_code, value));
    let hashes: Vec<ContactHash> = address.chain(number).collect();
    if hashes.is_empty() {
        return vec![hash(key, "registration", registration.as_str())];
    }
    hashes
}

/// The hash of an e-mail address, as forms keep it.
pub(crate) fn address_hash(key: &IndexKey, address: &str) -> ContactHash {
    hash(key, "contact", address)
}

/// The hash of a telephone number, as forms keep it: the same with and without the code of the site's country.
pub(crate) fn number_hash(key: &IndexKey, calling_code: Option<&str>, number: &str) -> ContactHash {
    hash(key, "contact", &international(number, calling_code))
}

fn hash(key: &IndexKey, kind: &str, value: &str) -> ContactHash {
    ContactHash(hexadecimal(
        &key.hash(Use::Contacts, &[kind.as_bytes(), value.as_bytes()]),
    ))
}

/// The same for the same answers. Keyed, because a telephone number could be found by trying all of them.
pub(crate) fn answers_digest(key: &IndexKey, submission: &Submission) -> String {
    let fields: Vec<&[u8]> = submission
        .answers
        .iter()
        .flat_map(|(name, answer)| [name.as_str().as_bytes(), answer.as_bytes()])
        .collect();
    hexadecimal(&key.hash(Use::Answers, &fields))
}

/// Where the name of a request comes from. Whoever chooses names cannot choose one of ours.
#[derive(Clone, Copy)]
pub(crate) enum RequestSource {
    /// A page of ours.
    Page,
    /// The `Idempotency-Key` of a program.
    Program,
}

/// The name of a request to the store. Keyed, so that whoever sees the store learns no name that a program chose.
pub(crate) fn request_key(
    key: &IndexKey,
    activity: &Slug,
    source: RequestSource,
    name: &str,
) -> String {
    let source: &[u8] = match source {
        RequestSource::Page => b"page",
        RequestSource::Program => b"program",
    };
    let fields = [activity.as_str().as_bytes(), source, name.as_bytes()];
    hexadecimal(&key.hash(Use::Requests, &fields))
}
