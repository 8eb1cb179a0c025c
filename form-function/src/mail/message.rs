//! A mail in the form in which it travels (RFC 5322).

use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::{Mail, MailError};

/// The same mail gives the same bytes, so that a second copy is one.
pub(super) fn message(mail: &Mail) -> Result<Message, MailError> {
    // A mail that cannot be put together today cannot tomorrow.
    let unusable = MailError::Refused { code: None };
    let to = mail.to.parse().map_err(|_| unusable)?;
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id.0, mail.host)))
        .date(SystemTime::from(mail.date))
        .from(mail.from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        // Absence notices stay away (RFC 3834, 2).
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let texts = MultiPart::alternative()
        .boundary(format!("text.{}", mail.id.0))
        .singlepart(SinglePart::plain(mail.text.clone()));
    let html = SinglePart::html(mail.html.clone());
    let texts = match &mail.ticket {
        None => texts.singlepart(html),
        Some(picture) => {
            let media_type = ContentType::parse("image/png").map_err(|_| unusable)?;
            let ticket = Attachment::new_inline("ticket".to_owned());
            let shown = MultiPart::related()
                .boundary(format!("shown.{}", mail.id.0))
                .singlepart(html)
                .singlepart(ticket.body(picture.clone(), media_type));
            texts.multipart(shown)
        }
    };
    let body = match &mail.calendar {
        None => texts,
        Some(calendar) => {
            let media_type = ContentType::parse(calendar.media_type()).map_err(|_| unusable)?;
            let attachment =
                Attachment::new("event.ics".to_owned()).body(calendar.text.clone(), media_type);
            MultiPart::mixed()
                .boundary(format!("mail.{}", mail.id.0))
                .multipart(texts)
                .singlepart(attachment)
        }
    };
    message.multipart(body).map_err(|_| unusable)
}
