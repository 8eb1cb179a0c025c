//! One process of the function, and requests to it as a function URL passes them on (payload format 2.0).

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aws_smithy_types::base64;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::runtime::Runtime;
use crate::form_test::{Answers, Reply, SITE};
use crate::program::{self, Ended, PATIENCE};

/// A process that polls.
pub(super) struct Instance {
    /// How long it took from the start of the process to the first poll.
    pub(super) start: Duration,
    process: program::Program,
    runtime: Runtime,
}

/// A program under test.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Program {
    /// The public one.
    Function,
    /// The one that works behind it.
    Worker,
}

impl Program {
    /// Its file.
    pub(super) fn path(self) -> PathBuf {
        let variable = match self {
            Program::Function => "FORM_FUNCTION_BIN",
            Program::Worker => "FORM_WORKER_BIN",
        };
        env::var_os(variable)
            .unwrap_or_else(|| panic!("{variable} is a program, as `tests/run` sets it"))
            .into()
    }
}

impl Instance {
    /// Starts the program with these settings and with what Lambda sets, and with nothing else.
    pub(super) async fn start(
        program: Program,
        settings: &BTreeMap<&'static str, String>,
    ) -> Result<Instance, Ended> {
        let mut runtime = Runtime::start().await;
        let mut environment: BTreeMap<_, _> = lambda_environment(&runtime).into_iter().collect();
        environment.extend(settings.clone());
        let begin = Instant::now();
        let mut process = program::Program::start(&program.path(), &environment);
        let ended = timeout(PATIENCE, async {
            tokio::select! {
                () = runtime.first_poll() => None,
                ended = process.ended() => Some(ended),
            }
        });
        match ended.await.expect("it neither polls nor ends") {
            None => Ok(Instance {
                start: begin.elapsed(),
                process,
                runtime,
            }),
            Some(ended) => Err(ended),
        }
    }

    /// Opens an address.
    pub(super) async fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[], "").await
    }

    /// Posts these answers as a browser does.
    pub(super) async fn post(&mut self, path: &str, answers: &Answers) -> Reply {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", SITE),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send("POST", path, &headers, &answers.encoded()).await
    }

    /// Sends answers as a program does.
    pub(super) async fn json(&mut self, path: &str, key: &str, answers: &Value) -> Reply {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.send("POST", path, &headers, &answers.to_string())
            .await
    }

    /// From here on every call has to end at this moment.
    pub(super) fn calls_end_at(&self, deadline: Timestamp) {
        self.runtime.calls_end_at(deadline);
    }

    /// Hands over an event that is no request; gives what the program returns.
    pub(super) async fn invoke(&mut self, event: Value) -> Value {
        let made = self.attempt(event).await.unwrap();
        serde_json::from_str(&made).unwrap()
    }

    /// The same; what it fails with may come back.
    pub(super) async fn attempt(&mut self, event: Value) -> Result<String, String> {
        let made = timeout(PATIENCE, self.runtime.invoke(event)).await;
        made.expect("no answer to an event")
    }

    /// The memory that the process holds, in bytes; none where the system does not tell.
    pub(super) fn memory(&self) -> Option<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024)
    }

    /// For how long the process has had a processor, which is the same on a busy machine; nothing where the system does
    /// not tell.
    pub(super) fn processor_time(&self) -> Duration {
        let threads = self.process.id().and_then(|id| {
            let threads = std::fs::read_dir(format!("/proc/{id}/task")).ok()?;
            let of_each = threads.filter_map(|thread| {
                let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
                told.split_whitespace().next()?.parse::<u64>().ok()
            });
            Some(of_each.sum())
        });
        Duration::from_nanos(threads.unwrap_or_default())
    }

    /// Sends any request.
    pub(super) async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let event = event(method, path, headers, body);
        let made = timeout(PATIENCE, self.runtime.invoke(event)).await;
        let made = made.unwrap_or_else(|_| panic!("no answer to {method} {path}"));
        reply(&serde_json::from_str(&made.unwrap()).unwrap())
    }

    /// Ends the process. Gives everything it printed.
    pub(super) async fn stop(self) -> String {
        self.process.kill().await
    }
}

/// The variables that a function finds on Lambda, and where this machine's engine is.
fn lambda_environment(runtime: &Runtime) -> Vec<(&'static str, String)> {
    let engine = env::var("AWS_ENDPOINT_URL_DYNAMODB").expect("an engine that speaks DynamoDB");
    [
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_SESSION_TOKEN", "test"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_DEFAULT_REGION", "eu-central-1"),
        ("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_FUNCTION_NAME", "forms"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/forms"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/23/[$LATEST]0123"),
        ("LAMBDA_TASK_ROOT", "/var/task"),
        ("LANG", "en_US.UTF-8"),
        ("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin"),
        ("TZ", ":UTC"),
        ("_HANDLER", "bootstrap"),
        ("AWS_ENDPOINT_URL_DYNAMODB", &engine),
        ("AWS_ENDPOINT_URL_SESV2", &engine),
        ("AWS_LAMBDA_RUNTIME_API", &runtime.address.to_string()),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

/// What a function URL makes of a request. Bodies of forms arrive in base64.
fn event(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Value {
    const HOST: &str = "abcdefghijklmnop.lambda-url.eu-central-1.on.aws";
    let own = [("host", HOST), ("x-forwarded-proto", "https")];
    let headers: Value = headers
        .iter()
        .chain(&own)
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "abcdefghijklmnop",
            "domainName": HOST,
            "domainPrefix": "abcdefghijklmnop",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "routeKey": "$default",
            "stage": "$default",
            "time": "23/Nov/2026:07:00:00 +0000",
            "timeEpoch": 1_795_417_200_000_u64,
        },
        "isBase64Encoded": !body.is_empty(),
    });
    if !body.is_empty() {
        event["body"] = base64::encode(body).into();
    }
    event
}

/// What a function URL makes of what the function returns.
fn reply(returned: &Value) -> Reply {
    let one = returned["headers"].as_object().into_iter().flatten();
    let one = one.map(|(name, value)| (name, value.as_str().unwrap()));
    let many = returned["multiValueHeaders"].as_object();
    let many = many.into_iter().flatten().flat_map(|(name, values)| {
        values
            .as_array()
            .into_iter()
            .flatten()
            .map(move |value| (name, value.as_str().unwrap()))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in one.chain(many) {
        let name: HeaderName = name.parse().unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    let body = returned["body"].as_str().unwrap_or_default();
    let bytes = if returned["isBase64Encoded"] == true {
        base64::decode(body).unwrap()
    } else {
        body.as_bytes().to_vec()
    };
    Reply {
        status: u16::try_from(returned["statusCode"].as_u64().unwrap()).unwrap(),
        headers,
        body: String::from_utf8(bytes.clone()).unwrap(),
        bytes,
    }
}
