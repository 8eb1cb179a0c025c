//! News of an event reach everybody who signed up before.

use forms::{ActivityStatus, Change, Registration, RegistrationId, Session, Slug, over_at};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{PAGE, by_itself, change, sessions};
use crate::app::App;
use crate::registrar::Changed;
use crate::store::{ListPlace, Store, StoreError};
use crate::transition::Circumstances;

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
    let mut failed = None;
    let mut after: Option<ListPlace> = None;
    loop {
        let page = app
            .store
            .registrations(activity, after.as_ref(), PAGE)
            .await?;
        let Some(last) = page.last() else { break };
        after = Some(ListPlace::of(last));
        for listed in &page {
            match tell_one(app, &listed.id, session, news, &at).await {
                Ok(heard) => told += u32::from(heard),
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(told), Err)
}

/// Tells one person, and says whether there was anything to tell.
async fn tell_one<S: Store>(
    app: &App<S>,
    id: &RegistrationId,
    session: &Session,
    news: &str,
    at: &Circumstances<'_>,
) -> Result<bool, StoreError> {
    let Some(registration) = app.store.registration(id).await? else {
        return Ok(false);
    };
    let Some(what) = news_for(&registration, session, news, at.zone) else {
        return Ok(false);
    };
    let changed = change(app, id, &what, at).await?;
    Ok(matches!(changed, Changed::Done(_)) && what != Change::Reschedule)
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
