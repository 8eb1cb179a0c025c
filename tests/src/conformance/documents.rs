//! What staff's pages keep beside registrations.

use std::sync::Arc;

use form_function::store::{Collection, Document, Documents, Order, Store};
use jiff::{SignedDuration, Timestamp};

use super::people::start;

const SESSIONS: Collection = Collection::Sessions;

fn document(key: &str, version: u32, value: &str) -> Document {
    Document {
        key: key.to_owned(),
        version,
        value: format!("{value:?}"),
        expires_at: None,
    }
}

async fn kept(store: &Arc<impl Documents>, document: &Document) {
    assert!(store.keep(SESSIONS, document).await.unwrap());
}

pub(super) async fn a_document_is_kept_and_found_until_it_is_discarded(
    store: &Arc<impl Documents>,
) {
    assert_eq!(store.document(SESSIONS, "a").await.unwrap(), None);
    let first = Document {
        expires_at: Some(start()),
        ..document("a", 0, "Ана, „Ани“")
    };
    kept(store, &first).await;
    assert_eq!(store.document(SESSIONS, "a").await.unwrap(), Some(first));
    // Without an end it is kept for good, whatever it was before.
    let second = document("a", 1, "two");
    kept(store, &second).await;
    assert_eq!(store.document(SESSIONS, "a").await.unwrap(), Some(second));
    store.discard(SESSIONS, "a").await.unwrap();
    store.discard(SESSIONS, "a").await.unwrap();
    assert_eq!(store.document(SESSIONS, "a").await.unwrap(), None);
    // What was discarded begins anew.
    kept(store, &document("a", 0, "again")).await;
}

pub(super) async fn a_document_changes_only_for_whoever_knows_its_version(
    store: &Arc<impl Documents>,
) {
    let orphan = document("a", 1, "before there is any");
    assert!(!store.keep(SESSIONS, &orphan).await.unwrap());
    for version in [0, 1, 2] {
        kept(store, &document("a", version, "right")).await;
    }
    for version in [0, 1, 2, 4] {
        let wrong = document("a", version, "wrong");
        assert!(!store.keep(SESSIONS, &wrong).await.unwrap(), "{version}");
    }
    let found = store.document(SESSIONS, "a").await.unwrap();
    assert_eq!(found, Some(document("a", 2, "right")));
}

pub(super) async fn of_many_who_keep_the_first_version_one_succeeds<D: Documents>(store: &Arc<D>) {
    let mut attempts = tokio::task::JoinSet::new();
    for number in 0..20 {
        let store = Arc::clone(store);
        attempts.spawn(async move {
            let mine = document("a", 0, &number.to_string());
            store.keep(SESSIONS, &mine).await.unwrap().then_some(mine)
        });
    }
    let winners: Vec<Document> = attempts.join_all().await.into_iter().flatten().collect();
    let found = store.document(SESSIONS, "a").await.unwrap();
    assert_eq!(winners, Vec::from_iter(found));
}

pub(super) async fn documents_come_in_order_from_either_end_in_pages(store: &Arc<impl Documents>) {
    let keys = ["0002", "0001", "0010", "a", "B"];
    for key in keys {
        kept(store, &document(key, 0, key)).await;
    }
    let mut ascending = keys.map(str::to_owned).to_vec();
    ascending.sort();
    let mut descending = ascending.clone();
    descending.reverse();
    for (order, expected) in [
        (Order::Ascending, ascending),
        (Order::Descending, descending),
    ] {
        let mut listed: Vec<String> = Vec::new();
        loop {
            let after = listed.last().map(String::as_str);
            let page = store.documents(SESSIONS, order, after, 2).await.unwrap();
            assert!(page.len() <= 2);
            if page.is_empty() {
                break;
            }
            listed.extend(page.into_iter().map(|document| document.key));
        }
        assert_eq!(listed, expected, "{order:?}");
    }
}

pub(super) async fn collections_do_not_see_each_other(store: &Arc<impl Documents>) {
    kept(store, &document("a", 0, "a session")).await;
    assert_eq!(store.document(Collection::Audit, "a").await.unwrap(), None);
    let audit = store.documents(Collection::Audit, Order::Ascending, None, 9);
    assert_eq!(audit.await.unwrap(), []);
    store.discard(Collection::Audit, "a").await.unwrap();
    assert!(store.document(SESSIONS, "a").await.unwrap().is_some());
}

pub(super) async fn a_document_is_forgotten_when_its_time_is_over<S: Store + Documents>(
    store: &Arc<S>,
) {
    let until = |hours| Some(start() + SignedDuration::from_hours(hours));
    for (key, expires_at) in [("short", until(1)), ("long", until(2)), ("for good", None)] {
        let document = Document {
            expires_at,
            ..document(key, 0, key)
        };
        kept(store, &document).await;
    }
    store.forget_expired(until(1).unwrap()).await.unwrap();
    let left = store.documents(SESSIONS, Order::Ascending, None, 9).await;
    let left: Vec<String> = left.unwrap().into_iter().map(|it| it.key).collect();
    assert_eq!(left, ["for good", "long"]);
    store.forget_expired(Timestamp::MAX).await.unwrap();
    let left = store.documents(SESSIONS, Order::Ascending, None, 9).await;
    assert_eq!(left.unwrap().len(), 1);
}
