//! A person's own registration: looking at it, giving it back, and its calendar file.

use forms::{Activity, ActivityStatus, Registration};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::App;
use crate::store::{Cancelled, Store, StoreError, record};
use crate::token::ManageToken;

/// Nobody can revoke the links of a registration yet.
const EPOCH: u32 = 0;

/// The registration that a token leads to.
pub(crate) async fn find<S: Store>(
    app: &App<S>,
    token: &str,
) -> Result<Option<Registration>, StoreError> {
    match ManageToken::open(&app.keys.tokens, token) {
        Some(token) if token.epoch == EPOCH => app.store.registration(&token.registration).await,
        _ => Ok(None),
    }
}

/// Gives the places back. Giving back what was given back before, or what is over, changes nothing.
pub(crate) async fn cancel<S: Store>(
    app: &App<S>,
    registration: &Registration,
) -> Result<(), StoreError> {
    let now = app.now();
    let activity = app.bundle.manifest.activities.get(&registration.activity);
    if !can_cancel(app, registration, activity, now) {
        return Ok(());
    }
    if let Cancelled::Cancelled(after) = app.store.cancel(&registration.id, now).await? {
        tracing::info!(activity = %registration.activity, "registration cancelled");
        app.deliver_soon(record::last_message(&after, now)).await;
    }
    Ok(())
}

/// Whether a registration can still be given back: until what it is for is over.
pub(crate) fn can_cancel<S>(
    app: &App<S>,
    registration: &Registration,
    activity: Option<&Activity>,
    now: Timestamp,
) -> bool {
    let session = activity.and_then(|activity| activity.session.as_ref());
    registration.state.is_live()
        && session.is_none_or(|session| now < session.when.is_over(&app.bundle.zone))
}

/// The path of a registration's own page.
pub(crate) fn path<S>(app: &App<S>, registration: &Registration) -> String {
    let token = ManageToken {
        registration: registration.id.clone(),
        epoch: EPOCH,
    };
    format!("/forms/r/{}", token.seal(&app.keys.tokens))
}

/// How a registration stands, as the strings files name it: by its own state while what it is for takes place.
pub(crate) fn standing(
    registration: &Registration,
    activity: Option<&Activity>,
    now: Timestamp,
    zone: &TimeZone,
) -> &'static str {
    let session = activity.map(|activity| activity.session.as_ref());
    match (registration.state.is_live(), session) {
        (true, None) => "gone",
        (true, Some(Some(session))) => match session.status {
            ActivityStatus::Cancelled => "event_cancelled",
            ActivityStatus::Postponed => "event_postponed",
            ActivityStatus::Scheduled if session.when.is_over(zone) <= now => "event_over",
            ActivityStatus::Scheduled => registration.state.as_str(),
        },
        (false, Some(None)) => "withdrawn",
        (true, Some(None)) | (false, _) => registration.state.as_str(),
    }
}
