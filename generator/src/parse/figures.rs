//! What the form function counted for the site: `content/data/figures.yaml`, which its program writes.

use std::collections::BTreeMap;

use forms::Slug;

use super::fields::Fields;
use super::yaml;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// Numbers of people. Absent ones are not known, or so small that they are not told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// How many took up the services.
    pub consulted: Option<u32>,
    /// How many came to an event.
    pub visitors: BTreeMap<Slug, u32>,
}

/// Reads the file.
pub(crate) fn read(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Figures {
    let node = yaml::read(file, 0..file.text.len(), diagnostics);
    let mut fields = Fields::of(file, &node, diagnostics);
    fields.known("as_of");
    let events = fields.maps("events", diagnostics);
    let visitors = events.into_iter().filter_map(|mut event| {
        let slug = event.slug("event", diagnostics);
        let visitors = event.number("visitors", 0, diagnostics);
        event.finish(diagnostics);
        Some((slug?.value, visitors?))
    });
    let visitors = visitors.collect();
    let figures = Figures {
        consulted: fields.number("consulted", 0, diagnostics),
        visitors,
    };
    fields.finish(diagnostics);
    figures
}
