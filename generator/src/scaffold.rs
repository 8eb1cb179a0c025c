//! New files of content, written from the model: what each field is for stands above it.
//!
//! What is written here is a draft that `check` accepts. A value that only an editor knows has the mark of one that is not
//! known yet, so that it cannot be published by mistake.

mod ask;
mod body;
mod lines;
mod address;
mod translation;

use jiff::ToSpan;
use jiff::civil::Date;

pub(crate) use address::{Taken, address};
pub(crate) use ask::{Answers, Interview, Offer, Offered, greeting};
pub(crate) use translation::translation;

use crate::diagnostic::MessageLanguage;
use crate::model::{Field, Kind, Relation, Said, ValueKind};
use crate::parse::quotes;
use crate::parse::settings::PLACEHOLDER;
use lines::{Lines, quoted};

/// A new file of a kind, for the day on which it is made. `answers` are values that are known already, by the paths of their fields.
pub(crate) fn page(
    kind: &Kind,
    title: &str,
    answers: &[(String, String)],
    today: Date,
    language: MessageLanguage,
) -> String {
    let title = quotes::without(title).unwrap_or(title);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = Lines::new(language);
    let fields = || {
        kind.fields()
            .filter(|field| field.said != Said::InTranslations)
    };
    let needed = |field: &Field| needed(kind, field);
    let answered = |name: &str| {
        let known = answers.iter().find(|(known, _)| known == name);
        known.map(|(_, value)| value.clone())
    };
    let is_answered = |field: &Field| {
        let mut paths = answers.iter().map(|(path, _)| path.split('.').next());
        paths.any(|name| name == Some(field.name))
    };
    let is_there = |field: &Field| needed(field) || is_answered(field);
    for field in fields().filter(|field| is_there(field)) {
        lines.blank();
        lines.explain(field);
        if !field.inside().is_empty() {
            lines.line("", &format!("{}:", field.name));
            for inside in field.inside() {
                match answered(&format!("{}.{}", field.name, inside.name)) {
                    Some(value) => lines.line("  ", &format!("{}: {value}", inside.name)),
                    None => lines.optional_inside(inside),
                }
            }
            continue;
        }
        match field.name {
            "title" => lines.field("title", &quoted(&title)),
            name => {
                let value = answered(name).unwrap_or_else(|| placeholder(field, today, language));
                lines.field(name, &value);
            }
        }
    }
    lines.blank();
    for field in kind.fields().filter(|field| field.name == "draft") {
        lines.explain(field);
        lines.field("draft", "true");
    }
    lines.blank();
    lines.remark(
        "По желание: махнете „# “ пред редовете, които ви трябват.",
        "If you like: remove “# ” before the lines that you need.",
    );
    for field in fields()
        .filter(|field| !is_there(field) && field.name != "draft")
        .filter(|field| field.said != Said::InTranslations)
    {
        lines.blank();
        lines.optional(field);
    }
    if let Some(body) = kind.body {
        lines.blank();
        lines.remark(
            &format!("Под следващия ред напишете {}.", body.bg),
            &format!("Below the next line write {}.", body.en),
        );
    }
    lines.finish(&body::body(kind, language))
}

/// Whether a field must be in a new file.
fn needed(kind: &Kind, field: &Field) -> bool {
    field.required || needed_by_rule(kind, field)
}

/// Whether a page lacks something when neither this field nor another is there.
fn needed_by_rule(kind: &Kind, field: &Field) -> bool {
    kind.rules()
        .any(|rule| rule.relation == Relation::Or && rule.field == field.name)
}

/// A value that can be read, and that an editor is to replace.
fn placeholder(field: &Field, today: Date, language: MessageLanguage) -> String {
    let unknown = |value: &str| quoted(&format!("{PLACEHOLDER}{value}"));
    match field.value {
        ValueKind::Day => today.to_string(),
        ValueKind::Moment | ValueKind::DateTime => {
            let next_week = today.checked_add(7.days()).unwrap_or(today);
            unknown(&format!("{next_week}T10:00"))
        }
        ValueKind::Text | ValueKind::LongText => unknown(field.label.in_language(language)),
        _ => unknown(field.example.trim_matches('"')),
    }
}
