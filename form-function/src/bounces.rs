//! Mail that was sent and came back.

use jiff::Timestamp;

use crate::store::{Delivery, DeliveryStatus, MessageId, Store, StoreError};

/// Records what became of a message after it was sent. `false` where no such message is known, as after its time is over.
pub async fn record<S: Store>(
    store: &S,
    message: &MessageId,
    status: DeliveryStatus,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let Some(cause) = message.cause() else {
        return Ok(false);
    };
    // To a person who had registered before, the message was about that registration.
    let earlier = store.registration(&cause).await?;
    let earlier = earlier.and_then(|registration| registration.duplicate_of);
    for about in earlier.into_iter().chain([cause]) {
        let sent = store.deliveries(&about).await?;
        let Some(sent) = sent.into_iter().find(|delivery| delivery.id == *message) else {
            continue;
        };
        let delivery = Delivery { status, at, ..sent };
        store.settle(&about, &delivery).await?;
        return Ok(true);
    }
    Ok(false)
}
