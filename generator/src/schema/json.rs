//! The fields of every kind as JSON Schema (2020-12), from the model: in the main language and in translations.
//!
//! It knows fields, values and what must be there. The rules between fields, and whether what is named exists, remain with
//! `centre check`.

use serde_json::{Map, Value, json};

use super::vocabulary::{Vocabulary, stands_in};
use crate::model::{Field, KINDS, Kind, ValueKind};

/// The definitions of all kinds; a file is one of them.
pub(super) fn schema(vocabulary: &Vocabulary<'_>) -> Value {
    let mut definitions = Map::new();
    // What is not known yet may wait in a draft.
    definitions.insert(
        UNKNOWN.to_owned(),
        json!({ "type": "string", "pattern": "^\\? " }),
    );
    let mut any = Vec::new();
    for kind in KINDS {
        for (name, translation) in [
            (kind.name.to_owned(), false),
            (format!("{}-translation", kind.name), true),
        ] {
            any.push(json!({ "$ref": format!("#/$defs/{name}") }));
            definitions.insert(name, of_kind(kind, translation, vocabulary));
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        "anyOf": any,
    })
}

const UNKNOWN: &str = "not-known-yet";

fn of_kind(kind: &Kind, translation: bool, vocabulary: &Vocabulary<'_>) -> Value {
    let mut schema = object(kind.fields(), translation, vocabulary);
    schema["title"] = vocabulary.say(kind.singular).into();
    schema
}

fn object(
    fields: impl Iterator<Item = &'static Field>,
    translation: bool,
    vocabulary: &Vocabulary<'_>,
) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for field in fields.filter(|field| stands_in(field, translation)) {
        if field.required {
            required.push(field.name);
        }
        properties.insert(
            field.name.to_owned(),
            of_field(field, translation, vocabulary),
        );
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn of_field(field: &Field, translation: bool, vocabulary: &Vocabulary<'_>) -> Value {
    let mut schema = match field.value {
        ValueKind::Text | ValueKind::LongText | ValueKind::Map(_) => {
            value(field, translation, vocabulary)
        }
        _ => json!({ "anyOf": [
            value(field, translation, vocabulary),
            { "$ref": format!("#/$defs/{UNKNOWN}") },
        ] }),
    };
    schema["title"] = vocabulary.say(field.label).into();
    schema["description"] = vocabulary.say(field.help).into();
    let example = serde_yaml::from_str::<Value>(field.example).unwrap_or_default();
    if !example.is_null() {
        schema["examples"] = json!([example]);
    }
    schema
}

const DAY: &str = "([0-9]{4}-)?[0-9]{1,2}-[0-9]{1,2}";
const TIME: &str = "[T ][0-9]{1,2}:[0-9]{1,2}(:00)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?";

fn value(field: &Field, translation: bool, vocabulary: &Vocabulary<'_>) -> Value {
    let matching = |pattern: &str| json!({ "type": "string", "pattern": format!("^{pattern}$") });
    let list = |items: Value| json!({ "type": "array", "items": items });
    match field.value {
        ValueKind::Text | ValueKind::LongText => {
            let mut text = json!({ "type": "string" });
            if let Some(max) = field.max {
                text["maxLength"] = max.into();
            }
            text
        }
        ValueKind::Reference(_) | ValueKind::Page | ValueKind::Link | ValueKind::Telephone => {
            json!({ "type": "string", "minLength": 1 })
        }
        ValueKind::YesNo => json!({ "type": "boolean" }),
        ValueKind::Whole { min } => json!({ "type": "integer", "minimum": min }),
        ValueKind::Day => matching(DAY),
        ValueKind::Moment => matching(&format!("{DAY}({TIME})?")),
        ValueKind::DateTime => matching(&format!("{DAY}{TIME}")),
        ValueKind::OneOf(choices) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value).collect();
            json!({ "enum": values })
        }
        ValueKind::Texts => list(json!({ "type": "string" })),
        ValueKind::Days => list(matching(DAY)),
        ValueKind::Tags => {
            let tags: Vec<&str> = vocabulary.tags.iter().map(|(tag, _)| *tag).collect();
            list(json!({ "enum": tags }))
        }
        ValueKind::Form => {
            let forms = vocabulary.forms.iter().map(|(form, _)| *form);
            json!({ "enum": forms.collect::<Vec<_>>() })
        }
        ValueKind::Address => matching("[a-z0-9]+(-[a-z0-9]+)*"),
        ValueKind::Paths => list(matching("/.*")),
        ValueKind::Email => matching("[^@ ]+@[^@ ]+"),
        ValueKind::Media => matching("/media/.+"),
        ValueKind::Map(fields) => object(fields.iter(), translation, vocabulary),
    }
}
