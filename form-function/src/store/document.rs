//! What staff's pages keep beside registrations: sessions, the log of what staff did, requests for data.

use std::future::Future;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Answer;

/// Documents of one sort, by their keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Collection {
    /// Links by which staff sign in.
    SignIns,
    /// Who is signed in to the staff area.
    Sessions,
    /// What staff looked at and did.
    Audit,
    /// What a programme has to know of who takes part, sealed.
    Cards,
    /// Who came to an event without having signed up.
    WalkIns,
    /// What people asked for about their data.
    DataRequests,
    /// What staff noted of registrations, sealed.
    Notes,
}

impl Collection {
    /// The name in stores.
    pub fn as_str(self) -> &'static str {
        match self {
            Collection::SignIns => "sign-ins",
            Collection::Sessions => "sessions",
            Collection::Audit => "audit",
            Collection::Cards => "cards",
            Collection::WalkIns => "walk-ins",
            Collection::DataRequests => "data-requests",
            Collection::Notes => "notes",
        }
    }
}

/// A value under a key, which only whoever knows its version can change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Which one of its collection. Documents stand in the order of their keys, byte by byte.
    pub key: String,
    /// Counts the changes, from 0.
    pub version: u32,
    /// What it says: JSON of whoever wrote it.
    pub value: String,
    /// From when on it may be forgotten; absent for what is kept.
    pub expires_at: Option<Timestamp>,
}

/// From which end a collection is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// The smallest key first.
    Ascending,
    /// The largest key first.
    Descending,
}

/// Where staff's pages keep documents. Every change is one durable step, as of a [`Store`](super::Store).
pub trait Documents: Send + Sync + 'static {
    /// The document of this key as it is now. One whose time is over may still be there.
    fn document(
        &self,
        collection: Collection,
        key: &str,
    ) -> impl Future<Output = Answer<Option<Document>>> + Send;

    /// Documents of a collection that come after `after` in this order, at most `limit`.
    fn documents(
        &self,
        collection: Collection,
        order: Order,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Answer<Vec<Document>>> + Send;

    /// Keeps a document in the place of the one with the version before, or, with version 0, where there is none. Whether
    /// that was so; otherwise nothing changed.
    fn keep(
        &self,
        collection: Collection,
        document: &Document,
    ) -> impl Future<Output = Answer<bool>> + Send;

    /// Destroys the document of this key, if there is one.
    fn discard(&self, collection: Collection, key: &str)
    -> impl Future<Output = Answer<()>> + Send;
}
