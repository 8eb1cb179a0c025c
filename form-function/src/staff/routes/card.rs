//! The card of a participant: what the programme has to know, sheet by sheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{
    FieldError, FieldName, FormDefinition, FormValues, Occasion, PartySize, Registration,
    RegistrationId, Reply, Sheet, State as RegistrationState, noted, validate,
};

use super::{Asked, Segment, segment};
use crate::cards::{self, KeptCard};
use crate::personal::{self, ReadError};
use crate::response;
use crate::staff::Staff;
use crate::staff::guard::{SignedIn, Values};
use crate::staff::pages::{self, CardPage, SheetForm};
use crate::store::{Documents, Store, StoreError};

/// The whole card.
pub(super) async fn overview<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    id: Segment,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let registration = match participant(&asked, &segment(id)).await {
        Ok(registration) => registration,
        Err(refused) => return *refused,
    };
    let page = async {
        asked
            .log("read_card", registration.id.as_str(), None)
            .await?;
        let kept = read(&asked, &registration).await?;
        let name = name(&asked, &registration).await?;
        let page = CardPage {
            registration: &registration,
            name: &name,
            card: &kept.card,
        };
        Ok(pages::card(&asked.context(), &page))
    };
    match page.await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unreadable(error),
    }
}

/// Whose card, and which sheet of it.
type Which = Result<Path<(String, String)>, axum::extract::rejection::PathRejection>;

/// One sheet, to be filled in.
pub(super) async fn sheet<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    which: Which,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let Ok(Path((id, which))) = which else {
        return asked.not_found();
    };
    let registration = match participant(&asked, &id).await {
        Ok(registration) => registration,
        Err(refused) => return *refused,
    };
    let logged = asked.log("read_card", registration.id.as_str(), None).await;
    if let Err(error) = logged {
        return asked.unavailable(&error);
    }
    let kept = match read(&asked, &registration).await {
        Ok(kept) => kept,
        Err(error) => return asked.unreadable(error),
    };
    let Some(place) = SheetPlace::parse(&which, &kept) else {
        return asked.not_found();
    };
    let Some(definition) = definition(&asked, place.occasion) else {
        return asked.not_found();
    };
    let values = place.sheet(&kept).map(|sheet| posted(definition, sheet));
    let form = SheetForm {
        definition,
        values: &values.unwrap_or_default(),
        errors: &[],
        version: kept.version,
        is_overtaken: false,
    };
    show(&asked, &registration, StatusCode::OK, &form).await
}

/// Notes what was said.
pub(super) async fn note<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
    which: Which,
    Extension(values): Values,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let Ok(Path((id, which))) = which else {
        return asked.not_found();
    };
    let registration = match participant(&asked, &id).await {
        Ok(registration) => registration,
        Err(refused) => return *refused,
    };
    let kept = match read(&asked, &registration).await {
        Ok(kept) => kept,
        Err(error) => return asked.unreadable(error),
    };
    let Some(place) = SheetPlace::parse(&which, &kept) else {
        return asked.not_found();
    };
    let Some(definition) = definition(&asked, place.occasion) else {
        return asked.not_found();
    };
    let form = |errors| SheetForm {
        definition,
        values: &values,
        errors,
        version: kept.version,
        is_overtaken: false,
    };
    let filled = match filled(&asked, place, definition, &kept, &values) {
        Ok(filled) => filled,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&asked, &registration, status, &form(&errors)).await;
        }
    };
    // Whoever filled it in looked at the card as it was then.
    let is_as_seen = values.get("_version").parse() == Ok(kept.version);
    let kept_now = if is_as_seen {
        match keep(&asked, &registration, &with_sheet(&kept, place, filled)).await {
            Ok(is_kept) => is_kept,
            Err(error) => return asked.unavailable(&error),
        }
    } else {
        false
    };
    if kept_now {
        let id = registration.id.as_str();
        return response::see_other(&format!("/staff/registrations/{id}/card"));
    }
    let overtaken = SheetForm {
        is_overtaken: true,
        ..form(&[])
    };
    show(&asked, &registration, StatusCode::CONFLICT, &overtaken).await
}

/// The registration of somebody who takes part; of nobody else is there a card.
async fn participant<S: Store + Documents>(
    asked: &Asked<'_, S>,
    id: &str,
) -> Result<Registration, Box<Response<Body>>> {
    let id = RegistrationId::from_stored(id);
    match asked.staff.app.store.registration(&id).await {
        Ok(Some(found)) if is_participant(found.state) => Ok(found),
        Ok(Some(_)) => {
            let status = StatusCode::CONFLICT;
            let page = pages::message(asked.staff, asked.texts, status, "no_participant");
            Err(Box::new(page))
        }
        Ok(None) => Err(Box::new(asked.not_found())),
        Err(error) => Err(Box::new(asked.unavailable(&error))),
    }
}

/// Whether a programme counts somebody whose registration stands like this.
pub(in crate::staff) fn is_participant(state: RegistrationState) -> bool {
    matches!(
        state,
        RegistrationState::Admitted
            | RegistrationState::Active
            | RegistrationState::Exited
            | RegistrationState::FollowUpDue
            | RegistrationState::Closed
    )
}

