//! What people sign up for.

use std::num::NonZeroU32;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Localized, PartySize, Slug, Span};

/// Something people sign up for: an event with places, or the services of the Centre.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Activity {
    /// Its name in addresses and the key of its registrations. Renaming it starts a new list.
    pub slug: Slug,
    /// The form that is filled in.
    pub form: Slug,
    /// What it is called.
    pub title: Localized,
    /// The path of its page in each language.
    pub page: Localized,
    /// When and where, for an event. Absent for the services, which have no places to run out of.
    pub session: Option<Session>,
}

impl Activity {
    /// The largest party that one person may sign up.
    pub fn max_party(&self) -> PartySize {
        self.session
            .as_ref()
            .map_or(PartySize::ONE, |session| session.max_party)
    }
}

/// A dated occurrence with a place and a number of places.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// When it is, on the wall clock.
    pub when: Span,
    /// Where it is, in words.
    pub place: Localized,
    /// When one may sign up.
    pub window: Window,
    /// How many people may come; absent for no limit.
    pub capacity: Option<Capacity>,
    /// Whether people may wait for a place once it is full.
    pub waitlist: bool,
    /// Whether staff look at each registration before it counts.
    #[serde(default)]
    pub approval: bool,
    /// The largest party that one person may sign up.
    pub max_party: PartySize,
    /// Whether it takes place.
    pub status: ActivityStatus,
}

impl Session {
    /// What those who signed up have to hear about when it changes, as a short hash: when, where, and whether.
    pub fn fingerprint(&self) -> String {
        let announced = serde_json::json!([self.when, self.place, self.status]).to_string();
        let digest: [u8; 32] = Sha256::digest(announced).into();
        let first = digest.iter().take(8);
        let number = first.fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        format!("{number:016x}")
    }
}

/// Whether an event takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityStatus {
    /// As announced.
    #[default]
    Scheduled,
    /// It does not take place.
    Cancelled,
    /// It takes place at another time that is not known yet.
    Postponed,
}

/// When one may sign up: from `opens_at`, until just before `closes_at`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    /// The first instant; absent for "since it was announced".
    pub opens_at: Option<Timestamp>,
    /// The first instant at which it is too late.
    pub closes_at: Timestamp,
}

/// How many people may come. Never zero: an event without a limit has no `Capacity`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Capacity(NonZeroU32);

/// A capacity of nobody.
#[derive(Debug, thiserror::Error)]
#[error("`capacity` must be at least 1; leave it out for an event without a limit")]
pub struct InvalidCapacity;

impl Capacity {
    /// The number of places.
    pub fn places(self) -> u32 {
        self.0.get()
    }
}

impl TryFrom<u32> for Capacity {
    type Error = InvalidCapacity;

    fn try_from(places: u32) -> Result<Capacity, InvalidCapacity> {
        NonZeroU32::new(places).map(Capacity).ok_or(InvalidCapacity)
    }
}

impl From<Capacity> for u32 {
    fn from(capacity: Capacity) -> u32 {
        capacity.places()
    }
}

/// How many places of a session are gone, as the store counts them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Availability {
    /// Places taken, by party size.
    pub taken: u32,
    /// Places waited for, by party size.
    pub waiting: u32,
}

impl Availability {
    /// Places a newcomer may take. None while anybody waits: a freed place is theirs first.
    pub fn remaining(&self, capacity: Capacity) -> u32 {
        if self.waiting > 0 {
            0
        } else {
            capacity.places().saturating_sub(self.taken)
        }
    }
}
