//! Who came to an event without having signed up. They are counted and not known: whoever wants to be written to signs up.

use forms::{PartySize, Slug};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::app::Random;
use crate::store::{Answer, Collection, Document, Documents, Order, StoreError};

/// What a page counts somebody under, so that pressed twice is counted once: 128 random bits in hexadecimal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalkInKey(String);

impl WalkInKey {
    /// A new one.
    pub fn generate(random: &Random) -> WalkInKey {
        let mut bytes = [0; 16];
        random(&mut bytes);
        WalkInKey(crate::keys::hexadecimal(&bytes))
    }

    /// The key that this text is, if it is one.
    pub fn parse(text: &str) -> Option<WalkInKey> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 32 && text.bytes().all(is_digit)).then(|| WalkInKey(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Some who came together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WalkIn {
    /// What they were counted under.
    pub key: WalkInKey,
    /// When they were counted.
    pub at: Timestamp,
    /// How many they are.
    pub people: PartySize,
}

#[derive(Serialize, Deserialize)]
struct Counted {
    at: Timestamp,
    people: PartySize,
}

/// Counts some who came. Under a key that was used before nothing changes.
pub async fn add<D: Documents>(store: &D, event: &Slug, walk_in: &WalkIn) -> Answer<()> {
    let counted = Counted {
        at: walk_in.at,
        people: walk_in.people,
    };
    let document = Document {
        key: format!("{event}/{}", walk_in.key.as_str()),
        version: 0,
        value: serde_json::to_string(&counted).map_err(StoreError::new)?,
        expires_at: None,
    };
    store.keep(Collection::WalkIns, &document).await?;
    Ok(())
}

/// Takes back that some came.
pub async fn take_back<D: Documents>(store: &D, event: &Slug, key: &WalkInKey) -> Answer<()> {
    let key = format!("{event}/{}", key.as_str());
    store.discard(Collection::WalkIns, &key).await
}

/// Everybody who came to an event without having signed up, the latest first.
pub async fn all<D: Documents>(store: &D, event: &Slug) -> Answer<Vec<WalkIn>> {
    const PAGE: u32 = 200;
    let begins = format!("{event}/");
    let mut found: Vec<WalkIn> = Vec::new();
    let mut after = begins.clone();
    loop {
        let page = store.documents(Collection::WalkIns, Order::Ascending, Some(&after), PAGE);
        let page = page.await?;
        let of_event = page
            .iter()
            .map_while(|document| Some((document.key.strip_prefix(&begins)?, document)));
        for (key, document) in of_event {
            let counted: Counted =
                serde_json::from_str(&document.value).map_err(StoreError::new)?;
            found.extend(WalkInKey::parse(key).map(|key| WalkIn {
                key,
                at: counted.at,
                people: counted.people,
            }));
        }
        let last = page.last().map(|document| document.key.clone());
        match last {
            Some(last) if last.starts_with(&begins) => after = last,
            _ => break,
        }
    }
    found.sort_by_key(|walk_in| std::cmp::Reverse(walk_in.at));
    Ok(found)
}

/// How many they are together.
pub fn people(walk_ins: &[WalkIn]) -> u32 {
    walk_ins.iter().map(|walk_in| walk_in.people.places()).sum()
}
