//! The store of a machine of one's own.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;

use form_function::registrar::Submitted;
use form_function::store::Applied;
use form_function::store::Store;
use form_function::store::sqlite::SqliteStore;
use form_function::transition::{Supposition, submission};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::people::{Opened, ask, availability, cancelled, outbox, recorded, submit, taken};
use super::races::rush;

conforms!(super::sqlite::open, Whole);

/// A store in a folder that goes with it.
pub(super) async fn open() -> Opened<SqliteStore, TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let store = reopen(folder.path());
    Opened {
        store,
        keep: folder,
    }
}

fn reopen(folder: &Path) -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(&folder.join("data").join("registrations.sqlite")).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_is_there_after_a_restart() {
    let Opened {
        store,
        keep: folder,
    } = open().await;
    let request = ask("ana");
    let registration = recorded(&store, &request).await;
    let left = cancelled(&store, &recorded(&store, &ask("boris")).await).await;
    let messages = outbox(&store).await;
    drop(store);

    let store = reopen(folder.path());
    assert_eq!(
        store.registration(&registration.id).await.unwrap(),
        Some(registration.clone())
    );
    assert_eq!(store.registration(&left.id).await.unwrap(), Some(left));
    assert_eq!(outbox(&store).await, messages);
    assert_eq!(availability(&store).await, taken(1));
    assert_eq!(
        submit(&store, &request.again()).await,
        Submitted::Replayed(registration.clone())
    );
    assert_eq!(
        recorded(&store, &ask("ana")).await.duplicate_of,
        Some(registration.id)
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_store_that_is_dropped_finishes_what_was_handed_over() {
    let Opened {
        store,
        keep: folder,
    } = open().await;
    let requests: Vec<_> = (0..30)
        .map(|number| ask(&format!("person-{number}")))
        .collect();
    for request in &requests {
        // Polled once, so that the job is with the writer, and then given up: a visitor who closed the page.
        let supposed = Supposition {
            room: true,
            earlier: None,
        };
        let step = submission(&request.request(), &supposed, super::conditions::fresh()).unwrap();
        let mut submit = Box::pin(store.apply(&step));
        let polled =
            std::future::poll_fn(|context| Poll::Ready(submit.as_mut().poll(context))).await;
        assert!(polled.is_pending() || matches!(polled, Poll::Ready(Ok(Applied::Done))));
    }
    drop(store);
    assert_eq!(availability(&reopen(folder.path())).await, taken(30));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_stores_may_share_the_file() {
    let Opened {
        store,
        keep: folder,
    } = open().await;
    let other = reopen(folder.path());
    let both = rush().into_iter().enumerate().map(|(number, request)| {
        let store = Arc::clone(if number % 2 == 0 { &store } else { &other });
        async move { submit(&store, &request).await }
    });
    let answers = both.collect::<JoinSet<_>>().join_all().await;
    let confirmed = answers
        .iter()
        .filter(|answer| matches!(answer, Submitted::Recorded(_)))
        .count();
    assert_eq!(confirmed, 40);
    assert_eq!(availability(&other).await, taken(40));
}

#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::disallowed_methods,
    reason = "the test changes the file behind the store's back"
)]
async fn a_file_of_a_later_version_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registrations.sqlite");
    drop(SqliteStore::open(&path).unwrap());
    // The version stands in bytes 60 to 63 of the file (sqlite.org/fileformat, 1.3).
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[63] = 200;
    std::fs::write(&path, &bytes).unwrap();
    assert!(SqliteStore::open(&path).is_err());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let Opened {
        store,
        keep: folder,
    } = open().await;
    recorded(&store, &ask("ana")).await;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{file:?}"
        );
    }
}
