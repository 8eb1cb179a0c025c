//! What staff see and do: their pages, and their tools, which call the registrar as this does.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use form_function::app::App;
use form_function::desk::{self, Desk, Fate};
use form_function::mail::{MailTransport, Transport};
use form_function::personal;
use form_function::registrar::{self, Changed};
use form_function::router;
use form_function::staff::people::StaffList;
use form_function::staff::{self as staff_area, OpenedContacts, Staff};
use form_function::store::sqlite::SqliteStore;
use form_function::store::{Actor, AuditEvent, ConsentRecord, Delivery, Store};
use form_function::token::ManageToken;
use form_function::transition::Circumstances;
use form_function::worker::{self, Worker};
use forms::{Change, Registration, RegistrationId};
use jiff::SignedDuration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};

use super::tables;
use super::{FormTest, KEYS, Mail, mails_in};
use crate::faulty_store::FaultyStore;

/// Who may sign in to the staff area of every form test.
const STAFF: &str =
    "rada@example.org:reception,koko@example.org:coordinator,dida@example.org:data_officer";

/// Forms and staff area.
pub(super) fn routes(app: &Arc<App<FaultyStore<SqliteStore>>>, mailer: &Arc<Transport>) -> Router {
    routes_for(STAFF, app, mailer)
}

fn routes_for(
    list: &str,
    app: &Arc<App<FaultyStore<SqliteStore>>>,
    mailer: &Arc<Transport>,
) -> Router {
    let staff = Staff {
        app: Arc::clone(app),
        opener: KEYS.opener(),
        list: StaffList::parse(list).unwrap(),
        mailer: Arc::clone(mailer),
        contacts: OpenedContacts::default(),
    };
    router(Arc::clone(app)).merge(staff_area::router(Arc::new(staff)))
}

impl FormTest {
    /// From the next start on these are of staff.
    pub(crate) fn staff_are(&mut self, list: &str) {
        self.router = routes_for(list, &self.app, &self.mailer);
    }

    /// Waits for what the function does after it has answered.
    pub(crate) fn finish_what_was_begun(&self) {
        self.ask(async {
            while Handle::current().metrics().num_alive_tasks() > 0 {
                tokio::task::yield_now().await;
            }
        });
    }

    /// Asks the store itself.
    pub(crate) fn ask<T>(&self, question: impl Future<Output = T>) -> T {
        self.runtime.block_on(question)
    }

    /// The file that the store is in.
    pub(crate) fn store_file(&self) -> PathBuf {
        self.folder.path().join("registrations.sqlite")
    }

    /// The registration whose own page this is, however old the address.
    pub(crate) fn registration(&self, receipt: &str) -> Registration {
        let id = id(receipt);
        let found = self.app.store.registration(&id);
        self.runtime.block_on(found).unwrap().unwrap()
    }

    /// Staff make this change now, for a reason.
    pub(crate) fn staff(&self, receipt: &str, change: &Change) -> Changed {
        let registration = self.registration(receipt);
        let activity = self.app.bundle.activity(registration.activity.as_str());
        let at = Circumstances {
            now: *self.now.lock().unwrap(),
            actor: Actor::Staff,
            reason: Some("so it was decided".to_owned()),
            session: activity.and_then(|(activity, _)| activity.session.as_ref()),
            zone: &self.app.bundle.zone,
        };
        let app = &self.app;
        let changed = registrar::change(
            app.store.as_ref(),
            &app.random,
            &registration.id,
            change,
            &at,
        );
        self.runtime.block_on(changed).unwrap()
    }

    /// Staff make this change, which must be possible.
    #[track_caller]
    pub(crate) fn staff_do(&self, receipt: &str, change: &Change) {
        let changed = self.staff(receipt, change);
        assert!(matches!(changed, Changed::Done(_)), "{changed:?}");
    }

    /// Makes a registration unreadable.
    pub(crate) fn damage(&self, receipt: &str) {
        let file = self.folder.path().join("registrations.sqlite");
        tables::damage(&file, id(receipt).as_str());
    }

    /// Makes what the person wrote unreadable.
    pub(crate) fn damage_sealed(&self, receipt: &str) {
        let file = self.folder.path().join("registrations.sqlite");
        tables::damage_sealed(&file, id(receipt).as_str());
    }

    /// One round of the worker, which has to fail. Gives the mails there are then.
    pub(crate) fn work_in_vain(&self) -> Vec<Mail> {
        let worker = Worker {
            app: self.app.as_ref(),
            opener: &self.opener,
            mailer: &self.mailer,
            until: None,
        };
        assert!(self.runtime.block_on(worker::round(&worker)).is_err());
        mails_in(&self.mail_folder())
    }

    /// Staff erase what was written in these registrations; what became of each.
    pub(crate) fn erase(&self, registrations: &[Registration]) -> Vec<Fate> {
        self.erased(registrations, false)
    }

