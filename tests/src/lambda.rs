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
mod instance;
mod mail;
mod measured;
mod runtime;
mod rush;
mod faults;
mod secrets;
mod start;

use std::fs;
use std::fs;
use std::sync::{Arc, LazyLock};

use form_function::aws;
use form_function::store::dynamodb::DynamoStore;
use serde_json::json;
use tempfile::TempDir;

use self::instance::{Instance, Program};
use crate::form_test::{Answers, Built, KEYS, OPEN_DAY, SITE, mails_in, person};
use crate::site_test::{SiteTest, repository};
use crate::template;

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

/// Who writes.
const SENDER: &str = "centre@example.org";

/// The real content with the open day in a year that is far away: this program goes by the clock of the machine.
fn site() -> Arc<Built> {
    static SITE: LazyLock<Arc<Built>> = LazyLock::new(|| {
        let site = SiteTest::from_content(&repository().join("content"));
        let path = format!("content/events/{OPEN_DAY}.md");
        let event = fs::read_to_string(site.path(&path)).unwrap();
        let later = event.replace("2027-06-10T", "2999-06-10T");
        assert_ne!(event, later);
        // Mail needs a sender that exists.
        let settings = fs::read_to_string(site.path("content/site.yaml")).unwrap();
        let settings = settings.replace("? no-reply@example.org", SENDER);
        Built::from(
            site.file(&path, &later)
                .file("content/site.yaml", &settings),
        )
    });
    Arc::clone(&SITE)
}

/// A table that is there and empty.
async fn new_table() -> (DynamoStore, String) {
    let client = aws::dynamodb().unwrap();
    let table = template::new_table(&client, "lambda").await;
    (DynamoStore::new(client, &table), table)
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
        self.run(Program::Function).await
    }

    async fn run(&self, program: Program) -> Instance {
        let started = Instance::start(program, &self.settings).await;
        started.unwrap_or_else(|ended| panic!("{program:?} ended: {}", ended.output))
    }

    /// What the program says when it does not start.
    async fn refusal(&self, program: Program) -> String {
        let ended = Instance::start(program, &self.settings).await.err();
        let ended = ended.unwrap_or_else(|| panic!("{program:?} must not start"));
        assert!(!ended.succeeded, "{}", ended.output);
        ended.output
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
    // The public program sends nothing.
    let mail = deployment.folder.path().join("mail");
    assert!(!mail.exists());
    let mut worker = deployment.run(Program::Worker).await;
    let done = worker.invoke(json!({"source": "aws.events"})).await;
    assert_eq!(
        done,
        json!({"sent": 1, "left": 0, "rounds": 2, "oldest_seconds": 0})
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
    assert!(log.contains("registration cancelled"), "{log}");
    let log = log + &worker.stop().await;
    assert!(log.contains("oldest_seconds"), "an alarm reads it: {log}");
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

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_setting_stops_the_start_and_is_named() {
    let of_both = [
        ("TABLE_NAME", ""),
        ("FORMS_KEY", ""),
        ("FORMS_KEY", "feedbeef"),
        ("MAIL_TRANSPORT", "pigeon:feedbeef"),
        ("PUBLIC_URL", "feedbeef"),
        ("FORMS_BUNDLE", "/nowhere"),
        ("AWS_REGION", ""),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
    ];
    let both = [Program::Function, Program::Worker];
    let cases = both
        .iter()
        .flat_map(|program| of_both.map(|case| (*program, case)));
    for (program, (name, value)) in cases.chain([(Program::Worker, ("MAIL_TRANSPORT", ""))]) {
        // Where the region is not set, its other name counts.
        let deployment = Deployment::new("unused").with("AWS_DEFAULT_REGION", "");
        let said = deployment.with(name, value).refusal(program).await;
        assert!(said.contains(&format!("`{name}`")), "{name}: {said}");
        assert!(!said.contains("feedbeef"), "a value may be a secret");
    }
}
