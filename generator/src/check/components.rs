//! What components ask of the site is there.

use forms::Slug;

use super::versions;
use crate::diagnostic::{Diagnostic, Place, Placed, Text, closest, did_you_mean};
use crate::parse::markdown::ComponentContent;
use crate::site::{Entry, Site, Version};

/// Topics are known, and a form is one that there is and stands on its page once.
pub(super) fn components_resolve(site: &Site, pages: &[&Entry], diagnostics: &mut Vec<Diagnostic>) {
    for (entry, _, version) in versions(pages.iter().copied()) {
        let mut form = entry.activity().is_some();
        for component in &version.body.components {
            match &component.content {
                ComponentContent::Events {
                    topic: Some(topic), ..
                } => diagnostics.extend(unknown_topic(site, topic)),
                ComponentContent::Form { page } => {
                    diagnostics.extend(no_form(site, version, *page));
                    if form {
                        diagnostics.push(second_form(component.place.clone()));
                    }
                    form = true;
                }
                ComponentContent::PersonalData => {
                    diagnostics.extend(without_purpose(site, &component.place));
                }
                _ => {}
            }
        }
    }
}

fn unknown_topic(site: &Site, topic: &Placed<String>) -> Option<Diagnostic> {
    let known: Vec<&str> = site.settings.tags.terms.keys().map(Slug::as_str).collect();
    if known.contains(&topic.value.as_str()) {
        return None;
    }
    let hint = closest(&topic.value, &known).map_or_else(
        || {
            let list = known.join(", ");
            Text::new(
                format!("възможни са: {list}"),
                format!("possible are: {list}"),
            )
        },
        did_you_mean,
    );
    let message = Text::new(
        format!("непозната тема „{}“", topic.value),
        format!("unknown topic “{}”", topic.value),
    );
    Some(Diagnostic::error("V12", topic.place.clone(), message).hint(hint))
}

/// A page without sign-up. One that is not there is reported as a link.
fn no_form(site: &Site, version: &Version, page: usize) -> Option<Diagnostic> {
    let link = &version.body.links[page];
    let entry = site.linked_entry(&link.target)?;
    if entry.activity().is_some() {
        return None;
    }
    let message = Text::new(
        "на тази страница няма записване",
        "there is no sign-up on that page",
    );
    let hint = Text::new(
        "посочете страница с form или събитие с registration",
        "name a page with form, or an event with registration",
    );
    Some(Diagnostic::error("G16", link.place.clone(), message).hint(hint))
}

fn second_form(place: Place) -> Diagnostic {
    let message = Text::new(
        "на страницата вече има формуляр",
        "there is a form on this page already",
    );
    let hint = Text::new(
        "сложете вместо него бутон към другата страница",
        "put a button to the other page in its place",
    );
    Diagnostic::error("G17", place, message).hint(hint)
}

/// Questions of which the privacy notice cannot say why they are asked.
fn without_purpose(site: &Site, place: &Place) -> Option<Diagnostic> {
    let questions = site.forms.values().flat_map(|form| {
        let silent = form.fields.iter().filter(|field| field.purpose.is_none());
        silent.map(move |field| format!("{}: {}", form.name, field.name))
    });
    let questions: Vec<String> = questions.collect();
    if questions.is_empty() {
        return None;
    }
    let list = questions.join(", ");
    let message = Text::new(
        format!("не се казва за какво са отговорите на тези въпроси: {list}"),
        format!("it is not said what the answers to these questions are for: {list}"),
    );
    let hint = Text::new(
        "добавете във формуляра ред  purpose: { bg: …, en: … }",
        "add a line to the form:  purpose: { bg: …, en: … }",
    );
    Some(Diagnostic::warning("G18", place.clone(), message).hint(hint))
}
