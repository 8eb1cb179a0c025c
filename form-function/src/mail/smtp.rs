//! SHELL: mail to a server.

use std::error::Error;
use std::time::Duration;

use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::{Mail, MailError, Mailer, TransportError, message};

/// Hands mail to a server.
pub struct SmtpMailer {
    server: AsyncSmtpTransport<Tokio1Executor>,
}

/// The library's own limit covers the connection alone; a server that falls silent later would hold us for ever.
const LONGEST_SEND: Duration = Duration::from_secs(20);

impl SmtpMailer {
    /// Reads the address of the server. Does not call it yet: mail waits when the server is down.
    pub fn open(url: &str) -> Result<SmtpMailer, TransportError> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let server = server.map_err(|error| TransportError::Server(error.to_string()))?;
        Ok(SmtpMailer {
            server: server.timeout(Some(LONGEST_SEND)).build(),
        })
    }
}

impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = message::message(mail)?;
        match tokio::time::timeout(LONGEST_SEND, self.server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(cause(&error)),
            Err(_) => Err(MailError::Unreachable {
                reason: "the mail server fell silent",
            }),
        }
    }
}

fn cause(error: &smtp::Error) -> MailError {
    let code = error.status().map(u16::from);
    match code {
        // Other refusals, such as a wrong password, a relay that does not know us, or a policy, are for us to mend: many
        // servers say 550 to all of them.
        Some(500..) if names_no_mailbox(error) => MailError::Refused { code },
        Some(421 | 530 | 534 | 535 | 538) => MailError::Unreachable {
            reason: "the mail server does not take mail from us",
        },
        Some(_) => MailError::Deferred { code },
        None => MailError::Unreachable {
            reason: "there was no connection to the mail server",
        },
    }
}

/// Whether the enhanced code at the beginning of the reply says that the receiver has no mailbox or one that is switched off
/// (RFC 3463, 3.2 and 3.3; 5.1.10 is of RFC 7505). Others of the same group are about the sender, or a mailbox that is full.
fn names_no_mailbox(error: &smtp::Error) -> bool {
    let reply = error.source().map(ToString::to_string).unwrap_or_default();
    let code = reply.split_whitespace().next().unwrap_or_default();
    matches!(
        code,
        "5.1.1" | "5.1.2" | "5.1.3" | "5.1.6" | "5.1.10" | "5.2.1"
    )
}
