//! File events, gathered: editors save a file in several steps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};

/// How long it must be quiet before a change counts as complete.
const QUIET: Duration = Duration::from_millis(30);
/// The same after the system has said that a file is complete.
const COMPLETE: Duration = Duration::from_millis(3);

/// What happened to one file or more.
pub(super) struct Touched {
    paths: Vec<PathBuf>,
    step: Step,
}

/// How far somebody has come who saves a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It is being written.
    Writing,
    /// It was closed after writing, or put in its place as a whole.
    Complete,
    /// Its date or its rights changed, which says nothing of that.
    Noted,
}

/// Notes everything that happens below the folders, for as long as the watcher is kept.
pub(super) fn start(
    folders: &[PathBuf],
) -> (notify::Result<impl Watcher + use<>>, Receiver<Touched>) {
    let (sender, receiver) = mpsc::channel();
    let roots = folders.to_vec();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Some(touched) = event.ok().and_then(|event| touched(event, &roots)) {
            // The receiver is gone only when the program is.
            let _ = sender.send(touched);
        }
    });
    let watching = watcher.and_then(|mut watcher| {
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    });
    (watching, receiver)
}

/// Calls `changed` with the files of every change, as soon as it is complete.
pub(super) fn follow(receiver: &Receiver<Touched>, changed: impl Fn(&BTreeSet<PathBuf>)) {
    while let Ok(Touched { paths, mut step }) = receiver.recv() {
        let mut all = BTreeSet::from_iter(paths);
        let patience = |step| match step {
            Step::Complete => COMPLETE,
            Step::Writing | Step::Noted => QUIET,
        };
        while let Ok(next) = receiver.recv_timeout(patience(step)) {
            all.extend(next.paths);
            if next.step != Step::Noted {
                step = next.step;
            }
        }
        changed(&all);
    }
}

/// What an event says of files that the site may be made of.
fn touched(event: Event, roots: &[PathBuf]) -> Option<Touched> {
    if event.need_rescan() {
        // Events were lost: anything may have changed.
        return Some(Touched {
            paths: roots.to_vec(),
            step: Step::Writing,
        });
    }
    let step = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Step::Complete,
        // Reading a file is an event, too, and we do nothing but read.
        EventKind::Access(_) => return None,
        EventKind::Modify(ModifyKind::Metadata(_)) => Step::Noted,
        _ => Step::Writing,
    };
    let mut paths = event.paths;
    paths.retain(|path| !is_hidden(path, roots));
    (!paths.is_empty()).then_some(Touched { paths, step })
}

/// Editors and desktops make hidden files, and the site has none.
fn is_hidden(path: &Path, roots: &[PathBuf]) -> bool {
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok());
    let mut parts = below.into_iter().flatten();
    parts.any(|part| part.as_encoded_bytes().starts_with(b"."))
}
