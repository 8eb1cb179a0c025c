//! From recorded messages to sent mail. What cannot leave now stays recorded and is tried again, later each time.

#[cfg(feature = "embedded")]
use forms::Lifecycle;
use forms::{Contact, Registration};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::app::App;
use crate::mail::compose::compose;
use crate::mail::{MailError, Mailer, Occasion};
use crate::manage;
use crate::personal::{self, ReadError};
use crate::store::{
    Allowance, Delivery, DeliveryStatus, Mails, MessageKind, OutboxMessage, Store, StoreError,
};
use crate::worker::Worker;

/// How many messages one round takes at most.
const ROUND: u32 = 100;

/// For how long a message belongs to whoever took it. Longer than any mail takes to leave; after that the taker has died.
const LEASE: SignedDuration = SignedDuration::from_secs(45);

/// How long a mail is tried. Mail servers give up at the same age (RFC 5321, 4.5.4.1).
const LONGEST_TRY: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Mails that anybody can have sent to an address by signing it up, on one day.
const UNASKED_A_DAY: u32 = 5;

/// Up to how many of them say only what the person was told before.
const OLD_NEWS_A_DAY: u32 = 3;

/// Mails that follow by the link on the receipt, which whoever signed up has as well, on one day.
const CAUSED_A_DAY: u32 = 10;

/// What one round did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Delivered {
    /// Messages that are dealt with: sent, or with nothing to send.
    pub done: u32,
    /// Messages that stay recorded.
    pub left: u32,
}

/// Takes back messages that belong to a worker which died, so that they need not wait until they are free: only for a
/// process that knows itself to be the only one. What waits for another reason is tried a little earlier by it.
#[cfg(feature = "embedded")]
pub(crate) async fn reclaim<S: Store>(store: &S, now: Timestamp) -> Result<(), StoreError> {
    for message in store.outbox(now + LEASE, u32::MAX).await? {
        if message.due_at > now {
            store.postpone(&message, now, message.attempts).await?;
        }
    }
    Ok(())
}

