//! The list for the door: who has a place at an event, as a spreadsheet opens it.

use forms::{Group, Slug, State};

use super::Desk;
use crate::personal::{self, ReadError};
use crate::store::Store;

/// Somebody who has a place.
#[derive(Clone, PartialEq, Eq, Debug)]
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

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum AttendanceError {
    /// A registration or its contact cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A spreadsheet cannot be written.
    #[error("the list cannot be written")]
    Write(#[from] csv::Error),
}

/// Everybody who has a place at an event, in the order in which they signed up.
pub async fn attendees<S: Store>(
    desk: &Desk<'_, S>,
    activity: &Slug,
) -> Result<Vec<Attendee>, ReadError> {
    let mut attendees = Vec::new();
    for registration in desk.registrations(activity).await? {
        let comes = matches!(
            registration.state,
            State::Confirmed | State::Attended | State::NoShow
        );
        if !comes || registration.duplicate_of.is_some() {
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

/// The list as comma-separated values (RFC 4180), as spreadsheets in Bulgarian open them: with a byte order mark, or they
/// take Cyrillic for something else, and with semicolons, since the comma is in their numbers.
pub fn to_csv(attendees: &[Attendee]) -> Result<Vec<u8>, AttendanceError> {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(["reference", "name", "places", "telephone", "email", "state"])?;
    for attendee in attendees {
        let places = attendee.places.to_string();
        writer.write_record([
            attendee.reference.as_str(),
            &harmless(&attendee.name),
            &places,
            &harmless(&attendee.telephone),
            &harmless(&attendee.email),
            attendee.state,
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()).into())
}

/// A text that no spreadsheet takes for a formula: one that could begin such gets an apostrophe before it, which they show as
/// "this is text". Nothing is taken away, so that `+359…` stays a number to call.
fn harmless(text: &str) -> String {
    let begins_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    if begins_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attendee(name: &str, telephone: &str) -> Attendee {
        Attendee {
            reference: "7K3M9QXB".to_owned(),
            name: name.to_owned(),
            places: 2,
            telephone: telephone.to_owned(),
            email: "ana@example.org".to_owned(),
            state: "confirmed",
        }
    }

    /// The cells of a list as any other program reads them.
    fn read(list: &[u8]) -> Vec<Vec<String>> {
        let list = list.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(list);
        let records = reader.records().map(|record| record.unwrap());
        records
            .map(|record| record.iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_numbers_can_be_called() {
        let list = to_csv(&[attendee("Ана „Ани“; Петрова", "+359888123456")]).unwrap();
        let expected = [
            "7K3M9QXB",
            "Ана „Ани“; Петрова",
            "2",
            "'+359888123456",
            "ana@example.org",
            "confirmed",
        ];
        assert_eq!(read(&list), [expected.map(str::to_owned).to_vec()]);
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_and_no_letter_is_lost(name in ".*", telephone in "[-+=@']?.{0,9}") {
            let cells = read(&to_csv(&[attendee(&name, &telephone)]).unwrap());
            for (cell, text) in [(&cells[0][1], &name), (&cells[0][3], &telephone)] {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text);
            }
        }
    }
}
