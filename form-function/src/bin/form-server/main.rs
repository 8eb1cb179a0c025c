//! Site and forms on one machine, and the commands of those who look after it.

mod command;
mod data;
mod figures;
mod handed_over;
mod office;
mod registration;
mod serve;

use std::io::{self, Write};

use clap::Parser;
use form_function::app::system_random;
use form_function::logs;
use form_function::settings::{Settings, new_keys_env};
use form_function::store::sqlite::back_up;

use command::{Cli, Command, Keys};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    logs::plain();
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run().await,
        Command::Keys { command: Keys::New } => {
            Ok(write!(io::stdout(), "{}", new_keys_env(&system_random()))?)
        }
        Command::Backup { file } => {
            let settings = Settings::from_environment()?;
            back_up(&settings.store_file(), &file)?;
            Ok(writeln!(
                io::stdout(),
                "The store as it is now is in `{}`. The keys are not in it: keep a copy of them elsewhere.",
                file.display()
            )?)
        }
        Command::Data { command } => data::run(command).await,
        Command::Figures { out } => figures::run(out.as_deref()).await,
        Command::Registration { command } => registration::run(command).await,
    }
}
