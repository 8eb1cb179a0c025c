//! A list that the service gives in many answers, each of a megabyte at most.

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use form_function::aws;
use form_function::store::dynamodb::DynamoStore;
use form_function::store::{ListPlace, Store};
use forms::{Registration, RegistrationId};
use jiff::SignedDuration;
use std::sync::Arc;

use super::super::people::{ask_for, recorded};
use crate::template;

const MANY: u32 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_registrations_are_listed_whole_and_in_order() {
    let client = aws::dynamodb().unwrap();
    let table = template::new_table(&client, "conformance").await;
    let store = Arc::new(DynamoStore::new(client.clone(), table.clone()));
    let first = recorded(&store, &ask_for(1, "ana")).await;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let item = client
        .get_item()
        .table_name(&table)
        .key("PK", text(&format!("REG#{}", first.id.as_str())))
        .key("SK", text("META"));
    let item = item.send().await.unwrap().item.unwrap();

    // Some are of the same instant.
    let others = (1..MANY).map(|number| Registration {
        id: RegistrationId::from_stored(format!("f{number:031x}")),
        submitted_at: first.submitted_at + SignedDuration::from_secs(1 + i64::from(number / 3)),
        ..first.clone()
    });
    let others: Vec<Registration> = others.collect();
    for batch in others.chunks(25) {
        let puts = batch.iter().map(|registration| {
            let place = format!(
                "{:.9}#{}",
                registration.submitted_at,
                registration.id.as_str()
            );
            let mut item = item.clone();
            let value = serde_json::to_string(registration).unwrap();
            let new = [
                ("PK", format!("REG#{}", registration.id.as_str())),
                ("listed", place),
                ("value", value),
            ];
            item.extend(new.map(|(name, value)| (name.to_owned(), AttributeValue::S(value))));
            let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
            WriteRequest::builder().put_request(put).build()
        });
        let written = client
            .batch_write_item()
            .request_items(&table, puts.collect::<Vec<_>>());
        let left = written.send().await.unwrap().unprocessed_items;
        assert!(left.is_none_or(|left| left.is_empty()));
    }

    let mut expected = vec![first.clone()];
    expected.extend(others);
    let activity = &first.activity;
    let mut listed: Vec<Registration> = Vec::new();
    loop {
        let after = listed.last().map(ListPlace::of);
        let page = store.registrations(activity, after.as_ref(), 1_000);
        let page = page.await.unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page);
    }
    assert!(listed == expected, "{}", listed.len());
    // One question may take several answers of the service.
    let listed = store.registrations(activity, None, MANY).await.unwrap();
    assert!(listed == expected, "{}", listed.len());
}