    /// The same, of people too whom the rules of a programme keep.
    pub(crate) fn erase_participants_too(&self, registrations: &[Registration]) -> Vec<Fate> {
        self.erased(registrations, true)
    }

    fn erased(&self, registrations: &[Registration], participants_too: bool) -> Vec<Fate> {
        let desk = self.desk();
        let erased = self.ask(desk::erase(&desk, registrations, participants_too));
        erased.unwrap().into_iter().map(|one| one.fate).collect()
    }

    /// What staff work with, now.
    pub(crate) fn desk(&self) -> Desk<'_, FaultyStore<SqliteStore>> {
        Desk {
            store: self.app.store.as_ref(),
            bundle: &self.app.bundle,
            index: &self.app.keys.index,
            opener: &self.opener,
            random: &self.app.random,
            now: *self.now.lock().unwrap(),
        }
    }

    /// Lets the worker run and the clock go on by so many hours, until this is so.
    pub(crate) fn the_worker_sees_to_it(&self, hours: i64, is_so: impl Fn() -> bool) {
        let (stop, stopped) = oneshot::channel();
        let wake = Arc::new(Notify::new());
        let mailer = Transport::open(&MailTransport::Folder(self.mail_folder())).unwrap();
        let (app, opener) = (Arc::clone(&self.app), self.opener.clone());
        self.runtime.block_on(async {
            let run = worker::run(app, opener, mailer, Arc::clone(&wake), stopped);
            let run = tokio::spawn(run);
            self.after(SignedDuration::from_hours(hours));
            wake.notify_one();
            let waited = tokio::time::timeout(Duration::from_mins(1), async {
                while !is_so() {
                    tokio::task::yield_now().await;
                }
            });
            waited.await.expect("the worker does not see to it");
            stop.send(()).unwrap();
            run.await.unwrap();
        });
    }

    /// What happened to a registration, in order.
    pub(crate) fn history(&self, receipt: &str) -> Vec<AuditEvent> {
        let id = id(receipt);
        let history = self.app.store.history(&id);
        self.runtime.block_on(history).unwrap()
    }

    /// What happened, by name.
    pub(crate) fn actions(&self, receipt: &str) -> Vec<String> {
        let history = self.history(receipt).into_iter();
        history.map(|event| event.action).collect()
    }

    /// What the person agreed to, in order.
    pub(crate) fn consents(&self, receipt: &str) -> Vec<ConsentRecord> {
        let id = id(receipt);
        let consents = self.app.store.consents(&id);
        self.runtime.block_on(consents).unwrap()
    }

    /// What became of the messages about a registration.
    pub(crate) fn deliveries(&self, receipt: &str) -> Vec<Delivery> {
        let id = id(receipt);
        let deliveries = self.app.store.deliveries(&id);
        self.runtime.block_on(deliveries).unwrap()
    }

    /// All that can still be read, with every key there is, of what the person wrote.
    pub(crate) fn readable(&self, receipt: &str) -> String {
        let registration = self.registration(receipt);
        let mut readable = String::new();
        for part in &registration.parts {
            let data = personal::read(self.app.store.as_ref(), &self.opener, &registration, *part);
            let data = self.runtime.block_on(data).unwrap().unwrap();
            readable += &format!("{part}: {data:?}\n");
        }
        readable
    }

    /// How a registration stands, as its page says it.
    pub(crate) fn heading(&self, receipt: &str) -> String {
        self.get(receipt).must_be(200).page().heading()
    }

    /// Whether its page says in Bulgarian that a registration stands so.
    #[track_caller]
    pub(crate) fn stands(&self, receipt: &str, state: &str) {
        let heading = self.text("bg", &format!("receipt.heading.{state}"));
        assert_eq!(self.heading(receipt), heading, "{state}");
    }

    /// Presses the button of a registration's own page that does this.
    pub(crate) fn press(&self, receipt: &str, action: &str) -> super::Reply {
        let form = self.get(receipt).must_be(200).page().form_for(action);
        self.post(&form.action, &form.sent_untouched())
    }

    /// Who was written what, once the worker has done what is due: kinds and addresses, in order.
    pub(crate) fn written(&self) -> Vec<(String, String)> {
        let mails = self.mails().into_iter();
        let mut written: Vec<_> = mails.map(|mail| (mail.kind, mail.to)).collect();
        written.sort();
        written
    }

    /// Throws away the mail that there is, so that a test looks at what comes after.
    pub(crate) fn empty_mailboxes(&self) {
        self.work();
        for entry in std::fs::read_dir(self.mail_folder()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
}

fn id(receipt: &str) -> RegistrationId {
    let token = receipt.rsplit('/').next().unwrap();
    let token = ManageToken::open(&KEYS.keyring().tokens, token);
    token.unwrap().registration
}
