//! SHELL. Says on the terminal how far the work on pictures is, when it takes long enough to wonder.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::Progress;
use crate::diagnostic::MessageLanguage;

/// How long it may take without a word where nobody watches.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a line is written where nothing can be overwritten.
const OFTEN: Duration = Duration::from_secs(10);

/// A line on standard error.
#[derive(Debug)]
pub(super) struct ProgressLine {
    language: MessageLanguage,
    is_terminal: bool,
    next: Mutex<Instant>,
}

impl ProgressLine {
    /// The line, not yet written.
    pub(super) fn new(language: MessageLanguage) -> ProgressLine {
        let is_terminal = std::io::stderr().is_terminal();
        let patience = if is_terminal {
            Duration::ZERO
        } else {
            PATIENCE
        };
        ProgressLine {
            language,
            is_terminal,
            next: Mutex::new(now() + patience),
        }
    }

    /// Says how far it is, if it is time to. The last word on a terminal is wiped away: the summary follows.
    pub(super) fn say(&self, progress: Progress) {
        let Ok(mut next) = self.next.lock() else {
            return;
        };
        let now = now();
        if !self.is_terminal && now < *next {
            return;
        }
        *next = now + OFTEN;
        let Progress { done, total } = progress;
        let text = match self.language {
            MessageLanguage::Bg => format!("снимки {done} от {total}"),
            MessageLanguage::En => format!("pictures {done} of {total}"),
        };
        let mut stderr = std::io::stderr();
        // Where nobody can be told, there is nobody to tell.
        let _ = if !self.is_terminal {
            writeln!(stderr, "{text}")
        } else if done == total {
            write!(stderr, "\r\u{1b}[K")
        } else {
            write!(stderr, "\r\u{1b}[K{text}")
        };
        let _ = stderr.flush();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures the program, decides nothing"
)]
fn now() -> Instant {
    Instant::now()
}
