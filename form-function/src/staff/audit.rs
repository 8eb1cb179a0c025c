//! The log of what staff looked at and did. It is only ever added to, and each entry carries a keyed hash of itself and of
//! the one before it, so that nobody who has the store alone can change one, put one in, or take one out of the middle
//! without its being seen (a hash chain of HMAC-SHA-256, RFC 2104).
//!
//! An entry is written before what it tells of is shown or done: nothing happens unlogged. What was then not done is said by
//! another. Whoever can write to the store could cut off the end; the page of the log shows the hash of each entry, so that
//! one that was kept elsewhere can be looked for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::people::{Role, StaffAddress};
use crate::keys::{IndexKey, Use, hexadecimal};
use crate::store::{Answer, Collection, Document, Documents, Order, StoreError};

/// How often to try to be the next. Others of staff write at the same time, but never many.
const ATTEMPTS: u32 = 20;

/// How many entries are read at a time.
const PAGE: u32 = 500;

/// What somebody of staff looked at or did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its number: the first has 1.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: StaffAddress,
    /// As what.
    pub role: Role,
    /// What: `sign_in`, `read…`, `export…`, the name of a change, or `refused` for one that was not made.
    pub action: String,
    /// Of what: a registration's identity, an event, or nothing in particular.
    pub about: String,
    /// Why, where they had to say it.
    pub reason: Option<String>,
    /// The hash of the entry before; 64 zeros for the first.
    pub previous: String,
    /// The keyed hash of all of the above, in hexadecimal.
    pub hash: String,
}

/// What is to be written down.
#[derive(Clone, Debug)]
pub struct Deed<'a> {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: &'a StaffAddress,
    /// As what.
    pub role: Role,
    /// What.
    pub action: &'a str,
    /// Of what.
    pub about: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
}

/// What is wrong with the log.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Tampering {
    /// The entry is not as it was written.
    #[error("entry {0} was changed")]
    Changed(u64),
    /// The entry does not follow the one before it.
    #[error("entry {0} does not follow the one before it")]
    Missing(u64),
}

/// Others kept writing at the same time.
#[derive(Debug, thiserror::Error)]
#[error("the log of staff grew {ATTEMPTS} times while an entry was written")]
struct NeverNext;

const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Adds an entry.
pub async fn write<D: Documents>(store: &D, key: &IndexKey, deed: &Deed<'_>) -> Answer<()> {
    for _ in 0..ATTEMPTS {
        let entry = Entry::after(&end(store).await?, deed, key);
        let document = Document {
            key: place(entry.number),
            version: 0,
            value: serde_json::to_string(&entry).map_err(StoreError::new)?,
            expires_at: None,
        };
        if store.keep(Collection::Audit, &document).await? {
            return Ok(());
        }
    }
    Err(StoreError::new(NeverNext))
}

/// What the next entry follows.
struct End {
    number: u64,
    hash: String,
}

/// The end of the log. Somebody may have damaged it; then it goes on after the damage, which [`check`] finds.
async fn end<D: Documents>(store: &D) -> Answer<End> {
    let mut after: Option<String> = None;
    loop {
        let page = store.documents(Collection::Audit, Order::Descending, after.as_deref(), 1);
        let Some(last) = page.await?.pop() else {
            return Ok(End {
                number: 0,
                hash: NOTHING_BEFORE.to_owned(),
            });
        };
        if let Ok(number) = last.key.parse() {
            let hash = entry(&last).map_or_else(|| NOTHING_BEFORE.to_owned(), |entry| entry.hash);
            return Ok(End { number, hash });
        }
        after = Some(last.key);
    }
}

/// Entries before the one of this number, the latest first. What cannot be read is left out, and found by [`check`].
pub async fn before<D: Documents>(
    store: &D,
    number: Option<u64>,
    limit: u32,
) -> Answer<Vec<Entry>> {
    let after = number.map(place);
    let page = store.documents(
        Collection::Audit,
        Order::Descending,
        after.as_deref(),
        limit,
    );
    Ok(page.await?.iter().filter_map(entry).collect())
}

/// Goes through the whole log: how many entries there are, or what is wrong with it first.
pub async fn check<D: Documents>(store: &D, key: &IndexKey) -> Answer<Result<u64, Tampering>> {
    let mut previous: Option<Entry> = None;
    let mut after: Option<String> = None;
    loop {
        let page = store.documents(Collection::Audit, Order::Ascending, after.as_deref(), PAGE);
        let page = page.await?;
        let Some(last) = page.last() else {
            return Ok(Ok(previous.map_or(0, |entry| entry.number)));
        };
        after = Some(last.key.clone());
        for document in &page {
            let next = previous.as_ref().map_or(1, |entry| entry.number + 1);
            let Some(entry) = entry(document).filter(|entry| place(entry.number) == document.key)
            else {
                return Ok(Err(Tampering::Changed(next)));
            };
            if let Err(tampering) = entry.follows(previous.as_ref(), key) {
                return Ok(Err(tampering));
            }
            previous = Some(entry);
        }
    }
}

fn entry(document: &Document) -> Option<Entry> {
    serde_json::from_str(&document.value).ok()
}

/// Numbers as texts whose order is that of the numbers.
fn place(number: u64) -> String {
    format!("{number:012}")
}

impl Entry {
    /// The entry that tells of this, after the last one.
    fn after(end: &End, deed: &Deed<'_>, key: &IndexKey) -> Entry {
        let mut entry = Entry {
            number: end.number + 1,
            at: deed.at,
            who: deed.who.clone(),
            role: deed.role,
            action: deed.action.to_owned(),
            about: deed.about.to_owned(),
            reason: deed.reason.map(str::to_owned),
            previous: end.hash.clone(),
            hash: String::new(),
        };
        entry.hash = entry.computed(key);
        entry
    }

    /// Whether it is as it was written, and the next after `previous`.
    fn follows(&self, previous: Option<&Entry>, key: &IndexKey) -> Result<(), Tampering> {
        if self.hash != self.computed(key) {
            return Err(Tampering::Changed(self.number));
        }
        let number = previous.map_or(1, |previous| previous.number + 1);
        let hash = previous.map_or(NOTHING_BEFORE, |previous| &previous.hash);
        if self.number != number || self.previous != hash {
            return Err(Tampering::Missing(number));
        }
        Ok(())
    }

    fn computed(&self, key: &IndexKey) -> String {
        let fields = [
            self.number.to_string(),
            self.at.to_string(),
            self.who.to_string(),
            self.role.as_str().to_owned(),
            self.action.clone(),
            self.about.clone(),
            self.reason.clone().unwrap_or_default(),
            u8::from(self.reason.is_some()).to_string(),
            self.previous.clone(),
        ];
        let fields: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
        hexadecimal(&key.hash(Use::Deeds, &fields))
    }
}
