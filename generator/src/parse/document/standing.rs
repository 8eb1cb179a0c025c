//! Whether a translation is of what the original says now.
//!
//! A translation names what it was made from by a fingerprint of the original's texts. Not by the dates of files, which a
//! copy or a checkout changes, and not by the history of a repository, which an editor's folder may lack.

use std::collections::BTreeMap;

use forms::Language;

use super::{Document, DocumentId};
use crate::diagnostic::{Diagnostic, Text};
use crate::fingerprint::fingerprint;
use crate::model::{Field, Said, ValueKind};
use crate::parse::front_matter;
use crate::parse::yaml::{self, Key, Node, Value};
use crate::source::SourceFile;

/// What is known of a file against the original.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Standing {
    /// It is the original, or does not say from what it was translated.
    #[default]
    Unknown,
    /// It translates what the original says.
    Current,
    /// The original has changed since.
    Outdated {
        /// What names the original as it is now.
        fingerprint: String,
    },
}

/// The name of what visitors read in a file: its texts, whatever the quotes around them and the ends of lines.
pub(crate) fn fingerprint_of(
    file: &SourceFile,
    fields: impl Iterator<Item = &'static Field>,
) -> String {
    let mut ignored = Vec::new();
    let mut said = String::new();
    if let Some(parts) = front_matter::split(file, &mut ignored) {
        let node = yaml::read(file, parts.fields, &mut ignored);
        collect(&node, fields, &mut said);
        add(file.slice(&parts.body), &mut said);
    }
    fingerprint::<4>(said.as_bytes())
}

fn collect(node: &Node, fields: impl Iterator<Item = &'static Field>, said: &mut String) {
    let Value::Map(entries) = &node.value else {
        return;
    };
    for field in fields.filter(|field| field.said == Said::PerLanguage) {
        let found = entries
            .iter()
            .find(|(key, _): &&(Key, Node)| key.text == field.name);
        let Some((_, node)) = found else { continue };
        match (field.value, &node.value) {
            (ValueKind::Map(inside), _) => collect(node, inside.iter(), said),
            (ValueKind::Text | ValueKind::LongText | ValueKind::Texts, Value::Text(text)) => {
                add(text, said);
            }
            (ValueKind::Texts, Value::List(items)) => {
                for item in items {
                    if let Value::Text(text) = &item.value {
                        add(text, said);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The words of a text, and an end that no text has.
fn add(text: &str, said: &mut String) {
    for word in text.split_whitespace() {
        said.push_str(word);
        said.push(' ');
    }
    said.push('\n');
}

/// Finds out how every translation stands, and says which are of something else.
pub(crate) fn compare(
    documents: &mut [Document],
    files: &[SourceFile],
    main: &Language,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let asked = documents
        .iter()
        .any(|document| document.translated_from.is_some());
    if !asked {
        return;
    }
    let originals: BTreeMap<DocumentId, String> = documents
        .iter()
        .filter(|document| document.language == *main)
        .map(|document| (document.id.clone(), document.path.clone()))
        .collect();
    let files: BTreeMap<&str, &SourceFile> = files
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    for document in documents {
        let Some(from) = &document.translated_from else {
            continue;
        };
        let original = originals.get(&document.id);
        let Some(original) = original.and_then(|path| files.get(path.as_str())) else {
            continue;
        };
        let fingerprint = fingerprint_of(original, document.id.model().fields());
        document.standing = if from.value == fingerprint {
            Standing::Current
        } else {
            diagnostics.push(
                Diagnostic::warning(
                    "T06",
                    from.place.clone(),
                    Text::new(
                        format!("{} е променен след този превод", original.path),
                        format!("{} has changed since this translation", original.path),
                    ),
                )
                .hint(once_looked_through(&fingerprint)),
            );
            Standing::Outdated { fingerprint }
        };
    }
}

fn once_looked_through(fingerprint: &str) -> Text {
    Text::new(
        format!("прегледайте превода и тогава напишете  translated_from: {fingerprint}"),
        format!("look through the translation, and then write  translated_from: {fingerprint}"),
    )
}
