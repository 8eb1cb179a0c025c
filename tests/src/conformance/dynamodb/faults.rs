//! What the service does and no emulator: conflicts, throttling and replies that are lost after the work was done.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use form_function::aws;
use form_function::registrar::{self, Submitted};
use form_function::store::Store;
use form_function::store::dynamodb::DynamoStore;
use forms::{Change, PartySize};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::super::people::{
    Opened, ask, attendee, availability, cancelled, changed, outbox, random, recorded, submit,
    taken,
};
use super::super::{cancellations, duplicates, races};
use super::open_with;
use crate::fault_proxy::{Call, Fault, FaultProxy};
use crate::program::PATIENCE;

/// A store behind a proxy that lets transactions go wrong like this.
async fn open(
    plan: impl Fn(&Call) -> Option<Fault> + Send + Sync + 'static,
) -> Opened<DynamoStore, FaultProxy> {
    let transactions = move |call: &Call| (call.actions > 0).then(|| plan(call)).flatten();
    let proxy = FaultProxy::start(Box::new(transactions)).await;
    let config = aws::dynamodb().unwrap().config().to_builder();
    // What is tested are faults, not how busy this machine is.
    let patience = TimeoutConfig::builder().operation_attempt_timeout(PATIENCE);
    let config = config.timeout_config(patience.build());
    let config = config.endpoint_url(proxy.url()).build();
    Opened {
        store: open_with(Client::from_conf(config)).await.store,
        keep: proxy,
    }
}

/// Most transactions fail once or twice, each in its own way.
fn mostly_bad(call: &Call) -> Option<Fault> {
    let digits = call.token.chars().rev();
    match digits.take(2).nth(call.attempt - 1)? {
        '0'..='5' => Some(Fault::Conflict),
        '6' => Some(Fault::Throttled),
        '7' => Some(Fault::ThroughputExceeded),
        '8' => Some(Fault::InternalError),
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

/// Thirty people sign up, come with somebody else and stay away after all, each at their own pace.
#[tokio::test(flavor = "multi_thread")]
async fn each_step_with_faults_is_carried_out_once() {
    let Opened { store, keep: proxy } = open(mostly_bad).await;
    let mut people = JoinSet::new();
    for number in 0..30 {
        let store = Arc::clone(&store);
        people.spawn(async move {
            let ask = ask(&format!("person-{number}")).without_limit();
            let registration = recorded(&store, &ask).await;
            let two = Change::Resize(PartySize::new(2).unwrap());
            let mut anywhere = attendee();
            anywhere.session = ask.session.unwrap();
            changed(&store, &registration.id, &two, &anywhere).await;
            cancelled(&store, &registration).await.id
        });
    }
    for id in people.join_all().await {
        let events = store.history(&id).await.unwrap();
        let events: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
        assert_eq!(events, ["submit", "resize", "cancel"]);
    }
    assert_eq!(availability(&store).await, taken(0));
    assert_eq!(outbox(&store).await.len(), 3 * 30);
    assert!(proxy.done()[&Fault::LostReply] > 0, "{:?}", proxy.done());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_is_known_even_if_every_reply_was_lost() {
    let opened = open(|_| Some(Fault::LostReply)).await;
    let ask = ask("ana");
    let registration = recorded(&opened.store, &ask).await;
    // Whoever asks again needs an answer.
    opened.keep.plan(Box::new(|_| None));
    assert_eq!(
        submit(&opened.store, &ask.again()).await,
        Submitted::Replayed(registration.clone())
    );
    assert_eq!(availability(&opened.store).await, taken(1));
    let of_transactions = |call: &Call| (call.actions > 0).then_some(Fault::LostReply);
    opened.keep.plan(Box::new(of_transactions));
    cancelled(&opened.store, &registration).await;
    assert_eq!(availability(&opened.store).await, taken(0));
    assert_eq!(outbox(&opened.store).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_without_end_is_an_error_and_changes_nothing() {
    let opened = open(|_| Some(Fault::Conflict)).await;
    let store = Arc::clone(&opened.store);
    let begin = Instant::now();
    let ask = ask("ana");
    let submitted = registrar::submit(store.as_ref(), &random(), &ask.request()).await;
    assert!(submitted.is_err());
    assert!(
        begin.elapsed().as_secs() < 10,
        "a visitor waits: {:?}",
        begin.elapsed()
    );
    assert_eq!(
        store.registration(&ask.registration.id).await.unwrap(),
        None
    );
    assert_eq!(availability(&store).await, taken(0));
}
