//! A place that is given back goes to who waits: by the public program, which may only record it, and the worker, which
//! offers it. Told once, for programs alone and for a whole deployment.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::instance::{Instance, Program};
use super::{Deployment, every_minute, new_table};
use crate::form_test::{Answers, Built, READING, ROUND_TABLE, Reply, SITE, lasting, person};
use crate::people_to_find::Door;

/// Far more than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// The site with room for two at the round table.
pub(super) fn room_for_two() -> Built {
    lasting().with_in_manifest("\"capacity\": 300", "\"capacity\": 2")
}

/// Posts as the pages of the site do.
async fn post(door: &mut impl Door, path: &str, answers: &Answers) -> Reply {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", SITE),
        ("sec-fetch-site", "same-origin"),
    ];
    door.send("POST", path, &headers, &answers.encoded()).await
}

/// Fills in the form of an activity and confirms; whoever is told to look at the answers once more does so.
pub(super) async fn sign_up(door: &mut impl Door, activity: &str, answers: &Answers) -> Reply {
    let form = format!("/forms/{activity}");
    let check = post(door, &form, answers).await.must_be(200).page().form();
    let told = post(door, &check.action, &check.sent_untouched()).await;
    if told.status != 200 {
        return told;
    }
    sleep(READING.unsigned_abs()).await;
    let check = told.page().form();
    post(door, &check.action, &check.sent_untouched()).await
}

/// Signs up for the round table. Gives the path of the registration's own page.
async fn signed_up(door: &mut impl Door, answers: &Answers) -> String {
    let told = sign_up(door, ROUND_TABLE, answers).await;
    told.location().to_owned()
}

/// Waits until a registration stands like this on its page; `work` is done before each look.
async fn until(door: &mut impl Door, receipt: &str, state: &str, mut work: impl AsyncFnMut()) {
    let begin = Instant::now();
    loop {
        work().await;
        let page = door.send("GET", receipt, &[], "").await.must_be(200);
        if page.page().has(&format!(".panel--{state}")) {
            return;
        }
        assert!(begin.elapsed() < PATIENCE, "{state}: {}", page.words());
        sleep(Duration::from_millis(200)).await;
    }
}

/// Two take all places, two wait; what is given back is offered in order, accepted by link, declined by link.
///
/// `work` lets the worker work where nothing else does.
pub(super) async fn places_go_to_those_who_wait(door: &mut impl Door, mut work: impl AsyncFnMut()) {
    let party = signed_up(door, &person("party").with("party", "2")).await;
    until(door, &party, "confirmed", &mut work).await;
    let first = signed_up(door, &person("first")).await;
    let second = signed_up(door, &person("second")).await;
    for waiting in [&first, &second] {
        until(door, waiting, "waitlisted", async || {}).await;
    }
    post(door, &format!("{first}/accept"), &Answers::default()).await;
    until(door, &first, "waitlisted", &mut work).await;

    let nothing = Answers::default();
    let given_back = post(door, &format!("{party}/cancel"), &nothing).await;
    assert_eq!(given_back.location(), party);
    for waiting in [&first, &second] {
        until(door, waiting, "offered", &mut work).await;
    }
    let accepted = post(door, &format!("{first}/accept"), &nothing).await;
    assert_eq!(accepted.location(), first);
    until(door, &first, "confirmed", async || {}).await;
    let declined = post(door, &format!("{second}/decline"), &nothing).await;
    assert_eq!(declined.location(), second);

    let seats = format!("/forms/{ROUND_TABLE}/availability");
    let seats = door.send("GET", &seats, &[], "").await.must_be(200).json();
    assert_eq!(seats["remaining"], 1, "{seats}");
    assert_eq!(seats["waiting"], 0, "{seats}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_offers_what_was_given_back() {
    let (_, table) = new_table().await;
    let deployment = Deployment::of(&room_for_two(), &table);
    let mut function = deployment.start().await;
    let mut worker = deployment.run(Program::Worker).await;
    let mut offered = 0;
    places_go_to_those_who_wait(&mut function, async || {
        let done = worker.invoke(every_minute()).await;
        offered += done["offered"].as_u64().unwrap();
    })
    .await;
    assert_eq!(offered, 2);
    Instance::stop(worker).await;
}
