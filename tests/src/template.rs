//! The template of a deployment on AWS: its table, made wherever the tests need one, and what a linter says of it.

mod alarms;
mod rights;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, LocalSecondaryIndex,
    Projection, StreamSpecification, TimeToLiveSpecification,
};
use serde_yaml::Value;

pub(crate) use rights::Wish;

use crate::site_test::repository;

/// Far more than a new table takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Makes a table as the template declares it, under a name of its own that begins like this.
pub(crate) async fn new_table(client: &Client, prefix: &str) -> String {
    static TABLES: AtomicU32 = AtomicU32::new(0);
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let run = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let name = format!("{prefix}-{run}-{number}");
    create(client, &name, &declared("Table")).await;
    name
}

async fn create(client: &Client, name: &str, table: &Value) {
    let capture = &table["StreamSpecification"]["StreamViewType"];
    let stream = StreamSpecification::builder()
        .stream_enabled(true)
        .stream_view_type(text(capture).into());
    let local = list(&table["LocalSecondaryIndexes"]).map(|index| {
        let made = LocalSecondaryIndex::builder()
            .index_name(text(&index["IndexName"]))
            .set_key_schema(Some(keys(&index["KeySchema"])))
            .projection(projection(index));
        made.build().unwrap()
    });
    let global = list(&table["GlobalSecondaryIndexes"]).map(|index| {
        let made = GlobalSecondaryIndex::builder()
            .index_name(text(&index["IndexName"]))
            .set_key_schema(Some(keys(&index["KeySchema"])))
            .projection(projection(index));
        made.build().unwrap()
    });
    let attributes = list(&table["AttributeDefinitions"]).map(|attribute| {
        let made = AttributeDefinition::builder()
            .attribute_name(text(&attribute["AttributeName"]))
            .attribute_type(text(&attribute["AttributeType"]).into());
        made.build().unwrap()
    });
    client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::from(text(&table["BillingMode"])))
        .set_attribute_definitions(Some(attributes.collect()))
        .set_key_schema(Some(keys(&table["KeySchema"])))
        .set_local_secondary_indexes(Some(local.collect()))
        .set_global_secondary_indexes(Some(global.collect()))
        .stream_specification(stream.build().unwrap())
        .send()
        .await
        .unwrap();
    let there = client.wait_until_table_exists().table_name(name);
    there.wait(PATIENCE).await.unwrap();
    let time_to_live = &table["TimeToLiveSpecification"];
    let time_to_live = TimeToLiveSpecification::builder()
        .attribute_name(text(&time_to_live["AttributeName"]))
        .enabled(time_to_live["Enabled"].as_bool().unwrap());
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(time_to_live.build().unwrap())
        .send()
        .await
        .unwrap();
}

fn keys(schema: &Value) -> Vec<KeySchemaElement> {
    let keys = list(schema).map(|key| {
        KeySchemaElement::builder()
            .attribute_name(text(&key["AttributeName"]))
            .key_type(text(&key["KeyType"]).into())
            .build()
            .unwrap()
    });
    keys.collect()
}

fn projection(index: &Value) -> Projection {
    let attributes = &index["Projection"]["NonKeyAttributes"];
    let attributes = attributes.as_sequence().map(|names| {
        let names = names.iter().map(|name| text(name).to_owned());
        names.collect()
    });
    Projection::builder()
        .projection_type(text(&index["Projection"]["ProjectionType"]).into())
        .set_non_key_attributes(attributes)
        .build()
}

/// Where the template is.
pub(crate) fn path() -> PathBuf {
    repository().join("form-function/template.yaml")
}

/// The properties of a resource that the template declares.
pub(crate) fn declared(resource: &str) -> Value {
    resources()[resource]["Properties"].clone()
}

fn resources() -> Value {
    let template: Value = serde_yaml::from_str(&std::fs::read_to_string(path()).unwrap()).unwrap();
    template["Resources"].clone()
}

/// A text that stands there as it is; one that `CloudFormation` works out has a tag and is none.
fn text(value: &Value) -> &str {
    let Value::String(text) = value else {
        panic!("not a plain text: {value:?}");
    };
    text
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_sequence().expect("a list").iter()
}

/// A program of Python that `tests/run` installs.
#[cfg(feature = "deployment")]
pub(crate) fn python_tool(name: &str) -> Command {
    let tools = env::var_os("PYTHON_TOOLS")
        .expect("PYTHON_TOOLS is the folder of the programs that `tests/run` installs");
    Command::new(Path::new(&tools).join(name))
}

#[cfg(feature = "deployment")]
fn lint(template: &Path) -> (bool, String) {
    let Output { status, stdout, .. } = python_tool("cfn-lint").arg(template).output().unwrap();
    (status.success(), String::from_utf8(stdout).unwrap())
}

#[cfg(feature = "deployment")]
#[test]
fn a_linter_finds_nothing_in_the_template() {
    assert_eq!(lint(&path()), (true, String::new()));
}

#[cfg(feature = "deployment")]
#[test]
fn the_linter_finds_what_is_broken() {
    let template = std::fs::read_to_string(path()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("template.yaml");
    for (right, wrong) in [
        (
            "{ AttributeName: due, KeyType: RANGE }",
            "{ AttributeName: due, KeyType: SORT }",
        ),
        ("EnableKeyRotation: true", "RotateKeys: true"),
        ("!GetAtt FormLog.Arn", "!GetAtt NoSuchLog.Arn"),
    ] {
        assert!(template.contains(right), "{right}");
        std::fs::write(&broken, template.replace(right, wrong)).unwrap();
        let (clean, findings) = lint(&broken);
        assert!(
            !clean && findings.contains("template.yaml:"),
            "{wrong}: {findings}"
        );
    }
}

/// Rights that a public function must not have, whatever else it gets.
#[test]
fn the_public_function_gets_no_right_to_look_around() {
    for right in rights("FormRights") {
        let forbidden = [
            "Query",
            "Scan",
            "Batch",
            "PartiQL",
            "GetRecords",
            "ses:",
            "kms:",
            "*",
        ];
        assert!(
            !forbidden.iter().any(|word| right.contains(word)),
            "{right}"
        );
    }
}

#[test]
fn only_the_worker_gets_keys_that_open() {
    let environment = |function: &str| declared(function)["Environment"]["Variables"].clone();
    let template = std::fs::read_to_string(path()).unwrap();
    assert_eq!(template.matches("!Ref OpeningKeys").count(), 1);
    assert!(!environment("FormWorker")["OPENING_KEYS"].is_null());
    assert!(environment("FormFunction")["OPENING_KEYS"].is_null());
}

#[test]
fn pages_are_sent_under_the_policies_that_every_server_of_ours_sends() {
    let policies = [
        ("SiteHeaders", forms::CONTENT_SECURITY_POLICY),
        ("EditorHeaders", forms::EDITOR_POLICY),
    ];
    for (resource, policy) in policies {
        let config = &declared(resource)["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"];
        let said = text(&config["ContentSecurityPolicy"]["ContentSecurityPolicy"]);
        assert_eq!(said, policy, "{resource}");
    }
}

/// Every right that a policy gives.
fn rights(policy: &str) -> Vec<String> {
    let document = &declared(policy)["PolicyDocument"];
    let rights = list(&document["Statement"]).flat_map(|statement| {
        assert_eq!(text(&statement["Effect"]), "Allow");
        match &statement["Action"] {
            Value::Sequence(actions) => actions.clone(),
            one => vec![one.clone()],
        }
    });
    rights.map(|right| text(&right).to_owned()).collect()
}