/// A sheet of a card by its address.
#[derive(Clone, Copy)]
struct SheetPlace {
    occasion: Occasion,
    /// Its place among the sheets; `None` for one that is begun now.
    index: Option<usize>,
}

impl SheetPlace {
    /// `entry`, or `enrolment-2` where there may be several; `enrolment-new` for one more.
    fn parse(text: &str, kept: &KeptCard) -> Option<SheetPlace> {
        let (name, number) = match text.split_once('-') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let mut all = Occasion::ALL.into_iter();
        let occasion = all.find(|occasion| occasion.as_str() == name)?;
        let index = match (occasion, number) {
            (Occasion::Enrolment, Some("new")) => None,
            (Occasion::Enrolment, Some(number)) => {
                let wanted: usize = number.parse().ok()?;
                let sheets = kept.card.sheets.iter().enumerate();
                let mut enrolments = sheets.filter(|(_, sheet)| sheet.occasion == occasion);
                let (index, _) = enrolments.nth(wanted.checked_sub(1)?)?;
                Some(index)
            }
            (Occasion::Entry | Occasion::Exit | Occasion::FollowUp, None) => {
                kept.card.sheet(occasion).map(|(index, _)| index)
            }
            _ => return None,
        };
        Some(SheetPlace { occasion, index })
    }

    fn sheet(self, kept: &KeptCard) -> Option<&Sheet> {
        kept.card.sheets.get(self.index?)
    }
}

fn definition<'a, S>(asked: &Asked<'a, S>, occasion: Occasion) -> Option<&'a FormDefinition> {
    let mut forms = asked.staff.app.bundle.manifest.forms.values();
    forms.find(|form| form.name.as_str() == occasion.form())
}

async fn read<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
) -> Result<KeptCard, ReadError> {
    let store = asked.staff.app.store.as_ref();
    cards::read(store, &asked.staff.opener, &registration.id).await
}

/// The name of the person; empty once it is kept no longer.
async fn name<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
) -> Result<String, ReadError> {
    let store = asked.staff.app.store.as_ref();
    let contact = personal::contact(store, &asked.staff.opener, registration).await?;
    Ok(contact.unwrap_or_default().name)
}

/// What a browser would post that had filled a sheet in like this.
fn posted(definition: &FormDefinition, sheet: &Sheet) -> FormValues {
    let replies = definition.fields.iter().filter_map(|field| {
        let noted = sheet.replies.get(&field.name)?;
        Some(match &noted.reply {
            Reply::Given(answer) => field.posted(answer),
            reply => vec![(without_answer(&field.name), reply.name().to_owned())],
        })
    });
    replies.flatten().collect()
}

/// The name under which it is posted why a question has no answer.
pub(in crate::staff) fn without_answer(name: &FieldName) -> String {
    format!("_without_{name}")
}

/// The sheet as it was filled in now. Every question may wait for another day.
fn filled<S: Store + Documents>(
    asked: &Asked<'_, S>,
    place: SheetPlace,
    definition: &FormDefinition,
    kept: &KeptCard,
    values: &FormValues,
) -> Result<Sheet, Vec<FieldError>> {
    let app = &asked.staff.app;
    let mut patient = definition.clone();
    for field in &mut patient.fields {
        field.required = false;
    }
    let why = |name: &FieldName| values.get(&without_answer(name)).to_owned();
    let names = definition.fields.iter().map(|field| &field.name);
    let without: BTreeMap<FieldName, Reply> = names
        .filter_map(|name| Some((name.clone(), Reply::without_answer(&why(name))?)))
        .collect();
    // What was chosen before a person changed their mind is not kept, nor complained of.
    let is_without = |posted: &str| {
        definition.fields.iter().any(|field| {
            !why(&field.name).is_empty() && field.posted_names().iter().any(|name| name == posted)
        })
    };
    let answers = values.only(|name| !is_without(name));
    let now = app.now();
    let today = now.to_zoned(app.bundle.zone.clone()).date();
    let submission = validate(
        &patient,
        PartySize::ONE,
        &answers,
        &app.bundle.months,
        today,
    )?;
    Ok(noted(
        place.occasion,
        place.sheet(kept),
        definition,
        &submission,
        &without,
        (now, &asked.who.who.to_string()),
    ))
}

/// The card with a sheet in its place.
fn with_sheet(kept: &KeptCard, place: SheetPlace, filled: Sheet) -> KeptCard {
    let mut next = kept.clone();
    match place
        .index
        .and_then(|index| next.card.sheets.get_mut(index))
    {
        Some(sheet) => *sheet = filled,
        None => next.card.sheets.push(filled),
    }
    next
}

async fn keep<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    card: &KeptCard,
) -> Result<bool, StoreError> {
    asked
        .log("change_card", registration.id.as_str(), None)
        .await?;
    let app = &asked.staff.app;
    let (sealer, random) = (&app.keys.sealer, &app.random);
    cards::keep(app.store.as_ref(), sealer, random, &registration.id, card).await
}

async fn show<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
    status: StatusCode,
    form: &SheetForm<'_>,
) -> Response<Body> {
    match name(asked, registration).await {
        Ok(name) => {
            let page = pages::card_sheet(&asked.context(), registration, &name, form);
            response::html(status, page, asked.texts)
        }
        Err(error) => asked.unreadable(error),
    }
}
