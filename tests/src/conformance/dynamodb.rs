//! The store of a deployment on AWS, on whatever answers at `AWS_ENDPOINT_URL_DYNAMODB`.

mod faults;
mod paging;

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use form_function::aws;
use form_function::store::dynamodb::DynamoStore;

use super::people::Opened;
use crate::template;

conforms!(super::dynamodb::open, Sample);

/// A store in a table of its own.
pub(super) async fn open() -> Opened<DynamoStore, ()> {
    open_with(aws::dynamodb().unwrap()).await
}

/// A store in a table of its own, by way of this client.
async fn open_with(client: Client) -> Opened<DynamoStore, ()> {
    let table = template::new_table(&client, "conformance").await;
    Opened {
        store: Arc::new(DynamoStore::new(client, table)),
        keep: (),
    }
}
