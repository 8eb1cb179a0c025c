//! The table. A deployment declares the same one in its template.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, LocalSecondaryIndex, Projection,
    ProjectionType, ScalarAttributeType,
};

use crate::store::StoreError;

/// The index of messages by the instant they were recorded.
pub(super) const OLDEST_FIRST: &str = "oldest-first";

/// How long a new table may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Makes the table, unless it is there, and waits until it can be used.
pub(super) async fn create(client: &Client, name: &str) -> Result<(), StoreError> {
    let index = LocalSecondaryIndex::builder()
        .index_name(OLDEST_FIRST)
        .key_schema(key("PK", KeyType::Hash)?)
        .key_schema(key("recorded", KeyType::Range)?)
        .projection(
            Projection::builder()
                .projection_type(ProjectionType::All)
                .build(),
        )
        .build()
        .map_err(StoreError::new)?;
    let created = client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("PK")?)
        .attribute_definitions(attribute("SK")?)
        .attribute_definitions(attribute("recorded")?)
        .key_schema(key("PK", KeyType::Hash)?)
        .key_schema(key("SK", KeyType::Range)?)
        .local_secondary_indexes(index)
        .send()
        .await;
    match created {
        Err(error)
            if !error
                .as_service_error()
                .is_some_and(CreateTableError::is_resource_in_use_exception) =>
        {
            Err(StoreError::new(error))
        }
        _ => client
            .wait_until_table_exists()
            .table_name(name)
            .wait(PATIENCE)
            .await
            .map(drop)
            .map_err(StoreError::new),
    }
}

fn attribute(name: &str) -> Result<AttributeDefinition, StoreError> {
    let definition = AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S);
    definition.build().map_err(StoreError::new)
}

fn key(name: &str, kind: KeyType) -> Result<KeySchemaElement, StoreError> {
    KeySchemaElement::builder()
        .attribute_name(name)
        .key_type(kind)
        .build()
        .map_err(StoreError::new)
}
