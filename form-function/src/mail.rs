//! Messages to those who signed up: what they say, and how they leave.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use forms::Registration;
use jiff::Timestamp;
use lettre::message::Mailbox;

#[cfg(feature = "worker")]
use crate::aws;
use crate::calendar_file::CalendarFile;
use crate::mail::file::FileMailer;
#[cfg(feature = "worker")]
use crate::mail::ses::SesMailer;
#[cfg(feature = "smtp")]
use crate::mail::smtp::SmtpMailer;
use crate::settings::SettingError;
use crate::store::MessageId;

#[cfg(feature = "worker")]
pub mod bounce;
pub mod compose;
pub mod file;
mod message;
#[cfg(feature = "worker")]
pub mod ses;
#[cfg(feature = "smtp")]
pub mod smtp;
#[cfg(feature = "embedded")]
pub mod ticket;

/// One mail, ready to leave.
#[derive(Clone, PartialEq, Debug)]
pub struct Mail {
    /// Its identity: the same mail sent twice is recognised as one.
    pub id: MessageId,
    /// The right side of its Message-ID.
    pub host: String,
    /// When it was caused.
    pub date: Timestamp,
    /// The sender.
    pub from: Mailbox,
    /// The address of the person.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text for programs that show only text.
    pub text: String,
    /// The text with its looks.
    pub html: String,
    /// The calendar entry that comes or goes with it.
    pub calendar: Option<CalendarFile>,
    /// The picture of the ticket, as PNG, which [`html`](Mail::html) shows.
    pub ticket: Option<Vec<u8>>,
}

/// Why a mail did not leave. Carries no words of the other side: servers quote addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MailError {
    /// It will never be taken: no such mailbox, or no such address.
    #[error("the mail was refused for good (code {code:?})")]
    Refused {
        /// The reply code of SMTP.
        code: Option<u16>,
    },
    /// This one was not taken now; others may be.
    #[error("the mail was put off (code {code:?})")]
    Deferred {
        /// The reply code of SMTP.
        code: Option<u16>,
    },
    /// Nothing leaves at the moment.
    #[error("mail cannot leave at the moment: {reason}")]
    Unreachable {
        /// What failed.
        reason: &'static str,
    },
}

/// A way for mail to leave.
pub trait Mailer: Send + Sync + 'static {
    /// Hands one mail over.
    fn send(&self, mail: &Mail) -> impl Future<Output = Result<(), MailError>> + Send;
}

/// How mail leaves, as a setting says it.
#[derive(Clone, PartialEq, Eq)]
pub enum MailTransport {
    /// As files in a folder.
    Folder(PathBuf),
    /// To a server: `smtp://…` or `smtps://…`. May hold a password, so it is never printed.
    Server(String),
    /// Through Amazon SES.
    Ses {
        /// The configuration set that tells of bounces.
        configuration_set: Option<String>,
    },
}

/// Any way for mail to leave.
pub enum Transport {
    /// As files in a folder.
    File(FileMailer),
    /// To a server.
    #[cfg(feature = "smtp")]
    Smtp(SmtpMailer),
    /// Through Amazon SES.
    #[cfg(feature = "worker")]
    Ses(SesMailer),
}

/// A way for mail that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The folder cannot be made.
    #[error("the folder for mail cannot be made")]
    Folder(#[from] std::io::Error),
    /// Not the address of a mail server, or no root certificates to check it by.
    #[error("the mail server cannot be used: {0}")]
    Server(String),
    /// SES without what its client needs.
    #[error("SES cannot be used")]
    Ses(#[from] SettingError),
    /// A way that this program was built without.
    #[error("this program cannot send mail {0}")]
    NotBuiltIn(&'static str),
}

impl Transport {
    /// Opens the way that the setting names.
    pub fn open(transport: &MailTransport) -> Result<Transport, TransportError> {
        Ok(match transport {
            MailTransport::Folder(folder) => Transport::File(FileMailer::open(folder)?),
            #[cfg(feature = "smtp")]
            MailTransport::Server(url) => Transport::Smtp(SmtpMailer::open(url)?),
            #[cfg(not(feature = "smtp"))]
            MailTransport::Server(_) => return Err(TransportError::NotBuiltIn("to a server")),
            #[cfg(feature = "worker")]
            MailTransport::Ses { configuration_set } => {
                Transport::Ses(SesMailer::new(aws::ses()?, configuration_set.clone()))
            }
            #[cfg(not(feature = "worker"))]
            MailTransport::Ses { .. } => return Err(TransportError::NotBuiltIn("through SES")),
        })
    }
}

impl Mailer for Transport {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        match self {
            Transport::File(mailer) => mailer.send(mail).await,
            #[cfg(feature = "smtp")]
            Transport::Smtp(mailer) => mailer.send(mail).await,
            #[cfg(feature = "worker")]
            Transport::Ses(mailer) => mailer.send(mail).await,
        }
    }
}

impl<M: Mailer> Mailer for Arc<M> {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.as_ref().send(mail).await
    }
}

/// What a mail is about, with everything it needs to know that the bundle does not.
#[derive(Clone, Copy)]
pub struct Occasion<'a> {
    /// The registration.
    pub registration: &'a Registration,
    /// The address of the person.
    pub to: &'a str,
    /// The address of its page.
    pub manage_url: &'a str,
    /// The address of the page where the person confirms that the mail reached them, where that has to be done.
    pub verify_url: Option<&'a str>,
    /// The address of the site, without a closing `/`.
    pub public_url: &'a str,
    /// Where the ticket leads; absent where nobody stands at the door with our pages.
    pub ticket_url: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}
