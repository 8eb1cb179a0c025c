//! A person's own registration: looking at it, and what its person may do with it.

use forms::{ActivityStatus, Change, PartySize, Registration, State, over_at};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::registrar::{self, Changed};
use crate::store::{Actor, Store, StoreError};
use crate::token::{ManageToken, VerifyToken};
use crate::transition::Circumstances;

/// For how long after the event its links still lead somewhere.
const LINKS_LIVE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The registration that a token leads to, unless its links were revoked or are too old.
pub(crate) async fn find<S: Store>(
    app: &App<S>,
    token: &str,
) -> Result<Option<Registration>, StoreError> {
    let Some(token) = ManageToken::open(&app.keys.tokens, token) else {
        return Ok(None);
    };
    let found = app.store.registration(&token.registration).await?;
    Ok(found.filter(|registration| {
        registration.token_epoch == token.epoch && links_live(app, registration)
    }))
}

/// The registration whose address a token proves to be the person's, while there is time.
pub(crate) async fn find_to_verify<S: Store>(
    app: &App<S>,
    token: &str,
) -> Result<Option<Registration>, StoreError> {
    let Ok(token) = VerifyToken::open(&app.keys.tokens, token, app.now()) else {
        return Ok(None);
    };
    let found = app.store.registration(&token.registration).await?;
    Ok(found.filter(|registration| registration.token_epoch == token.epoch))
}

fn links_live<S>(app: &App<S>, registration: &Registration) -> bool {
    over_at(registration, app.session(registration), &app.bundle.zone)
        .is_none_or(|over| app.now() < over.saturating_add(LINKS_LIVE).unwrap_or(over))
}

/// What its person may do with a registration now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Options {
    /// Give it back.
    pub(crate) cancel: bool,
    /// Take the place that was offered. Whoever has yet to show that the address is theirs does so by the link in the mail.
    pub(crate) accept: bool,
    /// Leave the place that was offered.
    pub(crate) decline: bool,
    /// Ask for another number of places, up to this one.
    pub(crate) resize: Option<PartySize>,
}

/// What its person may do with a registration at `now`: nothing any more when what it is for is over.
pub(crate) fn options<S>(app: &App<S>, registration: &Registration, now: Timestamp) -> Options {
    let session = app.session(registration);
    if over_at(registration, session, &app.bundle.zone).is_some_and(|over| over <= now) {
        return Options::default();
    }
    let state = registration.state;
    let in_time = state.deadline().is_none_or(|until| now < until);
    let possible = |change: &Change| {
        in_time
            && forms::next_state(
                registration.lifecycle,
                state,
                registration.failed_calls,
                change,
            )
            .is_some()
    };
    let scheduled = session.filter(|session| session.status == ActivityStatus::Scheduled);
    Options {
        cancel: possible(&Change::Cancel),
        accept: possible(&Change::Accept) && !registration.must_verify,
        decline: possible(&Change::Decline),
        resize: scheduled
            .map(|session| session.max_party)
            .filter(|max| max.places() > 1 && possible(&Change::Resize(registration.party_size))),
    }
}

/// Makes a change that the person asked for, if they may.
pub(crate) async fn change<S: Store>(
    app: &App<S>,
    registration: &Registration,
    change: &Change,
) -> Result<Option<Changed>, StoreError> {
    let now = app.now();
    let options = options(app, registration, now);
    let allowed = match change {
        Change::Cancel => options.cancel,
        Change::Accept => options.accept,
        Change::Decline => options.decline,
        Change::Resize(party) => options.resize.is_some_and(|max| *party <= max),
        Change::WithdrawConsent(purpose) => registration.consents.contains(purpose),
        Change::Verify => registration
            .state
            .deadline()
            .is_some_and(|until| now < until),
        _ => false,
    };
    if !allowed {
        return Ok(None);
    }
    let at = Circumstances {
        now,
        actor: Actor::Attendee,
        reason: None,
        session: app.session(registration),
        zone: &app.bundle.zone,
    };
    let id = &registration.id;
    let changed = registrar::change(app.store.as_ref(), &app.random, id, change, &at).await?;
    if matches!(changed, Changed::Done(_)) {
        tracing::info!(activity = %registration.activity, change = change.as_str(), "registration changed");
        app.wake_worker().await;
    }
    Ok(Some(changed))
}

/// The path of a registration's own page.
pub(crate) fn path<S>(app: &App<S>, registration: &Registration) -> String {
    let token = ManageToken {
        registration: registration.id.clone(),
        epoch: registration.token_epoch,
    };
    format!("/forms/r/{}", token.seal(&app.keys.tokens))
}

/// The path of the page where the person confirms the address, and with it takes a place that was offered; only mail to
/// that address knows it.
pub(crate) fn verify_path<S>(app: &App<S>, registration: &Registration) -> Option<String> {
    let until = registration
        .state
        .deadline()
        .filter(|_| registration.must_verify)?;
    let token = VerifyToken {
        registration: registration.id.clone(),
        epoch: registration.token_epoch,
        expires_at: until,
    };
    Some(format!("/forms/v/{}", token.seal(&app.keys.tokens)))
}

/// How a registration stands, as the strings files name it: by its own state while what it is for takes place.
pub(crate) fn standing<S>(
    app: &App<S>,
    registration: &Registration,
    now: Timestamp,
) -> &'static str {
    let state = registration.state;
    let session = app
        .activity(registration)
        .map(|activity| activity.session.as_ref());
    // The worker writes it down a little later.
    let has_lapsed = state.deadline().is_some_and(|until| until <= now);
    let name = if has_lapsed { State::Lapsed } else { state }.as_str();
    let is_over = |session: &forms::Session| session.when.is_over(&app.bundle.zone) <= now;
    match (state.looks_forward(), session) {
        (true, None) => "gone",
        (false, Some(Some(session)))
            if state == State::CancelledByOrganiser
                && session.status == ActivityStatus::Cancelled =>
        {
            "event_cancelled"
        }
        // Who waited to the end in vain has answered nothing too late.
        (false, Some(Some(session))) if state == State::Lapsed && is_over(session) => "event_over",
        (true, Some(Some(session))) => match session.status {
            ActivityStatus::Cancelled => "event_cancelled",
            ActivityStatus::Postponed => "event_postponed",
            ActivityStatus::Scheduled if is_over(session) => "event_over",
            ActivityStatus::Scheduled => name,
        },
        (false, None) if state.is_live() => "gone",
        // Staff work on it; there is nothing that the person has to be told.
        (false, Some(None)) if state.is_live() => "submitted",
        (false, _) if matches!(state, State::Attended | State::NoShow) => "event_over",
        _ => name,
    }
}
