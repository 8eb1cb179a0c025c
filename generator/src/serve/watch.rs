//! File events, gathered: editors save a file in several steps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

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

/// What is watched, for as long as it is kept.
pub(super) struct Watched {
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
}

/// Notes everything that happens below these folders of a site, which need not be there yet.
pub(super) fn start(root: &Path, names: &[&str]) -> (notify::Result<Watched>, Receiver<Touched>) {
    let (sender, receiver) = mpsc::channel();
    let folders: Vec<PathBuf> = names.iter().map(|name| root.join(name)).collect();
    let roots = folders.clone();
    let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Some(touched) = event.ok().and_then(|event| touched(event, &roots)) {
            // The receiver is gone only when the program is.
            let _ = sender.send(touched);
        }
    });
    let watching = watcher.and_then(|mut watcher| {
        // Here one sees when a folder is made.
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Watched { watcher, folders })
    });
    (watching, receiver)
}

impl Watched {
    /// Watches folders that were made since.
    fn follow_new(&mut self, touched: &[PathBuf]) {
        let made = self
            .folders
            .iter()
            .filter(|folder| touched.contains(folder));
        for folder in made.filter(|folder| folder.is_dir()) {
            // Gone again already: then it has nothing to say.
            let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
        }
    }
}

/// Calls `changed` with the files of every change, as soon as it is complete.
pub(super) fn follow(
    receiver: &Receiver<Touched>,
    mut watched: Option<Watched>,
    changed: impl Fn(&BTreeSet<PathBuf>),
) {
    let mut look = |paths: &[PathBuf]| {
        if let Some(watched) = &mut watched {
            watched.follow_new(paths);
        }
    };
    while let Ok(Touched { paths, mut step }) = receiver.recv() {
        look(&paths);
        let mut all = BTreeSet::from_iter(paths);
        let patience = |step| match step {
            Step::Complete => COMPLETE,
            Step::Writing | Step::Noted => QUIET,
        };
        while let Ok(next) = receiver.recv_timeout(patience(step)) {
            look(&next.paths);
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
    let comes_or_goes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
    );
    paths.retain(|path| !is_hidden(path, roots) && (comes_or_goes || !roots.contains(path)));
    (!paths.is_empty()).then_some(Touched { paths, step })
}

/// Editors and desktops make hidden files, and the site has none. What lies beside the folders is none of it, either.
fn is_hidden(path: &Path, roots: &[PathBuf]) -> bool {
    let Some(below) = roots.iter().find_map(|root| path.strip_prefix(root).ok()) else {
        return true;
    };
    below
        .iter()
        .any(|part| part.as_encoded_bytes().starts_with(b"."))
}
