//! A visitor on the network: one connection, kept open.

use std::io;
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
        Visitor::try_connect(server).await.unwrap()
    }

    /// A connection, if the server is there.
    pub(crate) async fn try_connect(server: SocketAddr) -> io::Result<Visitor> {
        let stream = TcpStream::connect(server).await?;
        let handshake = handshake(TokioIo::new(stream)).await;
        let (connection, driver) = handshake.map_err(io::Error::other)?;
        // Ends with the connection.
        tokio::spawn(driver);
        Ok(Visitor {
            connection,
            host: server.to_string(),
        })
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
        self.try_json(path, key, answers).await.unwrap()
    }

    /// Sends answers as a program does, to a server that may end meanwhile.
    pub(crate) async fn try_json(
        &mut self,
        path: &str,
        key: &str,
        answers: &Value,
    ) -> io::Result<Reply> {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.try_send("POST", path, &headers, answers.to_string())
            .await
    }

    /// Sends any request.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Reply {
        self.try_send(method, path, headers, body).await.unwrap()
    }

    async fn try_send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> io::Result<Reply> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request.body(Body::from(body)).unwrap();
        self.connection.ready().await.map_err(io::Error::other)?;
        let response = self.connection.send_request(request).await;
        let response = response.map_err(io::Error::other)?.map(Body::new);
        Reply::try_read(response).await.map_err(io::Error::other)
    }
}
