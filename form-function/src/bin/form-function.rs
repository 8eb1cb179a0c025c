//! Forms on AWS Lambda, over `DynamoDB`. What has to be sent is recorded there, and left to `form-worker`.

use std::sync::Arc;

use form_function::app::{App, Delivery, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::settings::Settings;
use form_function::store::dynamodb::DynamoStore;
use form_function::{aws, logs, router};
use tokio::sync::Notify;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    logs::json();
    let settings = Settings::from_environment()?;
    let key = settings.required_key()?;
    let table = settings.required_table()?;
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
        // The table's stream wakes the worker.
        delivery: Delivery::InBackground(Arc::new(Notify::new())),
    };
    lambda_http::run(router(Arc::new(app)))
        .await
        .map_err(anyhow::Error::from_boxed)
}
