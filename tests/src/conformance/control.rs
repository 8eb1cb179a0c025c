//! A store that is wrong in the way stores are wrong: it looks whether there is room and then books. The race must
//! find out, or its silence about the real stores means nothing.

use std::sync::Arc;

use form_function::store::sqlite::SqliteStore;
use form_function::store::{
    Cancelled, IdempotencyKey, MessageId, OutboxMessage, Store, StoreError, SubmitRequest,
    Submitted,
};
use forms::{Availability, Registration, RegistrationId, Slug};
use jiff::Timestamp;
use tokio::sync::Barrier;

use super::people::Opened;
use super::races::{Race, rush};
use super::sqlite;

/// Looks first and books then. Everybody has looked before anybody books.
struct Careless {
    inner: Arc<SqliteStore>,
    everybody_has_looked: Barrier,
}

impl Store for Careless {
    async fn submit(&self, request: &SubmitRequest) -> Result<Submitted, StoreError> {
        let before = self
            .inner
            .availability(&request.registration.activity)
            .await?;
        self.everybody_has_looked.wait().await;
        let party = request.registration.party_size.places();
        match request.capacity {
            Some(capacity) if before.remaining(capacity) < party => Ok(Submitted::Full),
            _ => {
                self.inner
                    .submit(&SubmitRequest {
                        capacity: None,
                        ..request.clone()
                    })
                    .await
            }
        }
    }

    async fn answered(&self, key: &IdempotencyKey) -> Result<Option<Registration>, StoreError> {
        self.inner.answered(key).await
    }

    async fn registration(&self, id: &RegistrationId) -> Result<Option<Registration>, StoreError> {
        self.inner.registration(id).await
    }

    async fn cancel(&self, id: &RegistrationId, now: Timestamp) -> Result<Cancelled, StoreError> {
        self.inner.cancel(id, now).await
    }

    async fn availability(&self, activity: &Slug) -> Result<Availability, StoreError> {
        self.inner.availability(activity).await
    }

    async fn undelivered(&self, limit: u32) -> Result<Vec<OutboxMessage>, StoreError> {
        self.inner.undelivered(limit).await
    }

    async fn mark_delivered(&self, id: &MessageId) -> Result<(), StoreError> {
        self.inner.mark_delivered(id).await
    }

    async fn health(&self) -> Result<(), StoreError> {
        self.inner.health().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_race_sees_a_store_that_looks_first_and_books_then() {
    let Opened {
        store,
        keep: _folder,
    } = sqlite::open().await;
    let requests = rush();
    let everybody_has_looked = Barrier::new(requests.len());
    let careless = Arc::new(Careless {
        inner: store,
        everybody_has_looked,
    });
    let race = Race::run(&careless, requests).await;
    let verdict = race.verdict(40).unwrap_err();
    assert!(verdict.starts_with("overbooked"), "{verdict}");
    assert_eq!((race.confirmed, race.counted.taken), (200, 200));
}
