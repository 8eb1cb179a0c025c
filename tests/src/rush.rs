//! Everybody at once, over the network: no place is given twice, none is lost, and whoever was told "yes" has one.
//! The last test breaks the store on purpose, to show that these would notice.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use form_function::app::{App, Delivery, system_random};
use form_function::limits::{ClientAddress, Limiter};
use form_function::mail::Transport;
use form_function::router;
use form_function::server::{Server, start_with_clock};
use form_function::settings::Settings;
use form_function::store::sqlite::SqliteStore;
use form_function::worker::{Worker, round};
use forms::Group;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::faulty_store::Fault;
use crate::form_test::{
    Answers, FormTest, OPEN_DAY, Reply, SITE, Visitor, clock, dump, mails_in, person, real,
};
use crate::site_test::NOW;

const FORM: &str = "/forms/den-na-otvorenite-vrati-2027";
const PLACES: usize = 40;
const VISITORS: usize = 200;

/// A server on a port of its own, and the folder it keeps everything in.
struct House {
    server: Server,
    settings: Settings,
    folder: TempDir,
}

/// What a house had in its books when it closed.
struct Books {
    tables: BTreeMap<String, Vec<String>>,
    receivers: Vec<String>,
}

impl House {
    async fn open() -> House {
        let folder = tempfile::tempdir().unwrap();
        real().write(&folder.path().join("dist"));
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let settings = Settings::from_lookup(|name| match name {
            "FORMS_BUNDLE" => Some(path("dist/forms")),
            "SITE_DIR" => Some(path("dist/site")),
            "DATA_DIR" => Some(path("data")),
            "PUBLIC_URL" => Some(SITE.to_owned()),
            // Everybody comes from one address.
            "RATE_LIMITS" => Some("off".to_owned()),
            "LISTEN" => Some("127.0.0.1:0".to_owned()),
            _ => None,
        });
        let settings = settings.unwrap();
        let server = start_with_clock(&settings, clock(&now())).await.unwrap();
        House {
            server,
            settings,
            folder,
        }
    }

    fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Stops the server, sends the mail that it had not sent yet, and looks into the books.
    async fn close(self) -> Books {
        self.server.stop().await.unwrap();
        let store = self.folder.path().join("data/registrations.sqlite");
        let mailer = Transport::open(&self.settings.mail_or_folder()).unwrap();
        let random = system_random();
        let own_keys = self.settings.keys_or_own(&[Group::Contact], &random);
        let (keys, opener) = own_keys.unwrap();
        let app = App {
            bundle: real().bundle(),
            store: Arc::new(SqliteStore::open(&store).unwrap()),
            keys,
            limiter: Limiter::new(None, ClientAddress::Peer),
            public_url: SITE.to_owned(),
            // What the worker had taken when it was stopped is free again.
            clock: clock(&after(SignedDuration::from_mins(1))),
            random,
            delivery: Delivery::InBackground(Arc::default()),
            has_staff_area: false,
        };
        let worker = Worker {
            app: &app,
            opener: &opener,
            mailer: &mailer,
            until: None,
        };
        while round(&worker).await.unwrap().may_go_on() {}
        drop(app);
        Books::of(&store, &self.folder.path().join("data/mail"))
    }
}

impl Books {
    fn of(store: &Path, mail: &Path) -> Books {
        Books {
            tables: dump(store),
            receivers: mails_in(mail).into_iter().map(|mail| mail.to).collect(),
        }
    }
}

fn now() -> Arc<Mutex<Timestamp>> {
    after(SignedDuration::ZERO)
}

