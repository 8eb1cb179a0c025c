//! What the forms on AWS leave to be done: mail goes out, and what did not arrive is noted.
//!
//! A schedule calls it every minute, the stream of the table whenever something was recorded, `EventBridge` when SES tells
//! of a bounce. The first two only mean that there may be work: what there is to do stands in the table.

use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Context;
use form_function::app::{App, Delivery, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::keys_check::{self, KeysError};
use form_function::limits::Limiter;
use form_function::mail::{Transport, bounce};
use form_function::settings::Settings;
use form_function::store::Store;
use form_function::store::StoreError;
use form_function::store::dynamodb::DynamoStore;
use form_function::worker::{self, Round, Worker};
use form_function::{aws, bounces, logs};
use forms::Group;
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// What is left of the time of a call when no further mail begins: the longest mail takes 20 seconds, and what is read and
/// written around it, forgotten and told after it needs time as well.
const RESERVE: SignedDuration = SignedDuration::from_secs(50);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    logs::json();
    let settings = Settings::from_environment()?;
    let keys = settings.keys.required_keyring()?;
    let opener = settings.keys.required_opener(&[Group::Contact])?;
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
        keys,
        limiter: Limiter::new(None, settings.client_address),
        clock: system_clock(),
        random: system_random(),
        delivery: Delivery::InBackground(Arc::default()),
        has_staff_area: false,
    };
    let (app, opener, transport) = (&app, &opener, &transport);
    let keys_checked = &OnceCell::new();
    let handler = service_fn(move |event: LambdaEvent<Value>| async move {
        if let Some(bounce) = bounce::bounce(&event.payload) {
            let kind = bounce.kind.as_str();
            let status = bounce.kind.status();
            let known =
                bounces::record(app.store.as_ref(), &bounce.message, status, (app.clock)()).await?;
            tracing::warn!(kind, known, "a mail bounced");
            return Ok(json!({"bounced": kind, "known": known}));
        }
        let worker = Worker {
            app,
            opener,
            mailer: transport,
            until: Some(last_begin(event.context.deadline())),
        };
        keys_checked.get_or_try_init(|| check_keys(&worker)).await?;
        let done = work(&worker).await;
        // Lambda hears only that it failed; the log hears why.
        done.inspect_err(logs::fault)
            .map_err(lambda_runtime::Error::from)
    });
    lambda_runtime::run(handler)
        .await
        .map_err(anyhow::Error::from_boxed)
}

/// Does nothing in a table that is filled with other keys: mail would carry links that lead nowhere. Only the worker looks,
/// since the public program has to start at once, and a template gives both the same keys.
async fn check_keys(worker: &Worker<'_, DynamoStore, Transport>) -> Result<(), KeysError> {
    let app = worker.app;
    let checked = keys_check::check_and_note(app.store.as_ref(), &app.keys, worker.opener).await;
    match &checked {
        Ok(()) => {}
        Err(KeysError::Other(fault)) => tracing::error!(%fault, "nothing is done"),
        Err(KeysError::Store(fault)) => logs::fault(fault),
    }
    checked
}

/// Rounds until nothing is left that can be done now, or the time of the call is nearly over; and what is due once a day,
/// whatever became of them.
async fn work(worker: &Worker<'_, DynamoStore, Transport>) -> Result<Value, StoreError> {
    let app = worker.app;
    let done = rounds(worker).await;
    app.store.forget_expired((app.clock)()).await?;
    let done = done?;
    let now = (app.clock)();
    let oldest = worker::waits_since(app.store.as_ref(), now).await?;
    let oldest_seconds = oldest.map_or(0, |since| now.duration_since(since).as_secs());
    let Round {
        due,
        offered,
        told,
        mail,
    } = done;
    // An alarm of the template reads this line.
    tracing::info!(
        due,
        offered,
        told,
        sent = mail.done,
        left = mail.left,
        oldest_seconds,
        "worked"
    );
    Ok(json!({
        "due": due,
        "offered": offered,
        "told": told,
        "sent": mail.done,
        "left": mail.left,
        "oldest_seconds": oldest_seconds,
    }))
}

async fn rounds(worker: &Worker<'_, DynamoStore, Transport>) -> Result<Round, StoreError> {
    let mut done = Round::default();
    loop {
        let round = worker::round(worker).await?;
        done += round;
        let is_late = worker
            .until
            .is_some_and(|until| (worker.app.clock)() >= until);
        if !round.may_go_on() || is_late {
            return Ok(done);
        }
    }
}

/// From when on no mail begins in a call that is cut off then.
fn last_begin(deadline: SystemTime) -> Timestamp {
    let end = Timestamp::try_from(deadline).unwrap_or(Timestamp::MAX);
    end.saturating_sub(RESERVE).unwrap_or(Timestamp::MAX)
}
