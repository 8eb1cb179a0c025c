//! What holds for a site that is built: the same twice, whole, and only what a template wrote.

use generator::diagnostic::{Diagnostic, Severity};
use generator::output::OutputFile;
use generator::source::{Source, SourceFile};
use generator::{Plan, draw, plan};

use crate::base::Base;
use crate::{messages, page};

/// Panics unless everything that is known of a site holds for this one.
pub(crate) fn holds(source: Source, input: &[u8]) {
    let file = |path: &str| find(&source, path);
    let (plan, diagnostics) = planned(source.clone());
    messages::hold(&diagnostics, &file);
    let drawn = plan
        .filter(|_| !stops(&diagnostics))
        .map(|plan| drawn(&source, &plan));
    if let Some(drawn) = &drawn {
        match drawn {
            Ok(files) => files.iter().for_each(page::holds),
            // What is wrong with a page is said only once it is drawn, and then where its author finds it.
            Err(found) => {
                messages::hold(found, &file);
                let ours = found
                    .iter()
                    .find(|found| !found.place.file.starts_with("content/"));
                assert!(
                    ours.is_none(),
                    "a text that was accepted breaks a template: {ours:?}"
                );
            }
        }
    }
    // Every fourth time, since it takes as long again.
    if input.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) % 4 == 0 {
        let (plan, again) = planned(source.clone());
        assert_eq!(
            diagnostics, again,
            "the same content gives the same messages"
        );
        let again = plan
            .filter(|_| !stops(&again))
            .map(|plan| self::drawn(&source, &plan));
        assert!(drawn == again, "the same content gives the same bytes");
    }
}

fn planned(mut source: Source) -> (Option<Plan>, Vec<Diagnostic>) {
    let base = Base::get();
    plan(&mut source, &base.pictures, &base.options)
}

fn drawn(source: &Source, plan: &Plan) -> Result<Vec<OutputFile>, Vec<Diagnostic>> {
    let mut files = draw(source, plan, |file| file)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn stops(diagnostics: &[Diagnostic]) -> bool {
    let mut severities = diagnostics.iter().map(|found| found.severity);
    severities.any(|severity| severity == Severity::Error)
}

fn find<'a>(source: &'a Source, path: &str) -> Option<&'a SourceFile> {
    let theme = &source.theme;
    let mut files = source
        .settings
        .iter()
        .chain(&source.documents)
        .chain(&source.forms)
        .chain(&source.strings)
        .chain(&theme.templates)
        .chain(&theme.styles)
        .chain(&theme.strings);
    files.find(|file| file.path == path)
}
