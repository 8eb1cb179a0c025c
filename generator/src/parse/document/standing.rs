//! Whether a translation is of what the original says now.
//!
//! A translation names what it was made from by a fingerprint of the original's texts. Not by the dates of files, which a
//! copy or a checkout changes, and not by the history of a repository, which an editor's folder may lack.

use std::collections::{BTreeMap, BTreeSet};

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

/// The fingerprints of the originals that translations name, by path. Of other files nobody asks.
pub(crate) fn fingerprints(files: &[SourceFile]) -> BTreeMap<String, String> {
    let named: BTreeSet<String> = files
        .iter()
        .filter(|file| names_its_original(file))
        .filter_map(|file| {
            let (rest, _) = file.path.strip_suffix(".md")?.rsplit_once('.')?;
            Some(format!("{rest}.md"))
        })
        .collect();
    let originals = files.iter().filter(|file| named.contains(&file.path));
    originals
        .filter_map(|file| {
            let section = file.path.rsplit('/').nth(1)?;
            let id = DocumentId::parse(&format!("{section}/{}", file.stem()))?;
            let fingerprint = fingerprint_of(file, id.model().fields());
            Some((file.path.clone(), fingerprint))
        })
        .collect()
}

fn names_its_original(file: &SourceFile) -> bool {
    let lines = file.text.lines().skip(1);
    lines
        .take_while(|line| line.trim_end() != "---")
        .any(|line| line.starts_with("translated_from:"))
}

/// Finds out how every translation stands, and says which are of something else.
pub(crate) fn compare(
    documents: &mut [Document],
    fingerprints: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for document in documents {
        let Some(from) = &document.translated_from else {
            continue;
        };
        let folder = document.id.section.folder();
        let original = format!("content/{folder}/{}.md", document.id.stem);
        let Some(fingerprint) = fingerprints.get(&original) else {
            continue;
        };
        document.standing = if from.value == *fingerprint {
            Standing::Current
        } else {
            diagnostics.push(
                Diagnostic::warning(
                    "T06",
                    from.place.clone(),
                    Text::new(
                        format!("{original} е променен след този превод"),
                        format!("{original} has changed since this translation"),
                    ),
                )
                .hint(once_looked_through(fingerprint)),
            );
            Standing::Outdated {
                fingerprint: fingerprint.clone(),
            }
        };
    }
}

fn once_looked_through(fingerprint: &str) -> Text {
    Text::new(
        format!("прегледайте превода и тогава напишете  translated_from: {fingerprint}"),
        format!("look through the translation, and then write  translated_from: {fingerprint}"),
    )
}
