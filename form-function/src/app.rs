//! What every request may use. Time and chance enter here and nowhere else.

use std::sync::Arc;

use forms::{Activity, Reference, Registration, RegistrationId, Session};
use jiff::Timestamp;

use crate::bundle::Bundle;
use crate::keys::Keyring;
use crate::limits::Limiter;
#[cfg(feature = "embedded")]
use crate::mail::Transport;
#[cfg(feature = "embedded")]
use crate::seal::Opener;
use crate::store::Store;
#[cfg(feature = "embedded")]
use crate::worker::{self, Worker};

/// What every request may use.
pub struct App<S> {
    /// The site's forms, texts and templates.
    pub bundle: Arc<Bundle>,
    /// Where registrations are kept.
    pub store: Arc<S>,
    /// What tokens are signed, people recognised and personal data sealed with.
    pub keys: Keyring,
    /// How many posts are taken.
    pub limiter: Limiter,
    /// The address of the site, without a closing `/`.
    pub public_url: String,
    /// What tells the time.
    pub clock: Clock,
    /// What makes identities that nobody can guess.
    pub random: Random,
    /// Who delivers the mail that a change gives rise to.
    pub delivery: Delivery,
    /// Whether staff have pages of ours, so that a ticket leads somewhere.
    pub has_staff_area: bool,
}

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What fills bytes with chance.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Who delivers the mail that a change gives rise to.
#[derive(Clone)]
pub enum Delivery {
    /// A task of this process, which is woken: see [`worker::run`].
    InBackground(Arc<tokio::sync::Notify>),
    /// The request itself, before it answers: what a preview shows has to be there already. Not on AWS, whose public
    /// program would otherwise hold all that makes mail.
    #[cfg(feature = "embedded")]
    AtOnce(Arc<Transport>, Opener),
}

/// The clock of the machine.
pub fn system_clock() -> Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge of the program, where time enters"
    )]
    Arc::new(Timestamp::now)
}

/// The chance of the machine.
///
/// # Panics
/// When it is asked for and the machine has none.
pub fn system_random() -> Random {
    #[expect(
        clippy::expect_used,
        reason = "without randomness no identity is safe, so there is nothing left to do"
    )]
    Arc::new(|bytes| getrandom::fill(bytes).expect("the system gives random bytes"))
}

impl<S> App<S> {
    /// The address of a path of the site.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// What a registration is for, as it is announced now.
    pub(crate) fn activity(&self, registration: &Registration) -> Option<&Activity> {
        self.bundle.manifest.activities.get(&registration.activity)
    }

    /// The event that a registration is for, as it is announced now.
    pub(crate) fn session(&self, registration: &Registration) -> Option<&Session> {
        self.activity(registration)?.session.as_ref()
    }

    pub(crate) fn new_registration_id(&self) -> RegistrationId {
        RegistrationId::from_random(self.random_bytes())
    }

    pub(crate) fn new_reference(&self) -> Reference {
        Reference::from_random(self.random_bytes())
    }

    pub(crate) fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}

impl<S: Store> App<S> {
    /// Sees to it that what a change gives rise to happens soon: mail, and offers of places that became free. What cannot
    /// happen now stays in the store.
    #[cfg_attr(
        not(feature = "embedded"),
        expect(clippy::unused_async, reason = "only a preview works at once")
    )]
    pub(crate) async fn wake_worker(&self) {
        match &self.delivery {
            Delivery::InBackground(wake) => wake.notify_one(),
            #[cfg(feature = "embedded")]
            Delivery::AtOnce(mailer, opener) => {
                let worker = Worker {
                    app: self,
                    opener,
                    mailer: mailer.as_ref(),
                    until: None,
                };
                if let Err(error) = worker::round(&worker).await {
                    crate::logs::fault(&error);
                }
            }
        }
    }
}
