//! How to reach the centre, and those who write to it.

use forms::Language;

use super::{ContactRow, PLACEHOLDER};
use crate::diagnostic::{Diagnostic, Text};
use crate::parse::fields::Fields;

pub(super) fn contact(
    fields: &mut Fields<'_>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ContactRow> {
    let rows = fields.maps("contact", diagnostics);
    rows.into_iter()
        .map(|mut row| {
            let contact = ContactRow {
                label: row.required_localized("label", languages, diagnostics),
                value: row.required_localized("value", languages, diagnostics),
                url: contact_url(&mut row, diagnostics),
            };
            row.finish(diagnostics);
            contact
        })
        // What is not known yet is left out of the site.
        .filter(|row| {
            !row.value
                .iter()
                .any(|(_, value)| value.starts_with(PLACEHOLDER))
        })
        .collect()
}

fn contact_url(row: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let Some(url) = row.text("url", diagnostics) else {
        return String::new();
    };
    if !["https://", "tel:", "mailto:"]
        .iter()
        .any(|start| url.value.starts_with(start))
    {
        row.report(
            "L07",
            &url.span,
            Text::new(
                "такава връзка не се допуска",
                "a link like this is not allowed",
            ),
            Some(Text::new(
                "напишете напр. tel:+35932123456, mailto:tsentar@primer.bg или https://…",
                "write for example tel:+35932123456, mailto:centre@example.org, or https://…",
            )),
            diagnostics,
        );
    }
    url.value
}

/// The calling code of the country; what is no such code is reported and left out.
pub(super) fn calling_code(
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let code = fields.text("calling_code", diagnostics)?;
    if forms::is_calling_code(&code.value) {
        return Some(code.value);
    }
    if !code.value.starts_with(PLACEHOLDER) {
        fields.report(
            "S07",
            &code.span,
            Text::new(
                format!("„{}“ не е телефонен код на държава", code.value),
                format!("“{}” is not the calling code of a country", code.value),
            ),
            Some(Text::new(
                "за България той е \"+359\"",
                "for Bulgaria it is \"+359\"",
            )),
            diagnostics,
        );
    }
    None
}
