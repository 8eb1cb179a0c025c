//! The attributes of items.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;

use crate::store::{StoreError, instant};

/// What `DynamoDB` keeps under one key.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The partition of the index of all items whose time will be over. Time to live would delete them too, some days later.
pub(super) const FORGET: &str = "FORGET";

/// An item is not as this program writes it.
#[derive(Debug, thiserror::Error)]
#[error("a stored item has no usable `{0}`")]
pub(super) struct Malformed(pub(super) &'static str);

/// A text attribute.
pub(super) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// A number attribute.
pub(super) fn number(number: impl Into<i64>) -> AttributeValue {
    AttributeValue::N(number.into().to_string())
}

/// The whole of something, as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<AttributeValue, StoreError> {
    serde_json::to_string(value)
        .map(AttributeValue::S)
        .map_err(StoreError::new)
}

/// An item that is forgotten from an instant on.
pub(super) fn kept_until(at: Timestamp, item: Item) -> Item {
    with(
        item,
        [
            // As the time to live of the table wants it.
            ("expires_at", number(at.as_second())),
            ("due_bucket", text(FORGET)),
            ("due_at", text(instant(at))),
        ],
    )
}

/// An item with more attributes.
pub(super) fn with<const N: usize>(
    mut item: Item,
    attributes: [(&str, AttributeValue); N],
) -> Item {
    item.extend(
        attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    item
}

/// A text of an item.
pub(super) fn text_of<'a>(item: &'a Item, name: &'static str) -> Result<&'a str, StoreError> {
    let text = item.get(name).and_then(|value| value.as_s().ok());
    text.map(String::as_str)
        .ok_or_else(|| StoreError::new(Malformed(name)))
}

/// A number of an item.
pub(super) fn number_of(item: &Item, name: &'static str) -> Result<u32, StoreError> {
    let number = item.get(name).and_then(|value| value.as_n().ok());
    number
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| StoreError::new(Malformed(name)))
}
