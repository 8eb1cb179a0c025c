//! One registration with everything about it.

use forms::{Lifecycle, Registration, SummaryRow};
use serde::Serialize;

use super::Context;
use super::lists::standing;
use crate::bundle::template;
use crate::desk::Record;
use crate::notes::LONGEST;
use crate::pages;
use crate::staff::routes::is_participant;
use crate::store::{Actor, DeliveryStatus};

/// What staff can do with a registration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::staff) enum Action {
    Contacted,
    FailedCall,
    InterviewScheduled,
    Admitted,
    Active,
    Exited,
    FollowUpDue,
    Closed,
    Approve,
    Reject,
    Accept,
    Promote,
    Attend,
    Miss,
    Undo,
    Resize,
    Reinstate,
    Withdraw,
    NotEligible,
    Cancel,
    RevokeLinks,
}

impl Action {
    pub(in crate::staff) const ALL: [Action; 21] = [
        Action::Contacted,
        Action::FailedCall,
        Action::InterviewScheduled,
        Action::Admitted,
        Action::Active,
        Action::Exited,
        Action::FollowUpDue,
        Action::Closed,
        Action::Approve,
        Action::Reject,
        Action::Accept,
        Action::Promote,
        Action::Attend,
        Action::Miss,
        Action::Undo,
        Action::Resize,
        Action::Reinstate,
        Action::Withdraw,
        Action::NotEligible,
        Action::Cancel,
        Action::RevokeLinks,
    ];

    /// The name in forms and strings files.
    pub(in crate::staff) fn as_str(self) -> &'static str {
        match self {
            Action::Approve => "approve",
            Action::Reject => "reject",
            Action::Accept => "accept",
            Action::Promote => "promote",
            Action::Attend => "attend",
            Action::Miss => "miss",
            Action::Undo => "undo",
            Action::Resize => "resize",
            Action::Reinstate => "reinstate",
            Action::Cancel => "cancel",
            Action::RevokeLinks => "revoke_links",
            Action::Withdraw => "withdraw",
            Action::FailedCall => "failed_call",
            Action::Contacted => "contacted",
            Action::InterviewScheduled => "interview_scheduled",
            Action::Admitted => "admitted",
            Action::Active => "active",
            Action::Exited => "exited",
            Action::FollowUpDue => "follow_up_due",
            Action::Closed => "closed",
            Action::NotEligible => "not_eligible",
        }
    }

    pub(in crate::staff) fn parse(text: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|known| known.as_str() == text)
    }

    /// Whether they have to say why: others lose something by it, or the person does.
    pub(in crate::staff) fn needs_reason(self) -> bool {
        matches!(
            self,
            Action::Reject
                | Action::NotEligible
                | Action::Promote
                | Action::Reinstate
                | Action::Cancel
                | Action::RevokeLinks
        )
    }
}

/// What the page says of what was just asked.
pub(in crate::staff) enum Said {
    /// It was done: the name of the action, or anything else for nothing.
    Done(String),
    /// It was not.
    Refused {
        /// What was asked.
        action: Action,
        /// Why not: a name.
        why: &'static str,
        /// The reason that was written, so that it need not be written again.
        reason: String,
    },
}

#[derive(Serialize)]
struct RegistrationPage<'a> {
    name: String,
    title: &'a str,
    list_url: String,
    /// Where the card of a participant is; empty for who is none.
    card_url: String,
    reference: &'a str,
    state: String,
    state_code: &'a str,
    done: String,
    refused: String,
    telephone: String,
    telephone_url: String,
    email: String,
    facts: Vec<SummaryRow>,
    answers: Vec<SummaryRow>,
    actions: Vec<ActionView>,
    party: u32,
    notes: Vec<NoteRow>,
    longest_note: usize,
    history: Vec<HistoryRow>,
    mails: Vec<MailRow>,
}

#[derive(Serialize)]
struct ActionView {
    code: &'static str,
    label: String,
    /// What it brings about.
    hint: String,
    needs_reason: bool,
    /// Whether it was asked and refused just now.
    is_open: bool,
    /// The reason that was written then.
    reason: String,
    asks_party: bool,
}

#[derive(Serialize)]
struct NoteRow {
    text: String,
    /// Who noted it when, in words.
    words: String,
}

#[derive(Serialize)]
struct HistoryRow {
    at: String,
    what: String,
    who: String,
    reason: String,
}

#[derive(Serialize)]
struct MailRow {
    at: String,
    what: String,
    status: String,
    has_failed: bool,
}

