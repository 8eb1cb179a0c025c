//! What there is to do today: events, calls that were promised, places that are offered, mails that did not arrive.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use forms::{Registration, Session, State as RegistrationState};
use jiff::SignedDuration;

use super::events::{is_near, rows, with_contacts};
use super::{Asked, service_users};
use crate::response;
use crate::staff::Staff;
use crate::staff::access::Access;
use crate::staff::guard::SignedIn;
use crate::staff::pages::{self, CallBacks, ToDo, Undelivered};
use crate::store::{Answer, DeliveryStatus, Documents, Store};

/// For how long after a registration changed its mails are looked after. What did not arrive by then was seen, or is past.
const LOOKED_AFTER: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How many registrations are looked at for mails that did not arrive, the latest first.
const MOST: usize = 500;

pub(super) async fn page<S: Store + Documents>(
    State(staff): State<Arc<Staff<S>>>,
    headers: HeaderMap,
    who: Extension<SignedIn>,
) -> Response<Body> {
    let asked = Asked::new(staff.as_ref(), &headers, who);
    let zone = &staff.app.bundle.zone;
    let today = staff.app.now().to_zoned(zone.clone()).date();
    let near = |session: &Session| is_near(session, zone, today);
    let shown = async {
        let rows = rows(&asked, near).await?;
        let to_do = if Access::Registrations.is_given_to(asked.who.role) {
            Some(to_do(&asked).await?)
        } else {
            None
        };
        let context = asked.context();
        Ok(pages::today(&context, &rows, today, to_do.as_ref()))
    };
    match shown.await {
        Ok(page) => response::html(StatusCode::OK, page, asked.texts),
        Err(error) => asked.unavailable(&error),
    }
}

/// What waits for whoever may call people.
async fn to_do<S: Store + Documents>(asked: &Asked<'_, S>) -> Answer<ToDo> {
    let requests = service_users::requests(asked).await?;
    let call_backs = CallBacks::of(&asked.context(), &requests);
    let app = &asked.staff.app;
    let (mut offered, mut recent) = (Vec::new(), Vec::new());
    for activity in app.bundle.manifest.activities.values() {
        let Some(session) = &activity.session else {
            continue;
        };
        if session.when.is_over(&app.bundle.zone) <= app.now() {
            continue;
        }
        for registration in asked.staff.desk().registrations(&activity.slug).await? {
            if matches!(registration.state, RegistrationState::Offered { .. }) {
                offered.push(registration.clone());
            }
            if is_looked_after(&registration, app.now()) {
                recent.push(registration);
            }
        }
    }
    recent.extend(
        requests
            .into_iter()
            .filter(|it| is_looked_after(it, app.now())),
    );
    recent.sort_by_key(|registration| std::cmp::Reverse(registration.changed_at));
    recent.truncate(MOST);
    let mut undelivered = Vec::new();
    for registration in recent {
        if let Some(failed) = last_failed(asked, &registration).await? {
            undelivered.push((registration, failed));
        }
    }
    if !offered.is_empty() || !undelivered.is_empty() {
        asked.log("read_list", "today", None).await?;
    }
    let mut mails = Vec::new();
    for (registration, failed) in undelivered {
        let one = with_contacts(asked, [registration]).await?;
        mails.extend(one.into_iter().map(|(registration, contact)| Undelivered {
            registration,
            contact,
            failed,
        }));
    }
    offered.sort_by_key(|registration| registration.state.deadline());
    Ok(ToDo {
        call_backs,
        offered: with_contacts(asked, offered).await?,
        undelivered: mails,
    })
}

fn is_looked_after(registration: &Registration, now: jiff::Timestamp) -> bool {
    registration.state.is_live() && now.duration_since(registration.changed_at) <= LOOKED_AFTER
}

/// How the last mail to somebody failed, if it did: whoever got a later one is reached.
async fn last_failed<S: Store + Documents>(
    asked: &Asked<'_, S>,
    registration: &Registration,
) -> Answer<Option<DeliveryStatus>> {
    let deliveries = asked.staff.app.store.deliveries(&registration.id).await?;
    let last = deliveries.into_iter().max_by_key(|delivery| delivery.at);
    let failed = last.map(|delivery| delivery.status).filter(|status| {
        matches!(
            status,
            DeliveryStatus::Bounced | DeliveryStatus::Unwanted | DeliveryStatus::Failed
        )
    });
    Ok(failed)
}
