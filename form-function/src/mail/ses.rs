//! SHELL: mail through Amazon SES.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};

use super::{Mail, MailError, Mailer, bounce, message};

/// Hands mail to SES.
pub struct SesMailer {
    client: Client,
    configuration_set: Option<String>,
}

impl SesMailer {
    /// Mail by way of this client; `configuration_set` is where SES is told whom to tell of bounces.
    pub fn new(client: Client, configuration_set: Option<String>) -> SesMailer {
        SesMailer {
            client,
            configuration_set,
        }
    }
}

impl Mailer for SesMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let unusable = MailError::Refused { code: None };
        let raw = RawMessage::builder()
            .data(Blob::new(message::message(mail)?.formatted()))
            .build()
            .map_err(|_| unusable)?;
        // SES gives mail a Message-ID of its own; by the tag a bounce finds the way back.
        let tag = MessageTag::builder()
            .name(bounce::TAG)
            .value(bounce::tag(&mail.id))
            .build()
            .map_err(|_| unusable)?;
        let request = self
            .client
            .send_email()
            .from_email_address(mail.from.email.to_string())
            .destination(Destination::builder().to_addresses(&mail.to).build())
            .content(EmailContent::builder().raw(raw).build())
            .email_tags(tag)
            .set_configuration_set_name(self.configuration_set.clone());
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => Err(cause(&error)),
        }
    }
}

/// What an error means for the mail. Its own words stay here: they quote addresses.
fn cause<R>(error: &SdkError<SendEmailError, R>) -> MailError {
    let unreachable = |reason| MailError::Unreachable { reason };
    let SdkError::ServiceError(answer) = error else {
        return unreachable("there was no answer from SES");
    };
    match answer.err() {
        SendEmailError::MessageRejected(rejected) => {
            // One error for what is in the mail and for who sends it, told apart by its words alone.
            if rejected
                .message()
                .is_some_and(|words| words.contains("not verified"))
            {
                unreachable("SES does not take mail from this sender, or is still in its sandbox")
            } else {
                MailError::Deferred { code: None }
            }
        }
        SendEmailError::BadRequestException(_) => MailError::Deferred { code: None },
        SendEmailError::TooManyRequestsException(_) | SendEmailError::LimitExceededException(_) => {
            unreachable("SES takes no more mail at the moment; see the sending quota")
        }
        SendEmailError::AccountSuspendedException(_)
        | SendEmailError::SendingPausedException(_) => {
            unreachable("SES has stopped the sending of this account")
        }
        SendEmailError::MailFromDomainNotVerifiedException(_) => {
            unreachable("the MAIL FROM domain is not verified in SES")
        }
        SendEmailError::NotFoundException(_) => {
            unreachable("SES does not know the configuration set")
        }
        other if other.code() == Some("AccessDeniedException") => {
            unreachable("this function may not send mail through SES")
        }
        _ => unreachable("SES failed"),
    }
}
