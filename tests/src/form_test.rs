//! The language of form tests: the forms of a site, people who fill them in, what they were told and what was kept.
//!
//! The function is the real one over a file in a folder of its own; only its clock stands where the test puts it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod built;
mod editor;
mod mailbox;
mod page;
mod reply;
mod staff;
mod tables;
mod visitor;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use form_function::app::{App, Clock, Delivery, system_random};
use form_function::keys::{GeneratedKeys, generate};
use form_function::limits::{ClientAddress, Limiter, RateLimits};
use form_function::mail::{MailTransport, Transport};
use form_function::seal::Opener;
use form_function::store::sqlite::SqliteStore;
use form_function::worker::{Round, Worker, round};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

#[cfg(feature = "dynamodb")]
pub(crate) use built::SENDER;
#[cfg(any(feature = "dynamodb", feature = "server"))]
pub(crate) use built::lasting;
pub(crate) use built::{Built, real};
pub(crate) use mailbox::{Mail, mails_in, unfolded};
pub(crate) use page::{Answers, Form, Page, Question};
pub(crate) use reply::Reply;
pub(crate) use tables::dump;
pub(crate) use visitor::Visitor;

use crate::faulty_store::{Fault, FaultyStore};
use crate::site_test::NOW;

/// A sample event with 40 places, at most four for one person, and no waiting list.
pub(crate) const OPEN_DAY: &str = "den-na-otvorenite-vrati-2027";
/// A sample event with 30 places, at most two for one person, and a waiting list.
pub(crate) const ROUND_TABLE: &str = "kragla-masa-2027";
/// A sample event with 120 places, at most three for one person, and a waiting list.
#[cfg(any(feature = "dynamodb", feature = "server"))]
pub(crate) const CONFERENCE: &str = "mezhdunarodna-konferentsia-2027";
/// How one becomes a user of the Centre.
pub(crate) const REGISTRATION: &str = "registration";

/// How long a visitor looks at a page before the next step.
pub(crate) const READING: SignedDuration = SignedDuration::from_secs(5);

/// The keys of every form test.
pub(crate) static KEYS: LazyLock<GeneratedKeys> = LazyLock::new(|| generate(&system_random()));

/// Where the site of every form test is.
pub(crate) const SITE: &str = "https://centre.example";

/// A form function with a site, a store, a mailbox and a clock.
pub(crate) struct FormTest {
    runtime: Runtime,
    /// What the function works with.
    pub(crate) app: Arc<App<FaultyStore<SqliteStore>>>,
    router: Router,
    mailer: Arc<Transport>,
    opener: Opener,
    now: Arc<Mutex<Timestamp>>,
    site: Arc<Built>,
    folder: TempDir,
}

impl FormTest {
    /// The forms of the real content.
    pub(crate) fn new() -> FormTest {
        FormTest::of(real())
    }

    /// The forms of this site.
    pub(crate) fn of(site: Arc<Built>) -> FormTest {
        FormTest::set_up(site, Fault::None, None)
    }

    /// The forms of the real content, over a store with a fault.
    pub(crate) fn with(fault: Fault) -> FormTest {
        FormTest::set_up(real(), fault, None)
    }

    /// The forms of the real content, with mail to this server.
    #[cfg(feature = "smtp")]
    pub(crate) fn mailing(server: &str) -> FormTest {
        FormTest::set_up(
            real(),
            Fault::None,
            Some(MailTransport::Server(server.to_owned())),
        )
    }

