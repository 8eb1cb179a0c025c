//! The list for the door: who has a place at an event, as a spreadsheet opens it.

use forms::{Group, Slug};

use super::Desk;
use super::sheet::{Sheet, Wording};
use crate::personal::{self, ReadError};
use crate::store::Store;

/// Somebody who has a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attendee {
    /// What the person was told to name the registration by.
    pub reference: String,
    /// The name; empty once it is no longer kept.
    pub name: String,
    /// How many places.
    pub places: u32,
    /// The telephone number.
    pub telephone: String,
    /// The e-mail address.
    pub email: String,
    /// Where the registration stands.
    pub state: &'static str,
}

/// Everybody who has a place at an event, in the order in which they signed up.
pub async fn attendees<S: Store>(
    desk: &Desk<'_, S>,
    activity: &Slug,
) -> Result<Vec<Attendee>, ReadError> {
    let mut attendees = Vec::new();
    for registration in desk.registrations(activity).await? {
        if !registration.has_place() {
            continue;
        }
        let contact = personal::contact(desk.store, desk.opener, &registration).await?;
        let contact = contact.unwrap_or_default();
        attendees.push(Attendee {
            reference: registration.reference.to_string(),
            name: contact.name,
            places: registration.party_size.places(),
            telephone: contact.telephone.unwrap_or_default(),
            email: contact.email.unwrap_or_default(),
            state: registration.state.as_str(),
        });
    }
    Ok(attendees)
}

/// The groups of personal data that the list shows.
pub const SHOWN: [Group; 1] = [Group::Contact];

/// A column of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// What the person was told to name the registration by.
    Reference,
    /// The name.
    Name,
    /// How many places.
    Places,
    /// The telephone number.
    Telephone,
    /// The e-mail address.
    Email,
    /// Where the registration stands.
    State,
}

impl Column {
    /// Every column.
    pub const ALL: [Column; 6] = [
        Column::Reference,
        Column::Name,
        Column::Places,
        Column::Telephone,
        Column::Email,
        Column::State,
    ];

    /// What it takes to know somebody at the door, and no more.
    pub const AT_THE_DOOR: [Column; 4] = [
        Column::Reference,
        Column::Name,
        Column::Places,
        Column::State,
    ];

    /// The name in files and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Reference => "reference",
            Column::Name => "name",
            Column::Places => "places",
            Column::Telephone => "telephone",
            Column::Email => "email",
            Column::State => "state",
        }
    }
}

/// The list with these columns. What a column is called, and what a state is, `in_words` says.
pub fn attendance_sheet(
    attendees: &[Attendee],
    title: String,
    columns: &[Column],
    in_words: &impl Wording,
) -> Sheet {
    let cell = |attendee: &Attendee, column: Column| match column {
        Column::Reference => attendee.reference.clone(),
        Column::Name => attendee.name.clone(),
        Column::Places => attendee.places.to_string(),
        Column::Telephone => attendee.telephone.clone(),
        Column::Email => attendee.email.clone(),
        Column::State => in_words.state(attendee.state),
    };
    let rows = attendees.iter().map(|attendee| {
        let cells = columns.iter().map(|column| cell(attendee, *column));
        cells.collect()
    });
    Sheet {
        title,
        columns: columns
            .iter()
            .map(|column| in_words.column(column.as_str()))
            .collect(),
        rows: rows.collect(),
        mark: String::new(),
    }
}
