//! What the forms of the site ask, and why: the part of a privacy notice that must not differ from the forms.

use std::collections::BTreeSet;

use forms::{FieldKind, FormDefinition, Language, Occasion, Strings, retention_in_words};

use crate::render::view::{AskedView, PersonalDataView};
use crate::site::Site;

/// Every form that somebody can fill in, or could, and the card that staff fill in with participants.
pub(super) fn personal_data(site: &Site, language: &Language) -> Vec<PersonalDataView> {
    let strings = site.strings(language);
    let mut seen = BTreeSet::new();
    let activities = site.activities.values();
    let first = activities.filter(|activity| seen.insert(&activity.form));
    let filled_in = first.filter_map(|activity| {
        let definition = site.forms.get(&activity.form)?;
        let retention = retention_in_words(definition, activity, strings);
        Some(of_form(definition, retention, language, strings))
    });
    let by_staff = Occasion::ALL.into_iter().filter_map(|occasion| {
        let definition = site
            .forms
            .values()
            .find(|form| form.name.as_str() == occasion.form())?;
        let retention = strings.text("privacy.kept_for_programme").to_owned();
        Some(of_form(definition, retention, language, strings))
    });
    filled_in.chain(by_staff).collect()
}

fn of_form(
    definition: &FormDefinition,
    retention: String,
    language: &Language,
    strings: &Strings,
) -> PersonalDataView {
    let basis = definition.basis.map(|basis| {
        let path = format!("privacy.basis.{}", basis.as_str());
        strings.text(&path).to_owned()
    });
    PersonalDataView {
        title: definition.title.text(language).to_owned(),
        questions: definition
            .fields
            .iter()
            .map(|field| AskedView {
                label: field.label.text(language).to_owned(),
                purpose: field
                    .purpose
                    .as_ref()
                    .map(|purpose| purpose.text(language).to_owned())
                    .unwrap_or_default(),
                optional: definition.is_optional(field) || matches!(field.kind, FieldKind::Consent),
            })
            .collect(),
        basis: basis.unwrap_or_default(),
        retention,
    }
}
