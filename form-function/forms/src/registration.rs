//! One person's sign-up, as it is kept.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{FieldName, Language, Slug};

/// One person's, or one party's, sign-up to one activity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Registration {
    /// Its identity; never shown.
    pub id: RegistrationId,
    /// What a person can read out.
    pub reference: Reference,
    /// What was signed up for.
    pub activity: Slug,
    /// The form that was filled in.
    pub form: Slug,
    /// The version of that form.
    pub form_version: String,
    /// The language it was filled in; every later message is in it.
    pub language: Language,
    /// Where it stands.
    pub state: State,
    /// How many places it asks for.
    pub party_size: PartySize,
    /// How to reach the person.
    pub contact: Contact,
    /// The answers, in canonical form.
    pub answers: BTreeMap<FieldName, String>,
    /// When it was taken.
    pub submitted_at: Timestamp,
    /// Counts the changes; also the SEQUENCE of the calendar entry (RFC 5545, 3.8.7.4).
    pub version: u32,
    /// The person's earlier registration, when this one came on top of it. It looks like any other to whoever sent
    /// it, so that a form never tells a stranger who has registered, but it holds no place; the owner of the address
    /// is written to about the earlier one.
    pub duplicate_of: Option<RegistrationId>,
}

/// Where a registration stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A place at an event is held.
    Confirmed,
    /// The event is full; the person waits for a place.
    Waitlisted,
    /// Taken for the services, which have no places; staff will make contact.
    Submitted,
    /// Given back by the person.
    CancelledByAttendee,
}

impl State {
    /// Whether the person still means to come.
    pub fn is_live(self) -> bool {
        !matches!(self, State::CancelledByAttendee)
    }

    /// The name in stores and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Confirmed => "confirmed",
            State::Waitlisted => "waitlisted",
            State::Submitted => "submitted",
            State::CancelledByAttendee => "cancelled_by_attendee",
        }
    }
}

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

    /// A party of so many, if that is at least one.
    pub fn new(places: u32) -> Option<PartySize> {
        NonZeroU32::new(places).map(PartySize)
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
