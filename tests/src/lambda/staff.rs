//! Staff at the command line of `form-server`, over the table of a deployment: with their own keys, and no more rights than
//! the policy that the template makes for them.

use std::collections::BTreeMap;
use std::env;
use std::mem;
use std::path::PathBuf;

use serde_json::Value;

use super::instance::Program as OnLambda;
use super::rights::listening;
use super::{Deployment, every_minute, keys, new_table, seats};
use crate::bad_starts::judge;
use crate::form_test::{KEYS, OPEN_DAY, lasting, person};
use crate::program::{Ended, Program};

/// The machine of somebody who looks after registrations.
struct Laptop {
    settings: BTreeMap<&'static str, String>,
}

impl Laptop {
    /// With the keys of every group, and this way to the table.
    fn new(deployment: &Deployment, endpoint: &str) -> Laptop {
        let lines = KEYS.to_string();
        let opening = lines.split_once("OPENING_KEYS=").unwrap().1.trim();
        let mut settings = BTreeMap::from([
            ("INDEX_KEY", keys()["INDEX_KEY"].clone()),
            ("OPENING_KEYS", opening.to_owned()),
            ("AWS_ENDPOINT_URL_DYNAMODB", endpoint.to_owned()),
        ]);
        for name in ["TABLE_NAME", "FORMS_BUNDLE"] {
            settings.insert(name, deployment.of_both[name].clone());
        }
        for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            settings.insert(name, env::var(name).unwrap());
        }
        Laptop { settings }
    }

    async fn run(&self, arguments: &[&str]) -> Ended {
        let program: PathBuf = env::var_os("FORM_SERVER_BIN")
            .expect("FORM_SERVER_BIN is a program with `aws`, as `tests/run` builds it")
            .into();
        Program::start_with(&program, &self.settings, arguments)
            .ended()
            .await
    }

    async fn says(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments).await;
        assert!(ended.succeeded, "{arguments:?}: {}", ended.output);
        ended.output
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_work_on_the_table_and_ask_only_for_what_their_policy_grants() {
    let (_, table) = new_table().await;
    let site = lasting().with_in_manifest("\"approval\": false", "\"approval\": true");
    let deployment = Deployment::of(&site, &table);
    let mut function = deployment.start().await;
    let mut worker = deployment.run(OnLambda::Worker).await;
    let (proxy, asked) = listening().await;
    let staff = Laptop::new(&deployment, &proxy.url());

    let ana = person("ana").with("needs", "Идвам с количка");
    let form = format!("/forms/{OPEN_DAY}");
    let told = function.json(&form, "ana", &ana.as_json()).await;
    let told = told.must_be(201).json();
    let reference = told["reference"].as_str().unwrap();
    worker.invoke(every_minute()).await;

    let listed = staff.says(&["registration", "list", OPEN_DAY]).await;
    assert!(
        listed.contains(reference) && !listed.contains("ana"),
        "{listed}"
    );
    let shown = staff.says(&["registration", "show", reference]).await;
    assert!(shown.contains("Идвам с количка"), "{shown}");
    let said = staff.says(&["registration", "approve", reference]).await;
    assert!(said.contains("-> confirmed"), "{said}");
    assert_eq!(worker.invoke(every_minute()).await["sent"], 1);
    let door = staff.says(&["registration", "attendance", OPEN_DAY]).await;
    assert!(door.contains("ana@example.org"), "{door}");
    let export = staff.says(&["data", "export", "ana@example.org"]).await;
    let export: Value = serde_json::from_str(&export).unwrap();
    assert_eq!(export["registrations"].as_array().unwrap().len(), 1);

    let erase = ["data", "erase", "ana@example.org", "--yes"];
    let said = staff.says(&erase).await;
    let each = "contact: erased, answers: erased, sensitive: erased; cancelled first";
    assert!(said.contains(each), "{said}");
    assert_eq!(seats(&mut function).await, (40, 0));
    judge(
        "found no more",
        &staff.run(&erase).await,
        &["nobody is found"],
    );
    let left = staff.says(&["registration", "show", reference]).await;
    assert!(
        !left.contains("ana") && left.contains("cancelled"),
        "{left}"
    );

    let wishes = mem::take(&mut *asked.lock().unwrap());
    assert!(wishes.len() > 10, "{wishes:?}");
    for wish in wishes {
        assert!(wish.is_granted_by("StaffPolicy"), "{wish:?} is not granted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_with_the_keys_of_another_table_are_told_so() {
    let (_, table) = new_table().await;
    let deployment = Deployment::new(&table);
    let mut worker = deployment.run(OnLambda::Worker).await;
    worker.invoke(every_minute()).await;
    let endpoint = env::var("AWS_ENDPOINT_URL_DYNAMODB").unwrap();
    let list = ["registration", "list", OPEN_DAY];
    let own = Laptop::new(&deployment, &endpoint);
    own.says(&list).await;
    let mut other = Laptop::new(&deployment, &endpoint);
    other.settings.insert("INDEX_KEY", "0f".repeat(32));
    let says = ["`TABLE_NAME`", "`INDEX_KEY`", "bring back the copy"];
    judge("another key", &other.run(&list).await, &says);
    other.settings.remove("INDEX_KEY");
    judge(
        "no key",
        &other.run(&list).await,
        &["`INDEX_KEY`", "is missing"],
    );
}
