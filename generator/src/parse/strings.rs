//! The strings files of theme and content, merged: one [`Strings`] for each language of the site.

use std::collections::BTreeSet;

use forms::{Language, Strings};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place, Text};
use crate::source::{Source, SourceFile};

/// Reads the strings of every language. What the content says wins over what the theme says, so that a centre can add a
/// language, or say something in its own way, without a theme of its own.
pub(crate) fn read(
    source: &Source,
    languages: &[(Language, String)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Strings> {
    let theme: Vec<(&str, Value)> = source
        .theme
        .strings
        .iter()
        .map(|file| (file.stem(), tree(file, diagnostics)))
        .collect();
    let own: Vec<(&str, Value)> = source
        .strings
        .iter()
        .map(|file| (file.stem(), tree(file, diagnostics)))
        .collect();
    let needed: BTreeSet<String> = theme
        .iter()
        .flat_map(|(tag, tree)| Strings::new(Language::new(*tag), tree.clone()).paths())
        .collect();
    languages
        .iter()
        .map(|(language, _)| {
            let mut merged = Value::Object(serde_json::Map::new());
            for (_, tree) in theme
                .iter()
                .chain(&own)
                .filter(|(tag, _)| *tag == language.as_str())
            {
                merge(&mut merged, tree);
            }
            let strings = Strings::new(language.clone(), merged);
            missing(&strings, &needed, source, diagnostics);
            strings
        })
        .collect()
}

fn tree(file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Value {
    match serde_yaml::from_str(&file.text) {
        Ok(tree) => tree,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            diagnostics.push(Diagnostic::error(
                "E01",
                Place::span(file, &(at..at + 1)),
                Text::new(
                    format!("файлът не може да се прочете: {error}"),
                    format!("the file cannot be read: {error}"),
                ),
            ));
            Value::Null
        }
    }
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        // A file without texts says nothing.
        (_, Value::Null) => {}
        (into, from) => *into = from.clone(),
    }
}

fn missing(
    strings: &Strings,
    needed: &BTreeSet<String>,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let there: BTreeSet<String> = strings.paths().into_iter().collect();
    let file = format!("{}.yaml", strings.language);
    let path = source
        .strings
        .iter()
        .chain(&source.theme.strings)
        .map(|file| &file.path)
        .find(|path| path.ends_with(&format!("/{file}")))
        .cloned()
        .unwrap_or_else(|| format!("content/i18n/{file}"));
    for name in needed.difference(&there) {
        diagnostics.push(Diagnostic::error(
            "E02",
            Place::file(&path),
            Text::new(
                format!("липсва текстът „{name}“"),
                format!("the text “{name}” is missing"),
            ),
        ));
    }
}
