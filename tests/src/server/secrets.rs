//! Nobody who signed up can be found in the files of the store, nor in what the program prints at its most talkative.

use crate::people_to_find::{come_and_go, judge, typed};
use crate::site_test::files;

use super::Machine;

/// Everything below a folder of the machine.
pub(super) fn bytes_in(machine: &Machine, folder: &str) -> Vec<u8> {
    let files = files(&machine.path(folder)).into_iter();
    files
        .flat_map(|(path, bytes)| [path.into_bytes(), bytes].concat())
        .collect()
}

/// Whether a mail has left.
fn has_mail(machine: &Machine) -> bool {
    let mut entries = std::fs::read_dir(machine.path("mail")).unwrap();
    entries.any(|entry| entry.unwrap().path().extension() == Some("eml".as_ref()))
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_found_in_the_store_or_in_the_log() {
    let machine = Machine::with_own_mail().with("RUST_LOG", "trace");
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    come_and_go(&mut visitor, "first").await;
    while !has_mail(&machine) {
        tokio::task::yield_now().await;
    }
    // Mail cannot leave any more, and waits in the outbox.
    std::fs::rename(machine.path("mail"), machine.path("sent")).unwrap();
    assert!(
        !typed().found_in(&bytes_in(&machine, "sent")).is_empty(),
        "a mail has an address, or this search finds nothing"
    );
    come_and_go(&mut visitor, "second").await;
    judge("the files of the store", &bytes_in(&machine, "data"));
    let mut log = server.program.kill().await;
    judge("the files of the store", &bytes_in(&machine, "data"));

    let server = machine.start().await;
    drop(visitor);
    let stopped = server.program.stop().await;
    assert!(stopped.succeeded, "{}", stopped.output);
    log.push_str(&stopped.output);
    judge("the files of the store", &bytes_in(&machine, "data"));
    judge("the log", log.as_bytes());
    for event in ["form sent", "listening", "a mail stays in the outbox"] {
        assert!(log.contains(event), "{event} is not in the log");
    }
}