/// Sends what is due, oldest first, and gives the rest a later time.
pub(crate) async fn deliver<S: Store, M: Mailer>(
    worker: &Worker<'_, S, M>,
) -> Result<Delivered, StoreError> {
    let mut round = Delivered::default();
    let mut failures_in_a_row = 0;
    let mut messages = worker
        .app
        .store
        .outbox(worker.app.now(), ROUND)
        .await?
        .into_iter();
    while let Some(message) = messages.next() {
        if worker.until.is_some_and(|until| worker.app.now() >= until) {
            round.left += 1 + u32::try_from(messages.len()).unwrap_or(u32::MAX - 1);
            break;
        }
        match deliver_one(worker, message).await? {
            Ok(true) => {
                round.done += 1;
                failures_in_a_row = 0;
            }
            Ok(false) => round.left += 1,
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

/// Takes one message, sends it and records what became of it. `false` when it was left for later or for somebody else.
async fn deliver_one<S: Store, M: Mailer>(
    worker: &Worker<'_, S, M>,
    message: OutboxMessage,
) -> Result<Result<bool, MailError>, StoreError> {
    let app = worker.app;
    let lease = app.now() + LEASE;
    if !app
        .store
        .postpone(&message, lease, message.attempts)
        .await?
    {
        return Ok(Ok(false));
    }
    let taken = OutboxMessage {
        due_at: lease,
        ..message
    };
    let sent = send(worker, &taken).await?;
    let status = match sent {
        Ok(Leaving::Settled(status)) => status,
        Ok(Leaving::Tomorrow(at)) => {
            app.store.postpone(&taken, at, taken.attempts).await?;
            return Ok(Ok(false));
        }
        Err(error) => {
            let is_old = app.now().duration_since(taken.recorded_at) > LONGEST_TRY;
            if !is_old && !matches!(error, MailError::Refused { .. }) {
                tracing::warn!(
                    registration = taken.registration.as_str(),
                    kind = taken.kind.as_str(),
                    %error,
                    "a mail stays in the outbox"
                );
                let again = app.now() + back_off(taken.attempts);
                app.store
                    .postpone(&taken, again, taken.attempts + 1)
                    .await?;
                return Ok(Err(error));
            }
            tracing::error!(
                registration = taken.registration.as_str(),
                kind = taken.kind.as_str(),
                %error,
                "a mail was given up"
            );
            if is_old {
                DeliveryStatus::Failed
            } else {
                DeliveryStatus::Bounced
            }
        }
    };
    let delivery = Delivery {
        id: taken.id.clone(),
        kind: taken.kind,
        status,
        at: app.now(),
    };
    app.store.settle(&taken.registration, &delivery).await?;
    Ok(Ok(true))
}

/// What became of a message that did not fail.
enum Leaving {
    Settled(DeliveryStatus),
    Tomorrow(Timestamp),
}

async fn send<S: Store, M: Mailer>(
    worker: &Worker<'_, S, M>,
    message: &OutboxMessage,
) -> Result<Result<Leaving, MailError>, StoreError> {
    const DROPPED: Result<Leaving, MailError> = Ok(Leaving::Settled(DeliveryStatus::Dropped));
    let app = worker.app;
    let Some(registration) = app.store.registration(&message.registration).await? else {
        return Ok(DROPPED);
    };
    let contact = match personal::contact(app.store.as_ref(), worker.opener, &registration).await {
        Ok(Some(contact)) => contact,
        Ok(None) => return Ok(DROPPED),
        Err(ReadError::Store(error)) => return Err(error),
        Err(error) => {
            tracing::error!(%error, "a mail could not be addressed");
            return Ok(Err(MailError::Deferred { code: None }));
        }
    };
    let Contact {
        email: Some(to), ..
    } = contact
    else {
        return Ok(DROPPED);
    };
    let verify_url = manage::verify_path(app, &registration).map(|path| app.absolute(&path));
    let ticket_url = ticket_url(app, &registration);
    let occasion = Occasion {
        registration: &registration,
        to: &to,
        manage_url: &app.absolute(&manage::path(app, &registration)),
        verify_url: verify_url.as_deref(),
        public_url: &app.public_url,
        ticket_url: ticket_url.as_deref(),
        now: app.now(),
    };
    let mail = match compose(&app.bundle, message, occasion) {
        Ok(Some(mail)) => mail,
        Ok(None) => return Ok(DROPPED),
        Err(error) => {
            tracing::error!(%error, "a mail could not be drawn");
            return Ok(Err(MailError::Deferred { code: None }));
        }
    };
    if message.attempts == 0
        && let Some(mails) = counted_among(message.kind)
        && let Some(leaving) = over_allowance(worker, message, &registration, mails).await?
    {
        return Ok(Ok(leaving));
    }
    let sent = worker.mailer.send(&mail).await;
    Ok(sent.map(|()| Leaving::Settled(DeliveryStatus::Sent)))
}

/// Where the ticket for a place leads, where staff have pages to note it on.
#[cfg(feature = "embedded")]
fn ticket_url<S>(app: &App<S>, registration: &Registration) -> Option<String> {
    let is_place = registration.lifecycle == Lifecycle::Reservation;
    let url = || crate::mail::ticket::ticket_url(&app.public_url, &registration.id);
    (app.has_staff_area && is_place).then(url)
}

#[cfg(not(feature = "embedded"))]
fn ticket_url<S>(_: &App<S>, _: &Registration) -> Option<String> {
    None
}

/// What sort of mail is counted; `None` where only staff, time or the mailbox itself can cause it.
fn counted_among(kind: MessageKind) -> Option<Mails> {
    match kind {
        MessageKind::Received | MessageKind::AlreadyRegistered => Some(Mails::Unasked),
        MessageKind::PartyChanged | MessageKind::Cancelled => Some(Mails::Caused),
        _ => None,
    }
}

/// What becomes of a message to an address that was written to often today. What says something new goes out tomorrow.
async fn over_allowance<S: Store, M>(
    worker: &Worker<'_, S, M>,
    message: &OutboxMessage,
    registration: &forms::Registration,
    mails: Mails,
) -> Result<Option<Leaving>, StoreError> {
    let app = worker.app;
    let Some(person) = registration.people.first() else {
        return Ok(None);
    };
    let today = app.now().to_zoned(app.bundle.zone.clone());
    let tomorrow = today
        .start_of_day()
        .and_then(|start| start.checked_add(1.day()))
        .map_or(app.now() + SignedDuration::from_hours(24), |start| {
            start.timestamp()
        });
    let allowance = Allowance {
        person: person.clone(),
        of: mails,
        day: today.date(),
        limit: match (mails, message.kind) {
            (Mails::Unasked, MessageKind::AlreadyRegistered) => OLD_NEWS_A_DAY,
            (Mails::Unasked, _) => UNASKED_A_DAY,
            (Mails::Caused | Mails::SignIn, _) => CAUSED_A_DAY,
        },
        expires_at: tomorrow + SignedDuration::from_hours(24),
    };
    if app.store.spend(&allowance).await? {
        return Ok(None);
    }
    tracing::info!(
        kind = message.kind.as_str(),
        "too many mails to one address today"
    );
    Ok(Some(match message.kind {
        MessageKind::Received => Leaving::Tomorrow(tomorrow),
        // The registration's own page says it as well.
        _ => Leaving::Settled(DeliveryStatus::Suppressed),
    }))
}

/// How long a mail waits that could not leave: a minute, then ever longer, up to four hours.
fn back_off(attempts: u32) -> SignedDuration {
    SignedDuration::from_mins(4_i64.pow(attempts.min(4)).min(240))
}

/// When a message was due for the first time, by the pauses since: at least so long it waits for nobody's sake.
pub(crate) fn first_due(message: &OutboxMessage) -> Timestamp {
    (0..message.attempts).fold(message.due_at, |due, attempt| due - back_off(attempt))
}
