//! What is wrong is named before the first poll; a table that cannot be reached costs an apology and no more.

use super::instance::{Instance, Program};
use super::{Deployment, every_minute, new_table, seats};
use crate::bad_starts::{BUNDLES, BadStart, KEYS, SECRET, SETTINGS, Wrong};
use crate::fault_proxy::{Fault, FaultProxy};
use crate::form_test::{OPEN_DAY, Reply, person};

const fn setting(
    name: &'static str,
    value: &'static str,
    says: &'static [&'static str],
) -> BadStart {
    BadStart {
        wrong: Wrong::Setting(name, value),
        says,
    }
}

/// What has no default on Lambda, where nobody may make keys or guess a region.
const REQUIRED: [BadStart; 7] = [
    setting("TABLE_NAME", "", &["`TABLE_NAME`", "is missing"]),
    setting("TOKEN_KEYS", "", &["`TOKEN_KEYS`", "is missing"]),
    setting("INDEX_KEY", "", &["`INDEX_KEY`", "is missing"]),
    setting("SEALING_KEYS", "", &["`SEALING_KEYS`", "is missing"]),
    setting("AWS_REGION", "", &["`AWS_REGION`", "is missing"]),
    setting("AWS_ACCESS_KEY_ID", "", &["`AWS_ACCESS_KEY_ID`"]),
    setting("AWS_SECRET_ACCESS_KEY", "", &["`AWS_SECRET_ACCESS_KEY`"]),
];

/// What only the worker needs, and what only it looks at.
const OF_THE_WORKER: [BadStart; 3] = [
    setting("MAIL_TRANSPORT", "", &["`MAIL_TRANSPORT`", "is missing"]),
    setting("OPENING_KEYS", "", &["`OPENING_KEYS`", "`contact`"]),
    setting("OPENING_KEYS", SECRET, &["`OPENING_KEYS`"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_setting_key_or_bundle_stops_the_public_program_and_is_named() {
    // It sends no mail, so that a folder for it that cannot be made is nothing to it.
    let rows = SETTINGS.iter().filter(|row| !is_about_a_folder(row));
    for row in rows.chain(&KEYS).chain(&REQUIRED).chain(&BUNDLES) {
        stops(Program::Function, row).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_setting_key_or_bundle_stops_the_worker_and_is_named() {
    let rows = SETTINGS.iter().chain(&KEYS).chain(&REQUIRED);
    for row in rows.chain(&BUNDLES).chain(&OF_THE_WORKER) {
        stops(Program::Worker, row).await;
    }
}

fn is_about_a_folder(row: &BadStart) -> bool {
    matches!(row.wrong, Wrong::Setting("MAIL_TRANSPORT", value) if value.starts_with("file:"))
}

async fn stops(program: Program, row: &BadStart) {
    // Where the region is not set, its other name counts.
    let mut deployment = Deployment::new("unused").with("AWS_DEFAULT_REGION", "");
    if let Some((name, value)) = row.prepare(&deployment.folder.path().join("forms")) {
        deployment = deployment.with(name, value);
    }
    let started = Instance::start(program, &deployment.settings(program)).await;
    let ended = started.err();
    row.judge(&ended.unwrap_or_else(|| panic!("{program:?}, {}: it must not poll", row.name())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_with_other_keys_than_the_table_is_filled_with_does_nothing() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let mut function = deployment.start().await;
    deployment
        .run(Program::Worker)
        .await
        .invoke(every_minute())
        .await;
    let form = format!("/forms/{OPEN_DAY}");
    let ana = person("ana").as_json();
    function.json(&form, "ana", &ana).await.must_be(201);
    let other = Deployment::new(&table).with("INDEX_KEY", &"0f".repeat(32));
    let mut other = other.run(Program::Worker).await;
    let refused = other.attempt(every_minute()).await.unwrap_err();
    assert!(refused.contains("`INDEX_KEY`"), "{refused}");
    let log = other.stop().await;
    assert!(
        log.contains("ERROR") && log.contains("bring back the copy"),
        "{log}"
    );
    let mut worker = deployment.run(Program::Worker).await;
    assert_eq!(worker.invoke(every_minute()).await["sent"], 1);
}

/// The apology to a person: in their language, with the telephone and without a word about the inside.
#[track_caller]
pub(super) fn apologises(reply: Reply, heading: &str) {
    let reply = reply.must_be(503);
    let page = reply.page();
    assert_eq!(page.heading(), heading);
    assert!(page.words().contains("032 000 000"), "{}", page.words());
    assert_eq!(
        page.attributes("main a[href^=tel]", "href"),
        ["tel:+35932000000"]
    );
    let shown = reply.body.to_lowercase();
    for inside in [
        "dynamo",
        "aws",
        "exception",
        "sdk",
        "error",
        "panic",
        "127.0.0.1",
        ".rs",
        "table",
    ] {
        assert!(!shown.contains(inside), "{inside} in {}", reply.body);
    }
}

pub(super) const BULGARIAN: &str = "Формулярът не работи в момента";
pub(super) const ENGLISH: &str = "The form is not working right now";

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_cannot_be_reached_costs_an_apology() {
    // Nothing listens on the port of the discard service of old.
    let deployment =
        Deployment::new("unused").with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9");
    let mut function = deployment.start().await;
    let ill = function.get("/forms/health").await.must_be(503);
    assert_eq!(ill.json()["code"], "unavailable");
    let form = format!("/forms/{OPEN_DAY}");
    let ana = person("ana");
    apologises(function.post(&form, &ana).await, BULGARIAN);
    apologises(
        function.post(&form, &ana.with("_language", "en")).await,
        ENGLISH,
    );
    let told = function
        .json(&form, "ana", &ana.as_json())
        .await
        .must_be(503);
    assert_eq!(told.json()["code"], "unavailable");
    let log = function.stop().await;
    assert!(!log.contains("panicked"), "{log}");
    assert!(log.contains("dispatch failure"), "the log says why: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_fails_costs_an_apology_until_it_is_well() {
    until_it_is_back(&[Fault::InternalError, Fault::Throttled]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_falls_silent_costs_an_apology_until_it_speaks() {
    until_it_is_back(&[Fault::Silence]).await;
}

/// A visitor who confirms is told that it did not work, and gets their place with the same button afterwards.
async fn until_it_is_back(faults: &[Fault]) {
    let (_, table) = new_table().await;
    let proxy = FaultProxy::start(Box::new(|_| None)).await;
    let deployment = Deployment::new(&table).with("AWS_ENDPOINT_URL_DYNAMODB", &proxy.url());
    let mut function = deployment.start().await;
    let check = function
        .post(&format!("/forms/{OPEN_DAY}"), &person("ana"))
        .await;
    let form = check.must_be(200).page().form();
    for fault in faults.iter().copied() {
        proxy.plan(Box::new(move |_| Some(fault)));
        let apology = function.post(&form.action, &form.sent_untouched()).await;
        apologises(apology, BULGARIAN);
        assert!(proxy.done()[&fault] > 0);
    }
    proxy.plan(Box::new(|_| None));
    assert_eq!(seats(&mut function).await, (40, 0));
    let taken = function.post(&form.action, &form.sent_untouched()).await;
    function.get(taken.location()).await.must_be(200);
    assert_eq!(seats(&mut function).await, (39, 0));
}
