//! A proxy before a `DynamoDB` engine that does what the service does and no engine: conflicts, throttling, errors,
//! silence, and replies that are lost after the work was done.
//!
//! The engine is what answers at `AWS_ENDPOINT_URL_DYNAMODB`; whoever shall suffer gets [`FaultProxy::url`] instead. What
//! goes wrong is decided by a [`Plan`], for each call, and counted.

mod fault;
mod plan;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

pub(crate) use fault::Fault;
pub(crate) use plan::{Call, Plan, Rates, seeded};

/// A proxy that runs until it is dropped.
pub(crate) struct FaultProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    served: JoinHandle<()>,
}

struct Shared {
    engine: String,
    plan: Mutex<Plan>,
    /// How often the same call came.
    attempts: Mutex<HashMap<u64, usize>>,
    calls: Mutex<u64>,
    done: Mutex<BTreeMap<Fault, u32>>,
}

/// Ends the connection without a reply.
fn no_reply() -> io::Error {
    io::Error::other("the proxy lets no reply through")
}

impl FaultProxy {
    /// Starts a proxy before the engine of the tests.
    #[expect(clippy::disallowed_methods, reason = "SHELL: where the engine is")]
    pub(crate) async fn start(plan: Plan) -> FaultProxy {
        let engine =
            std::env::var("AWS_ENDPOINT_URL_DYNAMODB").expect("an engine that speaks DynamoDB");
        let engine = engine.trim_start_matches("http://").trim_end_matches('/');
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shared = Arc::new(Shared {
            engine: engine.to_owned(),
            plan: Mutex::new(plan),
            attempts: Mutex::default(),
            calls: Mutex::default(),
            done: Mutex::default(),
        });
        FaultProxy {
            address: listener.local_addr().unwrap(),
            shared: Arc::clone(&shared),
            served: tokio::spawn(serve(listener, shared)),
        }
    }

    /// What to give a client as its endpoint.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From here on this goes wrong.
    pub(crate) fn plan(&self, plan: Plan) {
        *self.shared.plan.lock().unwrap() = plan;
    }

    /// How often each thing went wrong.
    pub(crate) fn done(&self) -> BTreeMap<Fault, u32> {
        self.shared.done.lock().unwrap().clone()
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.served.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // They end with the proxy.
    let mut connections = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let service = service_fn(move |request| answer(Arc::clone(&shared), request));
            // A connection ends with an error whenever a reply is lost: that is what it is for.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(client), service)
                .await;
        });
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> io::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    let body = to_bytes(Body::new(body), usize::MAX)
        .await
        .map_err(io::Error::other)?;
    let call = shared.call(&head.headers, &body);
    let fault = (shared.plan.lock().unwrap())(&call).filter(|fault| fault.can_befall(&call));
    if let Some(fault) = fault {
        *shared.done.lock().unwrap().entry(fault).or_default() += 1;
    }
    match fault {
        None => shared.forward(Request::from_parts(head, body)).await,
        Some(Fault::LostReply) => {
            shared.forward(Request::from_parts(head, body)).await?;
            Err(no_reply())
        }
        // Ends when the client has had enough.
        Some(Fault::Silence) => std::future::pending().await,
        Some(fault) => Ok(fault.answer(&call)),
    }
}

impl Shared {
    fn call(&self, headers: &HeaderMap, body: &Bytes) -> Call {
        let number = {
            let mut calls = self.calls.lock().unwrap();
            *calls += 1;
            *calls
        };
        let target = headers.get("x-amz-target");
        let target = target.map_or("", |target| target.to_str().unwrap_or_default());
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let token = asked["ClientRequestToken"].as_str().unwrap_or_default();
        // A transaction that comes again has its token; anything else comes word by word.
        let mut name = DefaultHasher::new();
        if token.is_empty() {
            (target, body).hash(&mut name);
        } else {
            token.hash(&mut name);
        }
        let attempt = {
            let mut attempts = self.attempts.lock().unwrap();
            let attempt = attempts.entry(name.finish()).or_default();
            *attempt += 1;
            *attempt
        };
        Call {
            number,
            operation: target.rsplit('.').next().unwrap_or_default().to_owned(),
            token: token.to_owned(),
            actions: asked["TransactItems"].as_array().map_or(0, Vec::len),
            asked,
            attempt,
        }
    }

    /// What the engine answers.
    async fn forward(&self, request: Request<Bytes>) -> io::Result<Response<Body>> {
        let stream = TcpStream::connect(&self.engine).await?;
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut engine, driver) = handshake.map_err(io::Error::other)?;
        let exchange = async move {
            // Dropped at the end, which is the end of the driver.
            let sent = engine.send_request(request.map(Body::from)).await;
            let (head, body) = sent.map_err(io::Error::other)?.into_parts();
            let body = to_bytes(Body::new(body), usize::MAX).await;
            Ok(Response::from_parts(
                head,
                Body::from(body.map_err(io::Error::other)?),
            ))
        };
        tokio::join!(exchange, driver).0
    }
}
