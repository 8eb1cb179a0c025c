//! `content/forms/<name>.yaml`: a form as its editor writes it, turned into a definition.

mod audience;
mod question;
mod rules;
mod show_if;

use crate::diagnostic::{Diagnostic, Text};
use crate::fingerprint::fingerprint;
use crate::parse::fields::{Fields, Spanned};
use crate::parse::yaml;
use crate::source::SourceFile;
use forms::{Field, FieldName, FormDefinition, Language, LegalBasis, Retention, Slug};

/// A form as far as its own file says it: how long answers are kept by default depends on what the form is for.
pub(crate) struct WrittenForm {
    definition: FormDefinition,
    retention: WrittenRetention,
}

const BASES: &[(&str, LegalBasis)] = &[
    ("consent", LegalBasis::Consent),
    ("contract", LegalBasis::Contract),
    ("legal_obligation", LegalBasis::LegalObligation),
    ("public_task", LegalBasis::PublicTask),
];

/// Days, where the file says them.
#[derive(Default)]
struct WrittenRetention {
    contact: Option<u32>,
    answers: Option<u32>,
    sensitive: Option<u32>,
}

impl WrittenForm {
    /// The name of the form.
    pub(crate) fn name(&self) -> &Slug {
        &self.definition.name
    }

    /// The whole definition, with these days where the file says none.
    pub(crate) fn resolve(self, otherwise: Retention) -> FormDefinition {
        let mut definition = self.definition;
        let written = self.retention;
        definition.retention = Retention {
            contact_days: written.contact.unwrap_or(otherwise.contact_days),
            answers_days: written.answers.unwrap_or(otherwise.answers_days),
            sensitive_days: written.sensitive.unwrap_or(otherwise.sensitive_days),
        };
        // Every part of a definition has a name and a text of its own in JSON, so this cannot fail.
        let content = serde_json::to_vec(&definition).unwrap_or_default();
        definition.version = fingerprint::<8>(&content);
        definition
    }
}

/// Reads a form.
pub(crate) fn read(
    file: &SourceFile,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<WrittenForm> {
    let Ok(name) = Slug::parse(file.stem()) else {
        diagnostics.push(crate::parse::document::bad_file_name(file));
        return None;
    };
    let node = yaml::read(file, 0..file.text.len(), diagnostics);
    let mut form = Fields::of(file, &node, diagnostics);
    let questions = form
        .maps("fields", diagnostics)
        .into_iter()
        .filter_map(|fields| question::read(fields, languages, diagnostics))
        .collect();
    let fields = show_if::resolve(questions, diagnostics);
    let retention = form
        .inside("retention", diagnostics)
        .map(|retention| written_retention(retention, diagnostics))
        .unwrap_or_default();
    let definition = FormDefinition {
        name,
        version: String::new(),
        title: form.required_localized("title", languages, diagnostics),
        intro: form.localized("intro", languages, diagnostics),
        at_least_one: field_names(&mut form, "at_least_one", &fields, diagnostics),
        verify_email: form.yes("verify_email", false, diagnostics),
        retention: Retention::EVENT,
        eligibility: form
            .maps("eligibility", diagnostics)
            .into_iter()
            .filter_map(|rule| audience::rule(rule, &fields, languages, diagnostics))
            .collect(),
        basis: form.one_of("basis", BASES, diagnostics),
        notice: form.required_localized("notice", languages, diagnostics),
        submit: form.required_localized("submit", languages, diagnostics),
        fields,
    };
    rules::check(&form, &definition, diagnostics);
    form.finish(diagnostics);
    Some(WrittenForm {
        definition,
        retention,
    })
}

fn written_retention(
    mut retention: Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> WrittenRetention {
    let written = WrittenRetention {
        contact: retention.days("contact", diagnostics),
        answers: retention.days("answers", diagnostics),
        sensitive: retention.days("sensitive", diagnostics),
    };
    retention.finish(diagnostics);
    written
}

fn field_names(
    form: &mut Fields<'_>,
    name: &'static str,
    fields: &[Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FieldName> {
    let names = form.texts(name, diagnostics);
    names
        .iter()
        .filter_map(|name| known_field(form, name, fields, diagnostics))
        .map(|field| field.name.clone())
        .collect()
}

fn known_field<'a>(
    form: &Fields<'_>,
    name: &Spanned<String>,
    fields: &'a [Field],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a Field> {
    let found = fields
        .iter()
        .find(|field| field.name.as_str() == name.value);
    if found.is_none() {
        let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        form.report(
            "G02",
            &name.span,
            Text::new(
                format!("формулярът няма въпрос „{}“", name.value),
                format!("the form has no question “{}”", name.value),
            ),
            crate::diagnostic::closest(&name.value, &known).map(crate::diagnostic::did_you_mean),
            diagnostics,
        );
    }
    found
}
