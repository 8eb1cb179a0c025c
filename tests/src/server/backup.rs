//! A backup that is made while people sign up is a whole store, as it was at one moment.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Machine, seats};
use crate::form_test::{CONFERENCE, SITE, Visitor, person};
use crate::program::PATIENCE;

const CLIENTS: u64 = 4;
const PLACES: u64 = 1_000_000;

/// What all clients share.
struct Crowd {
    told: watch::Sender<Vec<String>>,
    goes_home: AtomicBool,
}

async fn sign_up_again_and_again(server: SocketAddr, client: u64, crowd: Arc<Crowd>) {
    let mut visitor = Visitor::connect(server).await;
    for number in 0_u64.. {
        if crowd.goes_home.load(Ordering::SeqCst) {
            return;
        }
        let name = format!("person-{client}-{number}");
        let form = format!("/forms/{CONFERENCE}");
        let reply = visitor.json(&form, &name, &person(&name).as_json()).await;
        let receipt = reply.must_be(201).json()["manage_url"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = receipt.strip_prefix(SITE).unwrap().to_owned();
        crowd.told.send_modify(|told| told.push(path));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_holds_everybody_who_had_an_answer_and_can_be_restored() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let crowd = Arc::new(Crowd {
        told: watch::Sender::default(),
        goes_home: AtomicBool::new(false),
    });
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(sign_up_again_and_again(
            server.address,
            client,
            Arc::clone(&crowd),
        ));
    }
    let enough = |number: usize| {
        let mut told = crowd.told.subscribe();
        async move {
            let arrived = timeout(PATIENCE, told.wait_for(|told| told.len() >= number)).await;
            arrived.expect("the server answers nobody").unwrap().clone()
        }
    };
    let before = enough(50).await;
    let file = machine.path("backup.sqlite");
    let name = file.to_str().unwrap();
    let said = machine.says(&["backup", name]).await;
    assert!(said.contains(name), "{said}");
    enough(before.len() + 50).await;
    crowd.goes_home.store(true, Ordering::SeqCst);
    clients.join_all().await;
    assert!(server.program.stop().await.succeeded);

    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    let kept = fs::read(&file).unwrap();
    let refused = machine.run(&["backup", name]).await;
    crate::bad_starts::judge(
        "a name in use",
        &refused,
        &["backup.sqlite", "is there already"],
    );
    assert_eq!(fs::read(&file).unwrap(), kept);

    let restored = Machine::with_own_mail();
    fs::create_dir(restored.path("data")).unwrap();
    fs::copy(&file, restored.store()).unwrap();
    fs::copy(
        machine.path("data/keys.env"),
        restored.path("data/keys.env"),
    )
    .unwrap();
    let held: u32 = Connection::open(&file)
        .unwrap()
        .query_row("SELECT count(*) FROM registrations", [], |row| row.get(0))
        .unwrap();
    let held = u64::from(held);
    assert!(held >= before.len() as u64, "{held}");
    let server = restored.start().await;
    let mut visitor = server.visitor().await;
    for receipt in &before {
        visitor.get(receipt).await.must_be(200);
    }
    assert_eq!(seats(&mut visitor, CONFERENCE).await, (PLACES - held, 0));
    let names: Vec<String> = fs::read_dir(machine.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        !names.iter().any(|name| name.ends_with(".partial")),
        "{names:?}"
    );
}
