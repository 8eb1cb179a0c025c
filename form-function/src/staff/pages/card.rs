//! The card of a participant: what is known, what still lacks, and the sheets to fill in.

use std::collections::BTreeMap;

use forms::{
    Card, ErrorView, Field, FieldError, FieldName, FieldView, FormDefinition, FormValues, Occasion,
    PartySize, Registration, Reply, Sheet, SummaryRow, answer_in_words, error_views, field_views,
    lacking,
};
use serde::Serialize;

use super::Context;
use crate::bundle::template;
use crate::staff::routes::without_answer;

/// Whose card.
pub(in crate::staff) struct CardPage<'a> {
    pub(in crate::staff) registration: &'a Registration,
    /// The name of the person; empty once it is kept no longer.
    pub(in crate::staff) name: &'a str,
    pub(in crate::staff) card: &'a Card,
}

#[derive(Serialize)]
struct CardView {
    name: String,
    reference: String,
    registration_url: String,
    sheets: Vec<SheetView>,
}

#[derive(Serialize)]
struct SheetView {
    title: String,
    /// Whether it is complete, in words.
    standing: String,
    is_complete: bool,
    /// The questions that still lack an answer.
    lacking: Vec<String>,
    rows: Vec<SummaryRow>,
    /// Who changed it last and when, in words; empty for one that was not begun.
    changed: String,
    url: String,
    /// What the link there says.
    link: String,
}

/// The whole card.
pub(in crate::staff) fn card(
    context: &Context<'_>,
    page: &CardPage<'_>,
) -> tera::TeraResult<String> {
    let id = page.registration.id.as_str();
    let base = format!("/staff/registrations/{id}/card");
    let mut sheets = Vec::new();
    for occasion in Occasion::ALL {
        let forms = context.bundle.manifest.forms.values();
        let definition = forms
            .clone()
            .find(|form| form.name.as_str() == occasion.form());
        let Some(definition) = definition else {
            continue;
        };
        let view = |sheet: Option<&Sheet>, which: &str| {
            sheet_view(context, definition, sheet, format!("{base}/{which}"))
        };
        if occasion == Occasion::Enrolment {
            let all = page.card.sheets.iter();
            let enrolments = all.filter(|sheet| sheet.occasion == occasion);
            for (number, sheet) in enrolments.enumerate() {
                let which = format!("{}-{}", occasion.as_str(), number + 1);
                sheets.push(view(Some(sheet), &which));
            }
            sheets.push(view(None, &format!("{}-new", occasion.as_str())));
        } else {
            let sheet = page.card.sheet(occasion).map(|(_, sheet)| sheet);
            sheets.push(view(sheet, occasion.as_str()));
        }
    }
    let view = CardView {
        name: named(context, page.name),
        reference: page.registration.reference.to_string(),
        registration_url: format!("/staff/registrations/{id}"),
        sheets,
    };
    let title = context.strings().text("staff.card.heading");
    context.render(template::STAFF_CARD, title, &view)
}

fn named(context: &Context<'_>, name: &str) -> String {
    if name.is_empty() {
        context.text("staff.event.forgotten")
    } else {
        name.to_owned()
    }
}

fn sheet_view(
    context: &Context<'_>,
    definition: &FormDefinition,
    sheet: Option<&Sheet>,
    url: String,
) -> SheetView {
    let strings = context.strings();
    let missing = lacking(definition, sheet);
    let is_complete = sheet.is_some() && missing.is_empty();
    let label = |field: &Field| field.label.text(&strings.language).to_owned();
    let standing = match (sheet, is_complete) {
        (None, _) => "staff.card.not_begun",
        (Some(_), true) => "staff.card.complete",
        (Some(_), false) => "staff.card.incomplete",
    };
    let latest = sheet.and_then(|sheet| sheet.replies.values().max_by_key(|noted| noted.at));
    SheetView {
        title: definition.title.text(&strings.language).to_owned(),
        standing: context.text(standing),
        is_complete,
        lacking: match sheet {
            Some(_) => missing.into_iter().map(label).collect(),
            None => Vec::new(),
        },
        rows: sheet.map_or_else(Vec::new, |sheet| {
            let fields = definition.fields.iter();
            fields
                .map(|field| SummaryRow {
                    label: label(field),
                    value: said(context, field, sheet),
                })
                .collect()
        }),
        changed: latest.map_or_else(String::new, |noted| {
            let at = context.moment(noted.at);
            let fields = [("who", noted.by.as_str()), ("moment", at.as_str())];
            strings.fill("staff.card.changed", &fields)
        }),
        url,
        link: context.text(if sheet.is_some() {
            "staff.card.change"
        } else {
            "staff.card.begin"
        }),
    }
}

