//! A person asks for their data, or to be forgotten.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use super::secrets::bytes_in;
use super::{Machine, seats};
use crate::bad_starts::judge;
use crate::form_test::{Answers, CONFERENCE, OPEN_DAY, REGISTRATION, SITE, Visitor, person};

/// Somebody with an address and a number.
fn ana() -> Answers {
    person("ana")
        .with("name", "Ана Изпитателна")
        .with("telephone", "0888 123 456")
        .with("needs", "Идвам с количка")
}

/// Signs up; gives the address of the registration's page.
async fn sign_up(visitor: &mut Visitor, activity: &str, key: &str, answers: &Answers) -> String {
    let form = format!("/forms/{activity}");
    let reply = visitor
        .json(&form, key, &answers.as_json())
        .await
        .must_be(201);
    let address = reply.json()["manage_url"].as_str().unwrap().to_owned();
    address.strip_prefix(SITE).unwrap().to_owned()
}

/// Everything that is kept sealed in a store.
fn sealed(store: &Path) -> Vec<Vec<u8>> {
    let store = Connection::open(store).unwrap();
    let mut query = store.prepare("SELECT content FROM sealed").unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// How many of these stand somewhere in the files, in part at least.
fn standing(sealed: &[Vec<u8>], files: &[u8]) -> usize {
    // The middle: what a page of the file ends with may stand elsewhere.
    let middle = |content: &Vec<u8>| content[content.len() / 2..][..24].to_vec();
    let stands = |part: Vec<u8>| files.windows(part.len()).any(|window| window == part);
    sealed
        .iter()
        .filter(|content| stands(middle(content)))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_all_that_the_person_wrote_and_nobody_else() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    sign_up(&mut visitor, OPEN_DAY, "one", &ana()).await;
    sign_up(
        &mut visitor,
        CONFERENCE,
        "two",
        &ana().with("_language", "en"),
    )
    .await;
    sign_up(&mut visitor, OPEN_DAY, "other", &person("boris")).await;

    for typed in [
        "ana@example.org",
        "ANA@example.org",
        "0888-123-456",
        "+359 888 123 456",
        "00359888123456",
        "888 123 456",
    ] {
        let said = machine.says(&["data", "export", typed]).await;
        let export: Value = serde_json::from_str(&said).unwrap();
        let registrations = export["registrations"].as_array().unwrap();
        assert_eq!(registrations.len(), 2, "{typed}");
        for word in [
            "Ана Изпитателна",
            "ana@example.org",
            "0888123456",
            "Идвам с количка",
        ] {
            assert!(said.contains(word), "{typed}: {word}");
        }
        assert!(!said.contains("boris"), "{said}");
        let first = &registrations[0];
        assert_eq!(first["state"], "confirmed");
        assert_eq!(first["history"][0]["action"], "submit");
        let groups: Vec<&str> = first["personal_data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["group"].as_str().unwrap())
            .collect();
        assert_eq!(groups, ["contact", "answers", "sensitive"]);
        let questions = |registration: &Value| {
            let first = &registration["personal_data"][0]["answers"][0];
            first["question"].as_str().unwrap().to_owned()
        };
        assert_ne!(
            questions(first),
            questions(&registrations[1]),
            "each in its language"
        );
    }
    let file = machine.path("ana.json");
    let name = file.to_str().unwrap();
    let said = machine
        .says(&["data", "export", "ana@example.org", "--out", name])
        .await;
    assert!(!said.contains("Ана"), "{said}");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("Ана Изпитателна")
    );
    let again = machine
        .run(&["data", "export", "ana@example.org", "--out", name])
        .await;
    judge(
        "a file that is there",
        &again,
        &["ana.json", "left as it is"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_erasure_nothing_of_the_person_can_be_opened_and_the_places_are_free() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    sign_up(&mut visitor, OPEN_DAY, "other", &person("boris")).await;
    let others = sealed(&machine.store());
    let receipt = sign_up(&mut visitor, OPEN_DAY, "one", &ana().with("party", "3")).await;
    sign_up(&mut visitor, CONFERENCE, "two", &ana()).await;
    let mut anas = sealed(&machine.store());
    anas.retain(|content| !others.contains(content));
    assert!(anas.len() >= 6, "three classes of two registrations");
    assert_eq!(standing(&anas, &bytes_in(&machine, "data")), anas.len());
    assert_eq!(seats(&mut visitor, OPEN_DAY).await, (36, 0));

    let asked = machine.run(&["data", "erase", "ana@example.org"]).await;
    judge(
        "nobody said yes",
        &asked,
        &["nothing was erased", "`--yes`"],
    );
    assert_eq!(seats(&mut visitor, OPEN_DAY).await, (36, 0));

    let said = machine
        .says(&["data", "erase", "00359888123456", "--yes"])
        .await;
    let each = "contact: erased, answers: erased, sensitive: erased; cancelled first";
    assert_eq!(said.matches(each).count(), 2, "{said}");
    assert!(said.contains("2 years") && said.contains("UTC"), "{said}");
    assert!(!said.contains("Ана"), "{said}");
    assert_eq!(seats(&mut visitor, OPEN_DAY).await, (39, 0));
    visitor.get(&receipt).await.must_be(404);
    // While the server runs, and after it has closed the store.
    assert_eq!(standing(&anas, &bytes_in(&machine, "data")), 0);
    assert_eq!(standing(&others, &bytes_in(&machine, "data")), others.len());
    let again = machine
        .run(&["data", "erase", "ana@example.org", "--yes"])
        .await;
    judge("found no more", &again, &["nobody is found"]);
    machine.says(&["data", "export", "boris@example.org"]).await;
    drop(visitor);
    let stopped = server.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    assert_eq!(standing(&anas, &bytes_in(&machine, "data")), 0);
    assert_eq!(sealed(&machine.store()), others);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_of_a_programme_keep_is_only_erased_when_somebody_says_so() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let form = crate::form_test::lasting().form(REGISTRATION, "bg");
    let answers = form.sample().with("email", "participant@example.org");
    sign_up(&mut visitor, REGISTRATION, "one", &answers).await;
    let list = machine.says(&["registration", "list", REGISTRATION]).await;
    let reference = &list[..8];
    for stage in ["contacted", "admitted"] {
        machine
            .says(&["registration", "proceed", reference, stage])
            .await;
    }
    let who = "participant@example.org";
    let said = machine.says(&["data", "erase", who, "--yes"]).await;
    assert!(said.contains("kept: the person takes part"), "{said}");
    machine.says(&["data", "export", who]).await;
    let said = machine
        .says(&["data", "erase", who, "--yes", "--participants-too"])
        .await;
    assert!(said.contains("contact: erased"), "{said}");
    let list = machine.says(&["registration", "list", REGISTRATION]).await;
    assert!(list.contains("closed"), "{list}");
}