fn after(time: SignedDuration) -> Arc<Mutex<Timestamp>> {
    Arc::new(Mutex::new(NOW.parse::<Timestamp>().unwrap() + time))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// What the visitors of a rush were told.
#[derive(Default, Debug)]
struct Told {
    /// The pages of those who were told "yes".
    receipts: Vec<String>,
    full: usize,
    /// Anything else, with its status.
    other: Vec<(u16, String)>,
}

impl Told {
    /// Whether as many were told "yes" as there are places, each of them something of their own, and all others "full".
    fn verdict(&self, remaining: u64) -> Result<(), String> {
        let different: BTreeSet<&String> = self.receipts.iter().collect();
        let counts = (self.receipts.len(), different.len(), self.full, remaining);
        match counts {
            _ if !self.other.is_empty() => Err(format!("something else: {:?}", self.other)),
            (yes, ..) if yes > PLACES => Err(format!("overbooked: {yes} of {PLACES}")),
            (PLACES, PLACES, full, 0) if full == VISITORS - PLACES => Ok(()),
            _ => Err(format!("(yes, different, full, remaining) = {counts:?}")),
        }
    }

    fn of(replies: Vec<Reply>, receipt: impl Fn(&Reply) -> Option<String>) -> Told {
        let mut told = Told::default();
        for reply in replies {
            match receipt(&reply) {
                Some(path) => told.receipts.push(path),
                None if reply.status == 409 => told.full += 1,
                None => told.other.push((reply.status, reply.body)),
            }
        }
        told
    }
}

/// So many visitors with a connection each; nobody takes the last step before all have taken the others.
async fn at_once<R, S, F>(
    server: SocketAddr,
    number: usize,
    come: impl Fn(Visitor, usize) -> R,
    last: impl Fn(Visitor, S) -> F + Copy + Send + 'static,
) -> Vec<Reply>
where
    R: Future<Output = (Visitor, S)> + Send + 'static,
    S: Send + 'static,
    F: Future<Output = Reply> + Send,
{
    let line = Arc::new(Barrier::new(number));
    let mut visitors = JoinSet::new();
    for visitor in 0..number {
        let coming = come(Visitor::connect(server).await, visitor);
        let line = Arc::clone(&line);
        visitors.spawn(async move {
            let (visitor, ready) = coming.await;
            line.wait().await;
            last(visitor, ready).await
        });
    }
    visitors.join_all().await
}

/// Two steps for everybody: the form, and then the button below "check your answers".
async fn rush_by_pages(server: SocketAddr) -> Told {
    let replies = at_once(
        server,
        VISITORS,
        |mut visitor, number| async move {
            let reply = visitor
                .post(FORM, &person(&format!("visitor-{number}")))
                .await
                .must_be(200);
            let form = reply.page().form();
            (visitor, (form.action, form.hidden))
        },
        |mut visitor, (action, answers): (String, Answers)| async move {
            visitor.post(&action, &answers).await
        },
    );
    Told::of(replies.await, |reply| {
        (reply.status == 303).then(|| reply.location().to_owned())
    })
}

/// One step for every program.
async fn rush_by_programs(server: SocketAddr) -> Told {
    let replies = at_once(
        server,
        VISITORS,
        |visitor, number| async move { (visitor, format!("visitor-{number}")) },
        |mut visitor, name: String| async move {
            visitor.json(FORM, &name, &person(&name).as_json()).await
        },
    );
    Told::of(replies.await, |reply| {
        let url = (reply.status == 201)
            .then(|| reply.json()["manage_url"].as_str().unwrap().to_owned())?;
        Some(url.strip_prefix(SITE).unwrap().to_owned())
    })
}

async fn remaining(server: SocketAddr) -> u64 {
    let mut visitor = Visitor::connect(server).await;
    let seats = visitor
        .get(&format!("{FORM}/availability"))
        .await
        .must_be(200)
        .json();
    seats["remaining"].as_u64().unwrap()
}

/// After a rush everybody who was told "yes" finds it on their page, and has one mail about it.
async fn look_into_the_books(house: House, told: Told) {
    let mut visitor = Visitor::connect(house.address()).await;
    for receipt in &told.receipts {
        let page = visitor.get(receipt).await.must_be(200).page();
        assert_eq!(page.heading(), "Имаш запазено място");
    }
    drop(visitor);
    let books = house.close().await;
    assert_eq!(books.tables["registrations"].len(), PLACES);
    assert_eq!(books.tables["requests"].len(), PLACES);
    assert_eq!(books.tables["outbox"].len(), 0);
    assert_eq!(books.receivers.len(), PLACES);
    assert_eq!(
        books.receivers.iter().collect::<BTreeSet<_>>().len(),
        PLACES,
        "one mail each"
    );
}

#[test]
fn two_hundred_visitors_at_once_fill_forty_places() {
    runtime().block_on(async {
        let house = House::open().await;
        let told = rush_by_pages(house.address()).await;
        assert_eq!(told.verdict(remaining(house.address()).await), Ok(()));
        look_into_the_books(house, told).await;
    });
}

#[test]
fn two_hundred_programs_at_once_fill_forty_places() {
    runtime().block_on(async {
        let house = House::open().await;
        let told = rush_by_programs(house.address()).await;
        assert_eq!(told.verdict(remaining(house.address()).await), Ok(()));
        look_into_the_books(house, told).await;
    });
}

#[test]
fn a_button_pressed_fifty_times_at_once_is_one_registration() {
    runtime().block_on(async {
        let house = House::open().await;
        let mut visitor = Visitor::connect(house.address()).await;
        let form = visitor
            .post(FORM, &person("ana").with("party", "2"))
            .await
            .must_be(200)
            .page()
            .form();
        drop(visitor);
        let replies = at_once(
            house.address(),
            50,
            |visitor, _| {
                let (action, answers) = (form.action.clone(), form.hidden.clone());
                async move { (visitor, (action, answers)) }
            },
            |mut visitor, (action, answers): (String, Answers)| async move {
                visitor.post(&action, &answers).await
            },
        );
        let told: BTreeSet<String> = replies
            .await
            .iter()
            .map(|reply| reply.location().to_owned())
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        one_registration(house, 38).await;
    });
}

#[test]
fn a_request_sent_fifty_times_at_once_is_one_registration() {
    runtime().block_on(async {
        let house = House::open().await;
        let replies = at_once(
            house.address(),
            50,
            |visitor, _| async move { (visitor, ()) },
            |mut visitor, ()| async move {
                visitor
                    .json(FORM, "the one", &person("ana").with("party", "2").as_json())
                    .await
            },
        );
        let told: BTreeSet<String> = replies
            .await
            .into_iter()
            .map(|reply| reply.must_be(201).body)
            .collect();
        assert_eq!(told.len(), 1, "{told:?}");
        one_registration(house, 38).await;
    });
}

async fn one_registration(house: House, left: u64) {
    assert_eq!(remaining(house.address()).await, left);
    let books = house.close().await;
    assert_eq!(books.tables["registrations"].len(), 1);
    assert_eq!(books.receivers, ["ana@example.org"]);
}

#[test]
fn the_server_shows_the_site_and_takes_its_forms() {
    runtime().block_on(async {
        let house = House::open().await;
        let mut visitor = Visitor::connect(house.address()).await;
        let bundle = real().bundle();
        let (activity, _) = bundle.activity(OPEN_DAY).unwrap();
        let page = visitor
            .get(activity.page.text(&forms::Language::new("en")))
            .await
            .must_be(200);
        let form = scraped(&page.body);
        let check = visitor
            .post(&form.action, &form.sample())
            .await
            .must_be(200)
            .page()
            .form();
        let taken = visitor.post(&check.action, &check.hidden).await;
        let receipt = visitor.get(taken.location()).await.must_be(200);
        assert_eq!(receipt.page().heading(), "You have a place");
        for path in ["/nothing", "/forms/nothing", "/forms/", "/formsx"] {
            assert!(
                visitor.get(path).await.must_be(404).body.contains("<h1"),
                "{path} is a page"
            );
        }
        drop(visitor);
        assert_eq!(house.close().await.receivers, ["ana.maria@example.org"]);
    });
}

fn scraped(html: &str) -> crate::form_test::Form {
    crate::form_test::Page::read(html).form()
}

#[test]
fn the_rush_sees_a_store_that_looks_first_and_books_then() {
    let test = FormTest::with(Fault::LooksFirst(Barrier::new(VISITORS))).unlimited();
    let routes = router(Arc::clone(&test.app));
    let (told, remaining) = runtime().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, routes).into_future());
        (rush_by_pages(server).await, remaining(server).await)
    });
    assert_eq!(
        told.verdict(remaining),
        Err("overbooked: 200 of 40".to_owned())
    );
    assert_eq!(test.registrations(), VISITORS);
}
