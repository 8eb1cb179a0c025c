//! The register of what people asked for about their data, and until when they must be answered (GDPR art. 12(3)). It says
//! what was asked and when, and not by whom.

use forms::{Reference, answer_by};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::app::Random;
use crate::store::{Answer, Collection, Document, Documents, Order, StoreError};

/// What somebody asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A copy of what is kept: art. 15.
    Access,
    /// That something wrong is put right: art. 16.
    Rectification,
    /// To be forgotten: art. 17.
    Erasure,
    /// That nothing is done with it for a while: art. 18.
    Restriction,
    /// A copy for another program: art. 20.
    Portability,
    /// That it is used no longer: art. 21.
    Objection,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 6] = [
        Kind::Access,
        Kind::Rectification,
        Kind::Erasure,
        Kind::Restriction,
        Kind::Portability,
        Kind::Objection,
    ];

    /// The name in forms and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Access => "access",
            Kind::Rectification => "rectification",
            Kind::Erasure => "erasure",
            Kind::Restriction => "restriction",
            Kind::Portability => "portability",
            Kind::Objection => "objection",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done, and the person was told.
    Done,
    /// It was refused, and the person was told why (art. 12(4)).
    Refused,
    /// Nobody could be sure who asked (art. 12(6)).
    Unidentified,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 3] = [Outcome::Done, Outcome::Refused, Outcome::Unidentified];

    /// The name in forms and strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Unidentified => "unidentified",
        }
    }

    /// The outcome of this name.
    pub fn parse(text: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DataRequest {
    /// What it is named by.
    pub reference: String,
    /// What is asked for.
    pub kind: Kind,
    /// The day on which it came.
    pub came_on: Date,
    /// Why it takes two months longer, as the person was told; absent where it does not.
    pub extended: Option<String>,
    /// How it ended, and when; absent while it is open.
    pub closed: Option<(Outcome, Date)>,
}

impl DataRequest {
    /// The last day on which the answer is in time.
    pub fn answer_by(&self) -> Date {
        answer_by(self.came_on, self.extended.is_some())
    }
}

/// A request as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptRequest {
    /// What it says.
    pub request: DataRequest,
    /// Counts its changes.
    version: u32,
}

/// Enters a request.
pub async fn open<D: Documents>(
    store: &D,
    random: &Random,
    kind: Kind,
    came_on: Date,
) -> Answer<DataRequest> {
    let mut bytes = [0; 8];
    random(&mut bytes);
    let request = DataRequest {
        reference: Reference::from_random(bytes).to_string(),
        kind,
        came_on,
        extended: None,
        closed: None,
    };
    keep(store, &request, 0).await?;
    Ok(request)
}

/// Changes a request, if nobody else did meanwhile. Whether it was changed.
pub async fn change<D: Documents>(
    store: &D,
    kept: &KeptRequest,
    request: &DataRequest,
) -> Answer<bool> {
    keep(store, request, kept.version + 1).await
}

/// The request of this reference.
pub async fn find<D: Documents>(store: &D, reference: &str) -> Answer<Option<KeptRequest>> {
    let found = store.document(Collection::DataRequests, reference).await?;
    found.as_ref().map(kept).transpose()
}

/// Every request: those that are open first, the most pressing of them first; then the latest to be closed.
pub async fn all<D: Documents>(store: &D) -> Answer<Vec<KeptRequest>> {
    const PAGE: u32 = 200;
    let mut found: Vec<KeptRequest> = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let order = Order::Ascending;
        let page = store.documents(Collection::DataRequests, order, after.as_deref(), PAGE);
        let page = page.await?;
        let Some(last) = page.last() else { break };
        after = Some(last.key.clone());
        for document in &page {
            found.push(kept(document)?);
        }
    }
    found.sort_by_key(|kept| match &kept.request.closed {
        None => (0, kept.request.answer_by(), Date::MIN),
        Some((_, on)) => (1, Date::MIN, *on),
    });
    let open = found.partition_point(|kept| kept.request.closed.is_none());
    found[open..].reverse();
    Ok(found)
}

async fn keep<D: Documents>(store: &D, request: &DataRequest, version: u32) -> Answer<bool> {
    let document = Document {
        key: request.reference.clone(),
        version,
        value: serde_json::to_string(request).map_err(StoreError::new)?,
        expires_at: None,
    };
    store.keep(Collection::DataRequests, &document).await
}

fn kept(document: &Document) -> Answer<KeptRequest> {
    Ok(KeptRequest {
        request: serde_json::from_str(&document.value).map_err(StoreError::new)?,
        version: document.version,
    })
}
