//! The whole template, deployed to an emulator of AWS that holds every role to its rights, with the release programs behind it.
//!
//! What ministack 1.5.33 shows: the template is accepted and every resource in it made; a request goes by the HTTP API's route
//! into the public program, which reaches the table with nothing but its role; the stream of the table, filtered, wakes the
//! worker, which reaches table and SES with nothing but its own. What it does not show: `CloudFront` is made and passes nothing
//! on; conditions on `dynamodb:LeadingKeys` are not judged (`template.rs` reads them); nor are throttling, alarms, time to live and
//! the key of the table.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use form_function::aws;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::instance::Program;
use super::keys;
use super::waiting::{places_go_to_those_who_wait, room_for_two, sign_up};
use crate::form_test::{Built, OPEN_DAY, SENDER, SITE, Visitor, lasting, person};
use crate::site_test::repository;
use crate::template::{self, python_tool};

/// Far more than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// An emulator of its own, with whatever it writes.
struct Emulator {
    process: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Emulator {
    async fn start() -> Emulator {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let mut command = python_tool("ministack");
        command
            .env("AUTH", "true")
            .env("AWS_ENDPOINT_URL", format!("http://{free}"))
            // The programs get what is left here, and must not find the engine of the other tests.
            .env_remove("AWS_ENDPOINT_URL_DYNAMODB")
            .env_remove("AWS_ENDPOINT_URL_SESV2")
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", free.port().to_string())
            .env("MINISTACK_REGION", "eu-central-1")
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log);
        let process = command.spawn().unwrap();
        let emulator = Emulator {
            process,
            address: free,
            folder,
        };
        emulator
            .wait("the emulator to listen", async || {
                TcpStream::connect(free).await.ok()
            })
            .await;
        emulator
    }

    /// Asks until there is an answer.
    async fn wait<T>(&self, what: &str, ask: impl AsyncFn() -> Option<T>) -> T {
        let begin = Instant::now();
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "waited in vain for {what}: {}",
                self.log()
            );
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Deploys a template. Gives its outputs and the kinds of what was made.
    fn deploy(&self, stack: &str, template: &Path, site: &Built) -> Value {
        let code = [
            ("FormFunction", Program::Function),
            ("FormWorker", Program::Worker),
        ];
        let mut script = python_tool("python");
        script
            .arg(repository().join("tests/deploy/deploy.py"))
            .arg(format!("http://{}", self.address))
            .arg(stack)
            .arg(template);
        for (function, program) in code {
            let folder = self.folder.path().join(stack).join(function);
            site.write(&folder);
            fs::remove_dir_all(folder.join("site")).unwrap();
            fs::copy(program.path(), folder.join("bootstrap")).unwrap();
            script
                .arg("--code")
                .arg(format!("{function}={}", folder.display()));
        }
        let keys = keys();
        let parameters = [
            ("PublicUrl", SITE),
            ("SenderIdentity", SENDER),
            ("AlarmEmail", "alarm@example.org"),
            ("TokenKeys", &keys["TOKEN_KEYS"]),
            ("IndexKey", &keys["INDEX_KEY"]),
            ("SealingKeys", &keys["SEALING_KEYS"]),
            ("OpeningKeys", &keys["OPENING_KEYS"]),
            ("DeletionProtection", "false"),
        ];
        for (name, value) in parameters {
            script.arg("--parameter").arg(format!("{name}={value}"));
        }
        script.arg("--set").arg("FORMS_BUNDLE=forms");
        let done = script.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}\n{}", self.log());
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// A client of the table, with every right.
    fn table(&self) -> Client {
        let config = aws::dynamodb().unwrap().config().to_builder();
        Client::from_conf(
            config
                .endpoint_url(format!("http://{}", self.address))
                .build(),
        )
    }

    /// A visitor of a deployment. What is in the address of its API leads the emulator to it.
    async fn visitor(&self, deployed: &Value) -> Visitor {
        let api = deployed["outputs"]["FormsUrl"].as_str().unwrap();
        let (api, _) = api
            .strip_prefix("https://")
            .unwrap()
            .split_once('.')
            .unwrap();
        let host = format!("{api}.execute-api.localhost:{}", self.address.port());
        Visitor::connect(self.address).await.by_name(&host)
    }

    async fn get(&self, path: &str) -> Value {
        Visitor::connect(self.address).await.get(path).await.json()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // It ends the programs it started.
        let _ = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_as_it_is_takes_a_registration_and_sends_its_mail() {
    let emulator = Emulator::start().await;
    let deployed = emulator.deploy("forms", &template::path(), &lasting());
    let kinds: Vec<&str> = deployed["resources"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for kind in [
        "AWS::CloudFront::Distribution",
        "AWS::CloudWatch::Alarm",
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Logs::MetricFilter",
    ] {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
    let output = |name: &str| deployed["outputs"][name].as_str().unwrap().to_owned();

    let ses = aws::ses().unwrap().config().to_builder();
    let ses = ses
        .endpoint_url(format!("http://{}", emulator.address))
        .build();
    let ses = aws_sdk_sesv2::Client::from_conf(ses);
    ses.create_email_identity()
        .email_identity(SENDER)
        .send()
        .await
        .unwrap();

    let mut visitor = emulator.visitor(&deployed).await;
    let confirmed = sign_up(&mut visitor, OPEN_DAY, &person("ses")).await;
    let receipt = confirmed.location().to_owned();
    visitor.get(&receipt).await.must_be(200);

    let table = emulator.table();
    let items = table
        .scan()
        .table_name(output("TableName"))
        .send()
        .await
        .unwrap();
    let sort = items.items().iter().map(|item| item["SK"].as_s().unwrap());
    assert_eq!(sort.filter(|sort| *sort == "META").count(), 1);

    let mail = emulator.wait("the mail", async || {
        let taken = emulator.get("/_ministack/ses/messages").await;
        let mut accounts = taken["messages"].as_object()?.values();
        accounts.find_map(|mails| mails.as_array()?.first().cloned())
    });
    let mail = mail.await;
    assert_eq!(mail["To"], json!(["ses@example.org"]));
    assert!(mail["BodyText"].as_str().unwrap().contains(&receipt));
    // It need not have waited for the minute: of all that was written, the one record of the outbox woke the worker.
    let woken = "ESM: Lambda forms-form-worker processed 1 DynamoDB stream records";
    let log = async || emulator.log().contains(woken).then_some(());
    emulator.wait("the end of the worker's call", log).await;
}

/// Nobody calls the worker: the stream of the table does.
#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_given_back_is_offered_and_accepted_by_link() {
    let emulator = Emulator::start().await;
    let deployed = emulator.deploy("waiting", &template::path(), &room_for_two());
    let mut visitor = emulator.visitor(&deployed).await;
    places_go_to_those_who_wait(&mut visitor, async || {}).await;
}

/// Without this the tests above would prove nothing about rights.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_the_right_to_write_takes_no_registration() {
    let emulator = Emulator::start().await;
    let whole = fs::read_to_string(template::path()).unwrap();
    let poorer = whole.replace("dynamodb:PutItem", "dynamodb:DescribeTable");
    let template = emulator.folder.path().join("template.yaml");
    fs::write(&template, poorer).unwrap();
    let deployed = emulator.deploy("poorer", &template, &lasting());
    let mut visitor = emulator.visitor(&deployed).await;
    let told = sign_up(&mut visitor, OPEN_DAY, &person("ana")).await;
    told.must_be(503);
}
