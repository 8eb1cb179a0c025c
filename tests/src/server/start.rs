//! What is wrong is named before anybody is let in; a store that falls silent later costs an apology and no more.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use form_function::app::system_random;
use form_function::settings::new_keys_env;
use rusqlite::Connection;

use super::{FormServer, Machine, seats};
use crate::bad_starts::{BUNDLES, HALF_SETS, KEYS, SETTINGS, judge};
use crate::form_test::{OPEN_DAY, person};
use crate::program::Ended;

impl Machine {
    /// What the program says when it does not start.
    async fn refusal(&self, name: &str) -> Ended {
        match self.try_start().await {
            Err(ended) => ended,
            Ok(_) => panic!("{name}: it must not listen"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_setting_key_or_bundle_stops_the_start_and_is_named() {
    let rows = SETTINGS.iter().chain(&KEYS).chain(&HALF_SETS);
    for row in rows.chain(&BUNDLES) {
        let mut machine = Machine::with_own_mail();
        if let Some((name, value)) = row.prepare(&machine.path("dist/forms")) {
            machine = machine.with(name, value);
        }
        row.judge(&machine.refusal(&row.name()).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_of_staff_and_editors_that_cannot_be_is_named() {
    for (name, value, says) in [
        ("STAFF", "feedbeef@example.org:boss", "`STAFF`"),
        ("STAFF", "feedbeef", "`reception`"),
        (
            "EDITOR_OAUTH_CLIENT_ID",
            "feedbeef",
            "`EDITOR_OAUTH_CLIENT_SECRET`",
        ),
        (
            "EDITOR_OAUTH_CLIENT_SECRET",
            "feedbeef",
            "`EDITOR_OAUTH_CLIENT_ID`",
        ),
        ("EDITOR_OAUTH_URL", "feedbeef", "`EDITOR_OAUTH_URL`"),
    ] {
        let machine = Machine::with_own_mail().with(name, value);
        judge(name, &machine.refusal(name).await, &[says]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_cannot_be_listened_on_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for listen in [
        "feedbeef",
        "localhost:80:80",
        "127.0.0.1",
        "192.0.2.1:80",
        &taken,
    ] {
        let machine = Machine::with_own_mail().with("LISTEN", listen);
        judge(listen, &machine.refusal(listen).await, &["`LISTEN`"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_not_there_is_named() {
    let machine = Machine::with_own_mail().with("SITE_DIR", "/nowhere");
    let ended = machine.refusal("SITE_DIR").await;
    judge("SITE_DIR", &ended, &["`SITE_DIR`", "`/nowhere`"]);
}

/// Something wrong with what is in the folder for the data.
struct BadData {
    name: &'static str,
    spoil: fn(&Machine),
    says: &'static [&'static str],
}

const DATA: [BadData; 10] = [
    BadData {
        name: "a file where the folder should be",
        spoil: |machine| {
            fs::remove_dir_all(machine.path("data")).unwrap();
            fs::write(machine.path("data"), "a file").unwrap();
        },
        says: &["the folder `", "`DATA_DIR`", "file exists"],
    },
    BadData {
        name: "a folder where the file should be",
        spoil: |machine| {
            fs::remove_file(machine.store()).unwrap();
            fs::create_dir(machine.store()).unwrap();
        },
        says: &["`DATA_DIR`", "registrations.sqlite"],
    },
    BadData {
        name: "a file of a later version",
        spoil: |machine| {
            let store = Connection::open(machine.store()).unwrap();
            store.pragma_update(None, "user_version", 4000).unwrap();
        },
        says: &["`DATA_DIR`", "registrations.sqlite", "version 4000"],
    },
    BadData {
        name: "a file that is no database",
        spoil: |machine| fs::write(machine.store(), "no database ".repeat(1000)).unwrap(),
        says: &["`DATA_DIR`", "registrations.sqlite", "not a database"],
    },
    BadData {
        name: "a file that breaks off",
        spoil: |machine| {
            let bytes = fs::read(machine.store()).unwrap();
            fs::write(machine.store(), &bytes[..bytes.len() / 2]).unwrap();
        },
        says: &["`DATA_DIR`", "registrations.sqlite", "malformed"],
    },
    BadData {
        name: "a key file with something else in it",
        spoil: |machine| fs::write(machine.path("data/keys.env"), "feedbeef").unwrap(),
        says: &["data/keys.env", "line 1"],
    },
    BadData {
        name: "a key file with half of the keys",
        spoil: |machine| {
            let keys = fs::read_to_string(machine.path("data/keys.env")).unwrap();
            let half = keys.lines().filter(|line| !line.starts_with("INDEX_KEY"));
            let half: Vec<&str> = half.collect();
            fs::write(machine.path("data/keys.env"), half.join("\n")).unwrap();
        },
        says: &["data/keys.env", "`INDEX_KEY`", "is missing"],
    },
    BadData {
        name: "no key file any more",
        spoil: |machine| fs::remove_file(machine.path("data/keys.env")).unwrap(),
        says: &["data/keys.env", "bring back its copy", "`INDEX_KEY`"],
    },
    BadData {
        name: "the key file of another store",
        spoil: |machine| replace_keys(machine, &["INDEX_KEY"]),
        says: &["registrations.sqlite", "`INDEX_KEY`", "bring back the copy"],
    },
    BadData {
        name: "pairs of another store",
        spoil: |machine| replace_keys(machine, &["SEALING_KEYS", "OPENING_KEYS"]),
        says: &[
            "registrations.sqlite",
            "`OPENING_KEYS`",
            "`contact`",
            "bring back the copy",
        ],
    },
];

/// Puts well-formed keys of nobody in the place of these.
fn replace_keys(machine: &Machine, names: &[&str]) {
    let others = new_keys_env(&system_random());
    let is_named = |line: &str| names.iter().any(|name| line.starts_with(name));
    let file = machine.path("data/keys.env");
    let own = fs::read_to_string(&file).unwrap();
    let kept = own.lines().filter(|line| !is_named(line));
    let lines: Vec<&str> = kept
        .chain(others.lines().filter(|line| is_named(line)))
        .collect();
    fs::write(file, lines.join("\n")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_refuse_the_keys_of_another_store() {
    let machine = Machine::with_own_mail();
    assert!(machine.start().await.program.stop().await.succeeded);
    replace_keys(&machine, &["INDEX_KEY"]);
    for command in [
        &["data", "erase", "ana@example.org", "--yes"][..],
        &["registration", "list", OPEN_DAY],
    ] {
        let says = ["`INDEX_KEY`", "bring back the copy"];
        judge(&command.join(" "), &machine.run(command).await, &says);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_changes_by_way_of_the_one_before_it() {
    let machine = Machine::with_own_mail();
    assert!(machine.start().await.program.stop().await.succeeded);
    let file = machine.path("data/keys.env");
    let own = fs::read_to_string(&file).unwrap();
    let others = new_keys_env(&system_random());
    let contact = |keys: &str| {
        let (_, opening) = keys.split_once("OPENING_KEYS=contact=").unwrap();
        opening.split_once(',').unwrap().0.to_owned()
    };
    let (old, new) = (contact(&own), contact(&others));
    // The public halves follow from the secret ones.
    let own = own.lines().filter(|line| !line.starts_with("SEALING"));
    let own = own.collect::<Vec<_>>().join("\n");
    for keys in [format!("{new}+{old}"), new] {
        fs::write(&file, own.replace(&old, &keys)).unwrap();
        assert!(machine.start().await.program.stop().await.succeeded);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_data_stops_the_start_and_is_left_as_it_is() {
    for BadData { name, spoil, says } in DATA {
        let machine = Machine::with_own_mail();
        // Asked to stop as soon as it listens, it does.
        let stopped = machine.start().await.program.stop().await;
        assert!(stopped.succeeded, "{}", stopped.output);
        spoil(&machine);
        let before = all_but_logs(&machine.path("data"));
        judge(name, &machine.refusal(name).await, says);
        assert_eq!(all_but_logs(&machine.path("data")), before, "{name}");
    }
}

/// The files that are not made anew whenever the store is opened.
fn all_but_logs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = crate::site_test::files(folder);
    files.retain(|(path, _)| !path.ends_with("-wal") && !path.ends_with("-shm"));
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_falls_silent_costs_an_apology() {
    let machine = Machine::with_own_mail();
    let FormServer {
        address, program, ..
    } = machine.start().await;
    let mut visitor = crate::form_test::Visitor::connect(address).await;
    let form = format!("/forms/{OPEN_DAY}");
    let check = visitor.post(&form, &person("ana")).await.must_be(200);
    let check = check.page().form();

    let other = Connection::open(machine.store()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let apology = visitor.post(&check.action, &check.sent_untouched()).await;
    let page = apology.must_be(503).page();
    assert_eq!(page.heading(), "Формулярът не работи в момента");
    assert!(page.words().contains("032 000 000"), "{}", page.words());
    assert_eq!(
        page.attributes("main a[href^=tel]", "href"),
        ["tel:+35932000000"]
    );
    let health = visitor.get("/forms/health").await.must_be(503);
    assert_eq!(health.json()["code"], "unavailable");
    other.execute_batch("ROLLBACK").unwrap();

    visitor
        .post(&check.action, &check.sent_untouched())
        .await
        .must_be(303);
    assert_eq!(seats(&mut visitor, OPEN_DAY).await, (39, 0));
    drop(visitor);
    let stopped = program.stop().await;
    assert!(
        stopped.succeeded && !stopped.output.contains("panicked"),
        "{}",
        stopped.output
    );
    assert!(
        stopped.output.contains("database is locked"),
        "the log says why: {}",
        stopped.output
    );
}
