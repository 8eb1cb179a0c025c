//! SHELL: a program of this project as a process of its own, and what it prints.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Far more than anything takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(4);

/// A process that may be running.
pub(crate) struct Program {
    process: Child,
    printed: watch::Receiver<Vec<u8>>,
    readers: [JoinHandle<()>; 2],
}

/// A process that ended by itself.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) succeeded: bool,
    pub(crate) output: String,
}

impl Program {
    /// Starts a program with these variables and no others.
    pub(crate) fn start(program: &Path, environment: &BTreeMap<&'static str, String>) -> Program {
        Program::start_with(program, environment, &[])
    }

    /// Starts a program with these variables and no others, and with arguments.
    pub(crate) fn start_with(
        program: &Path,
        environment: &BTreeMap<&'static str, String>,
        arguments: &[&str],
    ) -> Program {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut process = command
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let (lines, printed) = watch::channel(Vec::new());
        let lines = Arc::new(lines);
        let readers = [
            gather(process.stdout.take().unwrap(), Arc::clone(&lines)),
            gather(process.stderr.take().unwrap(), lines),
        ];
        Program {
            process,
            printed,
            readers,
        }
    }

    /// Everything it has printed so far, if it prints something of which this is true, or everything there was.
    #[cfg(feature = "server")]
    pub(crate) async fn prints(&mut self, wanted: impl Fn(&str) -> bool) -> Result<String, Ended> {
        let mut printed = self.printed.clone();
        let found = printed.wait_for(|text| wanted(&String::from_utf8_lossy(text)));
        match timeout(PATIENCE, found)
            .await
            .expect("it prints nothing of the kind and does not end")
        {
            Ok(text) => Ok(String::from_utf8_lossy(&text).into_owned()),
            Err(_) => Err(self.ended().await),
        }
    }

    /// Its number, while it runs.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// Waits for its end.
    pub(crate) async fn ended(&mut self) -> Ended {
        let status: ExitStatus = timeout(PATIENCE, self.process.wait())
            .await
            .expect("it does not end")
            .unwrap();
        Ended {
            succeeded: status.success(),
            output: self.output().await,
        }
    }

    /// Ends it in the middle of whatever it does, as `kill -9` does. Gives everything it printed.
    pub(crate) async fn kill(mut self) -> String {
        self.process.kill().await.unwrap();
        self.output().await
    }

    /// Asks it to end, as a service manager does.
    #[cfg(feature = "server")]
    pub(crate) async fn stop(mut self) -> Ended {
        let number = self.process.id().expect("a process that runs");
        let asked = Command::new("kill").arg(number.to_string()).status().await;
        assert!(asked.unwrap().success());
        self.ended().await
    }

    /// Everything it printed, once it has ended.
    async fn output(&mut self) -> String {
        for reader in &mut self.readers {
            if !reader.is_finished() {
                reader.await.unwrap();
            }
        }
        String::from_utf8_lossy(&self.printed.borrow()).into_owned()
    }
}

fn gather(
    mut from: impl AsyncRead + Unpin + Send + 'static,
    to: Arc<watch::Sender<Vec<u8>>>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut part = vec![0; 1 << 16];
        loop {
            match from.read(&mut part).await.unwrap() {
                0 => return,
                length => to.send_modify(|all| all.extend_from_slice(&part[..length])),
            }
        }
    })
}
