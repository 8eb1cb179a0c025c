//! From recorded messages to sent mail. What cannot leave now stays recorded and is tried again.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::Notify;

use crate::app::App;
use crate::mail::compose::compose;
use crate::mail::{MailError, Mailer, Occasion};
use crate::store::{OutboxMessage, Store, StoreError};
use crate::{manage, response};

/// What one round did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Round {
    /// Messages that are dealt with: sent, or with nothing to send.
    pub done: u32,
    /// Messages that stay recorded.
    pub left: u32,
}

/// How many messages one round takes at most.
pub const ROUND: u32 = 100;

/// How long a mail is tried. Mail servers give up at the same age (RFC 5321, 4.5.4.1).
const LONGEST_TRY: SignedDuration = SignedDuration::from_hours(5 * 24);

/// How long messages wait that could not leave.
const PAUSE: Duration = Duration::from_mins(1);

/// Sends what is recorded and not sent, oldest first, at most `limit` messages.
pub async fn deliver_pending<S: Store, M: Mailer>(
    app: &App<S>,
    mailer: &M,
    limit: u32,
) -> Result<Round, StoreError> {
    let mut round = Round::default();
    let mut failures_in_a_row = 0;
    let messages = app.store.undelivered(limit).await?;
    for message in &messages {
        match deliver_one(app, mailer, message).await? {
            Ok(()) => {
                round.done += 1;
                failures_in_a_row = 0;
            }
            Err(error) => {
                round.left += 1;
                failures_in_a_row += u32::from(matches!(error, MailError::Unreachable { .. }));
                // One may be the fault of this mail, which must not hold up the others; two are the server's.
                if failures_in_a_row == 2 {
                    break;
                }
            }
        }
    }
    Ok(round)
}

/// Delivers for as long as the process lives: whenever it is woken, and now and then what was left.
pub async fn run<S: Store, M: Mailer>(app: Arc<App<S>>, mailer: M, wake: Arc<Notify>) {
    loop {
        match deliver_pending(&app, &mailer, ROUND).await {
            // A round that dealt with all it took may have left some behind its limit.
            Ok(Round { done: 1.., left: 0 }) => continue,
            Ok(_) => {}
            Err(error) => response::log_store_error(&error),
        }
        // Woken or not, it is time for a round.
        let _ = tokio::time::timeout(PAUSE, wake.notified()).await;
    }
}

/// Delivers one message before a request answers, for a little while. Failure is no failure of the request. Only the
/// message of this request: others at the same time would take the same old ones, and send them twice.
pub(crate) async fn deliver_within_request<S: Store, M: Mailer>(
    app: &App<S>,
    mailer: &M,
    message: &OutboxMessage,
) {
    const PATIENCE: Duration = Duration::from_secs(10);
    match tokio::time::timeout(PATIENCE, deliver_one(app, mailer, message)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => response::log_store_error(&error),
        Err(_) => tracing::warn!("sending mail took too long; it stays in the outbox"),
    }
}

/// Sends one message and records that it was sent.
async fn deliver_one<S: Store, M: Mailer>(
    app: &App<S>,
    mailer: &M,
    message: &OutboxMessage,
) -> Result<Result<(), MailError>, StoreError> {
    let sent = deliver(app, mailer, message).await?;
    match sent {
        Ok(()) => app.store.mark_delivered(&message.id).await?,
        Err(error) => {
            tracing::warn!(kind = message.kind.as_str(), %error, "a mail stays in the outbox");
        }
    }
    Ok(sent)
}

/// Sends one message, if there is anything to send; gives up on what nobody will ever take.
async fn deliver<S: Store, M: Mailer>(
    app: &App<S>,
    mailer: &M,
    message: &OutboxMessage,
) -> Result<Result<(), MailError>, StoreError> {
    let Some(registration) = app.store.registration(&message.registration).await? else {
        return Ok(Ok(()));
    };
    let manage_url = app.absolute(&manage::path(app, &registration));
    let occasion = Occasion {
        registration: &registration,
        manage_url: &manage_url,
        public_url: &app.public_url,
    };
    let sent = match compose(&app.bundle, message, occasion) {
        Ok(Some(mail)) => mailer.send(&mail).await,
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "a mail could not be drawn");
            Err(MailError::Deferred { code: None })
        }
    };
    let is_old = app.now().duration_since(message.recorded_at) > LONGEST_TRY;
    match sent {
        Err(error) if is_old || matches!(error, MailError::Refused { .. }) => {
            tracing::error!(kind = message.kind.as_str(), %error, "a mail was given up");
            Ok(Ok(()))
        }
        sent => Ok(sent),
    }
}
