//! SHELL: looks at registrations and changes them, in the name of staff.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use form_function::desk::sheet::{Separator, Wording, to_csv};
use form_function::desk::{self, Column, Desk};
use form_function::registrar::Changed;
use form_function::store::{Documents, Store};
use forms::{Change, Group, PartySize, Slug};
use jiff::Timestamp;

use crate::command::{Act, ActWithReason, Registration, Which};
use crate::handed_over;
use crate::office::{Office, at_desk};

/// What to do with a registration.
enum What {
    Change(Change),
    /// A place until when there is time to accept, which depends on the event.
    Offer,
}

/// Carries out a command.
pub(crate) async fn run(command: Registration) -> anyhow::Result<()> {
    let (which, what, reason) = match command {
        Registration::List { activity } => {
            let office = Office::open(&[]).await?;
            return at_desk!(office, desk => list(desk, &activity).await);
        }
        Registration::Attendance { activity, out } => {
            let office = Office::open(&desk::SHOWN_AT_THE_DOOR).await?;
            return at_desk!(office, desk => attendance(desk, &activity, out.as_deref()).await);
        }
        Registration::Show(which) => {
            let office = Office::open(&Group::ALL).await?;
            return at_desk!(office, desk => show(desk, &which).await);
        }
        Registration::Approve(act) => by(act, Change::Approve),
        Registration::Reject(act) => because(act, What::Change(Change::Reject)),
        Registration::Promote(act) => because(act, What::Offer),
        Registration::Reinstate(act) => because(act, What::Change(Change::Reinstate)),
        Registration::Cancel(act) => by(act, Change::CancelByOrganiser),
        Registration::Withdraw(act) => by(act, Change::Cancel),
        Registration::Resize { act, places } => {
            let party = PartySize::new(places).context("a party is of one person at least")?;
            by(act, Change::Resize(party))
        }
        Registration::Attend(act) => by(act, Change::Attend),
        Registration::Miss(act) => by(act, Change::Miss),
        Registration::UndoAttendance(act) => by(act, Change::UndoAttendance),
        Registration::FailedCall(act) => by(act, Change::FailedCall),
        Registration::Proceed { act, stage } => by(act, Change::Proceed(stage.into())),
        Registration::RevokeLinks(act) => by(act, Change::RevokeLinks),
    };
    let office = Office::open(&[]).await?;
    at_desk!(office, desk => make(desk, &which, what, reason.as_deref()).await)
}

fn by(act: Act, change: Change) -> (Which, What, Option<String>) {
    (act.which, What::Change(change), act.reason)
}

fn because(act: ActWithReason, what: What) -> (Which, What, Option<String>) {
    (act.which, what, Some(act.reason))
}

/// The activity of this name.
fn activity<S>(desk: &Desk<'_, S>, name: &str) -> anyhow::Result<Slug> {
    let activities = &desk.bundle.manifest.activities;
    let known = Slug::parse(name)
        .ok()
        .filter(|slug| activities.contains_key(slug));
    known.with_context(|| {
        let names: Vec<&str> = activities.keys().map(Slug::as_str).collect();
        format!(
            "the site has no activity of this name; it has {}",
            names.join(", ")
        )
    })
}

async fn attendance<S: Store>(
    desk: &Desk<'_, S>,
    name: &str,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let attendees = desk::attendees(desk, &activity(desk, name)?).await?;
    let sheet = desk::attendance_sheet(&attendees, name.to_owned(), &Column::ALL, &ByTheirNames);
    let list = to_csv(&sheet, Separator::Semicolon)?;
    handed_over::write(out, &list)
}

/// For whoever reads the list by a program.
struct ByTheirNames;

impl Wording for ByTheirNames {
    fn column(&self, name: &str) -> String {
        name.to_owned()
    }

    fn state(&self, name: &str) -> String {
        name.to_owned()
    }

    fn moment(&self, at: Timestamp) -> String {
        at.to_string()
    }
}

async fn list<S: Store>(desk: &Desk<'_, S>, name: &str) -> anyhow::Result<()> {
    let activity = activity(desk, name)?;
    let mut lines = Vec::new();
    for registration in desk.registrations(&activity).await? {
        writeln!(
            lines,
            "{}  {}  {:>3}  {}{}",
            registration.reference,
            registration.submitted_at.strftime("%Y-%m-%d %H:%M UTC"),
            registration.party_size.places(),
            registration.state.as_str(),
            if registration.duplicate_of.is_some() {
                "  (the person has an earlier one)"
            } else {
                ""
            }
        )?;
    }
    Ok(handed_over::print(&lines)?)
}

async fn show<S: Store + Documents>(desk: &Desk<'_, S>, which: &Which) -> anyhow::Result<()> {
    let registration = find(desk, which).await?;
    let record = desk::record(desk, &registration).await?;
    let mut json = serde_json::to_vec_pretty(&record)?;
    json.push(b'\n');
    Ok(handed_over::print(&json)?)
}

async fn find<S: Store>(desk: &Desk<'_, S>, which: &Which) -> anyhow::Result<forms::Registration> {
    let found = desk.find(&which.registration).await?;
    found.context(
        "no registration has this reference or identity; references are found as long as the site has the activity",
    )
}

async fn make<S: Store>(
    desk: &Desk<'_, S>,
    which: &Which,
    what: What,
    reason: Option<&str>,
) -> anyhow::Result<()> {
    let registration = find(desk, which).await?;
    let change = match what {
        What::Change(change) => change,
        What::Offer => Change::Offer {
            until: desk
                .offer_until(&registration)
                .context("it is too late to offer a place: less than three hours are left; let the person in at the door")?,
        },
    };
    let (reference, name) = (&registration.reference, change.as_str());
    match desk.change(&registration, &change, reason).await? {
        Changed::Done(after) => Ok(writeln!(
            io::stdout(),
            "{reference}  {name}: {} -> {}. Mail about it, if there is any, leaves within a minute.",
            registration.state.as_str(),
            after.state.as_str()
        )?),
        Changed::NotFromHere(now) => anyhow::bail!(
            "`{name}` is not possible: {reference} is `{}`",
            now.state.as_str()
        ),
        Changed::Full(_) => anyhow::bail!(
            "there is no room for {reference}; more `capacity` for the event, or a cancellation, makes some"
        ),
        Changed::Claimed(_) => anyhow::bail!(
            "{reference} stays as it is: the person has another registration for this activity"
        ),
        Changed::Unknown => anyhow::bail!("{reference} is not there any more"),
    }
}
