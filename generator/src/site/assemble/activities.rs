//! What people sign up for.

use std::sync::Arc;

use forms::{Activity, Localized, Slug};

use super::localized;
use crate::diagnostic::{Diagnostic, Placed, Text};
use crate::site::{Entry, Site};

/// What one signs up for on a page that is no event: the services of the centre, under the form's own name.
pub(super) fn service_activity(
    form: &Placed<String>,
    entry: &Entry,
    site: &Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Placed<Activity>> {
    let name = known_form(form, site, diagnostics)?;
    Some(Placed {
        value: Activity {
            slug: name.clone(),
            form: name,
            title: localized(entry, |version| &version.texts.title),
            page: page_addresses(entry),
            session: None,
        },
        place: form.place.clone(),
    })
}

/// The path of a page for the readers of each language that have it.
pub(super) fn page_addresses(entry: &Entry) -> Localized {
    let translations = entry.versions.iter();
    translations
        .map(|(language, version)| (language, &version.permalink))
        .chain(&entry.fallbacks)
        .map(|(language, permalink)| (language.clone(), permalink.as_str().to_owned()))
        .collect()
}

pub(super) fn known_form(
    form: &Placed<String>,
    site: &Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Slug> {
    let known = Slug::parse(&form.value)
        .ok()
        .filter(|slug| site.forms.contains_key(slug));
    if known.is_none() {
        let names: Vec<&str> = site.forms.keys().map(Slug::as_str).collect();
        diagnostics.push(
            Diagnostic::error(
                "G05",
                form.place.clone(),
                Text::new(
                    format!("няма формуляр „{}“", form.value),
                    format!("there is no form “{}”", form.value),
                ),
            )
            .hint(Text::new(
                format!("в content/forms има: {}", names.join(", ")),
                format!("content/forms has: {}", names.join(", ")),
            )),
        );
    }
    known
}

/// Names that stand for something else behind `/forms/`.
const RESERVED: [&str; 2] = ["r", "health"];

/// Makes an activity one of the site, if its name is free.
pub(super) fn add_activity(
    activity: Placed<Activity>,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Slug> {
    let Placed {
        value: activity,
        place,
    } = activity;
    let slug = activity.slug.clone();
    if RESERVED.contains(&slug.as_str()) {
        diagnostics.push(
            Diagnostic::error(
                "G07",
                place,
                Text::new(
                    format!("името „{slug}“ е запазено за адреси на формулярите"),
                    format!("the name “{slug}” is kept for addresses of the forms"),
                ),
            )
            .hint(Text::new("преименувайте файла", "rename the file")),
        );
        return None;
    }
    if site.activities.contains_key(&slug) {
        diagnostics.push(Diagnostic::error(
            "G06",
            place,
            Text::new(
                format!("за „{slug}“ вече има записване на друга страница"),
                format!("another page already takes sign-ups for “{slug}”"),
            ),
        ));
        return None;
    }
    Arc::make_mut(&mut site.activities).insert(slug.clone(), activity);
    Some(slug)
}
