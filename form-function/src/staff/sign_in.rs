//! The way in: a link by mail to whoever is on the staff list, for the browser that asked, once.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::people::StaffAddress;
use super::session::Ticket;
use crate::store::{Answer, Collection, Document, Documents, StoreError};

/// How long a link works.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// A link that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Asked {
    who: StaffAddress,
    /// The hash of what only the browser that asked has.
    browser: String,
    until: Timestamp,
    used: bool,
}

/// Why a link does not let anybody in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// It is not ours, it is too old, or it was used.
    Over,
    /// Another browser asked for it.
    OtherBrowser,
}

/// Notes that somebody asked for a link.
pub async fn ask<D: Documents>(
    store: &D,
    link: &Ticket,
    browser: &Ticket,
    who: &StaffAddress,
    now: Timestamp,
) -> Answer<()> {
    let asked = Asked {
        who: who.clone(),
        browser: browser.hash(),
        until: now.saturating_add(LIFETIME).unwrap_or(Timestamp::MAX),
        used: false,
    };
    store
        .keep(Collection::SignIns, &document(&link.hash(), 0, &asked)?)
        .await
        .map(drop)
}

/// Uses a link up, and says who is let in by it.
pub async fn redeem<D: Documents>(
    store: &D,
    link: &Ticket,
    browser: Option<&Ticket>,
    now: Timestamp,
) -> Answer<Result<StaffAddress, Refused>> {
    let Some(found) = store.document(Collection::SignIns, &link.hash()).await? else {
        return Ok(Err(Refused::Over));
    };
    let asked: Asked = serde_json::from_str(&found.value).map_err(StoreError::new)?;
    if asked.used || now >= asked.until {
        return Ok(Err(Refused::Over));
    }
    if browser.map(Ticket::hash).as_ref() != Some(&asked.browser) {
        return Ok(Err(Refused::OtherBrowser));
    }
    let used = Asked {
        used: true,
        ..asked.clone()
    };
    let used = document(&found.key, found.version + 1, &used)?;
    // Of two at once only one has the version that it supposes.
    let is_first = store.keep(Collection::SignIns, &used).await?;
    Ok(if is_first {
        Ok(asked.who)
    } else {
        Err(Refused::Over)
    })
}

fn document(key: &str, version: u32, asked: &Asked) -> Answer<Document> {
    Ok(Document {
        key: key.to_owned(),
        version,
        value: serde_json::to_string(asked).map_err(StoreError::new)?,
        expires_at: Some(asked.until),
    })
}
