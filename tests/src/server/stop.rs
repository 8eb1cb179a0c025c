//! Asked to stop, the server finishes what has begun, does not wait for ever, and says "yes" to nobody in vain.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::{Machine, seats};
use crate::form_test::{CONFERENCE, SITE, Visitor, person};
use crate::program::PATIENCE;

const CLIENTS: u64 = 8;
const PLACES: u64 = 1_000_000;

/// The pages of those who were told "yes", until the server is not there any more.
async fn sign_up_until_it_stops(
    server: SocketAddr,
    client: u64,
    answers: watch::Sender<u64>,
) -> Vec<String> {
    let mut visitor = Visitor::connect(server).await;
    let mut receipts = Vec::new();
    for number in 0_u64.. {
        let name = format!("person-{client}-{number}");
        let form = format!("/forms/{CONFERENCE}");
        let asked = visitor
            .try_json(&form, &name, &person(&name).as_json())
            .await;
        let Ok(reply) = asked else { break };
        let receipt = reply.must_be(201).json()["manage_url"]
            .as_str()
            .unwrap()
            .to_owned();
        receipts.push(receipt.strip_prefix(SITE).unwrap().to_owned());
        answers.send_modify(|answers| *answers += 1);
    }
    receipts
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_it_stops_at_once_and_keeps_its_word() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let answers = watch::Sender::new(0);
    let mut heard = answers.subscribe();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(sign_up_until_it_stops(
            server.address,
            client,
            answers.clone(),
        ));
    }
    let enough = timeout(PATIENCE, heard.wait_for(|answers| *answers > 50)).await;
    enough.expect("the server answers nobody").unwrap();
    let asked = Instant::now();
    let stopped = server.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    assert!(
        asked.elapsed() < Duration::from_secs(10),
        "{:?}",
        asked.elapsed()
    );
    for word in ["panicked", "ERROR", "broken off"] {
        assert!(!stopped.output.contains(word), "{}", stopped.output);
    }
    let receipts = clients.join_all().await.concat();
    assert!(receipts.len() > 50);

    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    for receipt in &receipts {
        visitor.get(receipt).await.must_be(200);
    }
    let told = u64::try_from(receipts.len()).unwrap();
    assert_eq!(seats(&mut visitor, CONFERENCE).await, (PLACES - told, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_finishes_a_request_does_not_hold_it_up_for_ever() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    let begun = format!(
        "POST /forms/{CONFERENCE} HTTP/1.1\r\nhost: centre.example\r\ncontent-type: application/json\r\n\
         idempotency-key: slow\r\ncontent-length: 100\r\n\r\n{{"
    );
    slow.write_all(begun.as_bytes()).await.unwrap();
    // Somebody else's answer means that this one has been read as well.
    server
        .visitor()
        .await
        .get("/forms/health")
        .await
        .must_be(200);
    let asked = Instant::now();
    let stopped = server.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    assert!(
        asked.elapsed() < Duration::from_secs(25),
        "{:?}",
        asked.elapsed()
    );
    assert!(stopped.output.contains("broken off"), "{}", stopped.output);
    assert!(!stopped.output.contains("panicked"), "{}", stopped.output);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_data_has_one_server() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let Err(other) = machine.try_start().await else {
        panic!("two servers on one folder");
    };
    let says = ["data/server.lock", "another server", "`DATA_DIR`"];
    crate::bad_starts::judge("a second server", &other, &says);
    // Its death frees the folder, however it comes.
    server.program.kill().await;
    machine.start().await;
}
