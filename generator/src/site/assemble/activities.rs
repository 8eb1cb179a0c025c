//! What people sign up for.

use std::sync::Arc;

use forms::{Activity, Field, FieldKind, FormDefinition, Localized, Slug};

use super::localized;
use crate::diagnostic::{Diagnostic, Edit, Fix, Placed, Text, listed, titled};
use crate::parse::document::RegistrationFacts;
use crate::parse::meant::meant;
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
        .filter(|slug| site.sign_up_forms().any(|(known, _)| known == slug));
    if known.is_none() {
        let names: Vec<&str> = site
            .sign_up_forms()
            .map(|(name, _)| name.as_str())
            .collect();
        let all: Vec<Text> = site
            .sign_up_forms()
            .map(|(_, form)| named(form, site))
            .collect();
        let all = listed(&all);
        let near = meant(&form.value, &names).filter(|near| near.certain);
        let near = near
            .map(|near| near.word)
            .or_else(|| by_title(&form.value, site));
        let fix = near.map(|near| {
            let edit = Edit::new(&form.place.bytes(), near);
            Fix::Edits(vec![edit])
        });
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
                format!("в content/forms има: {}", all.bg),
                format!("content/forms has: {}", all.en),
            ))
            .maybe_fix(fix),
        );
    }
    known
}

/// `rsvp („Запази място“)`
fn named(form: &FormDefinition, site: &Site) -> Text {
    let language = site.languages().next();
    let title = language.map_or("", |language| form.title.text(language));
    titled(form.name.as_str(), title)
}

/// The name of the one form that visitors know by this title.
fn by_title<'a>(title: &str, site: &'a Site) -> Option<&'a str> {
    let wanted = title.to_lowercase();
    let is_it = |form: &&FormDefinition| {
        let mut titles = form.title.iter();
        titles.any(|(_, title)| title.to_lowercase() == wanted)
    };
    let mut found = site.sign_up_forms().map(|(_, form)| form).filter(is_it);
    let first = found.next()?;
    found.next().is_none().then(|| first.name.as_str())
}

/// What is said where several people may come together, and nobody is asked how many they are.
pub(super) fn parties_unasked(
    registration: &RegistrationFacts,
    form: &Slug,
    site: &Site,
) -> Option<Diagnostic> {
    let form = site.forms.get(form)?;
    let asks = |field: &Field| matches!(field.kind, FieldKind::PartySize);
    if registration.max_party < 2 || form.fields.iter().any(asks) {
        return None;
    }
    let place = registration.max_party_place.clone()?;
    let named = named(form, site);
    Some(
        Diagnostic::warning(
            "G19",
            place,
            Text::new(
                format!("формулярът {} не пита за колко души е записването и всеки ще получи едно място", named.bg),
                format!("the form {} does not ask how many come, so everybody gets one place", named.en),
            ),
        )
        .hint(Text::new(
            "добавете във формуляра въпрос с  kind: party_size  или изтрийте този ред",
            "add a question with  kind: party_size  to the form, or delete this line",
        )),
    )
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
