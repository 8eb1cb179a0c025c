//! What the service does and no emulator: conflicts, throttling and replies that are lost after the work was done.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use form_function::aws;
use form_function::store::dynamodb::DynamoStore;
use form_function::store::{Store, Submitted};
use tokio::time::Instant;

use super::super::people::{Opened, again, ask, availability, recorded, taken};
use super::super::{cancellations, duplicates, races};
use super::open_with;

/// Something that goes wrong with one transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    /// Another transaction was at the same items; nothing was done.
    Conflict,
    /// Too many requests; nothing was done.
    Throttled,
    /// It was done, and the reply got lost.
    LostReply,
}

impl Storable for Fault {
    type Storer = StoreReplace<Fault>;
}

/// Decides what goes wrong with the attempt of this number, from 1, to send the transaction with this token.
type Plan = fn(token: &str, attempt: usize) -> Option<Fault>;

/// Lets transactions go wrong according to a plan.
#[derive(Debug)]
struct Faults {
    plan: Plan,
    attempts: Mutex<HashMap<String, usize>>,
}

const TARGET: &str = "x-amz-target";

impl Intercept for Faults {
    fn name(&self) -> &'static str {
        "Faults"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if request.headers().get(TARGET) != Some("DynamoDB_20120810.TransactWriteItems") {
            return Ok(());
        }
        let token = token(request.body().bytes().ok_or("a streamed transaction")?)?;
        let attempt = {
            let mut attempts = self.attempts.lock().unwrap();
            let attempt = attempts.entry(token.clone()).or_default();
            *attempt += 1;
            *attempt
        };
        let Some(fault) = (self.plan)(&token, attempt) else {
            return Ok(());
        };
        bag.interceptor_state().store_put(fault);
        if fault != Fault::LostReply {
            // Something else that changes nothing, and whose answer nobody will see.
            request
                .headers_mut()
                .insert(TARGET, "DynamoDB_20120810.DescribeEndpoints");
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (status, body) = match bag.load::<Fault>() {
            None => return Ok(()),
            Some(Fault::Conflict) => (
                400_u16,
                r#"{"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                    "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
                    "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}"#,
            ),
            Some(Fault::Throttled) => (
                400,
                r#"{"__type": "com.amazonaws.dynamodb.v20120810#RequestLimitExceeded"}"#,
            ),
            Some(Fault::LostReply) => (
                500,
                r#"{"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"}"#,
            ),
        };
        let response = context.response_mut();
        // The type of an error may stand there as well, and then counts for more than the body.
        response.headers_mut().remove("x-amzn-errortype");
        *response.status_mut() = status.try_into()?;
        *response.body_mut() = body.into();
        Ok(())
    }
}

fn token(body: &[u8]) -> Result<String, BoxError> {
    let body = std::str::from_utf8(body)?;
    let (_, rest) = body
        .split_once(r#""ClientRequestToken":""#)
        .ok_or("a transaction without a token")?;
    Ok(rest
        .split_once('"')
        .ok_or("a token without an end")?
        .0
        .to_owned())
}

async fn open(plan: Plan) -> Opened<DynamoStore, ()> {
    let faults = Faults {
        plan,
        attempts: Mutex::default(),
    };
    let config = aws::dynamodb()
        .unwrap()
        .config()
        .to_builder()
        .interceptor(faults)
        .build();
    open_with(Client::from_conf(config)).await
}

/// Most transactions fail once or twice, each in its own way.
fn mostly_bad(token: &str, attempt: usize) -> Option<Fault> {
    let digit = token
        .chars()
        .rev()
        .nth(attempt - 1)
        .filter(|_| attempt <= 2)?;
    match digit {
        '0'..='5' => Some(Fault::Conflict),
        '6'..='8' => Some(Fault::Throttled),
        '9' | 'a'..='c' => Some(Fault::LostReply),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_with_faults_fills_every_place_once() {
    races::forty_places_go_to_forty_of_two_hundred(&open(mostly_bad).await.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_with_faults_counts_everybody_once() {
    races::a_queue_that_forms_in_a_rush_counts_everybody_once(&open(mostly_bad).await.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_posts_of_one_request_with_faults_are_one_registration() {
    races::fifty_posts_of_one_request_are_one_registration(&open(mostly_bad).await.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_cancellations_with_faults_give_the_places_back_once() {
    cancellations::twenty_cancellations_at_once_give_the_places_back_once(
        &open(mostly_bad).await.store,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_fifty_times_with_faults_holds_one_place() {
    duplicates::one_person_fifty_times_at_once_holds_one_place(&open(mostly_bad).await.store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_is_known_even_if_every_reply_was_lost() {
    let opened: Opened<DynamoStore, ()> = open(|_, _| Some(Fault::LostReply)).await;
    let request = ask("ana");
    let registration = recorded(&opened.store, &request).await;
    assert_eq!(
        opened.store.submit(&again(&request)).await.unwrap(),
        Submitted::Replayed(registration)
    );
    assert_eq!(availability(&opened.store).await, taken(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_without_end_is_an_error_and_changes_nothing() {
    let opened = open(|_, _| Some(Fault::Conflict)).await;
    let store: Arc<DynamoStore> = opened.store;
    let begin = Instant::now();
    let request = ask("ana");
    assert!(store.submit(&request).await.is_err());
    assert!(
        begin.elapsed().as_secs() < 10,
        "a visitor waits: {:?}",
        begin.elapsed()
    );
    assert_eq!(
        store.registration(&request.registration.id).await.unwrap(),
        None
    );
    assert_eq!(availability(&store).await, taken(0));
}
