//! Who is signed in: a secret in the browser's cookie, and under its hash in the store who it is.
//!
//! What somebody may do is not in the session: it is looked up in the staff list at each request.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::people::StaffAddress;
use crate::app::Random;
use crate::keys::hexadecimal;
use crate::store::{Answer, Collection, Document, Documents, Order, StoreError};

/// How long nobody may do anything before the session is over.
pub const IDLE: SignedDuration = SignedDuration::from_hours(1);

/// How long a session lasts at the most: a working day.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(10);

/// How old the note of the last request may be, so that not every page writes one.
const SEEN: SignedDuration = SignedDuration::from_mins(1);

/// A secret that only a browser and we know: 256 random bits in hexadecimal. Never logged, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(String);

impl Ticket {
    /// A new one.
    pub fn generate(random: &Random) -> Ticket {
        let mut bytes = [0; 32];
        random(&mut bytes);
        Ticket(hexadecimal(&bytes))
    }

    /// The ticket that a browser or a link sent, if it can be one.
    pub fn parse(text: &str) -> Option<Ticket> {
        let is_one = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_one.then(|| Ticket(text.to_owned()))
    }

    /// The secret, for the browser alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Under what it is kept.
    pub fn hash(&self) -> String {
        hexadecimal(&Sha256::digest(self.0.as_bytes()))
    }
}

/// Who is signed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub who: StaffAddress,
    /// Since when.
    pub since: Timestamp,
    /// When something was last asked.
    pub seen_at: Timestamp,
}

impl Session {
    /// The first instant at which it is over, if nobody does anything.
    pub fn ends_at(&self) -> Timestamp {
        let idle = self.seen_at.saturating_add(IDLE).unwrap_or(Timestamp::MAX);
        let longest = self.since.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
        idle.min(longest)
    }
}

/// Opens a session.
pub async fn open<D: Documents>(
    store: &D,
    ticket: &Ticket,
    who: &StaffAddress,
    now: Timestamp,
) -> Answer<()> {
    let session = Session {
        who: who.clone(),
        since: now,
        seen_at: now,
    };
    store
        .keep(
            Collection::Sessions,
            &document(&ticket.hash(), 0, &session)?,
        )
        .await
        .map(drop)
}

/// The session of a ticket, unless it is over.
pub async fn find<D: Documents>(
    store: &D,
    ticket: &Ticket,
    now: Timestamp,
) -> Answer<Option<Session>> {
    let Some(found) = store.document(Collection::Sessions, &ticket.hash()).await? else {
        return Ok(None);
    };
    let session: Session = serde_json::from_str(&found.value).map_err(StoreError::new)?;
    if now >= session.ends_at() {
        return Ok(None);
    }
    if now.duration_since(session.seen_at) >= SEEN {
        let seen = Session {
            seen_at: now,
            ..session.clone()
        };
        // Another request of the same browser may have noted it; one note is enough.
        let noted = document(&found.key, found.version + 1, &seen)?;
        store.keep(Collection::Sessions, &noted).await?;
    }
    Ok(Some(session))
}

/// Ends the session of a ticket.
pub async fn close<D: Documents>(store: &D, ticket: &Ticket) -> Answer<()> {
    store.discard(Collection::Sessions, &ticket.hash()).await
}

/// Ends all sessions of somebody.
pub async fn close_all<D: Documents>(store: &D, who: &StaffAddress) -> Answer<()> {
    let mut after: Option<String> = None;
    loop {
        let page = store.documents(
            Collection::Sessions,
            Order::Ascending,
            after.as_deref(),
            100,
        );
        let page = page.await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.key.clone());
        for found in &page {
            let session: Session = serde_json::from_str(&found.value).map_err(StoreError::new)?;
            if session.who == *who {
                store.discard(Collection::Sessions, &found.key).await?;
            }
        }
    }
}

fn document(key: &str, version: u32, session: &Session) -> Answer<Document> {
    Ok(Document {
        key: key.to_owned(),
        version,
        value: serde_json::to_string(session).map_err(StoreError::new)?,
        expires_at: Some(session.ends_at()),
    })
}
