//! Forms on AWS Lambda, over `DynamoDB`. What has to be sent is recorded there, and left to `form-worker`.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request};
use form_function::app::{App, Delivery, system_clock, system_random};
use form_function::bundle::Bundle;
#[cfg(feature = "editor")]
use form_function::editor;
use form_function::limits::Limiter;
use form_function::settings::Settings;
use form_function::store::dynamodb::DynamoStore;
use form_function::{aws, logs, router};
use lambda_http::request::RequestContext;

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
        store: Arc::new(DynamoStore::new(aws::dynamodb()?, table)),
        keys,
        limiter: Limiter::new(settings.limits, settings.client_address),
        clock: system_clock(),
        random: system_random(),
        // The stream of the table wakes the worker.
        delivery: Delivery::InBackground(Arc::default()),
        has_staff_area: false,
    };
    let app = Arc::new(app);
    let routes = router(Arc::clone(&app));
    #[cfg(feature = "editor")]
    let routes = match &settings.editor {
        Some(settings) => routes.merge(editor::router(app, settings)),
        None => routes,
    };
    let routes = routes.layer(axum::middleware::map_request(with_peer));
    lambda_http::run(routes)
        .await
        .map_err(anyhow::Error::from_boxed)
}

/// Says who was at the other end of the connection to the gateway, in the way a server of our own would.
async fn with_peer(mut request: Request) -> Request {
    let peer = match request.extensions().get() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref(),
        _ => None,
    };
    let peer = peer.and_then(|address| address.parse::<IpAddr>().ok());
    if let Some(peer) = peer {
        // The gateway does not tell the port, and nothing of ours asks for it.
        let peer = ConnectInfo(SocketAddr::new(peer, 0));
        request.extensions_mut().insert(peer);
    }
    request
}
