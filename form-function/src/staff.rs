//! The staff area: what the people at the counter see of the sign-ups, and do with them.
//!
//! A request passes `guard`, which knows who asks ([`session`], [`people`]) and what they may ([`access`]); its handler in
//! `routes` writes down what is about to be shown or done ([`audit`]), works at the [`desk`](crate::desk), and answers
//! with one of `pages`. Nothing here is reachable without the table of [`access`].

pub mod access;
pub mod audit;
mod contacts;
mod guard;
mod pages;
pub mod people;
mod routes;
pub mod session;
pub mod sign_in;

use std::sync::Arc;

pub use contacts::OpenedContacts;
pub use routes::router;

use crate::app::App;
use crate::desk::Desk;
use crate::mail::Transport;
use crate::seal::Opener;
use people::StaffList;

/// What the staff area works with.
pub struct Staff<S> {
    /// What every request may use.
    pub app: Arc<App<S>>,
    /// What personal data is opened with.
    pub opener: Opener,
    /// Who may sign in, and as what.
    pub list: StaffList,
    /// How links for signing in leave.
    pub mailer: Arc<Transport>,
    /// What of it was opened a moment ago.
    pub contacts: OpenedContacts,
}

impl<S> Staff<S> {
    fn desk(&self) -> Desk<'_, S> {
        Desk {
            store: &self.app.store,
            bundle: &self.app.bundle,
            index: &self.app.keys.index,
            opener: &self.opener,
            random: &self.app.random,
            now: self.app.now(),
        }
    }
}
