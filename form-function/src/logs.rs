//! SHELL: where the log goes. It tells of events and never of people.

use tracing_subscriber::EnvFilter;

/// Lines for a reader, on standard error.
pub fn plain() {
    tracing_subscriber::fmt()
        .with_env_filter(filter())
        .with_writer(std::io::stderr)
        .init();
}

/// JSON for a collector, on standard output, where Lambda reads it.
pub fn json() {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter())
        .with_current_span(false)
        .init();
}

/// `RUST_LOG`, or what an operator wants to see.
fn filter() -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"))
}
