//! From a theme's files to templates that can be drawn, and what is wrong with those that cannot.

mod account;

use std::collections::BTreeSet;

use tera::{ErrorKind, Tera};

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::{Theme, template_name};

/// The templates that pages are drawn with. A theme has all of them, and those of the form function
/// ([`forms::TEMPLATES`]).
const PAGES: &[&str] = &[
    "documents.html",
    "event.html",
    "events.html",
    "home.html",
    "news.html",
    "not-found.html",
    "page.html",
    "people.html",
    "section.html",
    "service.html",
    "tag.html",
    "tags.html",
    "venue.html",
];

/// A template that cannot be read or drawn.
#[derive(Debug, thiserror::Error)]
#[error("{template}: {cause}")]
pub struct TemplateError {
    template: String,
    cause: Box<tera::Error>,
}

impl TemplateError {
    pub(super) fn new(template: &str, cause: tera::Error) -> TemplateError {
        TemplateError {
            template: template.to_owned(),
            cause: Box::new(cause),
        }
    }
}

/// Loads the templates.
pub(crate) fn templates(theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> Tera {
    let named = || {
        let files = theme.templates.iter();
        files.map(|file| (template_name(&file.path), file.text.as_str()))
    };
    let known: BTreeSet<&str> = named().map(|(name, _)| name).collect();
    let needed = PAGES.iter().chain(&forms::TEMPLATES);
    diagnostics.extend(missing(
        theme,
        needed.copied().filter(|name| !known.contains(name)),
    ));
    let mut tera = Tera::new();
    if let Err(error) = tera.add_raw_templates(named()) {
        // The first template that cannot be read hides all others, so each is now read by itself; where all can be read,
        // the fault is in what they say of one another.
        let unreadable: Vec<TemplateError> = named()
            .filter_map(|(name, text)| {
                let error = Tera::new().add_raw_template(name, text).err()?;
                matches!(error.kind(), ErrorKind::SyntaxError(_))
                    .then(|| TemplateError::new(name, error))
            })
            .collect();
        diagnostics.extend(if unreadable.is_empty() {
            broken(theme, &[TemplateError::new("templates", error)])
        } else {
            broken(theme, &unreadable)
        });
        return tera;
    }
    diagnostics.extend(unused(theme));
    tera
}

/// What is wrong with templates: each fault once, however many pages met it, and all templates that are not there in one
/// message.
pub(super) fn broken(theme: &Theme, errors: &[TemplateError]) -> Vec<Diagnostic> {
    let mut missed = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for error in errors {
        if let ErrorKind::TemplateNotFound(name) = error.cause.kind() {
            missed.insert(name.as_str());
            continue;
        }
        for diagnostic in account::diagnostics(theme, &error.template, &error.cause) {
            let key = (diagnostic.place.clone(), diagnostic.message.en.clone());
            if seen.insert(key) {
                found.push(diagnostic);
            }
        }
    }
    found.extend(missing(theme, missed.into_iter()));
    found
}

fn missing<'a>(theme: &Theme, names: impl Iterator<Item = &'a str>) -> Option<Diagnostic> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let list = names.join(", ");
    (!names.is_empty()).then(|| {
        Diagnostic::error(
            "E07",
            Place::file(format!("themes/{}/templates", theme.name)),
            Text::new(
                format!("в темата липсват шаблони, с които се показва сайтът: {list}"),
                format!("the theme lacks templates that the site is drawn with: {list}"),
            ),
        )
    })
}

/// The site's own templates that take the place of none and that no other one calls by name.
fn unused(theme: &Theme) -> impl Iterator<Item = Diagnostic> {
    theme.added.iter().filter_map(|path| {
        let name = template_name(path);
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let is_called = theme
            .templates
            .iter()
            .any(|file| quoted.iter().any(|name| file.text.contains(name)));
        // Components are called by their own names, wherever they stand.
        let own = theme.templates.iter().find(|file| file.path == *path);
        let has_components = own.is_some_and(|file| account::components(&file.text).next().is_some());
        let names: Vec<&str> = theme
            .templates
            .iter()
            .filter(|file| file.path != *path)
            .map(|file| template_name(&file.path))
            .collect();
        (!is_called && !has_components).then(|| {
            Diagnostic::warning(
                "E09",
                Place::file(path),
                Text::new(
                    "този шаблон не се използва: темата няма такъв, и никой друг не го включва",
                    "this template is not used: the theme has none of this name, and no other one includes it",
                ),
            )
            .maybe_hint(
                crate::diagnostic::closest(name, &names)
                    .map(|name| crate::diagnostic::did_you_mean(&format!("templates/{name}"))),
            )
        })
    })
}
