//! The configuration of Sveltia CMS, from the model: a form for every kind, with labels and help.
//!
//! What the form cannot know (rules between fields, links, addresses that are taken) is found by `centre check` afterwards.

use serde_json::{Map, Value, json};

use super::vocabulary::Vocabulary;
use crate::model::{Field, HOME, KINDS, Kind, Said, ValueKind};

/// The text of `config.yml`.
pub(super) fn config(vocabulary: &Vocabulary<'_>) -> Result<String, serde_yaml::Error> {
    let kinds = KINDS.into_iter().filter(|kind| *kind != &HOME);
    let collections: Vec<Value> = kinds.map(|kind| collection(kind, vocabulary)).collect();
    let config = json!({
        "backend": { "name": "github", "repo": "OWNER/REPOSITORY", "branch": "main" },
        "media_folder": "content/media",
        "public_folder": "/media",
        "i18n": {
            "structure": "multiple_files",
            "locales": vocabulary.languages,
            "default_locale": vocabulary.languages.first(),
            "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        },
        "slug": { "encoding": "ascii", "clean_accents": true },
        "output": { "omit_empty_optional_fields": true, "yaml": { "quote": "double" } },
        "collections": collections,
    });
    let text = serde_yaml::to_string(&config)?;
    Ok(format!(
        "# Written by `centre schema cms`; only `backend` is to be filled in.\n{text}"
    ))
}

fn collection(kind: &Kind, vocabulary: &Vocabulary<'_>) -> Value {
    let mut collection = json!({
        "name": kind.section.folder(),
        "label": vocabulary.say(kind.singular),
        "folder": format!("content/{}", kind.section.folder()),
        "create": true,
        "i18n": true,
        // The program would make a name of the title by rules that are not those of the law.
        "slug": "{{fields.slug}}",
        "fields": fields(kind, vocabulary),
    });
    if !kind.section.has_pages() {
        collection["slug"] = "{{title}}".into();
    }
    if kind.section == HOME.section {
        collection["index_file"] = json!({
            "name": "index",
            "label": vocabulary.say(HOME.singular),
            "fields": fields(&HOME, vocabulary),
        });
    }
    collection
}

fn fields(kind: &Kind, vocabulary: &Vocabulary<'_>) -> Vec<Value> {
    // The fingerprint of a translation is for `centre status`, not for a form.
    let shown = kind
        .fields()
        .filter(|field| field.said != Said::InTranslations);
    let mut fields: Vec<Value> = shown.map(|field| of_field(field, vocabulary)).collect();
    if let Some(body) = kind.body {
        fields.push(json!({
            "name": "body",
            "label": vocabulary.say(body),
            "widget": "markdown",
            "required": false,
            "i18n": true,
        }));
    }
    fields
}

fn of_field(field: &Field, vocabulary: &Vocabulary<'_>) -> Value {
    let mut made = widget(field, vocabulary);
    let mut add = |name: &str, value: Value| {
        made.insert(name.to_owned(), value);
    };
    add("name", field.name.into());
    add("label", vocabulary.say(field.label).into());
    add("hint", vocabulary.say(field.help).into());
    let main = vocabulary.languages.first();
    // Of a page, the address is also the name of its file.
    let required = field.required || field.value == ValueKind::Address;
    add(
        "required",
        if required {
            json!([main])
        } else {
            false.into()
        },
    );
    add("i18n", (field.said == Said::PerLanguage).into());
    if let (ValueKind::Text | ValueKind::LongText, Some(max)) = (field.value, field.max) {
        add("maxlength", max.into());
    }
    Value::Object(made)
}

fn widget(field: &Field, vocabulary: &Vocabulary<'_>) -> Map<String, Value> {
    let matching = |pattern: &str| {
        let wrong = vocabulary.say(field.help);
        json!({ "widget": "string", "pattern": [pattern, wrong] })
    };
    let made = match field.value {
        ValueKind::LongText => json!({ "widget": "text" }),
        ValueKind::YesNo => json!({ "widget": "boolean" }),
        ValueKind::Whole { min } => json!({ "widget": "number", "value_type": "int", "min": min }),
        ValueKind::Day => json!({ "widget": "datetime", "type": "date" }),
        ValueKind::Moment | ValueKind::DateTime => {
            json!({ "widget": "datetime", "input_timezone": vocabulary.zone })
        }
        ValueKind::OneOf(choices) => {
            let options = choices.iter().map(
                |choice| json!({ "value": choice.value, "label": vocabulary.say(choice.label) }),
            );
            json!({ "widget": "select", "options": options.collect::<Vec<_>>() })
        }
        ValueKind::Tags => {
            let tags = vocabulary.tags.iter();
            let options = tags.map(|(tag, title)| json!({ "value": tag, "label": title }));
            let options: Vec<Value> = options.collect();
            json!({ "widget": "select", "multiple": true, "options": options })
        }
        ValueKind::Form => json!({ "widget": "select", "options": vocabulary.forms }),
        ValueKind::Reference(section) => json!({
            "widget": "relation",
            "collection": section.folder(),
            "value_field": "{{slug}}",
            "search_fields": ["title"],
            "display_fields": ["title"],
        }),
        ValueKind::Texts | ValueKind::Paths => json!({ "widget": "list" }),
        ValueKind::Days => json!({
            "widget": "list",
            "field": { "name": "day", "widget": "datetime", "type": "date" },
        }),
        ValueKind::Address => matching("^[a-z0-9]+(-[a-z0-9]+)*$"),
        ValueKind::Email => matching("^[^@ ]+@[^@ ]+$"),
        ValueKind::Link => matching("^https?://"),
        ValueKind::Media => json!({ "widget": "file" }),
        ValueKind::Map(inside) => {
            let fields = inside.iter().map(|field| of_field(field, vocabulary));
            json!({ "widget": "object", "collapsed": "auto", "fields": fields.collect::<Vec<_>>() })
        }
        ValueKind::Text | ValueKind::Page | ValueKind::Telephone => json!({ "widget": "string" }),
    };
    match made {
        Value::Object(made) => made,
        _ => Map::new(),
    }
}
