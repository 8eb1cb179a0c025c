//! Forms on AWS Lambda, over `DynamoDB`.

use std::sync::Arc;

use form_function::app::{App, Delivery, system_clock, system_random};
use form_function::bundle::Bundle;
use form_function::limits::Limiter;
use form_function::settings::Settings;
use form_function::store::dynamodb::{self, DynamoStore};
use form_function::{logs, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    logs::json();
    let settings = Settings::from_environment()?;
    let keys = settings.keys.required_keyring()?;
    let table = settings.required_table()?;
    let bundle = Bundle::load(&settings.bundle)?;
    let app = App {
        public_url: settings
            .public_url
            .clone()
            .unwrap_or_else(|| bundle.manifest.identity.base_url.clone()),
        bundle: Arc::new(bundle),
        store: Arc::new(DynamoStore::new(dynamodb::client().await, table)),
        keys,
        limiter: Limiter::new(settings.limits, settings.client_address),
        clock: system_clock(),
        random: system_random(),
        // The stream of the table wakes the worker.
        delivery: Delivery::InBackground(Arc::default()),
    };
    lambda_http::run(router(Arc::new(app)))
        .await
        .map_err(anyhow::Error::from_boxed)
}
