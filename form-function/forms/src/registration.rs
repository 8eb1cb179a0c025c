//! One person's sign-up, as it is kept.

use std::fmt;
use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Availability, FieldName, Holds, Language, Lifecycle, Part, Slug, State};

/// One person's, or one party's, sign-up to one activity: everything about it that is not about the person. What the
/// person wrote is kept apart, sealed, in [`Part`]s.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Registration {
    /// Its identity; never shown.
    pub id: RegistrationId,
    /// What a person can read out.
    pub reference: Reference,
    /// What was signed up for.
    pub activity: Slug,
    /// Whether it is for an event or for the services.
    pub lifecycle: Lifecycle,
    /// The form that was filled in.
    pub form: Slug,
    /// The version of that form.
    pub form_version: String,
    /// The language it was filled in; every later message is in it.
    pub language: Language,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// How many places it asks for.
    pub party_size: PartySize,
    /// When it was taken. Who waits, waits in this order.
    pub submitted_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// When the event is over, as far as was known at the last change. Absent for the services.
    pub ends_at: Option<Timestamp>,
    /// Counts the changes; also the SEQUENCE of the calendar entry (RFC 5545, 3.8.7.4).
    pub version: u32,
    /// Counts how often its links were revoked: links made before are worthless.
    pub token_epoch: u32,
    /// How often staff tried to reach the person and could not. For the services.
    pub failed_calls: u32,
    /// Whether the person has yet to show that the address is theirs before anything counts.
    pub must_verify: bool,
    /// What the person was last told of the event: [`crate::Session::fingerprint`]. Empty for the services.
    pub heard: String,
    /// Whether the reminder before the event was seen to.
    pub reminded: bool,
    /// The person's earlier registration, when this one came on top of it. It looks like any other to whoever sent
    /// it, so that a form never tells a stranger who has registered, but it holds no place; the owner of the address
    /// is written to about the earlier one.
    pub duplicate_of: Option<RegistrationId>,
    /// Under which hashes the person is found; the first one makes two sign-ups of one person one. Empty once the
    /// personal data is gone.
    pub people: Vec<ContactHash>,
    /// The personal data that is kept of it.
    pub parts: Vec<Part>,
    /// What the person agreed to and has not taken back: the names of the questions.
    pub consents: Vec<FieldName>,
}

impl Registration {
    /// The places that it counts for. A duplicate holds nothing, and the services have no places.
    pub fn places(&self) -> Availability {
        let party = self.party_size.places();
        let counted = self.duplicate_of.is_none() && self.lifecycle == Lifecycle::Reservation;
        match self.state.holds() {
            Holds::Place if counted => Availability {
                taken: party,
                waiting: 0,
            },
            Holds::PlaceInQueue if counted => Availability {
                taken: 0,
                waiting: party,
            },
            _ => Availability::default(),
        }
    }

    /// Whether the person is expected at the event, or was there: who has a place, and does not only look so.
    pub fn has_place(&self) -> bool {
        let has_place = matches!(
            self.state,
            State::Confirmed | State::Attended | State::NoShow
        );
        has_place && self.duplicate_of.is_none()
    }

    /// Whether it is the person's one registration for the activity.
    pub fn claims_person(&self) -> bool {
        self.state.is_live() && self.duplicate_of.is_none() && !self.people.is_empty()
    }

    /// Whether it stands in the queue for a place.
    pub fn is_queued(&self) -> bool {
        self.places().waiting > 0
    }
}

/// A keyed hash of an e-mail address or a telephone number, in hexadecimal: the same for one person, and says nothing
/// about them to whoever has not the key (a blind index).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactHash(pub String);

/// How to reach the person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Contact {
    /// The name as it was typed.
    pub name: String,
    /// The e-mail address, lower case.
    pub email: Option<String>,
    /// The telephone number, digits with an optional leading `+`.
    pub telephone: Option<String>,
}

impl Contact {
    /// What makes two sign-ups come from one person: the e-mail address, else the telephone number.
    pub fn key(&self) -> &str {
        self.email
            .as_deref()
            .or(self.telephone.as_deref())
            .unwrap_or_default()
    }
}

/// A number of places, at least one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartySize(NonZeroU32);

impl PartySize {
    /// One person.
    pub const ONE: PartySize = PartySize(NonZeroU32::MIN);

    /// Who brings more is no party but an event of their own.
    pub const LARGEST: u32 = 1_000;

    /// A party of so many, if that is at least one and at most [`PartySize::LARGEST`].
    pub fn new(places: u32) -> Option<PartySize> {
        let places = NonZeroU32::new(places)?;
        (places.get() <= PartySize::LARGEST).then_some(PartySize(places))
    }

    /// The number of places.
    pub fn places(self) -> u32 {
        self.0.get()
    }
}

/// The identity of a registration: 128 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegistrationId(String);

impl RegistrationId {
    /// The identity made of these random bytes.
    pub fn from_random(bytes: [u8; 16]) -> RegistrationId {
        RegistrationId(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    /// The identity with this text, as a store gave it back.
    pub fn from_stored(text: impl Into<String>) -> RegistrationId {
        RegistrationId(text.into())
    }

    /// The identity as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a person can read out and type: eight characters without those that look alike.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// The reference made of these random bytes.
    pub fn from_random(bytes: [u8; 8]) -> Reference {
        Reference(
            bytes
                .iter()
                .map(|byte| char::from(Reference::ALPHABET[usize::from(byte % 32)]))
                .collect(),
        )
    }

    /// The reference as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