    fn set_up(site: Arc<Built>, fault: Fault, mail: Option<MailTransport>) -> FormTest {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let mail = mail.unwrap_or_else(|| MailTransport::Folder(folder.path().join("mail")));
        let app = Arc::new(App {
            bundle: site.bundle(),
            store: Arc::new(FaultyStore {
                inner: SqliteStore::open(&folder.path().join("registrations.sqlite")).unwrap(),
                fault,
            }),
            keys: KEYS.keyring(),
            limiter: watchful(),
            public_url: SITE.to_owned(),
            clock: clock(&now),
            random: system_random(),
            delivery: Delivery::InBackground(Arc::default()),
            has_staff_area: true,
        });
        let mailer = Arc::new(Transport::open(&mail).unwrap());
        FormTest {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            router: staff::routes(&app, &mailer),
            app,
            mailer,
            opener: KEYS.opener(),
            now,
            site,
            folder,
        }
    }

    /// The same store behind another edition of the site, as after a change by an editor.
    pub(crate) fn publish(&mut self, site: Arc<Built>) {
        self.restart(site, watchful());
    }

    /// The same, where nothing is limited.
    pub(crate) fn unlimited(mut self) -> FormTest {
        self.restart(
            Arc::clone(&self.site),
            Limiter::new(None, ClientAddress::Peer),
        );
        self
    }

    /// The same, for so many posts from each address in `X-Forwarded-For`.
    pub(crate) fn limit(&mut self, limits: RateLimits) {
        let limiter = Limiter::new(Some(limits), ClientAddress::XForwardedFor);
        self.restart(Arc::clone(&self.site), limiter);
    }

    fn restart(&mut self, site: Arc<Built>, limiter: Limiter) {
        self.app = Arc::new(App {
            bundle: site.bundle(),
            store: Arc::clone(&self.app.store),
            keys: self.app.keys.clone(),
            limiter,
            public_url: self.app.public_url.clone(),
            clock: Arc::clone(&self.app.clock),
            random: Arc::clone(&self.app.random),
            delivery: self.app.delivery.clone(),
            has_staff_area: self.app.has_staff_area,
        });
        self.router = staff::routes(&self.app, &self.mailer);
        self.site = site;
    }

    /// From here on it is this time.
    pub(crate) fn at(&self, time: &str) -> &FormTest {
        *self.now.lock().unwrap() = time.parse().unwrap();
        self
    }

    /// Lets so much time pass.
    pub(crate) fn after(&self, time: SignedDuration) -> &FormTest {
        *self.now.lock().unwrap() += time;
        self
    }

    /// The form of an activity, as the site shows it.
    pub(crate) fn form(&self, activity: &str, language: &str) -> Form {
        self.site.form(activity, language)
    }

    /// Opens an address.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    /// Posts these answers as a browser does.
    pub(crate) fn post(&self, path: &str, answers: &Answers) -> Reply {
        self.post_with(path, &[], answers)
    }

