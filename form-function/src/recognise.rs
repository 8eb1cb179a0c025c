//! How a person, a set of answers and a request are recognised again, by hashes that tell nothing about them.

use forms::{Contact, RegistrationId, Slug, Submission};

use crate::keys::{IndexKey, Use, hexadecimal};
use crate::store::ContactHash;

/// The same for one person, whatever they sign up for. Who left neither address nor number is nobody's double.
pub(crate) fn contact_hash(
    key: &IndexKey,
    contact: &Contact,
    registration: &RegistrationId,
) -> ContactHash {
    let (kind, value) = match contact.key() {
        "" => ("registration", registration.as_str()),
        contact => ("contact", contact),
    };
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
