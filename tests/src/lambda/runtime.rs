//! Lambda's side of the wire: the Runtime API (2018-06-01), of which a function asks for work and which it tells the outcome.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// What a function made of an event, or what it said went wrong.
pub(super) type Made = Result<String, String>;

/// The API for one instance, as long as it is kept.
pub(super) struct Runtime {
    pub(super) address: SocketAddr,
    events: mpsc::UnboundedSender<Value>,
    shared: Arc<Shared>,
    polls: watch::Receiver<u32>,
    served: JoinHandle<()>,
    /// Counts the events, so that each has a name of its own.
    sent: u32,
}

struct Shared {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<Value>>,
    /// Who waits for the outcome of which event.
    waiting: Mutex<HashMap<String, oneshot::Sender<Made>>>,
    /// How often the function asked for work.
    polls: watch::Sender<u32>,
    /// The last moment that a call may have, in milliseconds since 1970.
    deadline: AtomicU64,
}

impl Runtime {
    pub(super) async fn start() -> Runtime {
        let (events, receiver) = mpsc::unbounded_channel();
        let (counter, polls) = watch::channel(0);
        let shared = Arc::new(Shared {
            events: tokio::sync::Mutex::new(receiver),
            waiting: Mutex::default(),
            polls: counter,
            // Nothing here takes long enough to care.
            deadline: AtomicU64::new(32_503_680_000_000),
        });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(response),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .with_state(Arc::clone(&shared));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Runtime {
            address: listener.local_addr().unwrap(),
            events,
            shared,
            polls,
            served: tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() }),
            sent: 0,
        }
    }

    /// Waits until the function asks for work for the first time.
    pub(super) async fn first_poll(&mut self) {
        self.polls.wait_for(|polls| *polls > 0).await.unwrap();
    }

    /// From here on every call has to end at this moment.
    pub(super) fn calls_end_at(&self, deadline: Timestamp) {
        let milliseconds = u64::try_from(deadline.as_millisecond()).unwrap();
        self.shared.deadline.store(milliseconds, Ordering::SeqCst);
    }

    /// Lets the function work on an event.
    pub(super) async fn invoke(&mut self, mut event: Value) -> Made {
        self.sent += 1;
        let id = format!("00000000-0000-4000-8000-{:012}", self.sent);
        event["requestContext"]["requestId"] = id.clone().into();
        let (made, outcome) = oneshot::channel();
        self.shared.waiting.lock().unwrap().insert(id, made);
        self.events.send(event).unwrap();
        outcome.await.unwrap()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Shared {
    fn tell(&self, id: &str, made: Made) -> StatusCode {
        // Whoever waited may have given up.
        let waiting = self.waiting.lock().unwrap().remove(id);
        drop(waiting.map(|waiting| waiting.send(made)));
        StatusCode::ACCEPTED
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    shared.polls.send_modify(|polls| *polls += 1);
    let Some(event) = shared.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let headers = [
        (
            "lambda-runtime-aws-request-id",
            event["requestContext"]["requestId"]
                .as_str()
                .unwrap()
                .to_owned(),
        ),
        (
            "lambda-runtime-deadline-ms",
            shared.deadline.load(Ordering::SeqCst).to_string(),
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:000000000000:function:forms".to_owned(),
        ),
        ("content-type", "application/json".to_owned()),
    ];
    let headers: HeaderMap = headers
        .into_iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    (headers, event.to_string()).into_response()
}

async fn response(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: String,
) -> StatusCode {
    shared.tell(&id, Ok(body))
}

async fn error(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: String,
) -> StatusCode {
    shared.tell(&id, Err(body))
}
