//! What happens by itself: mails leave, offers are made and run out, people are reminded and told of changes, and personal
//! data dies on its date. On one machine a task does a round now and then and when it is woken; on AWS a function does.

use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use forms::{
    Change, Due, Registration, RegistrationId, Session, Slug, Stage, next_due, offer_until,
};
use jiff::Timestamp;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::sync::{Notify, oneshot};

use crate::app::App;
use crate::logs;
use crate::mail::Mailer;
use crate::outbox::{self, Delivered};
use crate::registrar::{self, Changed};
use crate::seal::Opener;
use crate::store::{Actor, Store, StoreError};
use crate::transition::Circumstances;

mod announcing;

use announcing::announce;

/// What a worker works with.
pub struct Worker<'a, S, M> {
    /// What requests work with as well.
    pub app: &'a App<S>,
    /// What opens addresses, so that they can be written to.
    pub opener: &'a Opener,
    /// The way for mail.
    pub mailer: &'a M,
    /// From when on it begins no mail, because it may be ended before that mail has left and is recorded; `None` when
    /// it is let finish.
    pub until: Option<Timestamp>,
}

/// What one round did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Round {
    /// Registrations that changed because it was time.
    pub due: u32,
    /// Places that were offered to those who wait.
    pub offered: u32,
    /// People who are told that an event changed.
    pub told: u32,
    /// Mails.
    pub mail: Delivered,
}

impl Round {
    /// Whether there may be more to do at once.
    pub fn may_go_on(&self) -> bool {
        self.mail.left == 0 && (self.mail.done > 0 || self.due + self.offered + self.told > 0)
    }
}

impl AddAssign for Round {
    fn add_assign(&mut self, other: Round) {
        self.due += other.due;
        self.offered += other.offered;
        self.told += other.told;
        self.mail.done += other.mail.done;
        self.mail.left = other.mail.left;
    }
}

/// How long the worker rests between rounds when nobody wakes it.
const PAUSE: Duration = Duration::from_mins(1);

/// How many registrations one look takes at most.
const PAGE: u32 = 100;

/// Does everything that is due now, once.
pub async fn round<S: Store, M: Mailer>(worker: &Worker<'_, S, M>) -> Result<Round, StoreError> {
    let app = worker.app;
    let now = app.now();
    // What fails does not keep the rest from being done: above all mail has to leave.
    let told = announce(app, now).await;
    let due = settle_due(app, now).await;
    let offered = offer_all(app, now).await;
    let mail = outbox::deliver(worker).await;
    Ok(Round {
        told: told?,
        due: due?,
        offered: offered?,
        mail: mail?,
    })
}

/// Does rounds until it is asked to stop, or whoever could ask has gone: whenever it is woken, and now and then. A round
/// that has begun is finished.
pub async fn run<S: Store, M: Mailer>(
    app: Arc<App<S>>,
    opener: Opener,
    mailer: M,
    wake: Arc<Notify>,
    mut stop: oneshot::Receiver<()>,
) {
    let worker = Worker {
        app: &app,
        opener: &opener,
        mailer: &mailer,
        until: None,
    };
    let mut forgotten_in = None;
    loop {
        let may_go_on = match round(&worker).await {
            Ok(round) => round.may_go_on(),
            Err(error) => {
                logs::fault(&error);
                false
            }
        };
        // Also where there is always more to do.
        let hour = app.now().as_second().div_euclid(60 * 60);
        if forgotten_in != Some(hour) {
            match app.store.forget_expired(app.now()).await {
                Ok(()) => forgotten_in = Some(hour),
                Err(error) => logs::fault(&error),
            }
        }
        if may_go_on {
            match stop.try_recv() {
                Err(TryRecvError::Empty) => continue,
                _ => return,
            }
        }
        tokio::select! {
            _ = &mut stop => return,
            // Woken or not, it is time for a round.
            _ = tokio::time::timeout(PAUSE, wake.notified()) => {}
        }
    }
}

