//! Everything that is kept of a registration, for whoever may read it: staff at work, and the person (GDPR art. 15 and 20).

use forms::{Contact, Field, Language, PartySize, Registration, Sheet, Slug};
use jiff::Timestamp;
use serde::Serialize;

use super::Desk;
use crate::cards;
use crate::notes::{self, Note};
use crate::personal::{self, ReadError};
use crate::store::{AuditEvent, ConsentRecord, Delivery, Documents, Store};

/// Everything that is kept of a person.
#[derive(Debug, Serialize)]
pub struct Export {
    /// When this was put together.
    pub made_at: Timestamp,
    /// The site that keeps it.
    pub site: String,
    /// Every registration.
    pub registrations: Vec<Record>,
}

/// Everything that is kept of a registration.
#[derive(Debug, Serialize)]
pub struct Record {
    /// Its identity.
    pub id: String,
    /// What the person was told to name it by.
    pub reference: String,
    /// What it is for.
    pub activity: Slug,
    /// What that is called, in the language of the form; empty when it is announced no more.
    pub title: String,
    /// The form that was filled in.
    pub form: Slug,
    /// The version of that form.
    pub form_version: String,
    /// The language it was filled in.
    pub language: Language,
    /// Where it stands.
    pub state: &'static str,
    /// How many places it asks for.
    pub party_size: PartySize,
    /// When it was taken.
    pub submitted_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// When the event is over, as far as is known.
    pub ends_at: Option<Timestamp>,
    /// What the person wrote, as far as it is kept.
    pub personal_data: Vec<OpenedPart>,
    /// What staff noted of the person for the programme, sheet by sheet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub card: Vec<Sheet>,
    /// What staff noted for one another.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What the person agreed to.
    pub consents: Vec<ConsentRecord>,
    /// What happened to it.
    pub history: Vec<AuditEvent>,
    /// What became of the mails about it in the last 90 days.
    pub mails: Vec<Delivery>,
}

/// What is kept equally long.
#[derive(Debug, Serialize)]
pub struct OpenedPart {
    /// What sort of data it is: `contact`, `answers` or `sensitive`.
    pub group: &'static str,
    /// For how many days it is kept: after the event, or after the last change of a request for the services.
    pub kept_days: u32,
    /// How to reach the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The answers, in the order of the questions.
    pub answers: Vec<AnsweredQuestion>,
}

/// A question with its answer.
#[derive(Debug, Serialize)]
pub struct AnsweredQuestion {
    /// The name of the question.
    pub name: String,
    /// The question, in the language of the form; empty when the form asks it no more.
    pub question: String,
    /// The answer as it is kept.
    pub answer: String,
    /// The answers that were chosen from a list, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
}

/// Everything that is kept of a person.
pub async fn export<S: Store + Documents>(
    desk: &Desk<'_, S>,
    registrations: &[Registration],
) -> Result<Export, ReadError> {
    let mut records = Vec::new();
    for registration in registrations {
        records.push(record(desk, registration).await?);
    }
    Ok(Export {
        made_at: desk.now,
        site: desk.bundle.manifest.identity.base_url.clone(),
        registrations: records,
    })
}

/// Everything that is kept of a registration.
pub async fn record<S: Store + Documents>(
    desk: &Desk<'_, S>,
    registration: &Registration,
) -> Result<Record, ReadError> {
    let mut personal_data = Vec::new();
    for part in &registration.parts {
        let Some(data) = personal::read(desk.store, desk.opener, registration, *part).await? else {
            continue;
        };
        let mut answers: Vec<(usize, AnsweredQuestion)> = data
            .answers
            .iter()
            .map(|(name, answer)| {
                let form = desk.bundle.manifest.forms.get(&registration.form);
                let fields = form.map_or(&[][..], |form| &form.fields);
                let place = fields.iter().position(|field| field.name == *name);
                let field = place.and_then(|place| fields.get(place));
                (
                    place.unwrap_or(fields.len()),
                    answered(name.as_str(), field, answer, &registration.language),
                )
            })
            .collect();
        answers.sort_by_key(|(place, _)| *place);
        personal_data.push(OpenedPart {
            group: part.group.as_str(),
            kept_days: part.days,
            contact: data.contact,
            answers: answers.into_iter().map(|(_, answer)| answer).collect(),
        });
    }
    Ok(Record {
        id: registration.id.as_str().to_owned(),
        reference: registration.reference.to_string(),
        activity: registration.activity.clone(),
        title: desk.title(registration, &registration.language).to_owned(),
        form: registration.form.clone(),
        form_version: registration.form_version.clone(),
        language: registration.language.clone(),
        state: registration.state.as_str(),
        party_size: registration.party_size,
        submitted_at: registration.submitted_at,
        changed_at: registration.changed_at,
        ends_at: registration.ends_at,
        personal_data,
        card: cards::read(desk.store, desk.opener, &registration.id)
            .await?
            .card
            .sheets,
        notes: notes::read(desk.store, desk.opener, &registration.id)
            .await?
            .notes,
        consents: desk.store.consents(&registration.id).await?,
        history: desk.store.history(&registration.id).await?,
        mails: desk.store.deliveries(&registration.id).await?,
    })
}

/// An answer with its question, as far as the form still asks it.
pub(super) fn answered(
    name: &str,
    field: Option<&Field>,
    answer: &str,
    language: &Language,
) -> AnsweredQuestion {
    let options = field.and_then(|field| field.kind.options());
    let chosen = options.unwrap_or_default().iter().filter(|option| {
        // Several values have commas between them, which none has in it.
        answer.split(',').any(|value| value == option.value)
    });
    AnsweredQuestion {
        name: name.to_owned(),
        question: field
            .map_or("", |field| field.label.text(language))
            .to_owned(),
        answer: answer.to_owned(),
        chosen: chosen
            .map(|option| option.label.text(language).to_owned())
            .collect(),
    }
}
