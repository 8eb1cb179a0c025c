//! Rounds of the worker over any store: what happens by itself to those who signed up for the open day.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use form_function::app::{App, Clock, Delivery};
use form_function::bundle::Bundle;
use form_function::keys::{GeneratedKeys, generate};
use form_function::limits::{ClientAddress, Limiter};
use form_function::mail::{Mail, MailError, Mailer};
use form_function::seal::{Opener, SealContext};
use form_function::store::{MessageId, Store, StoreError};
use form_function::worker::{self, Round, Worker};
use forms::{Contact, Group, Manifest, PersonalData, Session};
use jiff::Timestamp;

use super::people::{Ask, activity, random};
use crate::site_test::SiteTest;

static KEYS: LazyLock<GeneratedKeys> = LazyLock::new(|| generate(&random()));

/// A mailbox that takes every mail.
#[derive(Clone, Default)]
pub(super) struct Mailbox(Arc<Mutex<Vec<MessageId>>>);

impl Mailbox {
    /// How often each mail came.
    pub(super) fn counted(&self) -> BTreeMap<MessageId, u32> {
        let mut counted = BTreeMap::new();
        for id in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            *counted.entry(id.clone()).or_default() += 1;
        }
        counted
    }
}

impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.push(mail.id.clone());
        Ok(())
    }
}

/// Does everything that is due now, once, as the event is announced now.
pub(super) async fn round<S: Store>(
    store: Arc<S>,
    session: &Session,
    now: Timestamp,
    mailer: &impl Mailer,
) -> Result<Round, StoreError> {
    let worker = Worker {
        app: &app(store, session, Arc::new(move || now)),
        opener: &opener(),
        mailer,
        until: None,
    };
    worker::round(&worker).await
}

/// What a worker works with where the event is announced like this.
pub(super) fn app<S: Store>(store: Arc<S>, session: &Session, clock: Clock) -> App<S> {
    App {
        bundle: bundle(session),
        store,
        keys: KEYS.keyring(),
        limiter: Limiter::new(None, ClientAddress::Peer),
        public_url: "https://centre.example".to_owned(),
        clock,
        random: random(),
        delivery: Delivery::InBackground(Arc::default()),
        has_staff_area: false,
    }
}

/// What opens the addresses of all who can be written to.
pub(super) fn opener() -> Opener {
    KEYS.opener()
}

/// A site whose only event is announced like this.
fn bundle(session: &Session) -> Arc<Bundle> {
    static BUNDLES: LazyLock<Mutex<HashMap<String, Arc<Bundle>>>> = LazyLock::new(Mutex::default);
    let mut bundles = BUNDLES.lock().unwrap_or_else(PoisonError::into_inner);
    let built = || {
        let mut files = site();
        let file = files.get_mut("manifest.json").unwrap();
        let mut manifest: Manifest = serde_json::from_slice(file).unwrap();
        let event = manifest.activities.get_mut(&activity()).unwrap();
        event.session = Some(session.clone());
        *file = serde_json::to_vec(&manifest).unwrap();
        Arc::new(Bundle::from_files(&files).unwrap())
    };
    let name = serde_json::to_string(session).unwrap();
    Arc::clone(bundles.entry(name).or_insert_with(built))
}

/// What the form function reads of a small site with one event.
fn site() -> BTreeMap<String, Vec<u8>> {
    static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
        let event = "---\ntitle: 'Отворени врати'\ndescription: За проба.\nplace: Пловдив\n\
                     starts_at: 2027-06-10T09:00\nends_at: 2027-06-10T17:00\n\
                     registration:\n  form: rsvp\n  capacity: 40\n---\n";
        let site = SiteTest::new().file("content/events/open-day.md", event);
        site.build().files("dist/forms").into_iter().collect()
    });
    FILES.clone()
}

impl Ask {
    /// The same from somebody who can be written to.
    pub(super) fn reachable(mut self) -> Ask {
        let part = super::people::part(Group::Contact, 60);
        let id = &self.registration.id;
        let contact = PersonalData {
            contact: Some(Contact {
                name: "Ана".to_owned(),
                email: Some(format!("{}@example.org", id.as_str())),
                telephone: None,
            }),
            answers: BTreeMap::new(),
        };
        let context = SealContext {
            registration: id,
            part: &part.to_string(),
        };
        let json = serde_json::to_vec(&contact).unwrap();
        let contact = KEYS
            .keyring()
            .sealer
            .seal(Group::Contact, &context, &json, &random());
        for (kept, content) in &mut self.sealed {
            if *kept == part {
                content.clone_from(&contact);
            }
        }
        self
    }

    /// The same from somebody whose contact is not kept: there is nobody to write to.
    pub(super) fn unreachable(mut self) -> Ask {
        let parts = [(Group::Answers, 30), (Group::Sensitive, 5)]
            .map(|(group, days)| super::people::part(group, days));
        self.registration.parts = parts.into();
        for ((kept, _), part) in self.sealed.iter_mut().zip(parts) {
            *kept = part;
        }
        self
    }
}
