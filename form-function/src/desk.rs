//! What staff do with registrations: find them, look at them, change them, and answer a person who asks for their data.
//!
//! Any program of staff may stand before it: the pages of the staff area, the command line of `form-server`.

use forms::{
    Change, ContactHash, Language, Registration, RegistrationId, Slug, email_address, offer_until,
    telephone,
};
use jiff::Timestamp;

use crate::app::Random;
use crate::bundle::Bundle;
use crate::keys::IndexKey;
use crate::recognise::{address_hash, number_hash};
use crate::registrar::{self, Changed};
use crate::seal::Opener;
#[cfg(feature = "embedded")]
use crate::store::StepId;
use crate::store::{Actor, ListPlace, Store, StoreError};
#[cfg(feature = "embedded")]
use crate::transition;
use crate::transition::Circumstances;

#[cfg(feature = "embedded")]
mod attendance;
mod erasure;
mod record;
#[cfg(feature = "embedded")]
mod figures;
#[cfg(feature = "embedded")]
mod full;
#[cfg(feature = "embedded")]
pub mod sheet;
#[cfg(feature = "embedded")]
pub mod statistics;

#[cfg(feature = "embedded")]
pub use attendance::{Attendee, Column, SHOWN as SHOWN_AT_THE_DOOR, attendance_sheet, attendees};
pub use erasure::{Erased, Fate, STAYS, clear_remains, erase};
#[cfg(feature = "embedded")]
pub use figures::{Figures, figures};
#[cfg(feature = "embedded")]
pub use full::full_sheet;
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
const PAGE: u32 = 1_000;

/// What was typed is neither an e-mail address nor a telephone number.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is neither an e-mail address nor a telephone number")]
pub struct NoContact;

/// The hash under which somebody is found who can be reached at this e-mail address or telephone number, however the
/// number was written; `calling_code` is that of the site's country.
pub fn person(
    index: &IndexKey,
    calling_code: Option<&str>,
    typed: &str,
) -> Result<ContactHash, NoContact> {
    match (email_address(typed), telephone(typed)) {
        (Some(address), _) => Ok(address_hash(index, &address)),
        (None, Some(number)) => Ok(number_hash(index, calling_code, &number)),
        (None, None) => Err(NoContact),
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
        let mut after: Option<ListPlace> = None;
        loop {
            let page = self
                .store
                .registrations(activity, after.as_ref(), PAGE)
                .await?;
            let Some(last) = page.last() else { break };
            after = Some(ListPlace::of(last));
            all.extend(page);
        }
        Ok(all)
    }

    /// Every registration under this hash, in the order in which they were taken.
    pub async fn registrations_of(
        &self,
        person: &ContactHash,
    ) -> Result<Vec<Registration>, StoreError> {
        let mut all: Vec<Registration> = Vec::new();
        for id in self.store.registrations_of(person).await? {
            all.extend(self.store.registration(&id).await?);
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
        let at = self.circumstances(registration, reason);
        registrar::change(self.store, self.random, &registration.id, change, &at).await
    }
}

impl<S> Desk<'_, S> {
    /// Whether staff could make a change, with a reason, as things stand. Whether there is room shows only when they do.
    #[cfg(feature = "embedded")]
    pub fn is_possible(&self, registration: &Registration, change: &Change) -> bool {
        let at = self.circumstances(registration, Some("-"));
        let nobody = StepId(String::new());
        transition::change(registration, change, &at, nobody).is_ok()
    }

    fn circumstances(
        &self,
        registration: &Registration,
        reason: Option<&str>,
    ) -> Circumstances<'_> {
        let activity = self.activity(registration);
        Circumstances {
            now: self.now,
            actor: Actor::Staff,
            reason: reason.map(str::to_owned),
            session: activity.and_then(|activity| activity.session.as_ref()),
            zone: &self.bundle.zone,
        }
    }

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
    use super::{NoContact, person};
    use crate::keys::{IndexKey, Secret};

    #[test]
    fn an_address_is_one_person_in_capitals_too_and_a_name_is_nobody() {
        let index = IndexKey::new(&Secret::from_hexadecimal(&"5e".repeat(32)).unwrap());
        let person = |typed| person(&index, Some("+359"), typed);
        assert_eq!(person("Ana@Example.ORG"), person("ana@example.org"));
        assert_eq!(person("0888 123 456"), person("+359 888 123 456"));
        assert_ne!(person("0888 123 456"), person("+48 888 123 456"));
        assert_eq!(person("Ana"), Err(NoContact));
    }
}
