//! How people can be reached, opened a moment ago. The list at the door is read again at every tap, and opening what is sealed
//! takes longer than all else together.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use forms::{Contact, Registration, RegistrationId};
use jiff::{SignedDuration, Timestamp};

/// How long nobody may have asked before everything is forgotten.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// How many are kept at most, so that memory has a bound.
const MOST: usize = 20_000;

/// Contacts that were opened, in memory alone. Every change of a registration makes what was opened before it worthless, so that
/// nobody is shown what was erased.
#[derive(Default)]
pub struct OpenedContacts(Mutex<Opened>);

#[derive(Default)]
struct Opened {
    asked_at: Option<Timestamp>,
    /// With the version of the registration that it was opened at.
    contacts: HashMap<RegistrationId, (u32, Contact)>,
}

impl OpenedContacts {
    /// How the person can be reached, if it was opened since the registration last changed.
    pub(super) fn get(&self, registration: &Registration, now: Timestamp) -> Option<Contact> {
        let mut opened = self.lock(now);
        let (version, contact) = opened.contacts.get(&registration.id)?;
        if *version == registration.version {
            return Some(contact.clone());
        }
        opened.contacts.remove(&registration.id);
        None
    }

    /// Remembers what was opened.
    pub(super) fn keep(&self, registration: &Registration, contact: &Contact, now: Timestamp) {
        let mut opened = self.lock(now);
        if opened.contacts.len() >= MOST {
            opened.contacts.clear();
        }
        let kept = (registration.version, contact.clone());
        opened.contacts.insert(registration.id.clone(), kept);
    }

    fn lock(&self, now: Timestamp) -> MutexGuard<'_, Opened> {
        // Whoever panicked with it in hand left a map that is whole.
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = opened.asked_at.replace(now);
        if before.is_some_and(|before| now.duration_since(before) >= KEPT) {
            opened.contacts.clear();
        }
        opened
    }
}
