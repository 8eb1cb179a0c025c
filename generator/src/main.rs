//! The program `centre`: reads the command line and runs it.

use clap::Parser;
use generator::cli::{Cli, Status, run};

/// Pages are made of many small strings, on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Status {
    // What the forms of the preview warn of. Whoever runs the commands otherwise has a log of their own.
    #[cfg(feature = "serve")]
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .init();
    run(
        &Cli::parse(),
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    )
}