/// One registration with everything about it.
pub(in crate::staff) fn registration(
    context: &Context<'_>,
    registration: &Registration,
    record: &Record,
    possible: &[Action],
    said: &Said,
) -> tera::TeraResult<String> {
    let strings = context.strings();
    let contact = record
        .personal_data
        .iter()
        .find_map(|part| part.contact.clone());
    let contact = contact.unwrap_or_default();
    let name = if contact.name.is_empty() {
        strings.text("staff.event.forgotten").to_owned()
    } else {
        contact.name
    };
    let (done, refused) = match said {
        Said::Done(action) if action == "note" => (context.text("staff.done.note"), String::new()),
        Said::Done(action) => {
            let known = Action::parse(action);
            let done = known.map(|known| context.text(&format!("staff.done.{}", known.as_str())));
            (done.unwrap_or_default(), String::new())
        }
        Said::Refused { why, .. } => (String::new(), context.text(&format!("staff.refused.{why}"))),
    };
    let activity = context
        .bundle
        .manifest
        .activities
        .get(&registration.activity);
    let row = |label: &str, value: String| SummaryRow {
        label: strings.text(label).to_owned(),
        value,
    };
    let mut facts = pages::facts(registration, activity, strings);
    facts.push(row(
        "staff.record.taken_at",
        context.moment(registration.submitted_at),
    ));
    let language = registration.language.as_str().to_owned();
    facts.push(row("staff.record.language", language));
    let answers = record.personal_data.iter().flat_map(|part| &part.answers);
    let answers = answers.map(|answer| SummaryRow {
        label: if answer.question.is_empty() {
            answer.name.clone()
        } else {
            answer.question.clone()
        },
        value: if answer.chosen.is_empty() {
            answer.answer.clone()
        } else {
            answer.chosen.join(", ")
        },
    });
    let telephone = contact.telephone.unwrap_or_default();
    let view = RegistrationPage {
        title: activity.map_or("", |activity| activity.title.text(&strings.language)),
        list_url: match registration.lifecycle {
            Lifecycle::Reservation => format!("/staff/events/{}", registration.activity),
            Lifecycle::Service => "/staff/service-users".to_owned(),
        },
        card_url: if is_participant(registration.state) {
            format!("/staff/registrations/{}/card", registration.id.as_str())
        } else {
            String::new()
        },
        reference: registration.reference.as_str(),
        state: standing(context, registration),
        state_code: registration.state.as_str(),
        done,
        refused,
        telephone_url: context.tel(&telephone),
        telephone,
        email: contact.email.unwrap_or_default(),
        facts,
        answers: answers.collect(),
        actions: possible
            .iter()
            .map(|action| action_view(context, *action, said))
            .collect(),
        party: registration.party_size.places(),
        notes: notes(context, record),
        longest_note: LONGEST,
        history: history(context, record),
        mails: mails(context, record),
        name: name.clone(),
    };
    context.render(template::STAFF_REGISTRATION, &name, &view)
}

fn action_view(context: &Context<'_>, action: Action, said: &Said) -> ActionView {
    let code = action.as_str();
    let refused = match said {
        Said::Refused {
            action: asked,
            reason,
            ..
        } if *asked == action => Some(reason),
        _ => None,
    };
    ActionView {
        code,
        label: context.text(&format!("staff.action.{code}.label")),
        hint: context.text(&format!("staff.action.{code}.hint")),
        needs_reason: action.needs_reason(),
        is_open: refused.is_some(),
        reason: refused.cloned().unwrap_or_default(),
        asks_party: action == Action::Resize,
    }
}

/// What staff noted, the latest first.
fn notes(context: &Context<'_>, record: &Record) -> Vec<NoteRow> {
    let notes = record.notes.iter().rev();
    let rows = notes.map(|note| NoteRow {
        text: note.text.clone(),
        words: format!("{} · {}", context.moment(note.at), note.by),
    });
    rows.collect()
}

/// What happened, the latest first.
fn history(context: &Context<'_>, record: &Record) -> Vec<HistoryRow> {
    let strings = context.strings();
    let events = record.history.iter().rev();
    let rows = events.map(|event| HistoryRow {
        at: context.moment(event.at),
        what: strings
            .text(&format!("staff.deed.{}", event.action))
            .to_owned(),
        who: strings
            .text(match event.actor {
                Actor::Attendee => "staff.actor.attendee",
                Actor::Staff => "staff.actor.staff",
                Actor::System => "staff.actor.system",
            })
            .to_owned(),
        reason: event.reason.clone().unwrap_or_default(),
    });
    rows.collect()
}

fn mails(context: &Context<'_>, record: &Record) -> Vec<MailRow> {
    let rows = record.mails.iter().map(|delivery| MailRow {
        at: context.moment(delivery.at),
        what: context.text(&format!("staff.mail.kind.{}", delivery.kind.as_str())),
        status: context.text(&format!("staff.delivery.{}", delivery.status.as_str())),
        has_failed: !matches!(
            delivery.status,
            DeliveryStatus::Sent | DeliveryStatus::Dropped
        ),
    });
    rows.collect()
}
