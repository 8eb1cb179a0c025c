//! The program for one machine, as a process of its own: killed, overrun, searched and badly set up.
//!
//! The program is the file at `FORM_SERVER_BIN`. It goes by the clock of the machine.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::disallowed_methods,
    reason = "SHELL: reads settings, and files behind the program's back"
)]

mod backup;
mod commands;
mod data;
mod kill;
mod secrets;
mod site;
mod start;
mod stop;
mod thousand;

use std::collections::BTreeMap;
use std::env;
use std::net::SocketAddr;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::form_test::{SITE, Visitor, lasting};
use crate::program::{Ended, Program};

/// A machine with a site, a folder for the data and settings.
struct Machine {
    folder: TempDir,
    settings: BTreeMap<&'static str, String>,
}

/// A server that listens.
struct FormServer {
    address: SocketAddr,
    program: Program,
}

impl Machine {
    /// Mail goes to this transport.
    fn new(mail: &str) -> Machine {
        let folder = tempfile::tempdir().unwrap();
        lasting().write(&folder.path().join("dist"));
        let below = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let settings = [
            ("FORMS_BUNDLE", below("dist/forms")),
            ("SITE_DIR", below("dist/site")),
            ("DATA_DIR", below("data")),
            ("MAIL_TRANSPORT", mail.to_owned()),
            ("PUBLIC_URL", SITE.to_owned()),
            ("LISTEN", "127.0.0.1:0".to_owned()),
            // All visitors of a test come from one address.
            ("RATE_LIMITS", "off".to_owned()),
        ];
        Machine {
            folder,
            settings: settings.into(),
        }
    }

    /// A machine whose mail stays in its folder.
    fn with_own_mail() -> Machine {
        let machine = Machine::new("");
        let mail = format!("file:{}", machine.path("mail").display());
        machine.with("MAIL_TRANSPORT", &mail)
    }

    /// The same with another value for a setting; an empty one is as good as none.
    fn with(mut self, name: &'static str, value: &str) -> Machine {
        self.settings.insert(name, value.to_owned());
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the server and waits until it listens.
    async fn start(&self) -> FormServer {
        let started = self.try_start().await;
        started.unwrap_or_else(|ended| panic!("the server ended: {}", ended.output))
    }

    async fn try_start(&self) -> Result<FormServer, Ended> {
        let mut program = Program::start(&program(), &self.settings);
        let printed = program.prints(|text| listening(text).is_some()).await?;
        Ok(FormServer {
            address: listening(&printed).unwrap(),
            program,
        })
    }
}

fn program() -> PathBuf {
    env::var("FORM_SERVER_BIN")
        .expect("FORM_SERVER_BIN is the path of the program, as `tests/run` sets it")
        .into()
}

impl Machine {
    /// Runs a command of the program to its end.
    async fn run(&self, arguments: &[&str]) -> Ended {
        Program::start_with(&program(), &self.settings, arguments)
            .ended()
            .await
    }

    /// What a command prints that must succeed.
    async fn says(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments).await;
        assert!(ended.succeeded, "{arguments:?}: {}", ended.output);
        ended.output
    }

    /// The store.
    fn store(&self) -> PathBuf {
        self.path("data/registrations.sqlite")
    }
}

/// Where a server listens, by its own words.
fn listening(log: &str) -> Option<SocketAddr> {
    let whole_lines = log.rsplit_once('\n')?.0;
    let line = whole_lines
        .lines()
        .find(|line| line.contains("listening address="))?;
    line.rsplit_once('=')?.1.parse().ok()
}

impl FormServer {
    async fn visitor(&self) -> Visitor {
        Visitor::connect(self.address).await
    }
}

/// Places left, and people waiting.
async fn seats(visitor: &mut Visitor, activity: &str) -> (u64, u64) {
    let path = format!("/forms/{activity}/availability");
    let seats = visitor.get(&path).await.must_be(200).json();
    (
        seats["remaining"].as_u64().unwrap(),
        seats["waiting"].as_u64().unwrap(),
    )
}
