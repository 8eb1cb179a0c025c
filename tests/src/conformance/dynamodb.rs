//! The store of a deployment on AWS, on whatever answers at `AWS_ENDPOINT_URL_DYNAMODB`.

mod faults;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use aws_sdk_dynamodb::Client;
use form_function::store::dynamodb::{DynamoStore, client};

use super::people::Opened;

conforms!(super::dynamodb::open);

/// A store in a table of its own.
pub(super) async fn open() -> Opened<DynamoStore, ()> {
    open_with(client().await).await
}

/// A store in a table of its own, by way of this client.
async fn open_with(client: Client) -> Opened<DynamoStore, ()> {
    static TABLES: AtomicU32 = AtomicU32::new(0);
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let run = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let store = DynamoStore::new(client, format!("conformance-{run}-{number}"));
    store.create_table().await.unwrap();
    Opened {
        store: Arc::new(store),
        keep: (),
    }
}
