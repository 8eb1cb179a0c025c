//! Mail of the worker through SES, as an emulator takes it that answers where the engine of the table does.

use std::env;

use aws_smithy_types::base64;
use form_function::aws;
use form_function::store::{DeliveryStatus, MessageId, Store};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::instance::Program;
use super::waiting::sign_up;
use super::{Deployment, every_minute, new_table};
use crate::form_test::{OPEN_DAY, SENDER, Visitor, person};

/// Every mail that the emulator took.
async fn taken() -> Vec<Value> {
    let engine = env::var("AWS_ENDPOINT_URL_DYNAMODB").unwrap();
    let address = engine.strip_prefix("http://").unwrap().parse().unwrap();
    let mut visitor = Visitor::connect(address).await;
    let answer = visitor.get("/_ministack/ses/messages").await.json();
    let accounts = answer["messages"].as_object().unwrap().values();
    accounts
        .flat_map(|mails| mails.as_array().unwrap().clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_waits_for_a_sender_that_ses_knows_and_arrives_once() {
    let ses = aws::ses().unwrap();
    // An earlier run on the same emulator may have left it.
    let _ = ses
        .delete_email_identity()
        .email_identity(SENDER)
        .send()
        .await;
    let (store, table) = new_table().await;
    let deployment = Deployment::new(&table).with("MAIL_TRANSPORT", "ses");
    let mut function = deployment.start().await;
    let check = function
        .post(&format!("/forms/{OPEN_DAY}"), &person("ses"))
        .await;
    let form = check.must_be(200).page().form();
    let receipt = function.post(&form.action, &form.sent_untouched()).await;
    let receipt = receipt.location().to_owned();

    let mut worker = deployment.run(Program::Worker).await;
    let done = worker.invoke(every_minute()).await;
    assert_eq!((&done["sent"], &done["left"]), (&json!(0), &json!(1)));
    let ours = |mails: Vec<Value>| {
        let about_us = |mail: &Value| mail["BodyText"].as_str().unwrap().contains(&receipt);
        mails.into_iter().filter(about_us).collect::<Vec<_>>()
    };
    assert_eq!(ours(taken().await), Vec::<Value>::new());

    let verify = ses.create_email_identity().email_identity(SENDER);
    verify.send().await.unwrap();
    // It would be tried again after a minute.
    for message in store.outbox(Timestamp::MAX, 10).await.unwrap() {
        store
            .postpone(&message, message.recorded_at, 1)
            .await
            .unwrap();
    }
    assert_eq!(worker.invoke(every_minute()).await["sent"], 1);
    assert_eq!(worker.invoke(every_minute()).await["sent"], 0);
    let mails = ours(taken().await);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["Source"], SENDER);
    assert_eq!(mails[0]["To"], json!(["ses@example.org"]));

    let log = worker.stop().await;
    assert!(log.contains("does not take mail from this sender"), "{log}");
    assert!(
        !log.contains("example.org"),
        "the log tells of a person: {log}"
    );
}

/// What `EventBridge` brings when SES could not deliver this message.
fn bounce(message: &MessageId) -> Value {
    // As SES wants its tags, which know letters, digits, `-` and `_` alone.
    let tag = base64::encode(&message.0)
        .replace('+', "-")
        .replace('/', "_");
    json!({
        "source": "aws.ses",
        "detail-type": "Email Bounced",
        "detail": {
            "eventType": "Bounce",
            "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "ana@example.org"}]},
            "mail": {"destination": ["ana@example.org"], "tags": {"message": [tag.trim_end_matches('=')]}},
        },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_is_noted_and_names_nobody() {
    let (store, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let mut function = deployment.start().await;
    sign_up(&mut function, OPEN_DAY, &person("ana"))
        .await
        .must_be(303);
    let message = store.outbox(Timestamp::MAX, 10).await.unwrap().remove(0);
    let mut worker = deployment.run(Program::Worker).await;
    assert_eq!(worker.invoke(every_minute()).await["sent"], 1);

    let unknown = MessageId("r1.1.received".to_owned());
    for (message, known) in [(&message.id, true), (&unknown, false)] {
        let noted = worker.invoke(bounce(message)).await;
        assert_eq!(noted, json!({"bounced": "permanent", "known": known}));
    }
    let deliveries = store.deliveries(&message.registration).await.unwrap();
    let became: Vec<DeliveryStatus> = deliveries.iter().map(|it| it.status).collect();
    assert_eq!(became, [DeliveryStatus::Bounced]);
    let log = worker.stop().await;
    assert!(log.contains("a mail bounced"), "{log}");
    assert!(!log.contains("example.org"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_nearly_over_begins_no_mail_and_says_what_waits() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let mut function = deployment.start().await;
    sign_up(&mut function, OPEN_DAY, &person("ana"))
        .await
        .must_be(303);
    let mut worker = deployment.run(Program::Worker).await;
    worker.calls_end_at(Timestamp::now() + SignedDuration::from_secs(30));
    let done = worker.invoke(every_minute()).await;
    assert_eq!((&done["sent"], &done["left"]), (&json!(0), &json!(1)));
    worker.calls_end_at(Timestamp::now() + SignedDuration::from_secs(120));
    let done = worker.invoke(every_minute()).await;
    assert_eq!((&done["sent"], &done["left"]), (&json!(1), &json!(0)));
    let log = worker.stop().await;
    assert_eq!(log.matches("\"worked\"").count(), 2, "{log}");
}
