//! Two hundred people for forty places at once, each by a connection of their own, over `DynamoDB`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use form_function::app::{App, Delivery, system_random};
use form_function::limits::{ClientAddress, Limiter};
use form_function::router;
use form_function::store::Store;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::{Barrier, Notify};
use tokio::task::JoinSet;

use super::new_table;
use crate::form_test::{KEYS, OPEN_DAY, Reply, SITE, Visitor, person, real};
use crate::site_test::NOW;

const PEOPLE: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn forty_of_two_hundred_get_a_place_over_http() {
    let (store, _) = new_table().await;
    let now: Timestamp = NOW.parse().unwrap();
    let app = Arc::new(App {
        bundle: real().bundle(),
        store: Arc::new(store),
        keys: KEYS.keyring(),
        limiter: Limiter::new(None, ClientAddress::Peer),
        public_url: SITE.to_owned(),
        clock: Arc::new(move || now),
        random: system_random(),
        // Nobody delivers the mail, so that all of it can be counted.
        delivery: Delivery::InBackground(Arc::new(Notify::new())),
        has_staff_area: false,
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = axum::serve(listener, router(Arc::clone(&app)));
    let serving = tokio::spawn(server.into_future());

    let line = Arc::new(Barrier::new(PEOPLE));
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        people.spawn(sign_up(address, number, Arc::clone(&line)));
    }
    let mut answers: BTreeMap<(u16, String), usize> = BTreeMap::new();
    for answer in people.join_all().await {
        let body = answer.json();
        let said = body["state"].as_str().or(body["code"].as_str());
        *answers
            .entry((answer.status, said.unwrap().to_owned()))
            .or_default() += 1;
    }
    let expected = [
        ((201, "confirmed".to_owned()), 40),
        ((409, "full".to_owned()), 160),
    ];
    assert_eq!(answers, expected.into());
    let (activity, _) = app.bundle.activity(OPEN_DAY).unwrap();
    let seats = app.store.availability(&activity.slug).await.unwrap();
    assert_eq!((seats.taken, seats.waiting), (40, 0));
    assert_eq!(app.store.outbox(now, 1000).await.unwrap().len(), 40);
    serving.abort();
}

/// Connects, waits until everybody has, and asks for one place.
async fn sign_up(server: SocketAddr, number: usize, line: Arc<Barrier>) -> Reply {
    let mut visitor = Visitor::connect(server).await;
    let name = format!("person-{number}");
    let answers = person(&name).as_json();
    line.wait().await;
    visitor
        .json(&format!("/forms/{OPEN_DAY}"), &name, &answers)
        .await
}
