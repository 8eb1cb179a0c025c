//! Sends a transaction until it is known what became of it.
//!
//! A transaction can fail because a condition does not hold, which is an answer; because others were at the same items
//! or too many were at the table, which is a matter of waiting; or in a way that leaves open whether it was carried out,
//! such as a lost reply. In the last two cases the very same request goes out again, under the same token, and the
//! service counts it once.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError as Error;
use aws_sdk_dynamodb::types::{CancellationReason, TransactWriteItem};
use sha2::{Digest, Sha256};

use super::items::Item;
use crate::store::StoreError;

/// How often one transaction is sent. With the pauses between them the last one goes out after one to three seconds.
const TRIES: u32 = 8;

/// The first pause; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// What an action of a transaction is there for, as far as its failure says something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Action {
    /// The record of the request.
    Request,
    /// The counters of the activity.
    Counters,
    /// The entry of the person.
    Claim,
    /// The registration.
    Registration,
    /// Whatever comes with them.
    Other,
}

/// What became of a transaction that was sent.
#[derive(Debug)]
pub(super) struct Sent {
    /// What the last answer says.
    pub(super) ending: Ending,
    /// Whether an answer before it left open what became of the transaction.
    was_in_doubt: bool,
}

/// What an answer says of a transaction.
#[derive(Debug)]
pub(super) enum Ending {
    /// It was carried out.
    CarriedOut,
    /// The condition of this action does not hold, and nothing was changed. The item that stood against it, if it is
    /// known.
    Refused(Action, Option<Item>),
    /// There was no answer, or none that can be understood.
    Failed(StoreError),
}

impl Sent {
    /// Whether the table has to be asked what became of it: a refusal after a lost answer may come from the transaction
    /// itself, when the service has forgotten its token.
    pub(super) fn may_have_been_carried_out(&self) -> bool {
        match self.ending {
            Ending::CarriedOut => false,
            Ending::Refused(..) => self.was_in_doubt,
            Ending::Failed(_) => true,
        }
    }
}

/// What names a transaction to the service, which takes at most 36 characters.
pub(super) fn token(name: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(name).into();
    let first = digest.iter().take(16);
    let number = first.fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    format!("{number:032x}")
}

/// Sends a transaction until it is known what became of it. Of several conditions that do not hold, the first counts.
pub(super) async fn send(
    client: &Client,
    token: &str,
    actions: Vec<(Action, TransactWriteItem)>,
) -> Sent {
    let (parts, actions): (Vec<Action>, Vec<TransactWriteItem>) = actions.into_iter().unzip();
    let request = client
        .transact_write_items()
        .client_request_token(token)
        .set_transact_items(Some(actions));
    // The SDK's own retries would multiply with these, and it knows nothing of conflicts.
    let once = || aws_sdk_dynamodb::Config::builder().retry_config(RetryConfig::disabled());
    let mut attempt = 0;
    let mut was_in_doubt = false;
    let ending = loop {
        let Err(error) = request
            .clone()
            .customize()
            .config_override(once())
            .send()
            .await
        else {
            break Ending::CarriedOut;
        };
        attempt += 1;
        match verdict(&parts, &error) {
            Verdict::Refused(part, item) => break Ending::Refused(part, item),
            Verdict::Again if attempt < TRIES => {
                was_in_doubt |= !is_cancelled(&error);
                tokio::time::sleep(pause(token, attempt)).await;
            }
            Verdict::Again | Verdict::Failed => break Ending::Failed(StoreError::new(error)),
        }
    };
    Sent {
        ending,
        was_in_doubt,
    }
}

/// Whether the service says that nothing was changed.
fn is_cancelled<R>(error: &SdkError<Error, R>) -> bool {
    matches!(
        error.as_service_error(),
        Some(Error::TransactionCanceledException(_))
    )
}

#[derive(Debug)]
enum Verdict {
    Refused(Action, Option<Item>),
    Again,
    Failed,
}

fn verdict<R>(parts: &[Action], error: &SdkError<Error, R>) -> Verdict {
    match error {
        SdkError::ServiceError(answer) => match answer.err() {
            Error::TransactionCanceledException(cancelled) => {
                by_reasons(parts, cancelled.cancellation_reasons())
            }
            Error::TransactionInProgressException(_)
            | Error::InternalServerError(_)
            | Error::ProvisionedThroughputExceededException(_)
            | Error::RequestLimitExceeded(_)
            | Error::ThrottlingException(_) => Verdict::Again,
            // An answer without a type that is known here: a gateway in between, out of breath.
            other
                if other
                    .meta()
                    .code()
                    .is_none_or(|code| code == "ServiceUnavailable") =>
            {
                Verdict::Again
            }
            _ => Verdict::Failed,
        },
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => {
            Verdict::Again
        }
        _ => Verdict::Failed,
    }
}

/// The first part with a reason decides, for all before it are known to be in order.
fn by_reasons(parts: &[Action], reasons: &[CancellationReason]) -> Verdict {
    let first = parts
        .iter()
        .zip(reasons)
        .find(|(_, reason)| reason.code().is_some_and(|code| code != "None"));
    let Some((part, reason)) = first else {
        return Verdict::Failed;
    };
    match reason.code() {
        Some("ConditionalCheckFailed") => Verdict::Refused(*part, reason.item.clone()),
        Some("TransactionConflict" | "ProvisionedThroughputExceeded" | "ThrottlingError") => {
            Verdict::Again
        }
        _ => Verdict::Failed,
    }
}

/// How long to wait before the next attempt. Those who met must not meet again, so each goes by a digit of its token.
fn pause(token: &str, attempt: u32) -> Duration {
    let pause = FIRST_PAUSE * 2_u32.pow(attempt - 1);
    let digit = token
        .chars()
        .nth(attempt as usize)
        .and_then(|digit| digit.to_digit(16))
        .unwrap_or_default();
    pause + pause * digit / 16
}

#[cfg(test)]
mod tests;
