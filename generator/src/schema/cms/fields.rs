//! The fields of a form, one by one.

use serde_json::{Map, Value, json};

use super::components::names;
use crate::model::{Field, Kind, Said, ValueKind};
use crate::schema::vocabulary::Vocabulary;

/// What an address is made of.
pub(super) const ADDRESS: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// A digit, or a letter that an address can be made of.
const A_LETTER: &str = "[0-9A-Za-z\\u00C0-\\u024F\\u0400-\\u045F]";

/// What one can do to a text: no heading of the first rank, which is the title, and no code.
const BUTTONS: [&str; 9] = [
    "bold",
    "italic",
    "link",
    "heading-two",
    "heading-three",
    "quote",
    "bulleted-list",
    "numbered-list",
    "strikethrough",
];

/// The field of this name, if the kind has it.
pub(super) fn field_named(kind: &Kind, name: &str) -> Option<&'static Field> {
    kind.fields().find(|field| field.name == name)
}

/// The fields of a kind, and its text.
pub(super) fn fields(kind: &Kind, vocabulary: &Vocabulary<'_>) -> Vec<Value> {
    // The fingerprint of a translation is for `centre status`, not for a form.
    let shown = kind
        .fields()
        .filter(|field| field.said != Said::InTranslations);
    let mut fields: Vec<Value> = shown
        .map(|field| of_field(field, true, vocabulary))
        .collect();
    // The name of the file is made of it, and there is none without a letter.
    for title in fields.iter_mut().filter(|field| field["name"] == "title") {
        let wrong = vocabulary.choose(
            "В заглавието има поне една буква или цифра.",
            "A title has a letter or a digit at least.",
        );
        title["pattern"] = json!([A_LETTER, wrong]);
    }
    if let Some(body) = kind.body {
        let blocks: Vec<&str> = ["image", "code-block"].into_iter().chain(names()).collect();
        fields.push(json!({
            "name": "body",
            "label": vocabulary.choose("Текст", "Text"),
            "hint": vocabulary.say(body),
            "widget": "markdown",
            "buttons": BUTTONS,
            // Components of ours that are written in an unusual way stay blocks of code, and must not be lost.
            "editor_components": blocks,
            "required": false,
            "i18n": true,
        }));
    }
    fields
}

/// A field; `per_language` where what it stands in is said in every language.
fn of_field(field: &Field, per_language: bool, vocabulary: &Vocabulary<'_>) -> Value {
    let per_language = per_language && field.said == Said::PerLanguage;
    let mut made = widget(field, per_language, vocabulary);
    let mut add = |name: &str, value: Value| {
        made.insert(name.to_owned(), value);
    };
    add("name", field.name.into());
    add("label", vocabulary.say(field.label).into());
    add("hint", hint(vocabulary.say(field.help)).into());
    let main = vocabulary.languages.first();
    add(
        "required",
        if field.required {
            json!([main])
        } else {
            false.into()
        },
    );
    add("i18n", per_language.into());
    if let (ValueKind::Text | ValueKind::LongText, Some(max)) = (field.value, field.max) {
        add("maxlength", max.into());
    }
    Value::Object(made)
}

/// What is said of files in words for who writes in a form: there a value is chosen or switched on, and nothing has an ending.
const IN_A_FORM: [(&str, &str); 24] = [
    (" в content/site.yaml", ""),
    (" in content/site.yaml", ""),
    (", в кавички", ""),
    (", in quotes", ""),
    ("true, ако", "Включете, ако"),
    ("true за", "Включете за"),
    ("true if", "Switch on if"),
    ("true for", "Switch on for"),
    ("; тогава няма описание", "; тогава не се описва"),
    (", всеки на ред с тире", ""),
    (", each on a line with a hyphen", ""),
    (": името на файл от", ", от"),
    (": the name of a file in", ", one of"),
    ("Името на файла на формуляра в", "Формулярът, от"),
    ("The name of the form’s file in", "The form, one of"),
    ("името на файла му в", "от"),
    ("the name of its file in", "one of"),
    (", без .yaml", ""),
    (", without .yaml", ""),
    (", без .md", ""),
    (", without .md", ""),
    ("Без този ред", "Без него"),
    ("Without this line", "Without it"),
    (
        " Изтрийте реда, когато е готова.",
        " Изключете, когато е готова.",
    ),
];

fn hint(help: &str) -> String {
    let changed = IN_A_FORM.into_iter();
    let text = changed.fold(help.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace(
        "Delete the line when it is ready.",
        "Switch off when it is ready.",
    )
}

fn widget(field: &Field, per_language: bool, vocabulary: &Vocabulary<'_>) -> Map<String, Value> {
    let matching = |pattern: &str| {
        let wrong = vocabulary.say(field.help);
        json!({ "widget": "string", "pattern": [pattern, wrong] })
    };
    let made = match field.value {
        ValueKind::LongText => json!({ "widget": "text" }),
        ValueKind::YesNo => json!({ "widget": "boolean" }),
        ValueKind::Whole { min } => json!({ "widget": "number", "value_type": "int", "min": min }),
        ValueKind::Day => json!({ "widget": "datetime", "type": "date" }),
        // Without `format`: what is written then is a moment with its offset, in whatever zone the browser is.
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
        ValueKind::Form => {
            let forms = vocabulary.forms.iter();
            let options = forms.map(|(form, title)| json!({ "value": form, "label": title }));
            json!({ "widget": "select", "options": options.collect::<Vec<_>>() })
        }
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
        ValueKind::Address => matching(ADDRESS),
        ValueKind::Email => matching("^[^@ ]+@[^@ ]+$"),
        ValueKind::Link => matching("^https?://"),
        ValueKind::Media if field.name == "src" => json!({ "widget": "image" }),
        ValueKind::Media => json!({ "widget": "file" }),
        ValueKind::Map(inside) => {
            let fields = inside
                .iter()
                .map(|field| of_field(field, per_language, vocabulary));
            json!({ "widget": "object", "collapsed": "auto", "fields": fields.collect::<Vec<_>>() })
        }
        ValueKind::Text | ValueKind::Page | ValueKind::Telephone => json!({ "widget": "string" }),
    };
    match made {
        Value::Object(made) => made,
        _ => Map::new(),
    }
}
