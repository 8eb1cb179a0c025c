//! What a mail says. Nothing in it was typed by a visitor: whoever signs up a stranger cannot have us write to them.

use forms::{
    Activity, ActivityStatus, Lifecycle, Registration, State, SummaryRow, moment_in_words,
};
use jiff::Timestamp;
use lettre::message::Mailbox;
use serde::Serialize;

use super::{Mail, Occasion};
use crate::bundle::{Bundle, Texts, template};
use crate::calendar_file::{CalendarFile, calendar_file, host};
use crate::pages;
#[cfg(feature = "embedded")]
use crate::store::MessageId;
use crate::store::{MessageKind, OutboxMessage};

/// The mail for a message, or none when there is nothing true left to say, or nobody to say it to.
pub fn compose(
    bundle: &Bundle,
    message: &OutboxMessage,
    occasion: Occasion<'_>,
) -> tera::TeraResult<Option<Mail>> {
    let registration = occasion.registration;
    let activity = bundle.manifest.activities.get(&registration.activity);
    let is_event = registration.lifecycle == Lifecycle::Reservation;
    let Some(path) = wording(bundle, message, registration, activity, occasion.now) else {
        return Ok(None);
    };
    let texts = bundle.texts(&registration.language);
    // An activity that was taken out of the site has no title any more.
    let title = activity.map_or(texts.site_name.as_str(), |activity| {
        activity.title.text(texts.language())
    });
    let until = deadline_in_words(bundle, texts, registration);
    let fields = [("title", title), ("until", until.as_str())];
    let heading = texts.strings.fill(&format!("mail.heading.{path}"), &fields);
    let paragraphs = texts
        .strings
        .fill_list(&format!("mail.text.{path}"), &fields);
    // Only who has a place is let in by it.
    let ticket = match (occasion.ticket_url, registration.state) {
        (Some(url), State::Confirmed) => picture(url),
        _ => None,
    };
    let view = MailView {
        lang: texts.language().as_str(),
        heading: &heading,
        paragraphs,
        rows: pages::facts(registration, activity, &texts.strings),
        reference: registration.reference.as_str(),
        manage_url: occasion.verify_url.unwrap_or(occasion.manage_url),
        manage_label: texts.strings.text(match (registration.state, is_event) {
            (State::PendingVerification { .. }, _) => "mail.verify",
            (State::Offered { .. }, _) => "mail.answer_offer",
            (state, _) if !state.looks_forward() && state != State::Submitted => "mail.see",
            (_, true) => "mail.manage",
            (_, false) => "mail.manage_request",
        }),
        page_title: title,
        page_url: {
            let path = activity.map_or(texts.home.as_str(), |activity| {
                activity.page.text(texts.language())
            });
            format!("{}{path}", occasion.public_url)
        },
        funding: bundle.manifest.identity.funding.text(texts.language()),
        has_ticket: ticket.is_some(),
    };
    Ok(Some(Mail {
        id: message.id.clone(),
        host: host(occasion.public_url).to_owned(),
        date: message.recorded_at,
        from: sender(bundle, texts),
        to: occasion.to.to_owned(),
        subject: texts
            .strings
            .fill(&format!("mail.subject.{path}"), &[("title", title)]),
        text: render(bundle, texts, template::MAIL_TEXT, &view)?,
        html: render(bundle, texts, template::MAIL_HTML, &view)?,
        calendar: calendar(bundle, message, registration, occasion.public_url),
        ticket,
    }))
}

/// The mail with a link by which somebody of staff signs in. `id` names it, so that a copy is recognised as one.
#[cfg(feature = "embedded")]
pub(crate) fn sign_in_mail(
    bundle: &Bundle,
    texts: &Texts,
    public_url: &str,
    to: &str,
    link: &str,
    id: &str,
    now: Timestamp,
) -> tera::TeraResult<Mail> {
    let text = |path: &'static str| texts.strings.text(path);
    let view = MailView {
        lang: texts.language().as_str(),
        heading: text("staff.mail.sign_in.heading"),
        paragraphs: texts.strings.fill_list("staff.mail.sign_in.text", &[]),
        rows: Vec::new(),
        reference: "",
        manage_url: link,
        manage_label: text("staff.mail.sign_in.link"),
        page_title: &texts.site_name,
        page_url: format!("{public_url}{}", texts.home),
        funding: bundle.manifest.identity.funding.text(texts.language()),
        has_ticket: false,
    };
    Ok(Mail {
        id: MessageId(format!("{id}.0.sign_in")),
        host: host(public_url).to_owned(),
        date: now,
        from: sender(bundle, texts),
        to: to.to_owned(),
        subject: text("staff.mail.sign_in.subject").to_owned(),
        text: render(bundle, texts, template::MAIL_TEXT, &view)?,
        html: render(bundle, texts, template::MAIL_HTML, &view)?,
        calendar: None,
        ticket: None,
    })
}

#[cfg(feature = "embedded")]
fn picture(url: &str) -> Option<Vec<u8>> {
    super::ticket::picture(url)
}

/// On AWS there is no staff area yet, and so no ticket.
#[cfg(not(feature = "embedded"))]
fn picture(_: &str) -> Option<Vec<u8>> {
    None
}

