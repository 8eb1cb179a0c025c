//! The cards of who takes part, sealed: what the law protects most apart from the rest, as it is with all answers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use forms::{Card, Group, RegistrationId};
use serde::{Deserialize, Serialize};

use crate::app::Random;
use crate::personal::ReadError;
use crate::seal::{Opener, SealContext, Sealed, Sealer};
use crate::store::{Answer, Collection, Document, Documents, StoreError};

/// A card as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptCard {
    /// What it says.
    pub card: Card,
    /// How often it was kept.
    pub version: u32,
}

/// What stands in a document.
#[derive(Serialize, Deserialize)]
struct Halves {
    answers: String,
    sensitive: String,
}

/// The groups that a card has replies of, with the name of the part.
const HALVES: [(Group, &str); 2] = [
    (Group::Answers, "card.answers"),
    (Group::Sensitive, "card.sensitive"),
];

/// The card of a person; an empty one where none was begun.
pub async fn read<D: Documents>(
    store: &D,
    opener: &Opener,
    id: &RegistrationId,
) -> Result<KeptCard, ReadError> {
    let Some(document) = store.document(Collection::Cards, id.as_str()).await? else {
        return Ok(KeptCard::default());
    };
    opened(opener, &document)
}

/// Every card that was begun, with whose it is.
pub async fn all<D: Documents>(
    store: &D,
    opener: &Opener,
) -> Result<Vec<(RegistrationId, Card)>, ReadError> {
    const PAGE: u32 = 500;
    let mut cards = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let order = crate::store::Order::Ascending;
        let page = store.documents(Collection::Cards, order, after.as_deref(), PAGE);
        let page = page.await?;
        let Some(last) = page.last() else {
            return Ok(cards);
        };
        after = Some(last.key.clone());
        for document in &page {
            let id = RegistrationId::from_stored(document.key.as_str());
            cards.push((id, opened(opener, document)?.card));
        }
    }
}

/// Keeps a card in the place of the one that was kept so often. Whether that was so; otherwise nothing changed.
pub async fn keep<D: Documents>(
    store: &D,
    sealer: &Sealer,
    random: &Random,
    id: &RegistrationId,
    card: &KeptCard,
) -> Answer<bool> {
    let half = |(group, part): (Group, &str)| {
        let json = serde_json::to_vec(&card.card.of_group(group)).map_err(StoreError::new)?;
        let context = SealContext {
            registration: id,
            part,
        };
        let Sealed(bytes) = sealer.seal(group, &context, &json, random);
        Ok::<String, StoreError>(STANDARD_NO_PAD.encode(bytes))
    };
    let [answers, sensitive] = HALVES;
    let halves = Halves {
        answers: half(answers)?,
        sensitive: half(sensitive)?,
    };
    let document = Document {
        key: id.as_str().to_owned(),
        version: card.version,
        value: serde_json::to_string(&halves).map_err(StoreError::new)?,
        expires_at: None,
    };
    store.keep(Collection::Cards, &document).await
}

/// Destroys the card of a person, if there is one.
pub async fn discard<D: Documents>(store: &D, id: &RegistrationId) -> Answer<()> {
    store.discard(Collection::Cards, id.as_str()).await
}

fn opened(opener: &Opener, document: &Document) -> Result<KeptCard, ReadError> {
    let id = RegistrationId::from_stored(document.key.as_str());
    let halves: Halves = serde_json::from_str(&document.value).map_err(|_| ReadError::Malformed)?;
    let open = |(group, part): (Group, &str), half: &str| {
        let sealed = STANDARD_NO_PAD.decode(half);
        let sealed = Sealed(sealed.map_err(|_| ReadError::Malformed)?);
        let context = SealContext {
            registration: &id,
            part,
        };
        let json = opener.open(group, &context, &sealed)?;
        serde_json::from_slice::<Card>(&json).map_err(|_| ReadError::Malformed)
    };
    let [answers, sensitive] = HALVES;
    Ok(KeptCard {
        card: open(answers, &halves.answers)?.with(open(sensitive, &halves.sensitive)?),
        version: document.version + 1,
    })
}
