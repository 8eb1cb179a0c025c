//! One question as the template of a form prints it.

use super::condition::Conditions;
use super::{ChoiceView, DatePartView, FieldView};
use crate::field::DATE_PARTS;
use crate::{AGREED, Choice, Field, FieldKind, FormValues, PartySize, Strings};

/// One question, with the answer so far and the message.
pub(super) fn field_view(
    field: &Field,
    max_party: PartySize,
    conditions: &Conditions<'_>,
    values: &FormValues,
    error: String,
    optional: bool,
) -> FieldView {
    let strings = conditions.strings;
    let name = field.name.as_str();
    let hint = hint(field, strings);
    let condition = conditions.in_words(field);
    let choices = choices(field, max_party, conditions, values);
    let parts = date_parts(field, strings, values);
    let id = match (&field.kind, choices.first(), parts.first()) {
        (FieldKind::Radio { .. } | FieldKind::Checkboxes { .. }, Some(first), _) => {
            first.id.clone()
        }
        (_, _, Some(first)) => first.id.clone(),
        _ => id_of(name),
    };
    FieldView {
        control: control(&field.kind),
        name: name.to_owned(),
        id,
        label: field.label.text(&strings.language).to_owned(),
        described_by: [
            ("condition", &condition),
            ("hint", &hint),
            ("error", &error),
        ]
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(part, _)| format!("{name}-{part}"))
        .collect::<Vec<_>>()
        .join(" "),
        hint,
        error,
        condition,
        shown_by: conditions.number(field),
        shows: conditions.met_by(field, AGREED),
        optional,
        value: values.get(name).to_owned(),
        autocomplete: autocomplete(&field.kind),
        max_length: field.kind.max_length(),
        width: width(&field.kind),
        input_mode: input_mode(&field.kind),
        choices,
        parts,
    }
}

/// Help under a question. A group of check boxes says by itself that one may tick several.
fn hint(field: &Field, strings: &Strings) -> String {
    match (&field.hint, &field.kind) {
        (Some(hint), _) => hint.text(&strings.language),
        (None, FieldKind::Checkboxes { .. }) => strings.text("form.choose_several"),
        (None, _) => "",
    }
    .to_owned()
}

/// The id of a control, which no heading of the page can have as well: theirs have no underscore.
fn id_of(name: &str) -> String {
    format!("field_{name}")
}

fn control(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Name | FieldKind::Text { .. } => "text",
        FieldKind::Email => "email",
        FieldKind::Telephone => "tel",
        FieldKind::LongText { .. } => "textarea",
        FieldKind::Number { .. } => "number",
        FieldKind::PartySize | FieldKind::Select { .. } => "select",
        FieldKind::PastDate | FieldKind::Date { .. } => "date",
        FieldKind::Radio { .. } => "radio",
        FieldKind::Checkboxes { .. } => "checkboxes",
        FieldKind::Consent => "checkbox",
    }
}

fn autocomplete(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Name => "name",
        FieldKind::Email => "email",
        FieldKind::Telephone => "tel",
        _ => "",
    }
}

/// As wide as the largest answer, in one of the widths that boxes have.
fn width(kind: &FieldKind) -> u8 {
    match kind {
        FieldKind::Number { max: Some(max), .. } if *max < 100 => 2,
        FieldKind::Number { max: Some(max), .. } if *max < 10_000 => 4,
        FieldKind::Number { .. } => 8,
        _ => 0,
    }
}

/// The digits of a telephone have no minus.
fn input_mode(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Number { min: Some(min), .. } if *min >= 0 => "numeric",
        _ => "",
    }
}

fn choices(
    field: &Field,
    max_party: PartySize,
    conditions: &Conditions<'_>,
    values: &FormValues,
) -> Vec<ChoiceView> {
    let strings = conditions.strings;
    let name = field.name.as_str();
    let choice = |value: &str, label: &str, chosen: bool| ChoiceView {
        id: id_of(&format!("{name}-{value}")),
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
        shows: conditions.met_by(field, value),
    };
    let answer = values.get(name);
    let one = |option: &Choice| {
        let label = option.label.text(&strings.language);
        choice(&option.value, label, option.value == answer)
    };
    match &field.kind {
        FieldKind::PartySize => (1..=max_party.places())
            .map(|places| {
                let posted = places.to_string();
                choice(
                    &posted,
                    &strings.count("form.places", places),
                    posted == answer,
                )
            })
            .collect(),
        FieldKind::Radio { options } => options.iter().map(one).collect(),
        FieldKind::Select { options } => {
            // Nobody is given an answer that they did not choose.
            let nothing = choice("", strings.text("form.choose"), false);
            std::iter::once(nothing)
                .chain(options.iter().map(one))
                .collect()
        }
        FieldKind::Checkboxes { options } => options
            .iter()
            .map(|option| ChoiceView {
                chosen: values.all(name).any(|value| value == option.value),
                ..one(option)
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn date_parts(field: &Field, strings: &Strings, values: &FormValues) -> Vec<DatePartView> {
    let details = match field.kind {
        FieldKind::PastDate => ["bday-day", "bday-month", "bday-year"],
        FieldKind::Date { .. } => ["", "", ""],
        _ => return Vec::new(),
    };
    let labels = [("form.day", 2), ("form.month", 8), ("form.year", 4)];
    DATE_PARTS
        .into_iter()
        .zip(labels)
        .zip(details)
        .map(|((part, (label, width)), autocomplete)| {
            let name = format!("{}_{part}", field.name);
            DatePartView {
                id: id_of(&name),
                value: values.get(&name).to_owned(),
                name,
                label: strings.text(label).to_owned(),
                autocomplete,
                width,
            }
        })
        .collect()
}
