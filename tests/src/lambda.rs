//! The program that runs on AWS, as a process of its own with what Lambda gives it, over a `DynamoDB` engine.
//!
//! The program is the file at `FORM_FUNCTION_BIN`; the engine answers at `AWS_ENDPOINT_URL_DYNAMODB`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::disallowed_methods,
    reason = "SHELL: reads settings and content, and measures a start"
)]

mod instance;
mod runtime;
mod rush;
mod faults;
mod secrets;
mod start;

use std::fs;
use std::io::{Write, stderr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use form_function::store::dynamodb::{DynamoStore, client};
use tempfile::TempDir;

use self::instance::{Instance, program};
use crate::form_test::{Answers, KEYS, OPEN_DAY, SITE, lasting, mails_in, person};

/// A key like those that `openssl rand -hex 32` makes.
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// The public keys of a deployment, as its setting.
fn sealing_keys() -> String {
    let keys = KEYS.to_string();
    let mut values = keys
        .lines()
        .filter_map(|line| line.strip_prefix("SEALING_KEYS="));
    values.next().unwrap().to_owned()
}

/// A table that is there and empty.
async fn new_table() -> (DynamoStore, String) {
    static TABLES: AtomicU32 = AtomicU32::new(0);
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let run = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let name = format!("lambda-{run}-{number}");
    let store = DynamoStore::new(client().await, &name);
    store.create_table().await.unwrap();
    (store, name)
}

/// What a deployment sets, with a folder for the mail and the forms.
struct Deployment {
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl Deployment {
    fn new(table: &str) -> Deployment {
        let folder = tempfile::tempdir().unwrap();
        lasting().write(folder.path());
        let below = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let settings = vec![
            ("FORMS_BUNDLE", below("forms")),
            ("TOKEN_KEYS", KEY.to_owned()),
            ("INDEX_KEY", KEY.to_owned()),
            ("SEALING_KEYS", sealing_keys()),
            ("MAIL_TRANSPORT", format!("file:{}", below("mail"))),
            ("PUBLIC_URL", SITE.to_owned()),
            ("TABLE_NAME", table.to_owned()),
        ];
        Deployment { folder, settings }
    }

    /// The same with another value for a setting; an empty one is as good as none.
    fn with(mut self, name: &'static str, value: &str) -> Deployment {
        self.settings.retain(|(other, _)| *other != name);
        self.settings.push((name, value.to_owned()));
        self
    }

    async fn start(&self) -> Instance {
        let started = Instance::start(&self.settings).await;
        started.unwrap_or_else(|ended| panic!("the function ended: {}", ended.output))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reserves_two_places_and_gives_them_back() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let mut function = deployment.start().await;
    let ana = person("Ана-Мария")
        .with("email", "ana@example.org")
        .with("party", "2");

    let nobody = ana.without("name");
    let refused = function.post(&format!("/forms/{OPEN_DAY}"), &nobody).await;
    let form = refused.must_be(422).page().form();
    assert!(form.question("name").error.is_some());

    let check = function.post(&format!("/forms/{OPEN_DAY}"), &ana).await;
    let form = check.must_be(200).page().form();
    assert_eq!(seats(&mut function).await, (40, 0));
    let answers = form.sent_untouched();
    let confirmed = function.post(&form.action, &answers).await;
    let receipt = confirmed.location().to_owned();
    let again = function.post(&form.action, &answers).await;
    assert_eq!(again.location(), receipt, "posted twice, answered once");
    assert_eq!(seats(&mut function).await, (38, 0));

    let page = function.get(&receipt).await.must_be(200);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(page.page().has(".panel--confirmed"), "{}", page.words());
    let mails = mails_in(&deployment.folder.path().join("mail"));
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (mails[0].to.as_str(), mails[0].link()),
        ("ana@example.org", receipt.as_str())
    );

    let cancelled = function
        .post(&format!("{receipt}/cancel"), &Answers::default())
        .await;
    assert_eq!(cancelled.location(), receipt);
    assert_eq!(seats(&mut function).await, (40, 0));
    let log = function.stop().await;
    assert!(log.contains("registration cancelled"), "{log}");
    let token = receipt.strip_prefix("/forms/r/").unwrap();
    for secret in ["Ана", "ana@", token, KEY] {
        assert!(!log.contains(secret), "the log tells of a person");
    }
}

/// Places left, and people waiting, at the open day.
async fn seats(function: &mut Instance) -> (u64, u64) {
    let path = format!("/forms/{OPEN_DAY}/availability");
    let seats = function.get(&path).await.must_be(200).json();
    (
        seats["remaining"].as_u64().unwrap(),
        seats["waiting"].as_u64().unwrap(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_know_the_same_registrations_and_tokens() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let (mut one, mut other) = (deployment.start().await, deployment.start().await);
    let check = one
        .post(&format!("/forms/{OPEN_DAY}"), &person("ana"))
        .await;
    let form = check.must_be(200).page().form();
    let confirmed = other.post(&form.action, &form.sent_untouched()).await;
    one.get(confirmed.location()).await.must_be(200);
    assert_eq!(seats(&mut one).await, seats(&mut other).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_that_of_the_table() {
    let (_, table) = new_table().await;
    let mut function = Deployment::new(&table).start().await;
    let healthy = function.get("/forms/health").await.must_be(200);
    assert_eq!(healthy.json()["status"], "ok");
    let mut function = Deployment::new("no-such-table").start().await;
    let ill = function.get("/forms/health").await.must_be(503);
    assert_eq!(ill.json()["code"], "unavailable");
}

/// What Lambda loads at a cold start must not grow unnoticed. It shall shrink to 5 MB.
const LARGEST_PROGRAM: u64 = 7 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn the_program_is_small_and_says_how_fast_it_starts() {
    let size = fs::metadata(program()).unwrap().len();
    let deployment = Deployment::new("unused");
    let mut starts = Vec::new();
    for _ in 0..11 {
        starts.push(deployment.start().await.start);
    }
    starts.sort();
    // Past the capture of output: whoever runs the tests wants to see it, and no test depends on it.
    writeln!(
        stderr(),
        "form-function: {size} bytes; from start to first poll {:?}, median of {}",
        starts[starts.len() / 2],
        starts.len()
    )
    .unwrap();
    assert!(size < LARGEST_PROGRAM, "{size} bytes");
}
