//! The program that runs on AWS, as a process of its own with what Lambda gives it, over a `DynamoDB` engine.
//!
//! The program is the file at `FORM_FUNCTION_BIN`; the engine answers at `AWS_ENDPOINT_URL_DYNAMODB`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::disallowed_methods,
    reason = "SHELL: reads settings and content, and measures a start"
)]

mod consumed;
#[cfg(feature = "deployment")]
mod deployed;
mod faults;
mod instance;
mod mail;
mod measured;
mod rights;
mod runtime;
mod rush;
mod secrets;
#[cfg(feature = "server")]
mod staff;
mod start;
mod waiting;

use std::collections::BTreeMap;

use form_function::aws;
use form_function::store::dynamodb::DynamoStore;
use serde_json::{Value, json};
use tempfile::TempDir;

use self::instance::{Instance, Program};
use crate::form_test::{Answers, Built, KEYS, OPEN_DAY, SITE, lasting, mails_in, person};
use crate::template;

/// A table that is there and empty.
async fn new_table() -> (DynamoStore, String) {
    let client = aws::dynamodb().unwrap();
    let table = template::new_table(&client, "lambda").await;
    (DynamoStore::new(client, &table), table)
}

/// The settings with the keys of a deployment. What opens personal data is that of the group `contact` alone.
fn keys() -> BTreeMap<&'static str, String> {
    let lines = KEYS.to_string();
    let value = |name: &str| {
        let mut values = lines.lines().filter_map(|line| line.split_once('='));
        values
            .find(|(other, _)| *other == name)
            .unwrap()
            .1
            .to_owned()
    };
    let opening = value("OPENING_KEYS");
    let contact = opening.split(',').find(|key| key.starts_with("contact="));
    BTreeMap::from([
        ("TOKEN_KEYS", value("TOKEN_KEYS")),
        ("INDEX_KEY", value("INDEX_KEY")),
        ("SEALING_KEYS", value("SEALING_KEYS")),
        ("OPENING_KEYS", contact.unwrap().to_owned()),
    ])
}

/// What a deployment sets, with a folder for the mail and the forms.
struct Deployment {
    folder: TempDir,
    of_both: BTreeMap<&'static str, String>,
    of_the_worker: BTreeMap<&'static str, String>,
}

impl Deployment {
    fn new(table: &str) -> Deployment {
        Deployment::of(&lasting(), table)
    }

    /// One with the forms of this site.
    fn of(site: &Built, table: &str) -> Deployment {
        let folder = tempfile::tempdir().unwrap();
        site.write(folder.path());
        let below = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let mut of_both = keys();
        let opening = of_both.remove("OPENING_KEYS").unwrap();
        of_both.extend([
            ("FORMS_BUNDLE", below("forms")),
            ("PUBLIC_URL", SITE.to_owned()),
            ("TABLE_NAME", table.to_owned()),
            // People in tests come in crowds, and read faster than anybody.
            ("RATE_LIMITS", "off".to_owned()),
        ]);
        let of_the_worker = BTreeMap::from([
            ("OPENING_KEYS", opening),
            ("MAIL_TRANSPORT", format!("file:{}", below("mail"))),
        ]);
        Deployment {
            folder,
            of_both,
            of_the_worker,
        }
    }

    /// The same with another value for a setting; an empty one is as good as none.
    fn with(mut self, name: &'static str, value: &str) -> Deployment {
        self.of_the_worker.remove(name);
        self.of_both.insert(name, value.to_owned());
        self
    }

    fn settings(&self, program: Program) -> BTreeMap<&'static str, String> {
        let mut settings = self.of_both.clone();
        if program == Program::Worker {
            settings.extend(self.of_the_worker.clone());
        }
        settings
    }

    async fn start(&self) -> Instance {
        self.run(Program::Function).await
    }

    async fn run(&self, program: Program) -> Instance {
        let started = Instance::start(program, &self.settings(program)).await;
        started.unwrap_or_else(|ended| panic!("{program:?} ended: {}", ended.output))
    }
}

/// What the schedule sends every minute.
fn every_minute() -> Value {
    json!({"source": "aws.events"})
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
    // The public program sends nothing.
    let mail = deployment.folder.path().join("mail");
    assert!(!mail.exists());
    let mut worker = deployment.run(Program::Worker).await;
    let done = worker.invoke(every_minute()).await;
    assert_eq!(
        done,
        json!({"due": 0, "offered": 0, "told": 0, "sent": 1, "left": 0, "oldest_seconds": 0})
    );
    let mails = mails_in(&mail);
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
    assert_eq!(worker.invoke(json!({"Records": []})).await["sent"], 1);
    let log = function.stop().await;
    assert!(log.contains("registration changed"), "{log}");
    let log = log + &worker.stop().await;
    assert!(log.contains("oldest_seconds"), "an alarm reads it: {log}");
    let token = receipt.strip_prefix("/forms/r/").unwrap();
    let keys = keys();
    let keys = keys.values().map(String::as_str);
    for secret in ["Ана", "ana@", token].into_iter().chain(keys) {
        assert!(!log.contains(secret), "the log tells of a person or a key");
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
