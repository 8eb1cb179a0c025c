//! SHELL: where the log goes. It tells of events and never of people.

use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Lines for a reader, on standard error.
pub fn plain() {
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr)
        .finish()
        .with(filter_fn(tells_of_nobody))
        .init();
}

/// JSON for a collector, on standard output, where Lambda reads it.
pub fn json() {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter())
        .with_current_span(false)
        .finish()
        .with(filter_fn(tells_of_nobody))
        .init();
}

/// `RUST_LOG`, or what an operator wants to see.
fn filter() -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"))
}

/// Libraries below this level write out whole requests, with all that people typed; no setting may ask for that.
fn tells_of_nobody(metadata: &Metadata<'_>) -> bool {
    let ours = ["form_function", "form_server", "form_worker", "forms"];
    let source = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || ours.contains(&source)
}
