//! What staff do with registrations: find them, look at them, change them, and answer a person who asks for their data.
//!
//! Any program of staff may stand before it; so far that is the command line of `form-server`.

use forms::{
    Change, ContactHash, Language, Registration, RegistrationId, Slug, email_address, offer_until,
    telephone,
};
use jiff::Timestamp;

use crate::app::Random;
use crate::bundle::Bundle;
use crate::keys::IndexKey;
use crate::recognise::contact_hash;
use crate::registrar::{self, Changed};
use crate::seal::Opener;
use crate::store::{Actor, Store, StoreError};
use crate::transition::Circumstances;

#[cfg(feature = "embedded")]
mod attendance;
mod erasure;
mod record;

#[cfg(feature = "embedded")]
pub use attendance::{AttendanceError, Attendee, SHOWN as SHOWN_AT_THE_DOOR, attendees, to_csv};
pub use erasure::{Erased, Fate, STAYS, clear_remains, erase};
pub use record::{AnsweredQuestion, Export, OpenedPart, Record, export, record};

/// What staff work with.
#[derive(Clone, Copy)]
pub struct Desk<'a, S> {
    /// Where registrations are kept.
    pub store: &'a S,
    /// The site's forms and events.
    pub bundle: &'a Bundle,
    /// What people are found by.
    pub index: &'a IndexKey,
    /// What personal data is opened with.
    pub opener: &'a Opener,
    /// What makes identities of steps.
    pub random: &'a Random,
    /// When they work.
    pub now: Timestamp,
}

/// How many registrations are asked for at a time.
const PAGE: u32 = 100;

/// What was typed is neither an e-mail address nor a telephone number.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is neither an e-mail address nor a telephone number")]
pub struct NoContact;

/// The hashes under which somebody is found who can be reached at this e-mail address or telephone number, however the
/// number was written.
pub fn person(index: &IndexKey, typed: &str) -> Result<Vec<ContactHash>, NoContact> {
    let values = match (email_address(typed), telephone(typed)) {
        (Some(address), _) => vec![address],
        (None, Some(number)) => spellings(&number),
        (None, None) => return Err(NoContact),
    };
    Ok(values
        .iter()
        .map(|value| contact_hash(index, value))
        .collect())
}

/// The ways in which people write one number: with or without the code of the country (ITU-T E.164).
fn spellings(number: &str) -> Vec<String> {
    const CODE: &str = "359";
    let international = number
        .strip_prefix('+')
        .or_else(|| number.strip_prefix("00"));
    let national = match international {
        Some(number) => number.strip_prefix(CODE),
        None => number
            .strip_prefix('0')
            .or_else(|| number.strip_prefix(CODE)),
    };
    match (national, international) {
        (Some(number), _) => ["0", "+359", "00359", CODE]
            .map(|prefix| format!("{prefix}{number}"))
            .into(),
        (None, Some(number)) => ["+", "00"].map(|prefix| format!("{prefix}{number}")).into(),
        (None, None) => vec![number.to_owned()],
    }
}

impl<S: Store> Desk<'_, S> {
    /// The registration of this reference or identity. A reference is looked for among the activities of the site.
    pub async fn find(&self, text: &str) -> Result<Option<Registration>, StoreError> {
        let text = text.trim();
        let identity = RegistrationId::from_stored(text.to_ascii_lowercase());
        if let Some(found) = self.store.registration(&identity).await? {
            return Ok(Some(found));
        }
        for activity in self.bundle.manifest.activities.keys() {
            let all = self.registrations(activity).await?.into_iter();
            let mut matching =
                all.filter(|found| found.reference.as_str().eq_ignore_ascii_case(text));
            if let Some(found) = matching.next() {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Every registration for an activity, in the order in which they were taken.
    pub async fn registrations(&self, activity: &Slug) -> Result<Vec<Registration>, StoreError> {
        let mut all = Vec::new();
        let mut after: Option<RegistrationId> = None;
        loop {
            let page = self
                .store
                .registrations(activity, after.as_ref(), PAGE)
                .await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            for id in &page {
                all.extend(self.store.registration(id).await?);
            }
        }
        all.sort_by(|a, b| (a.submitted_at, a.id.as_str()).cmp(&(b.submitted_at, b.id.as_str())));
        Ok(all)
    }

    /// Every registration under these hashes, each once, in the order in which they were taken.
    pub async fn registrations_of(
        &self,
        person: &[ContactHash],
    ) -> Result<Vec<Registration>, StoreError> {
        let mut all: Vec<Registration> = Vec::new();
        for hash in person {
            for id in self.store.registrations_of(hash).await? {
                if !all.iter().any(|known| known.id == id) {
                    all.extend(self.store.registration(&id).await?);
                }
            }
        }
        all.sort_by(|a, b| (a.submitted_at, a.id.as_str()).cmp(&(b.submitted_at, b.id.as_str())));
        Ok(all)
    }

    /// Until when a place that is offered to this person now is held; `None` when it is too late for offers, or there is
    /// no event.
    pub fn offer_until(&self, registration: &Registration) -> Option<Timestamp> {
        let session = self.activity(registration)?.session.as_ref()?;
        offer_until(session, &self.bundle.zone, self.now)
    }

    /// Makes a change in the name of staff.
    pub async fn change(
        &self,
        registration: &Registration,
        change: &Change,
        reason: Option<&str>,
    ) -> Result<Changed, StoreError> {
        let activity = self.activity(registration);
        let at = Circumstances {
            now: self.now,
            actor: Actor::Staff,
            reason: reason.map(str::to_owned),
            session: activity.and_then(|activity| activity.session.as_ref()),
            zone: &self.bundle.zone,
        };
        registrar::change(self.store, self.random, &registration.id, change, &at).await
    }
}

impl<S> Desk<'_, S> {
    fn activity(&self, registration: &Registration) -> Option<&forms::Activity> {
        self.bundle.manifest.activities.get(&registration.activity)
    }

    /// What a registration is for, in a language.
    pub fn title(&self, registration: &Registration, language: &Language) -> &str {
        self.activity(registration)
            .map_or("", |activity| activity.title.text(language))
    }
}

#[cfg(test)]
mod tests {
    use super::{NoContact, person, spellings};
    use crate::keys::{IndexKey, Secret};

    #[test]
    fn a_number_is_found_however_it_was_written() {
        for number in ["0888123456", "+359888123456", "00359888123456"] {
            let mut found = spellings(number);
            found.sort();
            assert_eq!(
                found,
                [
                    "+359888123456",
                    "00359888123456",
                    "0888123456",
                    "359888123456"
                ],
                "{number}"
            );
        }
        assert_eq!(spellings("+4420123456"), ["+4420123456", "004420123456"]);
        assert_eq!(spellings("004420123456"), ["+4420123456", "004420123456"]);
        assert_eq!(spellings("888123456"), ["888123456"]);
    }

    #[test]
    fn an_address_is_one_person_in_capitals_too_and_a_name_is_nobody() {
        let index = IndexKey::new(&Secret::from_hexadecimal(&"5e".repeat(32)).unwrap());
        assert_eq!(
            person(&index, " Ana@Example.ORG".trim()),
            person(&index, "ana@example.org")
        );
        assert_eq!(person(&index, "Ana"), Err(NoContact));
    }
}
