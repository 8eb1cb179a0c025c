//! What the forms on AWS leave to be done: mail goes out, and what did not arrive is noted.
//!
//! A schedule calls it every minute, the stream of the table whenever something was recorded, `EventBridge` when SES tells
//! of a bounce. The first two only mean that there may be work: what there is to do stands in the table.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use form_function::app::{App, Delivery, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::mail::{Transport, bounce};
use form_function::outbox::{self, ROUND, Round};
use form_function::settings::Settings;
use form_function::store::Store;
use form_function::store::dynamodb::DynamoStore;
use form_function::{aws, logs};
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// What is left of the time of a call when no further round begins.
const RESERVE: Duration = Duration::from_secs(20);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    logs::json();
    let settings = Settings::from_environment()?;
    let key = settings.required_key()?;
    let table = settings.required_table()?;
    let transport =
        Transport::open(settings.required_mail()?).context("the setting `MAIL_TRANSPORT`")?;
    let bundle = Bundle::load(&settings.bundle)?;
    let app = App {
        public_url: settings
            .public_url
            .clone()
            .unwrap_or_else(|| bundle.manifest.identity.base_url.clone()),
        bundle: Arc::new(bundle),
        store: Arc::new(DynamoStore::new(aws::dynamodb()?, table)),
        key,
        clock: system_clock(),
        random: system_random(),
        delivery: Delivery::InBackground(Arc::new(Notify::new())),
    };
    let (app, transport) = (&app, &transport);
    let handler = service_fn(move |event: LambdaEvent<Value>| async move {
        if let Some(bounce) = bounce::bounce(&event.payload) {
            tracing::warn!(
                message = bounce.message.0,
                kind = bounce.kind.as_str(),
                "a mail bounced"
            );
            return Ok(json!({"bounced": bounce.kind.as_str()}));
        }
        work(app, transport, event.context.deadline()).await
    });
    lambda_runtime::run(handler)
        .await
        .map_err(anyhow::Error::from_boxed)
}

/// Rounds until nothing is left that can go out now, or the time of the call is nearly over.
async fn work(
    app: &App<DynamoStore>,
    transport: &Transport,
    deadline: SystemTime,
) -> Result<Value, lambda_runtime::Error> {
    let (mut sent, mut rounds) = (0, 0);
    let left = loop {
        let Round { done, left } = outbox::deliver_pending(app, transport, ROUND).await?;
        sent += done;
        rounds += 1;
        // What could not go out now cannot in a moment either.
        let finished = done == 0 || left > 0;
        if finished || time_left(deadline, (app.clock)()) < RESERVE {
            break left;
        }
    };
    let oldest = app.store.undelivered(1).await?;
    let oldest_seconds = oldest.first().map_or(0, |message| {
        (app.clock)().duration_since(message.recorded_at).as_secs()
    });
    // An alarm of the template reads this line.
    tracing::info!(sent, left, rounds, oldest_seconds, "worked");
    Ok(json!({"sent": sent, "left": left, "rounds": rounds, "oldest_seconds": oldest_seconds}))
}

/// How long the call may still take.
fn time_left(deadline: SystemTime, now: Timestamp) -> Duration {
    deadline
        .duration_since(SystemTime::from(now))
        .unwrap_or_default()
}