    /// Posts these answers with a header more.
    pub(crate) fn post_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        answers: &Answers,
    ) -> Reply {
        let headers = [
            &[("content-type", "application/x-www-form-urlencoded")],
            headers,
        ]
        .concat();
        self.send("POST", path, &headers, answers.encoded())
    }

    /// Posts these answers to the form of an activity.
    pub(crate) fn fill_in(&self, activity: &str, answers: &Answers) -> Reply {
        self.post(&format!("/forms/{activity}"), answers)
    }

    /// Presses the main button of a page that has one form, such as "check your answers".
    pub(crate) fn confirm(&self, page: &Reply) -> Reply {
        let form = page.page().form();
        self.after(READING);
        self.post(&form.action, &form.sent_untouched())
    }

    /// Fills in the form of an activity and confirms. Gives the path of the registration's own page.
    pub(crate) fn sign_up(&self, activity: &str, answers: &Answers) -> String {
        let check = self.fill_in(activity, answers).must_be(200);
        self.confirm(&check).must_be(303).location().to_owned()
    }

    /// Gives a registration back by the button on its page.
    pub(crate) fn give_back(&self, receipt: &str) -> Reply {
        self.post(&format!("{receipt}/cancel"), &Answers::default())
    }

    /// Sends answers as a program does.
    pub(crate) fn json(&self, activity: &str, key: &str, answers: &Value) -> Reply {
        self.json_with(activity, &[("idempotency-key", key)], &answers.to_string())
    }

    /// Sends this text as JSON.
    pub(crate) fn json_with(&self, activity: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let headers = [&[("content-type", "application/json")], headers].concat();
        self.send(
            "POST",
            &format!("/forms/{activity}"),
            &headers,
            body.to_owned(),
        )
    }

    /// Sends any request.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "centre.example");
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request.body(body.into()).unwrap();
        let router = self.router.clone();
        self.runtime
            .block_on(async { Reply::read(router.oneshot(request).await.unwrap()).await })
    }

    /// What one may ask about the places of an activity.
    pub(crate) fn availability(&self, activity: &str) -> Value {
        self.get(&format!("/forms/{activity}/availability"))
            .must_be(200)
            .json()
    }

    /// How many places are left.
    pub(crate) fn remaining(&self, activity: &str) -> u64 {
        self.availability(activity)["remaining"].as_u64().unwrap()
    }

    /// Lets strangers take so many places at the open day or the round table, in parties of two.
    pub(crate) fn take_places(&self, activity: &str, places: usize) {
        for number in 0..places / 2 {
            let party = person(&format!("stranger-{number}")).with("party", "2");
            let key = format!("stranger-{number}");
            self.json(activity, &key, &party.as_json()).must_be(201);
        }
    }

    /// Lets the worker do all that is due now, as it does when it is woken and once a minute. Gives what it did.
    pub(crate) fn work(&self) -> Round {
        let worker = Worker {
            app: self.app.as_ref(),
            opener: &self.opener,
            mailer: self.mailer.as_ref(),
            until: None,
        };
        self.runtime.block_on(async {
            let mut done = Round::default();
            for _ in 0..100 {
                let round = round(&worker).await.unwrap();
                done += round;
                if !round.may_go_on() {
                    return done;
                }
            }
            panic!("the worker never rests: {done:?}");
        })
    }

    /// Every mail there is once the worker has done what is due.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.work();
        mails_in(&self.mail_folder())
    }

    /// The mail of this kind to this address; there must be exactly one.
    pub(crate) fn mail(&self, kind: &str, to: &str) -> Mail {
        let mut found: Vec<Mail> = self
            .mails()
            .into_iter()
            .filter(|mail| mail.kind == kind && mail.to == to)
            .collect();
        assert_eq!(found.len(), 1, "mails of the kind {kind} to {to}");
        found.remove(0)
    }

    /// Where mail is put.
    pub(crate) fn mail_folder(&self) -> PathBuf {
        self.folder.path().join("mail")
    }

    /// Every row of every table of the store.
    pub(crate) fn stored(&self) -> BTreeMap<String, Vec<String>> {
        tables::dump(&self.folder.path().join("registrations.sqlite"))
    }

    /// How many registrations are stored.
    pub(crate) fn registrations(&self) -> usize {
        self.stored()["registrations"].len()
    }

    /// A text of the interface.
    pub(crate) fn text(&self, language: &str, path: &str) -> String {
        self.app
            .bundle
            .texts_in(language)
            .unwrap()
            .strings
            .text(path)
            .to_owned()
    }
}

/// The answers of one person to the form for events, for one place, in Bulgarian.
pub(crate) fn person(name: &str) -> Answers {
    Answers::of(&[
        ("_language", "bg"),
        ("name", name),
        ("email", &format!("{name}@example.org")),
        ("party", "1"),
    ])
}

/// A limiter that is on and never has enough.
fn watchful() -> Limiter {
    let limits = RateLimits {
        per_minute_and_address: NonZeroU32::MAX,
        per_second: NonZeroU32::MAX,
    };
    Limiter::new(Some(limits), ClientAddress::Peer)
}

/// A clock that a test moves.
pub(crate) fn clock(now: &Arc<Mutex<Timestamp>>) -> Clock {
    let now = Arc::clone(now);
    Arc::new(move || *now.lock().unwrap())
}
