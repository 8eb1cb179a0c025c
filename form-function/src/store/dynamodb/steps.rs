//! A step as one transaction: its conditions come first, in the order in which their failures count.

use super::DynamoStore;
use super::items::{self, Item, number, text};
use super::transaction::{self, Action, Ending, token};
use crate::store::{
    Applied, Claim, Condition, From, QueueMove, Refusal, Step, StoreError, instant,
};
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

/// A condition failed that holds unless the items disagree with each other.
#[derive(Debug, thiserror::Error)]
#[error("a registration does not agree with the other items: {0:?}")]
struct Disagreement(Action);

/// Carries out a step, or nothing of it.
pub(super) async fn apply(store: &DynamoStore, step: &Step) -> Result<Applied, StoreError> {
    let actions = actions(&store.table, step)?;
    // Tokens are known to the whole account, so the table belongs to them.
    let token = token(&format!("{}/{}", store.table, step.audit.id.0));
    let sent = transaction::send(&store.client, &token, actions).await;
    // What is not known to have failed may have been carried out: then the record of it names this very step.
    if sent.may_have_been_carried_out() && was_carried_out(store, step).await? {
        return Ok(Applied::Done);
    }
    match sent.ending {
        Ending::CarriedOut => Ok(Applied::Done),
        Ending::Refused(action, item) => refusal(step, action, item.as_ref()).map(Applied::Refused),
        Ending::Failed(error) => Err(error),
    }
}

async fn was_carried_out(store: &DynamoStore, step: &Step) -> Result<bool, StoreError> {
    let registration = &step.registration;
    let record = store
        .get(items::audit_key(&registration.id, registration.version))
        .await?;
    match record {
        Some(record) => Ok(items::step_of(&record)? == step.audit.id.0),
        None => Ok(false),
    }
}

/// What the first condition that failed means; with the item that stood against it.
fn refusal(step: &Step, action: Action, item: Option<&Item>) -> Result<Refusal, StoreError> {
    match (action, &step.request, item) {
        (Action::Request, Some(request), Some(known)) => {
            let known = items::request(known, &request.key, step.audit.at)?;
            known
                .map(Refusal::Request)
                .ok_or_else(|| StoreError::new(Disagreement(action)))
        }
        (Action::Counters, ..) => Ok(Refusal::Counters),
        (Action::Claim, ..) => {
            let holder = item.map(items::registration_id).transpose()?;
            Ok(Refusal::Claim(holder))
        }
        (Action::Registration, ..) => Ok(Refusal::Version),
        _ => Err(StoreError::new(Disagreement(action))),
    }
}

fn actions(table: &str, step: &Step) -> Result<Vec<(Action, TransactWriteItem)>, StoreError> {
    let mut actions = Vec::new();
    if let Some(request) = &step.request {
        let put = Put::builder()
            .set_item(Some(items::request_item(request)))
            .condition_expression("attribute_not_exists(PK) OR due_at <= :now")
            .expression_attribute_values(":now", text(instant(step.audit.at)))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        actions.push((Action::Request, put_by(table, put)?));
    }
    // What only guards against a fault of ours comes last: where the version is another one, nothing else is as supposed.
    let is_asked = step.counters.condition != Condition::Always;
    let counters = counters(table, step)?;
    let is_claimed = !matches!(step.claim, Claim::Release(_));
    let claim = claim(table, step)?;
    if is_asked {
        actions.extend(counters.clone().map(|action| (Action::Counters, action)));
    }
    if is_claimed {
        actions.extend(claim.clone().map(|action| (Action::Claim, action)));
    }
    actions.push((Action::Registration, registration(table, step)?));
    let guards = counters.filter(|_| !is_asked).into_iter();
    let guards = guards.chain(claim.filter(|_| !is_claimed));
    let others = guards.chain(unconditional(table, step)?);
    actions.extend(others.map(|action| (Action::Other, action)));
    Ok(actions)
}

