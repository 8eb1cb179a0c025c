//! SHELL: mail to a server.

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
        // The mailbox is the fault (RFC 5321, 4.2.3). Other refusals, such as a wrong password, are for us to mend.
        Some(550 | 551 | 553) => MailError::Refused { code },
        Some(421 | 530 | 534 | 535 | 538) => MailError::Unreachable {
            reason: "the mail server does not take mail from us",
        },
        Some(_) => MailError::Deferred { code },
        None => MailError::Unreachable {
            reason: "there was no connection to the mail server",
        },
    }
}
