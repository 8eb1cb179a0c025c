//! The program `centre`: reads the command line and runs it.

use std::io::Write;

use generator::cli::{Status, Told, read, run};

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
    let cli = match read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(told) => return say(&told),
    };
    run(&cli, &mut std::io::stdout(), &mut std::io::stderr())
}

/// Help that was asked for goes to standard output, as all that was asked for.
fn say(Told { text, status }: &Told) -> Status {
    // Where nobody reads it, nothing can be said about it either.
    let _ = match status {
        Status::Done => std::io::stdout().write_all(text.as_bytes()),
        _ => std::io::stderr().write_all(text.as_bytes()),
    };
    *status
}
