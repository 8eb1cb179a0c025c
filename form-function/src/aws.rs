//! SHELL: clients of AWS, from what Lambda puts into the environment of a function.
//!
//! Files with profiles and the metadata of machines are not asked: a function has none, and each place to look in makes
//! the program larger and its start slower.
#![expect(
    clippy::disallowed_methods,
    reason = "SHELL: reads region, keys and addresses from the environment"
)]

use std::env;
use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_types::SdkConfig;

use crate::settings::SettingError;

/// The roots of AWS alone: to read the hundred and more of a system takes longer than all else at a start.
const ROOTS: &[u8] = include_bytes!("aws/roots.pem");

/// How long one call to the table may take. The service answers within milliseconds; a connection that went silent would
/// otherwise hold the visitor for minutes.
const TABLE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long one call to the mail service may take: nobody waits, and a call that is cut off may have sent the mail.
#[cfg(feature = "worker")]
const MAIL_TIMEOUT: Duration = Duration::from_secs(10);

/// A client of `DynamoDB`.
pub fn dynamodb() -> Result<aws_sdk_dynamodb::Client, SettingError> {
    let config = config("AWS_ENDPOINT_URL_DYNAMODB", TABLE_TIMEOUT)?;
    Ok(aws_sdk_dynamodb::Client::new(&config))
}

/// A client of the mail service, SES.
#[cfg(feature = "worker")]
pub fn ses() -> Result<aws_sdk_sesv2::Client, SettingError> {
    let config = config("AWS_ENDPOINT_URL_SESV2", MAIL_TIMEOUT)?;
    Ok(aws_sdk_sesv2::Client::new(&config))
}

/// What all clients share. `endpoint` is the variable with another address of the service.
fn config(endpoint: &str, timeout: Duration) -> Result<SdkConfig, SettingError> {
    let region = set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION"));
    let region = region.ok_or(missing("AWS_REGION", "eu-central-1"))?;
    // They hold for as long as Lambda keeps this process.
    let credentials = Credentials::new(
        set("AWS_ACCESS_KEY_ID").ok_or(missing("AWS_ACCESS_KEY_ID", "AKIA…"))?,
        set("AWS_SECRET_ACCESS_KEY")
            .ok_or(missing("AWS_SECRET_ACCESS_KEY", "… (from the same place)"))?,
        set("AWS_SESSION_TOKEN"),
        None,
        "environment",
    );
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(
            TimeoutConfig::builder()
                .operation_attempt_timeout(timeout)
                .build(),
        )
        .http_client(
            Builder::new()
                .tls_provider(Provider::Rustls(CryptoMode::Ring))
                .tls_context(trust())
                .build_https(),
        );
    config.set_endpoint_url(set(endpoint).or_else(|| set("AWS_ENDPOINT_URL")));
    Ok(config.build())
}

/// TLS by ring, which is ready at once; see the workspace's `Cargo.toml`.
fn trust() -> TlsContext {
    let roots = TrustStore::empty().with_pem_certificate(ROOTS);
    #[expect(
        clippy::expect_used,
        reason = "nothing in it depends on where the program runs"
    )]
    TlsContext::builder()
        .with_trust_store(roots)
        .build()
        .expect("roots and no names make a context")
}

/// A variable that is set and not empty.
fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn missing(variable: &'static str, example: &'static str) -> SettingError {
    SettingError {
        variable,
        problem: "is missing",
        example,
    }
}
