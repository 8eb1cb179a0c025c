//! The program `centre`: reads the command line and runs it.

use clap::Parser;
use generator::cli::{Cli, Status, run};

/// Pages are made of many small strings, on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Status {
    run(
        &Cli::parse(),
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    )
}
