//! What the worker does when mail is slow, when there is always more of it, and when it does not leave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use form_function::mail::{Mail, MailError, Mailer};
use form_function::store::Store;
use form_function::transition::REQUEST_KEPT;
use form_function::worker::{self, Worker, waits_since};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, oneshot};
use tokio::time::{sleep, timeout};

use super::people::{ask, cancelled, later, open_day, outbox, recorded};
use super::workers::{Mailbox, app, opener, round};

/// Far more than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A way for mail on which each takes twenty seconds.
struct Slow(Arc<Mutex<Timestamp>>);

impl Mailer for Slow {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        *self.0.lock().unwrap() += SignedDuration::from_secs(20);
        Ok(())
    }
}

pub(super) async fn no_mail_begins_that_may_not_finish(store: &Arc<impl Store>) {
    for person in ["ana", "boris", "vera", "georgi", "dara"] {
        recorded(store, &ask(person).reachable()).await;
    }
    let now = Arc::new(Mutex::new(later()));
    let clock = Arc::clone(&now);
    let mut worker = Worker {
        app: &app(
            Arc::clone(store),
            &open_day(),
            Arc::new(move || *clock.lock().unwrap()),
        ),
        opener: &opener(),
        mailer: &Slow(now),
        until: Some(later() + SignedDuration::from_secs(40)),
    };
    let done = worker::round(&worker).await.unwrap();
    assert_eq!((done.mail.done, done.mail.left), (2, 3));
    assert!(!done.may_go_on());
    let done = worker::round(&worker).await.unwrap();
    assert_eq!((done.mail.done, done.mail.left), (0, 3));
    // Nobody took what was not begun: the next call need not wait for it.
    worker.until = None;
    let done = worker::round(&worker).await.unwrap();
    assert_eq!((done.mail.done, done.mail.left), (3, 0));
}

/// A way for mail on which somebody signs up while a mail leaves.
struct Endless<S>(Arc<S>);

impl<S: Store> Mailer for Endless<S> {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let ask = ask(&mail.id.0).reachable().without_limit();
        recorded(&self.0, &ask.at(later())).await;
        Ok(())
    }
}

pub(super) async fn what_is_over_is_forgotten_although_there_is_always_mail(
    store: &Arc<impl Store>,
) {
    let ana = ask("ana").reachable();
    recorded(store, &ana).await;
    let at = ana.registration.submitted_at;
    let key = &ana.idempotency_key.key;
    assert!(at + REQUEST_KEPT < later());
    assert!(store.request(key, at).await.unwrap().is_some());

    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(worker::run(
        Arc::new(app(Arc::clone(store), &open_day(), Arc::new(later))),
        opener(),
        Endless(Arc::clone(store)),
        Arc::new(Notify::new()),
        stopped,
    ));
    let forgotten = timeout(PATIENCE, async {
        while store.request(key, at).await.unwrap().is_some() {
            sleep(Duration::from_millis(10)).await;
        }
    });
    forgotten.await.expect("it is never forgotten");
    stop.send(()).unwrap();
    running.await.unwrap();
}

/// A way on which no mail leaves.
struct Closed;

impl Mailer for Closed {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        Err(MailError::Deferred { code: None })
    }
}

pub(super) async fn only_mail_that_is_late_waits(store: &Arc<impl Store>) {
    let hours = |hours| later() + SignedDuration::from_hours(hours);
    let (session, mailbox) = (open_day(), Mailbox::default());
    // A fourth mail to one address goes out on the next day.
    for number in 1..=4 {
        let ana = recorded(store, &ask("ana").reachable().at(hours(0))).await;
        let done = round(Arc::clone(store), &session, hours(0), &mailbox).await;
        assert_eq!(done.unwrap().mail.left, u32::from(number == 4));
        if number < 4 {
            cancelled(store, &ana).await;
        }
    }
    let [tomorrow] = outbox(store).await.try_into().unwrap();
    assert!(tomorrow.due_at > hours(1), "{tomorrow:?}");
    assert_eq!(waits_since(store.as_ref(), hours(1)).await.unwrap(), None);
    let waits = waits_since(store.as_ref(), hours(48)).await.unwrap();
    assert_eq!(waits, Some(tomorrow.due_at));

    // One that was tried in vain is late since the first try, however often it was tried.
    let begin = tomorrow.due_at;
    let minutes = |minutes| begin + SignedDuration::from_mins(minutes);
    for tried_at in [0, 1, 5, 21, 85, 325] {
        let now = minutes(tried_at);
        let done = round(Arc::clone(store), &session, now, &Closed).await;
        assert_eq!(done.unwrap().mail.left, 1, "after {tried_at} minutes");
        let waits = waits_since(store.as_ref(), now).await.unwrap();
        assert_eq!(waits, Some(begin), "after {tried_at} minutes");
    }
}
