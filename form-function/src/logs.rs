//! SHELL: where the log goes. It tells of events and never of people.
#![expect(
    clippy::disallowed_methods,
    reason = "SHELL: reads how much to say from the environment"
)]

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{LevelFilter, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

use crate::store::StoreError;

/// Lines for a reader, on standard error.
pub fn plain() {
    let lines = fmt::layer().with_writer(std::io::stderr);
    let nobody = filter_fn(tells_of_nobody);
    registry().with(lines).with(filter()).with(nobody).init();
}

/// JSON for a collector, on standard output, where Lambda reads it.
pub fn json() {
    let lines = fmt::layer().json().with_current_span(false);
    let nobody = filter_fn(tells_of_nobody);
    registry().with(lines).with(filter()).with(nobody).init();
}

/// `RUST_LOG` as far as it names levels and modules (`info,form_function=debug`), or what an operator wants to see.
fn filter() -> Targets {
    let set = std::env::var(RUST_LOG)
        .ok()
        .and_then(|set| set.parse().ok());
    set.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO))
}

/// Libraries below this level write out whole requests, with all that people typed; no setting may ask for that.
fn tells_of_nobody(metadata: &Metadata<'_>) -> bool {
    let ours = ["form_function", "form_server", "form_worker", "forms"];
    let source = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || ours.contains(&source)
}
/// The name by which programs in Rust are told how much to say.
const RUST_LOG: &str = "RUST_LOG";

/// One line, with every cause there is. Causes are described by their own texts, which hold no answers.
pub fn fault(error: &StoreError) {
    let mut causes = Vec::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    tracing::error!(cause = causes.join(": "), "{error}");
}