/// Conditions know no sums, so the limit is what may be taken before the party comes.
fn counters(table: &str, step: &Step) -> Result<Option<TransactWriteItem>, StoreError> {
    let counters = step.counters;
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(items::counters_key(&step.registration.activity)))
        .update_expression("ADD taken :taken, waiting :waiting")
        .expression_attribute_values(":taken", number(counters.taken))
        .expression_attribute_values(":waiting", number(counters.waiting));
    let update = match counters.condition {
        Condition::Always if counters.taken == 0 && counters.waiting == 0 => return Ok(None),
        // A counter below zero would mean that places were given back twice.
        Condition::Always if counters.taken < 0 || counters.waiting < 0 => update
            .condition_expression("taken >= :held AND waiting >= :queued")
            .expression_attribute_values(":held", number(0.max(-counters.taken)))
            .expression_attribute_values(":queued", number(0.max(-counters.waiting))),
        Condition::Always => update,
        Condition::Room {
            at_most,
            queue_empty: true,
        } => update
            .condition_expression(
                "attribute_not_exists(taken) OR (taken <= :limit AND waiting = :nobody)",
            )
            .expression_attribute_values(":limit", number(at_most))
            .expression_attribute_values(":nobody", number(0)),
        Condition::Room { at_most, .. } => update
            .condition_expression("attribute_not_exists(taken) OR taken <= :limit")
            .expression_attribute_values(":limit", number(at_most)),
        Condition::NoRoom { at_most } => update
            .condition_expression("taken > :limit OR waiting > :nobody")
            .expression_attribute_values(":limit", number(at_most))
            .expression_attribute_values(":nobody", number(0)),
    };
    let update = update.build().map_err(StoreError::new)?;
    Ok(Some(TransactWriteItem::builder().update(update).build()))
}

fn claim(table: &str, step: &Step) -> Result<Option<TransactWriteItem>, StoreError> {
    let registration = &step.registration;
    Ok(match &step.claim {
        Claim::Keep => None,
        Claim::Take(person) => {
            let put = Put::builder()
                .set_item(Some(items::claim_item(registration, person)))
                .condition_expression("attribute_not_exists(PK)")
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                );
            Some(put_by(table, put)?)
        }
        Claim::HeldBy(person, earlier) => {
            let check = ConditionCheck::builder()
                .table_name(table)
                .set_key(Some(items::claim_key(&registration.activity, person)))
                .condition_expression("registration = :earlier")
                .expression_attribute_values(":earlier", text(earlier.as_str()))
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                )
                .build()
                .map_err(StoreError::new)?;
            Some(TransactWriteItem::builder().condition_check(check).build())
        }
        Claim::Release(person) => {
            let delete = Delete::builder()
                .table_name(table)
                .set_key(Some(items::claim_key(&registration.activity, person)))
                .condition_expression("registration = :this")
                .expression_attribute_values(":this", text(registration.id.as_str()))
                .build()
                .map_err(StoreError::new)?;
            Some(TransactWriteItem::builder().delete(delete).build())
        }
    })
}

fn registration(table: &str, step: &Step) -> Result<TransactWriteItem, StoreError> {
    let item = items::registration_item(&step.registration, step.due_at)?;
    let put = Put::builder().set_item(Some(item));
    let put = match step.from {
        From::Nothing => put.condition_expression("attribute_not_exists(PK)"),
        From::Version(version) => put
            .condition_expression("version = :version")
            .expression_attribute_values(":version", number(version)),
    };
    put_by(table, put)
}

/// What belongs to a step and cannot fail where its conditions hold.
fn unconditional(table: &str, step: &Step) -> Result<Vec<TransactWriteItem>, StoreError> {
    let registration = &step.registration;
    let id = &registration.id;
    let mut written = vec![items::audit_item(registration, &step.audit)?];
    let mut deleted = Vec::new();
    match step.queue {
        QueueMove::Keep => {}
        QueueMove::Join => written.push(items::queue_key(registration)),
        QueueMove::Leave => deleted.push(items::queue_key(registration)),
    }
    for (part, sealed) in &step.sealed {
        written.push(items::sealed_item(id, *part, sealed));
    }
    if step.from == From::Nothing {
        let people = registration.people.iter();
        written.extend(people.map(|person| items::person_key(person, id)));
    }
    for consent in &step.consents {
        written.push(items::consent_item(id, consent)?);
    }
    if let Some(message) = &step.message {
        written.push(items::message_item(message)?);
    }
    deleted.extend(
        step.shredded
            .iter()
            .map(|part| items::sealed_key(id, *part)),
    );
    deleted.extend(
        step.forgotten
            .iter()
            .map(|person| items::person_key(person, id)),
    );
    let put = |item| put_by(table, Put::builder().set_item(Some(item)));
    let written = written.into_iter().map(put);
    written
        .chain(deleted.into_iter().map(|key| delete(table, key)))
        .collect()
}

fn put_by(
    table: &str,
    put: aws_sdk_dynamodb::types::builders::PutBuilder,
) -> Result<TransactWriteItem, StoreError> {
    let put = put.table_name(table).build().map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// Deletes what is under a key, there or not.
pub(super) fn delete(table: &str, key: Item) -> Result<TransactWriteItem, StoreError> {
    let delete = Delete::builder().table_name(table).set_key(Some(key));
    let delete = delete.build().map_err(StoreError::new)?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}
