//! What staff note of a registration for one another, sealed: it is about a person, who may ask to read it (GDPR art. 15).

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use forms::{Group, Lifecycle, Registration, RegistrationId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::app::Random;
use crate::personal::ReadError;
use crate::seal::{Opener, SealContext, Sealed, Sealer};
use crate::store::{Answer, Collection, Document, Documents, StoreError};

/// The longest note, in characters.
pub const LONGEST: usize = 1_000;

/// Something that somebody of staff noted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub text: String,
}

/// The notes of a registration as they were read, the first first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptNotes {
    /// What they say.
    pub notes: Vec<Note>,
    /// How often they were kept.
    version: u32,
}

const PART: &str = "notes";

/// The notes of a registration.
pub async fn read<D: Documents>(
    store: &D,
    opener: &Opener,
    id: &RegistrationId,
) -> Result<KeptNotes, ReadError> {
    let Some(document) = store.document(Collection::Notes, id.as_str()).await? else {
        return Ok(KeptNotes::default());
    };
    let sealed: String = serde_json::from_str(&document.value).map_err(|_| ReadError::Malformed)?;
    let sealed = STANDARD_NO_PAD.decode(sealed);
    let sealed = Sealed(sealed.map_err(|_| ReadError::Malformed)?);
    let context = SealContext {
        registration: id,
        part: PART,
    };
    let json = opener.open(Group::Answers, &context, &sealed)?;
    Ok(KeptNotes {
        notes: serde_json::from_slice(&json).map_err(|_| ReadError::Malformed)?,
        version: document.version + 1,
    })
}

/// Until when notes are kept: as long after an event as what people answer, and half a year where there is none.
fn kept_until(registration: &Registration, now: Timestamp) -> Timestamp {
    let (since, days) = match registration.lifecycle {
        Lifecycle::Reservation => (registration.ends_at.unwrap_or(now).max(now), 30),
        Lifecycle::Service => (now, 180),
    };
    let kept = SignedDuration::from_hours(24 * days);
    since.saturating_add(kept).unwrap_or(Timestamp::MAX)
}

/// Adds a note to those that were read. Whether nobody else did meanwhile; otherwise nothing changed.
pub async fn add<D: Documents>(
    store: &D,
    sealer: &Sealer,
    random: &Random,
    registration: &Registration,
    kept: &KeptNotes,
    note: Note,
) -> Answer<bool> {
    let id = &registration.id;
    let until = kept_until(registration, note.at);
    let mut notes = kept.notes.clone();
    notes.push(note);
    let json = serde_json::to_vec(&notes).map_err(StoreError::new)?;
    let context = SealContext {
        registration: id,
        part: PART,
    };
    let Sealed(bytes) = sealer.seal(Group::Answers, &context, &json, random);
    let document = Document {
        key: id.as_str().to_owned(),
        version: kept.version,
        value: serde_json::to_string(&STANDARD_NO_PAD.encode(bytes)).map_err(StoreError::new)?,
        expires_at: Some(until),
    };
    store.keep(Collection::Notes, &document).await
}

/// Destroys the notes of a registration, if there are any.
pub async fn discard<D: Documents>(store: &D, id: &RegistrationId) -> Answer<()> {
    store.discard(Collection::Notes, id.as_str()).await
}
