//! What stays the same while the content changes: the store, the keys, the mail folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use form_function::app::{App, Clock, Delivery, system_random};
use form_function::bundle::Bundle;
use form_function::keys::Keyring;
use form_function::limits::{ClientAddress, Limiter};
use form_function::mail::{MailTransport, Transport};
use form_function::seal::Opener;
use form_function::settings::Settings;
use form_function::staff::people::StaffList;
use form_function::staff::{self, OpenedContacts, Staff};
use form_function::store::sqlite::SqliteStore;
use forms::Group;

/// Who may sign in to the staff area of a preview; their mail is in the mailbox. Nobody else reaches a preview.
const STAFF: &str = "reception@example.org:reception,coordinator@example.org:coordinator,data@example.org:data_officer";

/// What stays the same while the content changes: the store, the keys, the mail folder.
pub(super) struct Backstage {
    store: Arc<SqliteStore>,
    keys: Keyring,
    opener: Opener,
    mail: PathBuf,
    url: String,
    clock: Clock,
}

impl Backstage {
    /// Opens the store in a folder, which is made if it is not there.
    pub(super) fn open(folder: &Path, url: String, clock: Clock) -> anyhow::Result<Backstage> {
        let settings = Settings::from_lookup(|name| {
            (name == "DATA_DIR").then(|| folder.to_string_lossy().into_owned())
        })?;
        let store = Arc::new(SqliteStore::open(&folder.join("registrations.sqlite"))?);
        // Mail is shown in the preview, and so is the staff area: both are opened here.
        let groups = [Group::Contact, Group::Answers, Group::Sensitive];
        let (keys, opener) = settings.keys_or_own(&groups, &system_random())?;
        Ok(Backstage {
            store,
            keys,
            opener,
            mail: folder.join("mail"),
            url,
            clock,
        })
    }

    pub(super) fn mail_folder(&self) -> PathBuf {
        self.mail.clone()
    }

    /// The forms of a bundle over the store. Mail is written before a request is answered, so that it can be read at
    /// once.
    pub(super) fn forms(&self, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<Router> {
        let folder = MailTransport::Folder(self.mail.clone());
        let mailer = Arc::new(Transport::open(&folder)?);
        let app = Arc::new(App {
            bundle: Arc::new(Bundle::from_files(files)?),
            store: Arc::clone(&self.store),
            keys: self.keys.clone(),
            limiter: Limiter::new(None, ClientAddress::Peer),
            public_url: self.url.clone(),
            clock: Arc::clone(&self.clock),
            random: system_random(),
            delivery: Delivery::AtOnce(Arc::clone(&mailer), self.opener.clone()),
            has_staff_area: false,
        });
        let staff = Staff {
            app: Arc::clone(&app),
            opener: self.opener.clone(),
            list: StaffList::parse(STAFF)?,
            mailer,
            contacts: OpenedContacts::default(),
        };
        Ok(form_function::router(app).merge(staff::router(Arc::new(staff))))
    }
}
