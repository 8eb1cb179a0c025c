//! SHELL. `centre status`: what is not translated, what is not published, what happens when.

pub(crate) mod build;
pub(crate) mod report;
pub(crate) mod text;

use std::io::Write;

use jiff::tz::TimeZone;

use crate::cli::{Common, Status};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::pictures::Pictures;
use crate::{Options, load};
use report::Report;

/// What there is to know of the site in a folder, as it lies there now.
pub(crate) struct Overview {
    /// What there is to know, if the settings can be read.
    pub(crate) report: Option<(Report, TimeZone)>,
    /// What is wrong, without its pictures.
    pub(crate) found: Vec<Diagnostic>,
}

/// Reads the site once with its drafts and once without: they are reported, but the site that visitors see changes without them.
pub(crate) fn overview(common: &Common) -> anyhow::Result<Overview> {
    let mut source = load::source(&common.root)?;
    let options = common.options();
    let now = options.now;
    let with = |drafts| Options {
        drafts,
        ..options.clone()
    };
    let (all, _) = crate::plan(&mut source.clone(), &Pictures::default(), &with(true));
    // What is wrong is what `check` finds wrong, for which a mistake in a draft is none that stops publishing.
    let (shown, found) = crate::plan(&mut source, &Pictures::default(), &with(false));
    let report = all.zip(shown).map(|(all, shown)| {
        let report = report::report(&all.site, &shown.site, now);
        (report, all.site.settings.zone.clone())
    });
    Ok(Overview { report, found })
}

/// Prints the report.
pub(crate) fn run(
    common: &Common,
    output: &mut dyn Write,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let Overview { report, found } = overview(common)?;
    let Some((report, zone)) = report else {
        common.print(&found, messages)?;
        return Ok(Status::Refused);
    };
    if common.wants_json() {
        writeln!(output, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        output.write_all(text::text(&report, &zone, common.message_language()).as_bytes())?;
    }
    if has_errors(&found) {
        common.say(
            "в съдържанието има грешки: вижте ги с  centre check",
            "the content has errors: see them with  centre check",
            messages,
        )?;
    }
    Ok(Status::Done)
}
