//! SHELL. Asks other sites: each address once, one site at a time with a pause between, several sites side by side.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ureq::http::{Method, Request, StatusCode, Uri, header};
use ureq::{Agent, Error};

use super::Answer;

/// How patient we are, and how polite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manners {
    /// How long a site may take to answer.
    pub(crate) patience: Duration,
    /// How long we wait before we ask the same site again.
    pub(crate) pause: Duration,
}

/// How many sites are asked side by side.
const AT_ONCE: usize = 8;
/// How many times an address may lead on to another one.
const HOPS: usize = 5;

/// What these addresses answer, in the order of the addresses.
pub(crate) fn ask(addresses: &[&str], manners: Manners) -> Vec<(String, Answer)> {
    let agent = Agent::new_with_config(
        Agent::config_builder()
            .timeout_global(Some(manners.patience))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!(
                "centre/",
                env!("CARGO_PKG_VERSION"),
                " (link check)"
            ))
            .build(),
    );
    let mut sites: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        sites.entry(host(address)).or_default().push(address);
    }
    let waiting: Mutex<VecDeque<Vec<&str>>> = Mutex::new(sites.into_values().collect());
    let answers = Mutex::new(Vec::new());
    let next = || {
        waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(site) = next() {
                    for (number, address) in site.into_iter().enumerate() {
                        if number > 0 {
                            std::thread::sleep(manners.pause);
                        }
                        let answer = follow(&agent, address);
                        let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                        answers.push((address.to_owned(), answer));
                    }
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by(|(a, _), (b, _)| a.cmp(b));
    answers
}

fn host(address: &str) -> String {
    let uri = address.parse::<Uri>().ok();
    let authority = uri.as_ref().and_then(Uri::authority);
    authority.map_or_else(String::new, |authority| authority.as_str().to_lowercase())
}

/// Follows an address to where it leads.
fn follow(agent: &Agent, address: &str) -> Answer {
    let mut at = address.to_owned();
    let mut for_good = true;
    for hop in 0..=HOPS {
        match once(agent, &at) {
            Err(error) => return silent(&error),
            Ok((status, Some(to))) if status.is_redirection() => {
                for_good &= matches!(status.as_u16(), 301 | 308);
                let Some(to) = joined(&at, &to) else {
                    return Answer::Refused {
                        status: status.as_u16(),
                    };
                };
                at = to;
            }
            Ok((status, _)) if is_there(status) => {
                return if hop > 0 && for_good {
                    Answer::Moved { to: at }
                } else {
                    Answer::Found
                };
            }
            Ok((status, _)) => {
                return Answer::Refused {
                    status: status.as_u16(),
                };
            }
        }
    }
    Answer::Silent {
        reason: "too many redirects".to_owned(),
    }
}

/// Whether somebody is at home: who asks for a name, or does not like programs, is.
fn is_there(status: StatusCode) -> bool {
    status.is_success() || matches!(status.as_u16(), 401 | 403 | 405 | 406 | 429 | 999)
}

/// The head of what is there, or all of it, where a site does not answer for the head alone.
fn once(agent: &Agent, address: &str) -> Result<(StatusCode, Option<String>), Error> {
    let ask = |method: Method| -> Result<(StatusCode, Option<String>), Error> {
        let request = Request::builder().method(method).uri(address).body(())?;
        let answer = agent.run(request)?;
        let to = answer.headers().get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).map(str::to_owned);
        Ok((answer.status(), to))
    };
    match ask(Method::HEAD) {
        Ok((status, to)) if !status.is_client_error() && !status.is_server_error() => {
            Ok((status, to))
        }
        Err(Error::Timeout(timeout)) => Err(Error::Timeout(timeout)),
        Err(Error::HostNotFound) => Err(Error::HostNotFound),
        _ => ask(Method::GET),
    }
}

/// Where an address leads that may be written in short.
fn joined(from: &str, to: &str) -> Option<String> {
    if to.starts_with("http://") || to.starts_with("https://") {
        return Some(to.to_owned());
    }
    let uri: Uri = from.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    if to.starts_with("//") {
        return Some(format!("{scheme}:{to}"));
    }
    if to.starts_with('/') {
        return Some(format!("{scheme}://{authority}{to}"));
    }
    let folder = uri.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{authority}{folder}/{to}"))
}

fn silent(error: &Error) -> Answer {
    let reason = match error {
        Error::HostNotFound => "no such site".to_owned(),
        Error::Timeout(_) => "it takes too long".to_owned(),
        Error::Io(_) | Error::ConnectionFailed => "no connection".to_owned(),
        other => other.to_string(),
    };
    Answer::Silent { reason }
}
