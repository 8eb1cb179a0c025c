//! What only the whole site knows about a form: whether it is for events or for services, and so how long answers are kept.

use std::collections::{BTreeMap, BTreeSet};

use forms::{FormDefinition, Retention, Slug};

use crate::parse::document::{Document, Kind};
use crate::parse::form::WrittenForm;

/// Every form, resolved.
pub(super) fn resolve(
    forms: BTreeMap<Slug, WrittenForm>,
    documents: &[Document],
) -> BTreeMap<Slug, FormDefinition> {
    // What a page that is no event shows is the form of a service.
    let of_services: BTreeSet<&str> = documents
        .iter()
        .filter_map(|document| match &document.facts.as_ref()?.kind {
            Kind::Page { form } => Some(form.as_ref()?.value.as_str()),
            _ => None,
        })
        .collect();
    forms
        .into_iter()
        .map(|(name, form)| {
            let otherwise = if of_services.contains(name.as_str()) {
                Retention::SERVICE
            } else {
                Retention::EVENT
            };
            (name, form.resolve(otherwise))
        })
        .collect()
}
