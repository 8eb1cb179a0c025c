//! A translation to be written: the texts of the original, each marked as not known yet.

use super::lines::{Lines, quoted};
use crate::diagnostic::{Diagnostic, MessageLanguage};
use crate::model::{Field, Kind, Said, ValueKind};
use crate::parse::document::fingerprint_of;
use crate::parse::front_matter;
use crate::parse::settings::PLACEHOLDER;
use crate::parse::yaml::{self, Key, Node, Value};
use crate::source::SourceFile;

/// The file of another language, from the file of the main one. What is said once is not in it.
///
/// # Errors
/// What is wrong with the original, where that cannot be read.
pub(crate) fn translation(
    original: &SourceFile,
    kind: &Kind,
    language: MessageLanguage,
) -> Result<String, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let parts = front_matter::split(original, &mut diagnostics);
    let Some(parts) = parts else {
        return Err(diagnostics);
    };
    let node = yaml::read(original, parts.fields, &mut diagnostics);
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let entries = match &node.value {
        Value::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let mut lines = Lines::new(language);
    lines.remark(
        "Преведете стойностите и махнете въпросителните знаци.",
        "Translate the values and remove the question marks.",
    );
    for field in kind.fields().filter(|field| field.name != "draft") {
        match field.value {
            // An address of its own is made from the translated title, and old ones belong to the original.
            ValueKind::Address => lines.optional(field),
            ValueKind::Paths => {}
            _ => write(&mut lines, "", field, entries),
        }
    }
    for field in kind
        .fields()
        .filter(|field| field.said == Said::InTranslations)
    {
        lines.explain(field);
        lines.field(field.name, &fingerprint_of(original, kind.fields()));
    }
    for field in kind.fields().filter(|field| field.name == "draft") {
        lines.explain(field);
        lines.field("draft", "true");
    }
    Ok(lines.finish(original.slice(&parts.body).trim_start()))
}

fn write(lines: &mut Lines, before: &str, field: &Field, entries: &[(Key, Node)]) {
    let found = entries.iter().find(|(key, _)| key.text == field.name);
    let Some((_, node)) = found.filter(|_| field.said == Said::PerLanguage) else {
        return;
    };
    let name = field.name;
    match &node.value {
        Value::Empty => {}
        Value::Text(text) => lines.line(before, &format!("{name}: {}", value(field, text))),
        Value::List(items) => {
            lines.line(before, &format!("{name}:"));
            for item in items {
                if let Value::Text(text) = &item.value {
                    lines.line(before, &format!("  - {}", to_translate(text)));
                }
            }
        }
        Value::Map(inside) => {
            let is_said = |field: &&Field| {
                let name = field.name;
                field.said == Said::PerLanguage && inside.iter().any(|(key, _)| key.text == name)
            };
            // Of a picture without a description there is nothing to translate.
            if field.inside().iter().any(|field| is_said(&field)) {
                lines.line(before, &format!("{name}:"));
                for field in field.inside() {
                    write(lines, &format!("{before}  "), field, inside);
                }
            }
        }
    }
}

/// What stands for the value of the original: a text is to be translated, a page stays the same.
fn value(field: &Field, text: &str) -> String {
    match field.value {
        ValueKind::Text | ValueKind::LongText | ValueKind::Texts => to_translate(text),
        _ => quoted(text),
    }
}

fn to_translate(text: &str) -> String {
    let text = text.strip_prefix(PLACEHOLDER).unwrap_or(text);
    quoted(&format!("{PLACEHOLDER}{}", text.trim_end()))
}
