//! News of an event reach everybody who signed up before.

use forms::{ActivityStatus, Change, Registration, RegistrationId, Session, Slug, over_at};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{PAGE, by_itself, change, sessions};
use crate::app::App;
use crate::registrar::Changed;
use crate::store::{Store, StoreError};

/// For how long people are looked for who have not heard. Where several programs take registrations, one of an earlier
/// edition may record somebody just then; and a list of registrations may be a little behind.
const LOOKING: SignedDuration = SignedDuration::from_mins(2);

/// Tells everybody who looks forward to an event what became of it since they signed up. A crash half way does no harm:
/// each registration says what its person has heard.
pub(super) async fn announce<S: Store>(app: &App<S>, now: Timestamp) -> Result<u32, StoreError> {
    let mut told = 0;
    for (activity, session) in sessions(app) {
        let news = session.fingerprint();
        let noted = app.store.announced(activity).await?;
        if noted.as_ref() == Some(&news) {
            continue;
        }
        told += tell(app, activity, session, &news, now).await?;
        let since = noted.and_then(|noted| looking_since(&noted, &news));
        let note = match since {
            Some(since) if since + LOOKING <= now => news,
            Some(_) => continue,
            None => format!("{news}{SINCE}{now}"),
        };
        app.store.announce(activity, &note).await?;
    }
    Ok(told)
}

/// Stands between what is being announced and since when.
const SINCE: &str = " since ";

/// Since when people are looked for who have not heard these news, if they are.
fn looking_since(noted: &str, news: &str) -> Option<Timestamp> {
    noted.strip_prefix(news)?.strip_prefix(SINCE)?.parse().ok()
}

/// Goes through all registrations for an event.
async fn tell<S: Store>(
    app: &App<S>,
    activity: &Slug,
    session: &Session,
    news: &str,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let at = by_itself(app, Some(session), now);
    let mut told = 0;
    let mut after: Option<RegistrationId> = None;
    loop {
        let page = app
            .store
            .registrations(activity, after.as_ref(), PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        after = Some(last.clone());
        for id in &page {
            let Some(registration) = app.store.registration(id).await? else {
                continue;
            };
            let Some(what) = news_for(&registration, session, news, &app.bundle.zone) else {
                continue;
            };
            if matches!(change(app, id, &what, &at).await?, Changed::Done(_)) {
                told += u32::from(what != Change::Reschedule);
            }
        }
    }
    Ok(told)
}

/// What a changed event means for one registration; `None` for whoever has heard, and for whom nothing is due at
/// another time than before.
fn news_for(
    registration: &Registration,
    session: &Session,
    news: &str,
    zone: &TimeZone,
) -> Option<Change> {
    if !registration.state.looks_forward() {
        let is_known = over_at(registration, Some(session), zone) == registration.ends_at;
        return (!is_known).then_some(Change::Reschedule);
    }
    (registration.heard != news).then_some(if session.status == ActivityStatus::Cancelled {
        Change::CancelByOrganiser
    } else {
        Change::Announce
    })
}
