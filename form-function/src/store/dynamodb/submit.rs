//! Recording a registration: one transaction, or the next one when the world is otherwise than that one supposes.

use aws_sdk_dynamodb::types::{
    ConditionCheck, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use forms::{Capacity, Registration, RegistrationId};

use super::items::{self, Item, number, text};
use super::transaction::{self, Outcome, Part};
use super::{DynamoStore, Store};
use crate::store::{IdempotencyKey, StoreError, SubmitRequest, Submitted, record};

/// How many suppositions to try. Two or three are enough unless others sign up and cancel all the while.
const ROUNDS: u32 = 8;

/// What kept changing was not what was supposed, each time.
#[derive(Debug, thiserror::Error)]
#[error("the places of the activity changed {ROUNDS} times while a registration was recorded")]
struct NeverStill;

/// A fresh registration or message has an identity that exists.
#[derive(Debug, thiserror::Error)]
#[error("the identity of a new item is in use already: {0:?}")]
struct IdentityInUse(Part);

/// A request was answered with a registration that is not there.
#[derive(Debug, thiserror::Error)]
#[error("the registration that a request was answered with is missing")]
struct AnswerMissing;

/// What a transaction supposes. Its conditions say so; a condition that fails tells what to suppose instead.
struct Supposition {
    room: bool,
    earlier: Option<RegistrationId>,
}

/// Takes the places and records the registration with its first message, or changes nothing.
pub(super) async fn submit(
    store: &DynamoStore,
    request: &SubmitRequest,
) -> Result<Submitted, StoreError> {
    if record::never_fits(request) {
        return full(store, request).await;
    }
    let step = store.step(&request.registration.id, request.registration.submitted_at);
    let mut supposed = Supposition {
        room: true,
        earlier: None,
    };
    for round in 0..ROUNDS {
        let registration = record::recorded(request, supposed.room, supposed.earlier.clone());
        let actions = actions(&store.table, request, &supposed, &registration)?;
        match transaction::send(&store.client, &step.token(round), actions).await {
            Ok(Outcome::Applied) => return Ok(Submitted::Recorded(registration)),
            Ok(Outcome::Refused(Part::Request, Some(known))) => {
                return replay(store, &request.idempotency_key, &known).await;
            }
            Ok(Outcome::Refused(Part::Places, _)) if supposed.room && !request.waitlist => {
                return full(store, request).await;
            }
            Ok(Outcome::Refused(Part::Places, _)) => supposed.room = !supposed.room,
            Ok(Outcome::Refused(Part::Person, held)) => {
                supposed.earlier = match supposed.earlier {
                    None => held.as_ref().map(items::registration_id).transpose()?,
                    Some(_) => None,
                };
            }
            Ok(Outcome::Refused(part, _)) => return Err(StoreError::new(IdentityInUse(part))),
            Err(error) => return after_silence(store, request, error).await,
        }
    }
    Err(StoreError::new(NeverStill))
}

/// The registration that this very request was answered with.
pub(super) async fn answered(
    store: &DynamoStore,
    key: &IdempotencyKey,
) -> Result<Option<Registration>, StoreError> {
    let Some(known) = store.get(items::request_key(key)).await? else {
        return Ok(None);
    };
    Ok(match replay(store, key, &known).await? {
        Submitted::Replayed(registration) => Some(registration),
        _ => None,
    })
}

/// The answer when there is no room. Whoever has the answer already keeps it, full or not.
async fn full(store: &DynamoStore, request: &SubmitRequest) -> Result<Submitted, StoreError> {
    match store
        .get(items::request_key(&request.idempotency_key))
        .await?
    {
        Some(known) => replay(store, &request.idempotency_key, &known).await,
        None => Ok(Submitted::Full),
    }
}

/// The answer to a request that is known.
async fn replay(
    store: &DynamoStore,
    key: &IdempotencyKey,
    known: &Item,
) -> Result<Submitted, StoreError> {
    if items::digest(known)? != key.digest {
        return Ok(Submitted::KeyReused);
    }
    let registration = store.registration(&items::registration_id(known)?).await?;
    registration
        .map(Submitted::Replayed)
        .ok_or_else(|| StoreError::new(AnswerMissing))
}

/// The answer when the service has not given one: the transaction may have been carried out all the same, and then the
/// request is recorded with our registration.
async fn after_silence(
    store: &DynamoStore,
    request: &SubmitRequest,
    error: StoreError,
) -> Result<Submitted, StoreError> {
    let Ok(Some(known)) = store
        .get(items::request_key(&request.idempotency_key))
        .await
    else {
        return Err(error);
    };
    let ours = items::registration_id(&known)? == request.registration.id;
    match replay(store, &request.idempotency_key, &known).await? {
        Submitted::Replayed(registration) if ours => Ok(Submitted::Recorded(registration)),
        answer => Ok(answer),
    }
}

/// The transaction, in the order in which its failures count.
fn actions(
    table: &str,
    request: &SubmitRequest,
    supposed: &Supposition,
    registration: &Registration,
) -> Result<Vec<(Part, TransactWriteItem)>, StoreError> {
    let message = record::first_message(registration);
    Ok(vec![
        (
            Part::Request,
            put_new(
                table,
                items::request_item(&request.idempotency_key, registration),
            )?,
        ),
        (
            Part::Places,
            take_places(table, request.capacity, supposed.room, registration)?,
        ),
        (
            Part::Person,
            hold_person(table, request, supposed.earlier.as_ref(), registration)?,
        ),
        (
            Part::Registration,
            put_new(
                table,
                items::registration_item(registration, &request.contact_hash)?,
            )?,
        ),
        (
            Part::Message,
            put_new(table, items::message_item(&message)?)?,
        ),
    ])
}

/// Puts an item where there is none.
fn put_new(table: &str, item: Item) -> Result<TransactWriteItem, StoreError> {
    let put = Put::builder()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression("attribute_not_exists(PK)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Takes or awaits the places if there is room or none, as supposed. A duplicate supposes the same and adds nothing.
///
/// Conditions know no sums, so the limit is what must be taken at most before the party comes.
fn take_places(
    table: &str,
    capacity: Option<Capacity>,
    room: bool,
    registration: &Registration,
) -> Result<TransactWriteItem, StoreError> {
    let places = record::places(registration);
    let mut update = Update::builder()
        .table_name(table)
        .set_key(Some(items::places_key(&registration.activity)))
        .update_expression("ADD taken :taken, waiting :waiting")
        .expression_attribute_values(":taken", number(places.taken))
        .expression_attribute_values(":waiting", number(places.waiting));
    if let Some(capacity) = capacity {
        let limit = i64::from(capacity.places()) - i64::from(registration.party_size.places());
        let condition = if room {
            "attribute_not_exists(taken) OR (taken <= :limit AND waiting = :none)"
        } else {
            "taken > :limit OR waiting > :none"
        };
        update = update
            .condition_expression(condition)
            .expression_attribute_values(":limit", number(limit))
            .expression_attribute_values(":none", number(0));
    }
    Ok(TransactWriteItem::builder()
        .update(update.build().map_err(StoreError::new)?)
        .build())
}

/// Makes this registration the person's one, or makes sure that the earlier one still is.
fn hold_person(
    table: &str,
    request: &SubmitRequest,
    earlier: Option<&RegistrationId>,
    registration: &Registration,
) -> Result<TransactWriteItem, StoreError> {
    let Some(earlier) = earlier else {
        return put_new(
            table,
            items::person_item(registration, &request.contact_hash),
        );
    };
    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(items::person_key(
            &registration.activity,
            &request.contact_hash,
        )))
        .condition_expression("registration = :earlier")
        .expression_attribute_values(":earlier", text(earlier.as_str()))
        .build()
        .map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().condition_check(check).build())
}
