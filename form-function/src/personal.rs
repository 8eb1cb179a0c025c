//! Personal data on its way into the store and out of it: in parts, each sealed for those who may read it.

use forms::{
    Contact, FieldKind, FieldName, FormDefinition, Group, Part, PersonalData, Registration,
    Submission, personal_data,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::app::Random;
use crate::seal::{OpenError, Opener, SealContext, Sealed, Sealer};
use crate::store::{ConsentRecord, Store, StoreError};

/// Seals what a person wrote, for this registration and no other.
///
/// # Errors
/// It cannot be written as JSON: then nothing may be stored or confirmed.
pub(crate) fn seal(
    sealer: &Sealer,
    random: &Random,
    registration: &Registration,
    definition: &FormDefinition,
    submission: &Submission,
) -> Result<Vec<(Part, Sealed)>, StoreError> {
    let parts = personal_data(definition, submission);
    let by_part = parts.into_iter().map(|(part, data)| {
        let name = part.to_string();
        let context = SealContext {
            registration: &registration.id,
            part: &name,
        };
        let json = plaintext(&data)?;
        Ok((part, sealer.seal(part.group, &context, &json, random)))
    });
    by_part.collect()
}

/// What is sealed. Nothing in its place would be lost answers that nobody misses until they are asked for.
fn plaintext(data: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(data).map_err(StoreError::new)
}

/// The questions by which the person agreed to something.
pub(crate) fn agreed<'a>(
    definition: &'a FormDefinition,
    submission: &Submission,
) -> impl Iterator<Item = &'a FieldName> {
    let given = definition.fields.iter().filter(|field| {
        field.kind == FieldKind::Consent && submission.answers.contains_key(&field.name)
    });
    given.map(|field| &field.name)
}

/// The evidence of what the person agreed to by signing up.
pub(crate) fn consents(registration: &Registration, now: Timestamp) -> Vec<ConsentRecord> {
    let given = registration.consents.iter();
    given
        .map(|purpose| ConsentRecord {
            purpose: purpose.clone(),
            given: true,
            form_version: registration.form_version.clone(),
            language: registration.language.clone(),
            at: now,
        })
        .collect()
}

/// Why personal data could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be opened.
    #[error("a sealed part of a registration: {0}")]
    Sealed(#[from] OpenError),
    /// What was opened is nothing that this program wrote.
    #[error("an opened part of a registration is not what this program writes")]
    Malformed,
}

/// What a part of a registration says; `None` when it is kept no longer.
pub async fn read<S: Store>(
    store: &S,
    opener: &Opener,
    registration: &Registration,
    part: Part,
) -> Result<Option<PersonalData>, ReadError> {
    let Some(sealed) = store.sealed(&registration.id, part).await? else {
        return Ok(None);
    };
    let name = part.to_string();
    let context = SealContext {
        registration: &registration.id,
        part: &name,
    };
    let json = opener.open(part.group, &context, &sealed)?;
    serde_json::from_slice(&json)
        .map(Some)
        .map_err(|_| ReadError::Malformed)
}

/// How to reach the person, while that is kept.
pub async fn contact<S: Store>(
    store: &S,
    opener: &Opener,
    registration: &Registration,
) -> Result<Option<Contact>, ReadError> {
    for part in &registration.parts {
        if part.group != Group::Contact {
            continue;
        }
        let data = read(store, opener, registration, *part).await?;
        if let Some(contact) = data.and_then(|data| data.contact) {
            return Ok(Some(contact));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::plaintext;

    #[test]
    fn what_cannot_be_written_is_an_error_and_not_nothing() {
        assert_eq!(plaintext(&["Ана"]).unwrap(), "[\"Ана\"]".as_bytes());
        // JSON has no names that are lists.
        assert!(plaintext(&BTreeMap::from([([1, 2], "x")])).is_err());
    }
}
