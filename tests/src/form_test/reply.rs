//! What came back.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Response};
use serde_json::Value;

use super::page::Page;

/// An answer, read to its end.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body as text; what is no text has replacement characters.
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Reply {
    pub(crate) async fn read(response: Response<Body>) -> Reply {
        Reply::try_read(response).await.unwrap()
    }

    /// The answer, unless it breaks off.
    pub(crate) async fn try_read(response: Response<Body>) -> Result<Reply, axum::Error> {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await?;
        Ok(Reply {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        })
    }

    /// The same answer, if it has this status.
    #[track_caller]
    pub(crate) fn must_be(self, status: u16) -> Reply {
        assert_eq!(self.status, status, "{}", self.words());
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Where the answer sends one.
    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.words());
        self.header("location")
    }

    pub(crate) fn page(&self) -> Page {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        Page::read(&self.body)
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            "application/json",
            "{}",
            self.body
        );
        serde_json::from_str(&self.body).unwrap()
    }

    /// What one reads, for a message about a test that failed.
    pub(crate) fn words(&self) -> String {
        if self.header("content-type").starts_with("text/html") {
            self.page().words()
        } else {
            self.body.clone()
        }
    }
}
