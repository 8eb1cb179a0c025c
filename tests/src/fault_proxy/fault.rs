//! What may go wrong with one call, in the words of the service (API reference 2012-08-10, "Common Errors").

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::Call;

/// What may go wrong with one call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Fault {
    /// Another transaction was at the same items; nothing was done.
    Conflict,
    /// Too many requests in the account; nothing was done.
    Throttled,
    /// Too many requests at one item or table; nothing was done.
    ThroughputExceeded,
    /// The service failed; nothing was done.
    InternalError,
    /// No answer, and nothing was done.
    Silence,
    /// It was done, and the reply got lost.
    LostReply,
}

const PREFIX: &str = "com.amazonaws.dynamodb.v20120810";

impl Fault {
    /// Whether such a call can fail like this. Plain reads never conflict, and tables are made in peace.
    pub(crate) fn can_befall(self, call: &Call) -> bool {
        match self {
            Fault::Conflict => call.changes_items() || call.actions > 0,
            _ => call.is_about_items(),
        }
    }

    /// What the service answers.
    pub(super) fn answer(self, call: &Call) -> Response<Body> {
        let transaction = call.actions > 0;
        match self {
            Fault::Conflict if transaction => cancelled(
                call,
                "TransactionConflict",
                "Transaction is ongoing for the item",
            ),
            Fault::Conflict => error(
                StatusCode::BAD_REQUEST,
                &format!("{PREFIX}#TransactionConflictException"),
                "Transaction is ongoing for the item",
            ),
            Fault::Throttled => error(
                StatusCode::BAD_REQUEST,
                "com.amazon.coral.availability#ThrottlingException",
                "Rate of requests exceeds the allowed throughput.",
            ),
            Fault::ThroughputExceeded if transaction => cancelled(
                call,
                "ProvisionedThroughputExceeded",
                "The level of configured provisioned throughput for the table was exceeded.",
            ),
            Fault::ThroughputExceeded => error(
                StatusCode::BAD_REQUEST,
                &format!("{PREFIX}#ProvisionedThroughputExceededException"),
                "The level of configured provisioned throughput for the table was exceeded.",
            ),
            Fault::InternalError | Fault::Silence | Fault::LostReply => error(
                StatusCode::INTERNAL_SERVER_ERROR,
                &format!("{PREFIX}#InternalServerError"),
                "The request processing has failed because of an unknown error.",
            ),
        }
    }
}

/// A transaction that one of its actions cancelled; every action has its place in the list of reasons.
fn cancelled(call: &Call, code: &str, message: &str) -> Response<Body> {
    let guilty = usize::try_from(call.number).unwrap() % call.actions;
    let codes: Vec<&str> = (0..call.actions)
        .map(|place| if place == guilty { code } else { "None" })
        .collect();
    let reasons: Vec<Value> = codes
        .iter()
        .map(|code| match *code {
            "None" => json!({"Code": "None"}),
            code => json!({"Code": code, "Message": message}),
        })
        .collect();
    let body = json!({
        "__type": format!("{PREFIX}#TransactionCanceledException"),
        "Message": format!(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
            codes.join(", ")
        ),
        "CancellationReasons": reasons,
    });
    response(StatusCode::BAD_REQUEST, &body)
}

fn error(status: StatusCode, kind: &str, message: &str) -> Response<Body> {
    response(status, &json!({"__type": kind, "message": message}))
}

fn response(status: StatusCode, body: &Value) -> Response<Body> {
    let kind = body["__type"].as_str().unwrap();
    Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.0")
        .header("x-amzn-requestid", "0".repeat(52))
        .header("x-amzn-errortype", kind.rsplit('#').next().unwrap())
        .body(Body::from(body.to_string()))
        .unwrap()
}
