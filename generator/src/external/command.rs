//! SHELL. `check --external`.

use std::io::Write;
use std::time::Duration;

use clap::Args;

use super::{Manners, addresses, ask, due, learned, recall, remember, report};
use crate::Plan;
use crate::cli::Common;
use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::source::Source;

/// How other sites are asked.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct External {
    /// Ask other sites whether the links to them still lead somewhere.
    #[arg(long = "external")]
    wanted: bool,
    /// How many seconds a site may take to answer.
    #[arg(long, default_value_t = 10.0, value_name = "SECONDS")]
    patience: f64,
    /// How many seconds pass before the same site is asked again.
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    pause: f64,
}

impl External {
    /// Asks, as far as it is wanted and nothing is known yet.
    pub(crate) fn ask(
        self,
        common: &Common,
        (source, plan, files): (&Source, &Plan, &[OutputFile]),
        messages: &mut dyn Write,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        if !self.wanted {
            return Ok(Vec::new());
        }
        let addresses = addresses(files, source, &plan.site.settings.base_url);
        let linked = addresses.keys().map(String::as_str).collect();
        let (known, now) = (recall(&common.root), common.options().now);
        let due = due(addresses.keys().map(String::as_str), &known, now);
        let (all, asked) = (addresses.len(), due.len());
        common.say(
            &format!("{all} адреса на други сайтове, от тях сега се питат {asked}"),
            &format!("{all} addresses of other sites, of which {asked} are asked now"),
            messages,
        )?;
        let manners = Manners {
            patience: Duration::try_from_secs_f64(self.patience)?,
            pause: Duration::try_from_secs_f64(self.pause)?,
        };
        let answers = learned(known, ask(&due, manners), &linked, now);
        remember(&common.root, &answers)?;
        Ok(report(&addresses, &answers))
    }
}
