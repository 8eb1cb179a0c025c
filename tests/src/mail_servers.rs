//! What the words of mail servers mean for a mail: which of them say that there is no such mailbox, and which that we are
//! not let send.

use form_function::mail::smtp::SmtpMailer;
use form_function::mail::{Mail, MailError, Mailer};
use form_function::store::MessageId;

use crate::site_test::NOW;
use crate::smtp_peer::SmtpPeer;

fn mail() -> Mail {
    Mail {
        id: MessageId("r.0.received".to_owned()),
        host: "centre.example".to_owned(),
        date: NOW.parse().unwrap(),
        from: "centre@centre.example".parse().unwrap(),
        to: "ana@example.org".to_owned(),
        subject: "Записване".to_owned(),
        text: "Ти си в списъка.".to_owned(),
        html: "<p>Ти си в списъка.".to_owned(),
        ticket: None,
        calendar: None,
    }
}

/// What becomes of a mail when the server answers so to its receiver.
async fn answered(reply: &'static str) -> MailError {
    let server = SmtpPeer::refusing(reply).await;
    let mailer = SmtpMailer::open(&server.url()).unwrap();
    let error = mailer.send(&mail()).await.unwrap_err();
    assert_eq!(server.taken().len(), 0);
    error
}

#[tokio::test]
async fn who_has_no_mailbox_is_not_written_to_again() {
    for reply in [
        "550 5.1.1 <ana@example.org>: Recipient address rejected: User unknown",
        "550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n\
         550-5.1.1 double-checking the recipient's email address.\r\n550 5.1.1 gsmtp",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "556 5.1.10 Recipient address has null MX",
        "550 5.2.1 The email account that you tried to reach is disabled",
        "553 5.1.3 The recipient address is not a valid address",
    ] {
        let error = answered(reply).await;
        assert!(
            matches!(error, MailError::Refused { .. }),
            "{reply}: {error}"
        );
    }
}

#[tokio::test]
async fn what_we_have_to_mend_costs_nobody_the_mail() {
    for reply in [
        // Exim, of whoever may not send by it.
        "550 relay not permitted",
        "550 Administrative prohibition",
        // Exchange.
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        "550 5.7.1 SPF check failed",
        "554 5.7.1 <ana@example.org>: Relay access denied",
        // The sender is wrong, not the receiver.
        "550 5.1.8 <centre@centre.example>: Sender address rejected: Domain not found",
        "553 5.1.7 Sender address rejected",
        // It may be emptied.
        "552 5.2.2 The email account that you tried to reach is over quota",
        "450 4.1.1 <ana@example.org>: Recipient address rejected: unverified address",
        // Words that no enhanced code begins (RFC 3463, 2).
        "550 5.1.1. is not what this begins with",
        "550 User unknown",
    ] {
        let error = answered(reply).await;
        assert!(
            matches!(error, MailError::Deferred { .. }),
            "{reply}: {error}"
        );
    }
}

#[tokio::test]
async fn a_server_that_takes_nothing_from_us_is_named_as_such() {
    for reply in [
        "421 4.7.0 Try again later, closing connection",
        "530 5.7.0 Authentication required",
    ] {
        let error = answered(reply).await;
        assert!(
            matches!(error, MailError::Unreachable { .. }),
            "{reply}: {error}"
        );
    }
}
