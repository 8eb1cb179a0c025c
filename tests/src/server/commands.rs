//! The commands of those who look after the machine: what they do, and what they say when they cannot.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Machine;
use crate::bad_starts::judge;
use crate::form_test::{OPEN_DAY, ROUND_TABLE, person};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_set_of_keys_is_another_each_time_and_does() {
    let mut machine = Machine::with_own_mail();
    let printed = machine.says(&["keys", "new"]).await;
    assert_ne!(printed, machine.says(&["keys", "new"]).await);
    let keys: BTreeMap<&str, &str> = printed
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    for name in ["TOKEN_KEYS", "INDEX_KEY", "SEALING_KEYS", "OPENING_KEYS"] {
        machine = machine.with(name, keys[name]);
    }
    let stopped = machine.start().await.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    assert!(!machine.path("data/keys.env").exists(), "keys were set");
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_without_a_store_make_none_and_say_where_they_looked() {
    let machine = Machine::with_own_mail();
    let backup = machine.path("backup.sqlite");
    for command in [
        &["backup", backup.to_str().unwrap()][..],
        &["data", "export", "ana@example.org"],
        &["data", "erase", "ana@example.org", "--yes"],
        &["registration", "list", OPEN_DAY],
        &["registration", "show", "22222222"],
        &["registration", "cancel", "22222222"],
    ] {
        let says = [
            "there is no store",
            "data/registrations.sqlite",
            "`DATA_DIR`",
        ];
        judge(&command.join(" "), &machine.run(command).await, &says);
        assert!(!machine.path("data").exists(), "{command:?}");
        assert!(!backup.exists(), "{command:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_said_with_what_to_do() {
    let machine = Machine::with_own_mail();
    assert!(machine.start().await.program.stop().await.succeeded);
    for (command, says) in [
        (
            &["data", "export", "Ана"][..],
            &["neither an e-mail address"][..],
        ),
        (&["data", "export", "x@example.org"], &["nobody is found"]),
        (&["data", "erase", "x@example.org"], &["nobody is found"]),
        (
            &["registration", "list", "feast"],
            &["no activity of this name", OPEN_DAY],
        ),
        (
            &["registration", "show", "22222222"],
            &["no registration has this reference"],
        ),
        (
            &["registration", "resize", "22222222", "0"],
            &["one person at least"],
        ),
        (
            &["backup", "/nowhere/backup.sqlite"],
            &["/nowhere/backup.sqlite", "cannot be written"],
        ),
    ] {
        judge(&command.join(" "), &machine.run(command).await, says);
    }
    for command in ["promote", "reinstate", "reject"] {
        let ended = machine.run(&["registration", command, "22222222"]).await;
        assert!(
            !ended.succeeded && ended.output.contains("--reason"),
            "{}",
            ended.output
        );
    }
    std::fs::remove_file(machine.path("data/keys.env")).unwrap();
    let ended = machine.run(&["registration", "list", OPEN_DAY]).await;
    judge(
        "keys that are gone",
        &ended,
        &["keys.env", "bring back its copy", "`INDEX_KEY`"],
    );
    assert!(
        !machine.path("data/keys.env").exists(),
        "new keys find nobody"
    );
}

/// The references of an activity, each with its line in the list.
async fn list(machine: &Machine, activity: &str) -> Vec<(String, String)> {
    let said = machine.says(&["registration", "list", activity]).await;
    said.lines()
        .map(|line| (line[..8].to_owned(), line.to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_change_registrations_and_the_history_says_why() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let form = format!("/forms/{OPEN_DAY}");
    let reply = visitor.json(&form, "one", &person("ana").as_json()).await;
    let reference = reply.must_be(201).json()["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let rows = list(&machine, OPEN_DAY).await;
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].0 == reference && rows[0].1.ends_with("confirmed"),
        "{rows:?}"
    );
    assert!(
        !rows[0].1.contains("ana"),
        "a list says nothing about people"
    );

    let door = machine.path("door.csv");
    let command = [
        "registration",
        "attendance",
        OPEN_DAY,
        "--out",
        door.to_str().unwrap(),
    ];
    machine.says(&command).await;
    let people = std::fs::read_to_string(&door).unwrap();
    let expected = format!("{reference};ana;1;;ana@example.org;confirmed\r\n");
    assert!(people.ends_with(&expected), "{people}");
    judge(
        "a list that is there",
        &machine.run(&command).await,
        &["door.csv", "left as it is"],
    );

    let small = reference.to_lowercase();
    for (command, says) in [
        (
            &["resize", &small, "2"][..],
            "resize: confirmed -> confirmed",
        ),
        (
            &["withdraw", &small, "--reason", "rang us"],
            "confirmed -> cancelled_by_attendee",
        ),
        (
            &["reinstate", &small, "--reason", "a mistake"],
            "cancelled_by_attendee -> confirmed",
        ),
        (&["revoke-links", &small], "confirmed -> confirmed"),
        (&["cancel", &small], "confirmed -> cancelled_by_organiser"),
    ] {
        let said = machine.says(&[&["registration"], command].concat()).await;
        assert!(said.contains(says), "{command:?}: {said}");
    }
    let shown = machine.says(&["registration", "show", &reference]).await;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let history = shown["history"].as_array().unwrap();
    let reasons: Vec<&str> = history
        .iter()
        .filter_map(|event| event["reason"].as_str())
        .collect();
    assert_eq!(reasons, ["rang us", "a mistake"]);
    assert!(history[1..].iter().all(|event| event["actor"] == "staff"));
    assert_eq!(
        shown["personal_data"][0]["contact"]["email"],
        "ana@example.org"
    );

    let again = machine.run(&["registration", "attend", &reference]).await;
    judge(
        "not from here",
        &again,
        &["`attend` is not possible", "cancelled_by_organiser"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_may_offer_a_place_out_of_turn_if_there_is_one() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let form = format!("/forms/{ROUND_TABLE}");
    for number in 0..150 {
        let party = person(&format!("stranger-{number}"))
            .with("party", "2")
            .as_json();
        visitor
            .json(&form, &format!("{number}"), &party)
            .await
            .must_be(201);
    }
    for name in ["first", "second"] {
        let reply = visitor.json(&form, name, &person(name).as_json()).await;
        assert_eq!(reply.must_be(201).json()["state"], "waitlisted");
    }
    drop(visitor);
    // Otherwise the server might be quicker to offer what becomes free.
    assert!(server.program.stop().await.succeeded);
    let rows = list(&machine, ROUND_TABLE).await;
    let (stranger, second) = (&rows[0].0, &rows[151].0);
    let promote = [
        "registration",
        "promote",
        second,
        "--reason",
        "speaks at the event",
    ];
    judge(
        "no room",
        &machine.run(&promote).await,
        &["there is no room", "`capacity`"],
    );
    machine.says(&["registration", "cancel", stranger]).await;
    let said = machine.says(&promote).await;
    assert!(said.contains("waitlisted -> offered"), "{said}");
    let rows = list(&machine, ROUND_TABLE).await;
    assert!(rows[150].1.ends_with("waitlisted") && rows[151].1.ends_with("offered"));
}
