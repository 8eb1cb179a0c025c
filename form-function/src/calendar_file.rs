//! The calendar entry of one registration.

use forms::{
    Activity, ActivityStatus, Calendar, CalendarEntry, EntryStatus, Method, Organiser,
    Registration, State, calendar,
};
use jiff::Timestamp;

use crate::bundle::Bundle;

/// A calendar file and what the receiver is to do with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarFile {
    /// Whether the entry comes or goes.
    pub method: Method,
    /// The text of the file.
    pub text: String,
}

impl CalendarFile {
    /// The media type, with the method, which mail programs look for there.
    pub fn media_type(&self) -> &'static str {
        match self.method {
            Method::Publish => "text/calendar; method=PUBLISH; charset=utf-8",
            Method::Cancel => "text/calendar; method=CANCEL; charset=utf-8",
        }
    }
}

/// The entry of a registration that holds, or held, a place. Services have no date, and who waits has no place yet.
pub(crate) fn calendar_file(
    bundle: &Bundle,
    activity: &Activity,
    registration: &Registration,
    public_url: &str,
    stamp: Timestamp,
) -> Option<CalendarFile> {
    let session = activity.session.as_ref()?;
    let status = match (registration.state, session.status) {
        (State::Confirmed, ActivityStatus::Scheduled) => EntryStatus::Confirmed,
        (State::Confirmed, ActivityStatus::Postponed) => EntryStatus::Tentative,
        (State::Confirmed, ActivityStatus::Cancelled)
        | (State::CancelledByAttendee | State::CancelledByOrganiser, _) => EntryStatus::Cancelled,
        _ => return None,
    };
    let language = &registration.language;
    let method = if status == EntryStatus::Cancelled {
        Method::Cancel
    } else {
        Method::Publish
    };
    let entry = CalendarEntry {
        uid: format!("{}@{}", registration.id.as_str(), host(public_url)),
        sequence: registration.version,
        stamp,
        when: session.when,
        summary: activity.title.text(language).to_owned(),
        location: session.place.text(language).to_owned(),
        description: description(bundle, registration),
        url: format!("{public_url}{}", activity.page.text(language)),
        status,
    };
    Some(CalendarFile {
        method,
        text: calendar(&Calendar {
            method,
            name: None,
            zone: &bundle.manifest.zone,
            organiser: Organiser {
                name: bundle.manifest.identity.name.text(language),
                email: bundle.sender.email.as_ref(),
            },
            entries: &[entry],
        }),
    })
}

/// The reference, and no link to the registration, because calendars are shared; and who pays, as on every document for a
/// participant (Regulation (EU) 1303/2013, Annex XII, 2.2(3)).
fn description(bundle: &Bundle, registration: &Registration) -> String {
    let language = &registration.language;
    let name = bundle.texts(language).strings.text("form.reference");
    let reference = format!("{name}: {}", registration.reference);
    match bundle.manifest.identity.funding.text(language) {
        "" => reference,
        funding => format!("{reference}\n\n{funding}"),
    }
}

/// The host of an address, as it stands in Message-IDs and calendar entries.
pub(crate) fn host(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#']).next().unwrap_or(authority);
    authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host)
}
