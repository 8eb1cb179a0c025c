//! What staff see and do. They have no pages of their own yet: their tools call the registrar, as this does.

use form_function::personal;
use form_function::registrar::{self, Changed};
use form_function::store::{Actor, AuditEvent, ConsentRecord, Delivery, Store};
use form_function::token::ManageToken;
use form_function::transition::Circumstances;
use form_function::worker::{Worker, round};
use forms::{Change, Registration, RegistrationId};

use super::tables;
use super::{FormTest, KEYS, Mail, mails_in};

impl FormTest {
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

    /// One round of the worker, which has to fail. Gives the mails there are then.
    pub(crate) fn work_in_vain(&self) -> Vec<Mail> {
        let worker = Worker {
            app: self.app.as_ref(),
            opener: &self.opener,
            mailer: &self.mailer,
            until: None,
        };
        assert!(self.runtime.block_on(round(&worker)).is_err());
        mails_in(&self.mail_folder())
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
