//! What a mail says. Nothing in it was typed by a visitor: whoever signs up a stranger cannot have us write to them.

use forms::{Registration, State, SummaryRow};
use lettre::message::Mailbox;
use serde::Serialize;

use super::{Mail, Occasion};
use crate::bundle::{Bundle, Texts, template};
use crate::calendar_file::{CalendarFile, calendar_file, host};
use crate::pages;
use crate::store::{MessageKind, OutboxMessage};

/// The mail for a message, or none when there is nothing true left to say, or nobody to say it to.
pub fn compose(
    bundle: &Bundle,
    message: &OutboxMessage,
    occasion: Occasion<'_>,
) -> tera::TeraResult<Option<Mail>> {
    let registration = occasion.registration;
    let activity = bundle.manifest.activities.get(&registration.activity);
    let is_event = activity.is_none_or(|activity| activity.session.is_some());
    let (Some(to), Some(path)) = (
        &registration.contact.email,
        wording(message.kind, registration.state, is_event),
    ) else {
        return Ok(None);
    };
    let texts = bundle.texts(&registration.language);
    // An activity that was taken out of the site has no title any more.
    let title = activity.map_or(texts.site_name.as_str(), |activity| {
        activity.title.text(texts.language())
    });
    let heading = texts
        .strings
        .fill(&format!("mail.heading.{path}"), &[("title", title)]);
    let paragraphs = texts
        .strings
        .fill_list(&format!("mail.text.{path}"), &[("title", title)]);
    let view = MailView {
        lang: texts.language().as_str(),
        heading: &heading,
        paragraphs,
        rows: pages::facts(registration, activity, &texts.strings),
        reference: registration.reference.as_str(),
        manage_url: occasion.manage_url,
        manage_label: texts.strings.text(match (message.kind, is_event) {
            (MessageKind::Cancelled, _) => "mail.see",
            (_, true) => "mail.manage",
            (_, false) => "mail.manage_request",
        }),
        funding: bundle.manifest.identity.funding.text(texts.language()),
    };
    Ok(Some(Mail {
        id: message.id.clone(),
        host: host(occasion.public_url).to_owned(),
        date: message.recorded_at,
        from: sender(bundle, texts),
        to: to.clone(),
        subject: texts
            .strings
            .fill(&format!("mail.subject.{path}"), &[("title", title)]),
        text: render(bundle, texts, template::MAIL_TEXT, &view)?,
        html: render(bundle, texts, template::MAIL_HTML, &view)?,
        calendar: calendar(bundle, texts, message, registration, occasion.public_url),
    }))
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
    funding: &'a str,
}

/// Where the wording stands in the strings files. What was true when the message was recorded may be so no more: a
/// confirmation does not follow a cancellation.
fn wording(kind: MessageKind, state: State, is_event: bool) -> Option<String> {
    match kind {
        MessageKind::Received if state.is_live() => Some(format!("received.{}", state.as_str())),
        MessageKind::AlreadyRegistered if state.is_live() => Some("already_registered".to_owned()),
        MessageKind::Cancelled if is_event => Some("cancelled".to_owned()),
        MessageKind::Cancelled => Some("withdrawn".to_owned()),
        MessageKind::Received | MessageKind::AlreadyRegistered => None,
    }
}

fn calendar(
    bundle: &Bundle,
    texts: &Texts,
    message: &OutboxMessage,
    registration: &Registration,
    public_url: &str,
) -> Option<CalendarFile> {
    let activity = bundle.manifest.activities.get(&registration.activity)?;
    calendar_file(
        activity,
        registration,
        &bundle.manifest.zone,
        public_url,
        &texts.strings,
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
