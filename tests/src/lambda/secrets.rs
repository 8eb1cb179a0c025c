//! Nobody who signed up can be found in the table, nor in what the program prints at its most talkative.

use aws_sdk_dynamodb::types::AttributeValue;
use form_function::aws;

use super::instance::{Instance, Program};
use super::{Deployment, every_minute, new_table};
use crate::form_test::Reply;
use crate::people_to_find::{Door, come_and_go, judge, typed};
use crate::site_test::files;

impl Door for Instance {
    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        Instance::send(self, method, path, headers, body).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_found_in_the_table_or_in_the_log() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table).with("RUST_LOG", "trace");
    let mut function = deployment.start().await;
    let mut worker = deployment.run(Program::Worker).await;
    come_and_go(&mut function, "first").await;
    worker.invoke(every_minute()).await;
    // Mail cannot leave any more, and waits in the outbox.
    let mail = deployment.folder.path().join("mail");
    let sent: Vec<u8> = files(&mail)
        .into_iter()
        .flat_map(|(_, bytes)| bytes)
        .collect();
    assert!(
        !typed().found_in(&sent).is_empty(),
        "a mail has an address, or this search finds nothing"
    );
    std::fs::remove_dir_all(mail).unwrap();
    come_and_go(&mut function, "second").await;
    assert_ne!(worker.invoke(every_minute()).await["left"], 0);
    judge("the table", &everything_in(&table).await);
    let log = function.stop().await + &worker.stop().await;
    judge("the log", log.as_bytes());
    for event in ["form sent", "a mail stays in the outbox"] {
        assert!(log.contains(event), "{event} is not in the log");
    }
}

/// Every key and every value, of the outbox too.
async fn everything_in(table: &str) -> Vec<u8> {
    let client = aws::dynamodb().unwrap();
    let mut pages = client.scan().table_name(table).into_paginator().send();
    let mut all = Vec::new();
    while let Some(page) = pages.next().await {
        for item in page.unwrap().items() {
            for (name, value) in item {
                all.extend_from_slice(name.as_bytes());
                write(value, &mut all);
            }
        }
    }
    all
}

fn write(value: &AttributeValue, to: &mut Vec<u8>) {
    to.push(b'\n');
    match value {
        AttributeValue::S(text) | AttributeValue::N(text) => to.extend_from_slice(text.as_bytes()),
        AttributeValue::B(bytes) => to.extend_from_slice(bytes.as_ref()),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => {}
        AttributeValue::L(values) => values.iter().for_each(|value| write(value, to)),
        AttributeValue::M(values) => {
            for (name, value) in values {
                to.extend_from_slice(name.as_bytes());
                write(value, to);
            }
        }
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => {
            to.extend_from_slice(texts.join("\n").as_bytes());
        }
        AttributeValue::Bs(all) => all
            .iter()
            .for_each(|bytes| to.extend_from_slice(bytes.as_ref())),
        other => panic!("nobody can read {other:?}"),
    }
}