/// What was said to a question, in words.
fn said(context: &Context<'_>, field: &Field, sheet: &Sheet) -> String {
    let Some(noted) = sheet.replies.get(&field.name) else {
        return context.text("staff.card.reply.not_asked");
    };
    match &noted.reply {
        Reply::Given(answer) => answer_in_words(field, answer, context.strings()),
        reply => context.text(&format!("staff.card.reply.{}", reply.name())),
    }
}

/// A sheet to be filled in.
pub(in crate::staff) struct SheetForm<'a> {
    pub(in crate::staff) definition: &'a FormDefinition,
    /// What was noted before, or typed just now.
    pub(in crate::staff) values: &'a FormValues,
    pub(in crate::staff) errors: &'a [FieldError],
    /// How often the card was kept.
    pub(in crate::staff) version: u32,
    /// Whether somebody else changed the card meanwhile.
    pub(in crate::staff) is_overtaken: bool,
}

#[derive(Serialize)]
struct SheetPage<'a> {
    name: String,
    reference: String,
    card_url: String,
    title: &'a str,
    notice: &'a str,
    submit: &'a str,
    version: u32,
    is_overtaken: bool,
    errors: Vec<ErrorView>,
    questions: Vec<QuestionView>,
}

#[derive(Serialize)]
struct QuestionView {
    field: FieldView,
    /// The name of the control that says why there is no answer.
    without: String,
    reasons: Vec<ReasonView>,
}

#[derive(Serialize)]
struct ReasonView {
    value: &'static str,
    label: String,
    is_chosen: bool,
}

/// A sheet to be filled in.
pub(in crate::staff) fn card_sheet(
    context: &Context<'_>,
    registration: &Registration,
    name: &str,
    form: &SheetForm<'_>,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let language = &strings.language;
    let fields = field_views(
        form.definition,
        PartySize::ONE,
        strings,
        form.values,
        form.errors,
    );
    let names: BTreeMap<&str, &FieldName> = form
        .definition
        .fields
        .iter()
        .map(|field| (field.name.as_str(), &field.name))
        .collect();
    let view = SheetPage {
        name: named(context, name),
        reference: registration.reference.to_string(),
        card_url: format!("/staff/registrations/{}/card", registration.id.as_str()),
        title: form.definition.title.text(language),
        notice: form.definition.notice.text(language),
        submit: form.definition.submit.text(language),
        version: form.version,
        is_overtaken: form.is_overtaken,
        errors: error_views(&fields),
        questions: fields
            .into_iter()
            .filter_map(|field| {
                let without = without_answer(names.get(field.name.as_str())?);
                let chosen = form.values.get(&without);
                let reasons = [
                    "",
                    Reply::Refused.name(),
                    Reply::Unknown.name(),
                    "not_asked",
                ];
                Some(QuestionView {
                    reasons: reasons
                        .into_iter()
                        .map(|value| ReasonView {
                            value,
                            label: context.text(&format!(
                                "staff.card.without.{}",
                                if value.is_empty() { "answered" } else { value }
                            )),
                            is_chosen: value == chosen,
                        })
                        .collect(),
                    field: of_somebody_else(field),
                    without,
                })
            })
            .collect(),
    };
    context.render(template::STAFF_CARD_SHEET, view.title, &view)
}

/// A question about the person on the other side of the desk: the browser must not offer what it knows of its owner.
fn of_somebody_else(mut field: FieldView) -> FieldView {
    field.autocomplete = "off";
    for part in &mut field.parts {
        part.autocomplete = "off";
    }
    field
}
