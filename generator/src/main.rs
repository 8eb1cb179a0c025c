//! The program `centre`: reads the command line and runs it.

use std::process::ExitCode;

use clap::Parser;
use generator::cli::{Cli, run};

fn main() -> ExitCode {
    run(&Cli::parse(), &mut std::io::stderr())
}
