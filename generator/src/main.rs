//! The program `centre`: reads the command line and runs it.

use clap::Parser;
use generator::cli::{Cli, Status, run};

fn main() -> Status {
    run(
        &Cli::parse(),
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    )
}
