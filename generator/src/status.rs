//! SHELL. `centre status`: what is not translated, what is not published, what happens when.

mod report;
mod text;

use std::io::Write;

use crate::cli::{Common, Status};
use crate::diagnostic::has_errors;
use crate::pictures::Pictures;
use crate::{Options, load};

/// Prints the report.
pub(crate) fn run(
    common: &Common,
    output: &mut dyn Write,
    messages: &mut dyn Write,
) -> anyhow::Result<Status> {
    let mut source = load::source(&common.root)?;
    let options = common.options();
    let everything = Options {
        drafts: true,
        ..options.clone()
    };
    let public = Options {
        drafts: false,
        ..options
    };
    // Drafts are reported, but the site that visitors see changes without them.
    let (all, found) = crate::plan(&mut source.clone(), &Pictures::default(), &everything);
    let (shown, _) = crate::plan(&mut source, &Pictures::default(), &public);
    let (Some(all), Some(shown)) = (all, shown) else {
        common.print(&found, messages)?;
        return Ok(Status::Refused);
    };
    let report = report::report(&all.site, &shown.site, public.now);
    if common.wants_json() {
        writeln!(output, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        let zone = &all.site.settings.zone;
        output.write_all(text::text(&report, zone, common.message_language()).as_bytes())?;
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
