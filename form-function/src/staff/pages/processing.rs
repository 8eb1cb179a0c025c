//! The record of processing activities (GDPR art. 30(1)), from the forms themselves, so that it cannot drift from what is asked.

use std::collections::BTreeSet;

use forms::{Activity, FormDefinition, Group, Occasion, retention_in_words};
use serde::Serialize;

use super::Context;
use crate::bundle::template;

#[derive(Serialize)]
struct ProcessingPage {
    /// Who is responsible.
    controller: String,
    /// As of when.
    as_of: String,
    forms: Vec<FormView>,
}

#[derive(Serialize)]
struct FormView {
    title: String,
    /// What it is filled in for.
    activities: Vec<String>,
    /// By what right, in words; empty where the form does not say.
    basis: String,
    questions: Vec<QuestionView>,
    /// The sorts of data, in words.
    groups: Vec<String>,
    retention: String,
}

#[derive(Serialize)]
struct QuestionView {
    label: String,
    purpose: String,
}

/// The page.
pub(in crate::staff) fn processing(context: &Context<'_>) -> tera::TeraResult<String> {
    let strings = context.strings();
    let manifest = &context.bundle.manifest;
    let forms = manifest.forms.values().filter_map(|form| {
        let filled_in: Vec<&Activity> = manifest
            .activities
            .values()
            .filter(|activity| activity.form == form.name)
            .collect();
        let by_staff = Occasion::of_form(form.name.as_str()).is_some();
        let retention = match filled_in.first() {
            Some(activity) => retention_in_words(form, activity, strings),
            None if by_staff => context.text("privacy.kept_for_programme"),
            // Nobody is asked its questions.
            None => return None,
        };
        Some(form_view(context, form, &filled_in, retention))
    });
    let view = ProcessingPage {
        controller: manifest.identity.name.text(&strings.language).to_owned(),
        as_of: context.moment(context.now),
        forms: forms.collect(),
    };
    let title = strings.text("staff.processing.heading");
    context.render(template::STAFF_PROCESSING, title, &view)
}

fn form_view(
    context: &Context<'_>,
    form: &FormDefinition,
    filled_in: &[&Activity],
    retention: String,
) -> FormView {
    let language = &context.strings().language;
    let groups: BTreeSet<Group> = form
        .fields
        .iter()
        .map(|field| field.class.group())
        .collect();
    FormView {
        title: form.title.text(language).to_owned(),
        activities: filled_in
            .iter()
            .map(|activity| activity.title.text(language).to_owned())
            .collect(),
        basis: form.basis.map_or_else(String::new, |basis| {
            context.text(&format!("privacy.basis.{}", basis.as_str()))
        }),
        questions: form
            .fields
            .iter()
            .map(|field| QuestionView {
                label: field.label.text(language).to_owned(),
                purpose: field
                    .purpose
                    .as_ref()
                    .map_or_else(String::new, |purpose| purpose.text(language).to_owned()),
            })
            .collect(),
        groups: groups
            .into_iter()
            .map(|group| context.text(&format!("staff.data.class.{}", group.as_str())))
            .collect(),
        retention,
    }
}
