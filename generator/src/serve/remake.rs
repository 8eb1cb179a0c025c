//! What happens after a save: the page that changed is fresh at once, and everything is made again behind it.
//!
//! Two threads. The one that watches takes the quick step: of few known pages it reads only these, puts them into the last
//! good site and publishes that. The other one takes the full step as soon as nobody saves any more; what it makes is
//! thrown away when somebody has saved meanwhile.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch as channel;
use xxhash_rust::xxh3::Xxh3;

use super::edition::{Edition, Good};
use super::report;
use crate::again::{Again, again};
use crate::cli::Common;
use crate::diagnostic::{self, Diagnostic};
use crate::load;
use crate::parse::memory::Memory;
use crate::pictures::Pictures;
use crate::plan_again;
use crate::site::next_change_at;
use crate::source::Source;

/// How many pages the quick step takes on: of more the full step is soon done, too.
const FEW: usize = 4;

/// How long nobody must have saved before everything is made again, where nothing is fresh yet.
const QUIET: Duration = Duration::from_millis(30);
/// The same where the page that was saved is fresh: first it is fetched.
const LEISURE: Duration = Duration::from_millis(100);
/// How long one waits for a change at most before the clock is read again: a laptop may have slept.
const LONG: Duration = Duration::from_mins(1);

/// The editions, one after another.
pub(super) struct Editions {
    common: Common,
    last: channel::Sender<Arc<Edition>>,
    /// Counts the saves. Who publishes holds it, so that nothing is published that is older than the last save.
    saves: Mutex<u64>,
}

/// How a save was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Met {
    /// What was saved is fresh.
    Quickly,
    /// It waits for the full step.
    NotYet,
}

impl Editions {
    /// The first edition. The workshop that made it is for [`Editions::follow`].
    pub(super) fn open(common: Common) -> anyhow::Result<(Editions, Workshop)> {
        let mut workshop = Workshop::default();
        let (good, diagnostics) = workshop.make(&common)?;
        let first = Edition {
            version: 0,
            all_since: 0,
            good,
            diagnostics,
        };
        let editions = Editions {
            common,
            last: channel::channel(Arc::new(first)).0,
            saves: Mutex::new(0),
        };
        Ok((editions, workshop))
    }

    /// The last edition.
    pub(super) fn last(&self) -> Arc<Edition> {
        Arc::clone(&self.last.borrow())
    }

    /// Tells of every edition to come.
    pub(super) fn subscribe(&self) -> channel::Receiver<Arc<Edition>> {
        self.last.subscribe()
    }

    /// The quick step: makes these files fresh, if that can be done at once, and wants the full step in any case.
    pub(super) fn saved(&self, files: &BTreeSet<PathBuf>, wanted: &Sender<Met>) {
        let mut saves = self.saves();
        *saves += 1;
        let last = self.last();
        let met = match self.quick(&last, files) {
            Some((good, diagnostics)) => {
                self.publish(good, diagnostics, last.all_since);
                Met::Quickly
            }
            None => Met::NotYet,
        };
        // The receiver is gone only when the program is.
        let _ = wanted.send(met);
    }

    /// The full step, whenever it is wanted.
    pub(super) fn follow(&self, wanted: &Receiver<Met>, mut workshop: Workshop) {
        let messages = &mut std::io::stderr();
        let mut all_met = true;
        let mut last_change = Timestamp::MIN;
        while let Some(mut met) = self.next(wanted, &mut last_change) {
            all_met &= met == Met::Quickly;
            let patience = |met| match met {
                Met::Quickly => LEISURE,
                Met::NotYet => QUIET,
            };
            while let Ok(next) = wanted.recv_timeout(patience(met)) {
                all_met &= next == Met::Quickly;
                met = next;
            }
            let begun = *self.saves();
            match workshop.make(&self.common) {
                Ok(made) => {
                    let diagnostics = made.1.clone();
                    if self.replace(made, begun, all_met) {
                        // Messages are a courtesy here: the page shows them, too.
                        let _ = report(&self.common, &diagnostics, messages);
                        all_met = true;
                    }
                }
                Err(error) => {
                    let _ = writeln!(messages, "{error:#}");
                }
            }
        }
    }