#[derive(Serialize)]
struct MailView<'a> {
    lang: &'a str,
    heading: &'a str,
    paragraphs: Vec<String>,
    rows: Vec<SummaryRow>,
    reference: &'a str,
    manage_url: &'a str,
    manage_label: &'a str,
    /// The page of what it is about, or the home page where there is none any more.
    page_title: &'a str,
    page_url: String,
    funding: &'a str,
    /// Whether the picture of a ticket comes with it.
    has_ticket: bool,
}

/// Where the wording stands in the strings files. What was true when the message was recorded may be so no more: a
/// confirmation does not follow a cancellation, nor an offer its deadline.
fn wording(
    bundle: &Bundle,
    message: &OutboxMessage,
    registration: &Registration,
    activity: Option<&Activity>,
    now: Timestamp,
) -> Option<String> {
    let state = registration.state;
    let is_event = registration.lifecycle == Lifecycle::Reservation;
    let session = activity.and_then(|activity| activity.session.as_ref());
    let in_time = state.deadline().is_none_or(|until| now < until);
    let path = match message.kind {
        // A later message says how it stands now: nobody gets two confirmations.
        MessageKind::Received | MessageKind::Confirmed if moved_on(registration, message) => {
            return None;
        }
        MessageKind::Received | MessageKind::Confirmed => match state {
            State::Submitted | State::Confirmed | State::Waitlisted | State::PendingReview => {
                format!("received.{}", state.as_str())
            }
            State::PendingVerification { .. } if in_time => "received.pending_verification".into(),
            _ => return None,
        },
        MessageKind::AlreadyRegistered if !in_time => return None,
        // What they have does not count yet, so that is what there is to say.
        MessageKind::AlreadyRegistered if matches!(state, State::PendingVerification { .. }) => {
            "received.pending_verification".into()
        }
        MessageKind::AlreadyRegistered if !state.is_live() => return None,
        MessageKind::AlreadyRegistered if is_event => "already_registered".into(),
        MessageKind::AlreadyRegistered => "already_submitted".into(),
        MessageKind::Offered if matches!(state, State::Offered { .. }) && in_time => {
            "offered".into()
        }
        MessageKind::OfferLapsed if state == State::Lapsed => "offer_lapsed".into(),
        // An address that may be a stranger's hears of it with the rest.
        MessageKind::PartyChanged | MessageKind::EventChanged
            if matches!(state, State::PendingVerification { .. }) =>
        {
            return None;
        }
        MessageKind::PartyChanged if state.looks_forward() => "party_changed".into(),
        MessageKind::EventChanged if state.looks_forward() => match session?.status {
            ActivityStatus::Postponed => "event_postponed".into(),
            _ => "event_changed".into(),
        },
        MessageKind::Reminder
            if state == State::Confirmed && now < session?.when.starts.begins(&bundle.zone) =>
        {
            "reminder".into()
        }
        MessageKind::Cancelled if is_event && !state.looks_forward() => "cancelled".into(),
        MessageKind::Cancelled if !is_event && state == State::Withdrawn => "withdrawn".into(),
        MessageKind::CancelledByOrganiser if state == State::CancelledByOrganiser => {
            match session.map(|session| session.status) {
                Some(ActivityStatus::Cancelled) => "event_cancelled".into(),
                _ => "cancelled_by_organiser".into(),
            }
        }
        MessageKind::Rejected if state == State::Rejected => "rejected".into(),
        _ => return None,
    };
    Some(path)
}

/// Whether the registration has changed its state since the message was recorded.
fn moved_on(registration: &Registration, message: &OutboxMessage) -> bool {
    registration.changed_at > message.recorded_at
}

/// Until when the person may answer; empty where nothing has to be answered.
fn deadline_in_words(bundle: &Bundle, texts: &Texts, registration: &Registration) -> String {
    registration
        .state
        .deadline()
        .map_or_else(String::new, |until| {
            moment_in_words(&texts.strings, &until.to_zoned(bundle.zone.clone()))
        })
}

fn calendar(
    bundle: &Bundle,
    message: &OutboxMessage,
    registration: &Registration,
    public_url: &str,
) -> Option<CalendarFile> {
    let activity = bundle.manifest.activities.get(&registration.activity)?;
    calendar_file(
        bundle,
        activity,
        registration,
        public_url,
        message.recorded_at,
    )
}

fn sender(bundle: &Bundle, texts: &Texts) -> Mailbox {
    let name = || {
        bundle
            .manifest
            .identity
            .name
            .text(texts.language())
            .to_owned()
    };
    Mailbox {
        name: Some(bundle.sender.name.clone().unwrap_or_else(name)),
        email: bundle.sender.email.clone(),
    }
}

fn render(
    bundle: &Bundle,
    texts: &Texts,
    template: &str,
    view: &MailView<'_>,
) -> tera::TeraResult<String> {
    let mut context = tera::Context::from_serialize(view)?;
    context.insert_value("t", texts.t.clone());
    context.insert_value("site", texts.site.clone());
    bundle.templates.render(template, &context)
}
