//! A visitor on the network: one connection, kept open.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use super::page::Answers;
use super::reply::Reply;

/// A visitor with a connection to a server.
pub(crate) struct Visitor {
    connection: SendRequest<Body>,
    host: String,
}

impl Visitor {
    pub(crate) async fn connect(server: SocketAddr) -> Visitor {
        let stream = TcpStream::connect(server).await.unwrap();
        let (connection, driver) = handshake(TokioIo::new(stream)).await.unwrap();
        // Ends with the connection.
        tokio::spawn(driver);
        Visitor {
            connection,
            host: server.to_string(),
        }
    }

    /// Calls the server by this name, as one does whose name leads there.
    #[cfg(feature = "deployment")]
    pub(crate) fn by_name(mut self, host: &str) -> Visitor {
        host.clone_into(&mut self.host);
        self
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[], String::new()).await
    }

    /// Posts these answers as a browser does.
    pub(crate) async fn post(&mut self, path: &str, answers: &Answers) -> Reply {
        let origin = format!("http://{}", self.host);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", &origin),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send("POST", path, &headers, answers.encoded()).await
    }

    /// Sends answers as a program does.
    pub(crate) async fn json(&mut self, path: &str, key: &str, answers: &Value) -> Reply {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.send("POST", path, &headers, answers.to_string()).await
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request.body(Body::from(body)).unwrap();
        self.connection.ready().await.unwrap();
        let response = self.connection.send_request(request).await.unwrap();
        Reply::read(response.map(Body::new)).await
    }
}
