//! The components of texts as blocks of the editor, from the set: see `admin/components.js`, which reads and writes them.

use serde_json::{Value, json};

use super::capital;
use crate::parse::markdown::{COMPONENTS, ComponentKind, ComponentName, Parameter, ParameterKind};
use crate::schema::vocabulary::Vocabulary;

/// The names by which the editor knows them.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMPONENTS.iter().map(name)
}

/// What `admin/components.js` is told of every component.
pub(in crate::schema) fn components(vocabulary: &Vocabulary<'_>) -> Value {
    let all = COMPONENTS.iter().map(|kind| {
        // In an English form the English word stands first, and a new block is written with it.
        let mut words = kind.words.to_vec();
        words.sort_by_key(|word| *word != vocabulary.choose(kind.words[0], name(kind)));
        json!({
            "id": name(kind),
            "label": capital(words[0]),
            "icon": icon(kind.name),
            "words": words,
            "parameters": kind.parameters.iter().map(shape).collect::<Vec<_>>(),
            "fields": fields(kind.parameters, vocabulary),
        })
    });
    all.collect()
}

/// The English word of a component, which is the last.
fn name(kind: &ComponentKind) -> &'static str {
    kind.words.last().copied().unwrap_or_default()
}

/// What is written of a parameter: its name, and of a list the names in its rows.
fn shape(parameter: &Parameter) -> Value {
    match parameter.kind {
        ParameterKind::Rows(columns) => json!({
            "name": parameter.name,
            "rows": columns.iter().map(shape).collect::<Vec<_>>(),
        }),
        _ => json!({ "name": parameter.name }),
    }
}

fn fields(parameters: &[Parameter], vocabulary: &Vocabulary<'_>) -> Vec<Value> {
    // What is described to who cannot see it is a picture.
    let has_alt = parameters.iter().any(|parameter| parameter.name == "alt");
    let fields = parameters.iter();
    fields
        .map(|parameter| field(parameter, has_alt, vocabulary))
        .collect()
}

fn field(parameter: &Parameter, has_alt: bool, vocabulary: &Vocabulary<'_>) -> Value {
    let [bg, en] = parameter.help;
    let mut made = match parameter.kind {
        ParameterKind::Markdown => json!({ "widget": "text" }),
        ParameterKind::Number => json!({ "widget": "number", "value_type": "int", "min": 1 }),
        ParameterKind::File => json!({ "widget": if has_alt { "image" } else { "file" } }),
        ParameterKind::Elsewhere => json!({
            "widget": "string",
            "pattern": ["^https?://", vocabulary.choose(bg, en)],
        }),
        ParameterKind::Rows(columns) => json!({
            "widget": "list",
            "fields": fields(columns, vocabulary),
        }),
        ParameterKind::Text | ParameterKind::Link | ParameterKind::Page => {
            json!({ "widget": "string" })
        }
    };
    made["name"] = parameter.name.into();
    made["label"] = capital(vocabulary.choose(parameter.bulgarian, parameter.name)).into();
    made["hint"] = capital(vocabulary.choose(bg, en)).into();
    made["required"] = parameter.required.into();
    made
}

/// A sign of `icons.woff2`.
fn icon(name: ComponentName) -> &'static str {
    match name {
        ComponentName::Button => "open_in_new",
        ComponentName::Gallery => "photo_library",
        ComponentName::Contact => "group",
        ComponentName::Map => "location_on",
        ComponentName::Download => "download",
        ComponentName::Timetable => "format_list_bulleted",
        ComponentName::Questions => "help",
        ComponentName::Events => "event",
        ComponentName::Video => "movie",
        ComponentName::Form => "article",
        ComponentName::PersonalData => "info",
    }
}
