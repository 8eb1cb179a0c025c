//! What SES tells about mail that it took and could not deliver (its events, as `EventBridge` brings them).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::store::{DeliveryStatus, MessageId};

/// The tag that carries the identity of a message through SES.
pub(super) const TAG: &str = "message";

/// Mail that did not arrive, or was not welcome.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounce {
    /// Which message.
    pub message: MessageId,
    /// What happened to it.
    pub kind: BounceKind,
}

/// What happened to a mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BounceKind {
    /// There is no such mailbox. SES will not try it again and does not forget.
    Permanent,
    /// The mailbox could not take it: full, too large, or out of order for days.
    Transient,
    /// The owner of the address called it unwanted.
    Complaint,
}

impl BounceKind {
    /// Its name in logs.
    pub fn as_str(self) -> &'static str {
        match self {
            BounceKind::Permanent => "permanent",
            BounceKind::Transient => "transient",
            BounceKind::Complaint => "complaint",
        }
    }

    /// What became of the message.
    pub fn status(self) -> DeliveryStatus {
        match self {
            BounceKind::Permanent => DeliveryStatus::Bounced,
            BounceKind::Transient => DeliveryStatus::Failed,
            BounceKind::Complaint => DeliveryStatus::Unwanted,
        }
    }
}

/// The bounce in an event; none where the event is of another kind, or about a mail that is not ours.
pub fn bounce(event: &Value) -> Option<Bounce> {
    if event["source"] != "aws.ses" {
        return None;
    }
    let detail = &event["detail"];
    let kind = match detail["eventType"].as_str()? {
        "Bounce" if detail["bounce"]["bounceType"] == "Permanent" => BounceKind::Permanent,
        "Bounce" => BounceKind::Transient,
        "Complaint" => BounceKind::Complaint,
        _ => return None,
    };
    let message = from_tag(detail["mail"]["tags"][TAG][0].as_str()?)?;
    Some(Bounce { message, kind })
}

/// An identity as a tag, which knows letters, digits, `-` and `_` only.
pub(super) fn tag(message: &MessageId) -> String {
    URL_SAFE_NO_PAD.encode(&message.0)
}

fn from_tag(tag: &str) -> Option<MessageId> {
    let bytes = URL_SAFE_NO_PAD.decode(tag).ok()?;
    String::from_utf8(bytes).ok().map(MessageId)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Bounce, BounceKind, bounce, tag};
    use crate::store::MessageId;

    /// As SES writes it, without what nobody reads.
    fn event(kind: &str, bounce_type: &str, tags: &Value) -> Value {
        json!({
            "source": "aws.ses",
            "detail-type": format!("Email {kind}"),
            "detail": {
                "eventType": kind,
                "bounce": {"bounceType": bounce_type, "bouncedRecipients": [{"emailAddress": "ana@example.org"}]},
                "mail": {"messageId": "0107-of-ses", "tags": tags},
            },
        })
    }

    #[test]
    fn a_bounce_names_the_message_that_was_tagged() {
        let message = MessageId("r1.already_registered".to_owned());
        let tags = json!({"ses:configuration-set": ["forms"], "message": [tag(&message)]});
        for (kind, bounce_type, expected) in [
            ("Bounce", "Permanent", BounceKind::Permanent),
            ("Bounce", "Transient", BounceKind::Transient),
            ("Bounce", "Undetermined", BounceKind::Transient),
            ("Complaint", "", BounceKind::Complaint),
        ] {
            let message = message.clone();
            let kind = bounce(&event(kind, bounce_type, &tags)).filter(|bounce| {
                *bounce
                    == Bounce {
                        message: message.clone(),
                        kind: expected,
                    }
            });
            assert!(kind.is_some(), "{expected:?}");
        }
        assert!(
            tag(&message)
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
        );
    }

    #[test]
    fn what_is_no_bounce_of_ours_is_none() {
        let ours = json!({"message": [tag(&MessageId("r1.received".to_owned()))]});
        assert_eq!(bounce(&event("Delivery", "", &ours)), None);
        assert_eq!(bounce(&event("Bounce", "Permanent", &json!({}))), None);
        assert_eq!(
            bounce(&event("Bounce", "Permanent", &json!({"message": ["?"]}))),
            None
        );
        assert_eq!(bounce(&json!({"source": "aws.events", "detail": {}})), None);
    }
}
