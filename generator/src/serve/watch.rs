//! File events, gathered: editors save a file in several steps.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};

/// How long it must be quiet before a change counts as complete.
const QUIET: Duration = Duration::from_millis(30);

/// Calls `changed` after every change below the folders, for as long as the answer is kept.
pub(super) fn start(
    folders: &[PathBuf],
    changed: Box<dyn Fn() + Send>,
) -> notify::Result<impl Watcher + use<>> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event, too, and we do nothing but read.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            // The receiver is gone only when the program is.
            let _ = sender.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    std::thread::spawn(move || {
        while receiver.recv().is_ok() {
            while receiver.recv_timeout(QUIET).is_ok() {}
            changed();
        }
    });
    Ok(watcher)
}