/// Since when the mail should have left that is late the longest. What was put off until tomorrow is not late. Of very many
/// it looks at the first that are due.
pub async fn waits_since<S: Store>(
    store: &S,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let messages = store.outbox(Timestamp::MAX, PAGE).await?;
    let late = messages
        .iter()
        .filter(|message| message.attempts > 0 || message.due_at <= now);
    Ok(late.map(outbox::first_due).min())
}

fn sessions<S>(app: &App<S>) -> impl Iterator<Item = (&Slug, &Session)> {
    let activities = app.bundle.manifest.activities.iter();
    activities.filter_map(|(slug, activity)| Some((slug, activity.session.as_ref()?)))
}

fn by_itself<'a, S>(
    app: &'a App<S>,
    session: Option<&'a Session>,
    now: Timestamp,
) -> Circumstances<'a> {
    Circumstances {
        now,
        actor: Actor::System,
        reason: None,
        session,
        zone: &app.bundle.zone,
    }
}

async fn change<S: Store>(
    app: &App<S>,
    id: &RegistrationId,
    change: &Change,
    at: &Circumstances<'_>,
) -> Result<Changed, StoreError> {
    registrar::change(app.store.as_ref(), &app.random, id, change, at).await
}

/// Lapses, reminders and purges whose time has come.
async fn settle_due<S: Store>(app: &App<S>, now: Timestamp) -> Result<u32, StoreError> {
    let mut done = 0;
    let mut failed = None;
    for id in app.store.due(now, PAGE).await? {
        // One that cannot be read or changed must not keep the others waiting.
        match settle_one(app, &id, now).await {
            Ok(changed) => done += u32::from(changed),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(done), Err)
}

/// Does what is due for one registration, and says whether anything was.
async fn settle_one<S: Store>(
    app: &App<S>,
    id: &RegistrationId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(registration) = app.store.registration(id).await? else {
        return Ok(false);
    };
    let session = app.session(&registration);
    let activity = &registration.activity;
    let zone = &app.bundle.zone;
    let what = match next_due(&registration, session, zone) {
        Some((at, Due::Lapse)) if at <= now => Change::Lapse,
        Some((at, Due::Remind)) if at <= now => Change::Remind,
        Some((at, Due::FollowUp)) if at <= now => Change::Proceed(Stage::FollowUpDue),
        Some((at, Due::Purge(parts))) if at <= now => Change::Purge(parts),
        // It was due by an earlier announcement.
        _ => Change::Reschedule,
    };
    let changed = change(app, id, &what, &by_itself(app, session, now)).await?;
    if let Changed::Done(_) = changed {
        tracing::info!(%activity, change = what.as_str(), "it was time");
        return Ok(true);
    }
    tracing::warn!(%activity, change = what.as_str(), "due and not possible");
    Ok(false)
}

async fn offer_all<S: Store>(app: &App<S>, now: Timestamp) -> Result<u32, StoreError> {
    let mut offered = 0;
    for (activity, session) in sessions(app) {
        offered += offer(app, activity, session, now).await?;
    }
    Ok(offered)
}

/// Offers free places to those who wait, in order: whoever does not fit is waited for, not overtaken.
async fn offer<S: Store>(
    app: &App<S>,
    activity: &Slug,
    session: &Session,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let Some(until) = offer_until(session, &app.bundle.zone, now) else {
        return Ok(0);
    };
    if app.store.availability(activity).await?.waiting == 0 {
        return Ok(0);
    }
    let at = by_itself(app, Some(session), now);
    let mut offered = 0;
    for id in app.store.queue(activity, PAGE).await? {
        match change(app, &id, &Change::Offer { until }, &at).await? {
            Changed::Done(_) => offered += 1,
            // Since the capacity was lowered there is no room for it at all: nobody need wait until there is.
            Changed::Full(waiting) if never_fits(&waiting, session) => {}
            Changed::Full(_) => break,
            Changed::NotFromHere(_) | Changed::Claimed(_) | Changed::Unknown => {}
        }
    }
    Ok(offered)
}

fn never_fits(registration: &Registration, session: &Session) -> bool {
    session
        .capacity
        .is_some_and(|capacity| capacity.places() < registration.party_size.places())
}
