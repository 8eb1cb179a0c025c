//! What there is to do today.

use forms::{Contact, Registration, date_in_words};
use jiff::civil::Date;
use serde::Serialize;

use super::lists::{EventView, event_view};
use super::{CallBacks, Context, EventRow};
use crate::bundle::template;
use crate::store::DeliveryStatus;

/// What waits for whoever may call people.
pub(in crate::staff) struct ToDo {
    pub(in crate::staff) call_backs: CallBacks,
    /// Who was offered a place and has yet to answer.
    pub(in crate::staff) offered: Vec<(Registration, Contact)>,
    pub(in crate::staff) undelivered: Vec<Undelivered>,
}

/// Somebody whom the last mail did not reach.
pub(in crate::staff) struct Undelivered {
    pub(in crate::staff) registration: Registration,
    pub(in crate::staff) contact: Contact,
    pub(in crate::staff) failed: DeliveryStatus,
}

#[derive(Serialize)]
struct TodayPage {
    day: String,
    rows: Vec<EventView>,
    /// How many wait for a call, in words; empty for nobody.
    call_backs: String,
    offered: Vec<PersonToDo>,
    undelivered: Vec<PersonToDo>,
}

#[derive(Serialize)]
struct PersonToDo {
    name: String,
    url: String,
    /// What it is about, in words.
    words: String,
    telephone: String,
    telephone_url: String,
}

/// The page.
pub(in crate::staff) fn today(
    context: &Context<'_>,
    rows: &[EventRow<'_>],
    today: Date,
    to_do: Option<&ToDo>,
) -> tera::TeraResult<String> {
    let offered = to_do.map_or(&[][..], |to_do| &to_do.offered);
    let undelivered = to_do.map_or(&[][..], |to_do| &to_do.undelivered);
    let view = TodayPage {
        day: date_in_words(context.strings(), today),
        rows: rows.iter().map(|row| event_view(context, row)).collect(),
        call_backs: to_do.map_or_else(String::new, |to_do| to_do.call_backs.in_words(context)),
        offered: offered
            .iter()
            .map(|(registration, contact)| {
                let until = registration.state.deadline();
                let until = until.map_or_else(String::new, |until| context.moment(until));
                let fields = [("moment", until.as_str())];
                let words = context.strings().fill("staff.today.offered_until", &fields);
                person(context, registration, contact, &words)
            })
            .collect(),
        undelivered: undelivered
            .iter()
            .map(|mail| {
                let words = context.text(&format!("staff.delivery.{}", mail.failed.as_str()));
                person(context, &mail.registration, &mail.contact, &words)
            })
            .collect(),
    };
    let title = context.strings().text("staff.today.heading");
    context.render(template::STAFF_TODAY, title, &view)
}

fn person(
    context: &Context<'_>,
    registration: &Registration,
    contact: &Contact,
    words: &str,
) -> PersonToDo {
    let activities = &context.bundle.manifest.activities;
    let title = activities
        .get(&registration.activity)
        .map_or("", |activity| {
            activity.title.text(&context.strings().language)
        });
    let telephone = contact.telephone.clone().unwrap_or_default();
    PersonToDo {
        name: if contact.name.is_empty() {
            context.text("staff.event.forgotten")
        } else {
            contact.name.clone()
        },
        url: format!("/staff/registrations/{}", registration.id.as_str()),
        words: format!("{title} · {words}"),
        telephone_url: context.tel(&telephone),
        telephone,
    }
}