    /// Waits until somebody has saved, or until time alone changes the site, if it passes here.
    fn next(&self, wanted: &Receiver<Met>, last_change: &mut Timestamp) -> Option<Met> {
        loop {
            let last = self.last();
            let change = (last.good.as_ref()).and_then(|good| next_change_at(&good.site));
            // Where the clock stands still, nothing comes by itself.
            let change = change.filter(|_| self.common.now.is_none());
            let patience = match due(change, *last_change, self.common.options().now) {
                Due::Now(change) => {
                    *last_change = change;
                    return Some(Met::NotYet);
                }
                Due::After(patience) => patience,
            };
            match wanted.recv_timeout(patience) {
                Ok(met) => return Some(met),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Publishes what the full step made, unless somebody has saved since it began; then the next one is wanted already.
    fn replace(&self, (good, diagnostics): Made, begun: u64, all_met: bool) -> bool {
        // A whole site takes its time to be given back; that is done when nobody has to wait for it.
        let last = self.last();
        let saves = self.saves();
        if *saves != begun {
            return false;
        }
        let all_since = if all_met {
            last.all_since
        } else {
            last.version + 1
        };
        self.publish(good.or_else(|| last.good.clone()), diagnostics, all_since);
        drop(saves);
        true
    }

    fn saves(&self) -> MutexGuard<'_, u64> {
        // A number is whole, whoever panicked beside it.
        self.saves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, good: Option<Arc<Good>>, diagnostics: Vec<Diagnostic>, all_since: u64) {
        self.last.send_modify(|last| {
            *last = Arc::new(Edition {
                version: last.version + 1,
                all_since,
                good,
                diagnostics,
            });
        });
    }

    /// The last good site with these pages as they are now, and what is wrong. `None` where it takes more than that.
    fn quick(
        &self,
        last: &Edition,
        files: &BTreeSet<PathBuf>,
    ) -> Option<(Option<Arc<Good>>, Vec<Diagnostic>)> {
        let mut good = Arc::clone(last.good.as_ref()?);
        let paths = self.known(files, &good.memory)?;
        let mut diagnostics = last.diagnostics.clone();
        for path in paths {
            let file = load::document(&self.common.root, &path)?;
            diagnostics.retain(|diagnostic| diagnostic.place.file != path);
            match again(&good.site, &good.memory, &file, &self.common.options()) {
                Again::Fresh {
                    site,
                    memory,
                    found,
                } => {
                    diagnostics.extend(found);
                    good = Arc::new(good.renewed(site, memory));
                }
                Again::Faulty(found) => diagnostics.extend(found),
                Again::Wider => return None,
            }
        }
        diagnostic::sort(&mut diagnostics);
        Some((Some(good), diagnostics))
    }

    /// The paths in the content of these files, if they are few known pages; what came and went meanwhile does not count.
    fn known(&self, files: &BTreeSet<PathBuf>, memory: &Memory) -> Option<Vec<String>> {
        let mut known = Vec::new();
        for file in files {
            let path = self.in_content(file)?;
            if memory.contains(&path) {
                known.push(path);
            } else if load::is_there(file) {
                return None;
            }
        }
        (1..=FEW).contains(&known.len()).then_some(known)
    }

    fn in_content(&self, file: &Path) -> Option<String> {
        let below = file.strip_prefix(&self.common.root).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }
}

/// When time alone changes the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Due {
    /// It has: this change has come.
    Now(Timestamp),
    /// Look again after this, if nobody saves before.
    After(Duration),
}

/// Whether the next change of a site has come, of which `last_change` was followed before: a site that has errors since stays
/// as it is, and its change is not tried again and again.
fn due(change: Option<Timestamp>, last_change: Timestamp, now: Timestamp) -> Due {
    match change.filter(|change| *change > last_change) {
        Some(change) if change <= now => Due::Now(change),
        Some(change) => {
            Due::After(Duration::try_from(change - now).map_or(LONG, |left| left.min(LONG)))
        }
        None => Due::After(LONG),
    }
}

/// A site without errors, if it is one, and what is wrong with it.
type Made = (Option<Arc<Good>>, Vec<Diagnostic>);

/// What the full step keeps from one time to the next.
#[derive(Default)]
pub(super) struct Workshop {
    memory: Arc<Memory>,
    /// The files from which the pictures were made, and these.
    media: u128,
    pictures: Option<Pictures>,
}

impl Workshop {
    /// Reads everything.
    fn make(&mut self, common: &Common) -> anyhow::Result<Made> {
        let mut source = load::source(&common.root)?;
        let pictures = self.pictures(common, &source);
        let options = common.options();
        let (plan, diagnostics) = plan_again(&mut source, &pictures, &options, &mut self.memory);
        let plan = plan.filter(|_| !diagnostic::has_errors(&diagnostics));
        let memory = Arc::clone(&self.memory);
        let good = plan.map(|plan| Arc::new(Good::new(plan, source.theme, memory)));
        Ok((good, diagnostics))
    }

    fn pictures(&mut self, common: &Common, source: &Source) -> Pictures {
        let mut media = Xxh3::new();
        for asset in &source.media {
            media.update(asset.path.as_bytes());
            media.update(&asset.bytes.len().to_le_bytes());
            media.update(&asset.bytes);
        }
        let media = media.digest128();
        let kept = self.pictures.take().filter(|_| self.media == media);
        let pictures = kept.unwrap_or_else(|| common.pictures(source));
        self.media = media;
        self.pictures.insert(pictures).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{Due, Duration, LONG, Timestamp, due};

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_change_is_followed_when_it_comes_and_once() {
        let (change, before) = (Some(second(100)), Timestamp::MIN);
        assert_eq!(
            due(change, before, second(99)),
            Due::After(Duration::from_secs(1))
        );
        assert_eq!(due(change, before, second(100)), Due::Now(second(100)));
        // A computer that slept finds it late.
        assert_eq!(due(change, before, second(9_000)), Due::Now(second(100)));
        // The site has errors and is still the one from before the change.
        assert_eq!(due(change, second(100), second(9_000)), Due::After(LONG));
    }

    #[test]
    fn the_clock_is_read_again_at_least_every_minute() {
        assert_eq!(due(None, Timestamp::MIN, second(0)), Due::After(LONG));
        let far = Some(second(1_000_000));
        assert_eq!(due(far, Timestamp::MIN, second(0)), Due::After(LONG));
        assert_eq!(
            due(Some(Timestamp::MAX), Timestamp::MIN, Timestamp::MIN),
            Due::After(LONG)
        );
    }
}
