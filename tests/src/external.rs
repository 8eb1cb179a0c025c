//! Links to other sites are asked about politely, once a week, and never keep a site from being published.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use generator::cli::Status;

use crate::site_test::{Ran, SiteTest};

/// Another site, on this machine: answers by the path, and remembers what it was asked.
struct OtherSite {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl OtherSite {
    fn open() -> OtherSite {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        // Another way to write 127.0.0.1, which no page may name: no visitor gets there.
        let address = format!("http://127.1:{}", listener.local_addr().unwrap().port());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        // Ends with the test.
        std::thread::spawn(move || {
            let mut kept = Vec::new();
            for stream in listener.incoming() {
                kept.extend(answer(stream.unwrap(), &remembered));
            }
        });
        OtherSite { address, asked }
    }

    /// What was asked since the last time, in the order of the words.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked
    }
}

/// Answers one request; a connection that is to be slow is given back.
fn answer(mut stream: TcpStream, asked: &Mutex<Vec<String>>) -> Option<TcpStream> {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let mut words = first.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    asked.lock().unwrap().push(format!("{method} {path}"));
    let head = match path {
        "/only-get" if method == "HEAD" => "405 Method Not Allowed\r\n",
        "/good" | "/new" | "/only-get" => "200 OK\r\n",
        "/moved" => "301 Moved Permanently\r\nlocation: /new\r\n",
        "/for-now" => "302 Found\r\nlocation: good\r\n",
        "/round" => "301 Moved Permanently\r\nlocation: /round\r\n",
        "/shy" => "403 Forbidden\r\n",
        "/slow" => return Some(stream),
        "/ill" => "503 Service Unavailable\r\n",
        _ => "404 Not Found\r\n",
    };
    write!(
        stream,
        "HTTP/1.1 {head}content-length: 0\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    None
}

fn site_with(links: &str) -> SiteTest {
    let text =
        format!("---\ntitle: Новина\ndescription: Описание.\ndate: 2026-05-12\n---\n\n{links}\n");
    SiteTest::new().file("content/news/a.md", &text)
}

fn check(site: &SiteTest, more: &[&str]) -> Ran {
    let mut arguments = vec!["check", "--external", "--pause", "0", "--patience", "0.5"];
    arguments.extend(more);
    site.run(&arguments)
}

#[test]
fn every_address_is_asked_once_and_what_leads_nowhere_is_a_warning_at_its_place() {
    let other = OtherSite::open();
    let paths = [
        "good", "only-get", "for-now", "shy", "moved", "gone", "ill", "round", "slow",
    ];
    let links = paths.map(|path| format!("[{path}]({}/{path})\n", other.address));
    let links = links.concat();
    let site = site_with(&format!("{links}\n[again]({0}/good#part)", other.address));
    let ran = check(&site, &[]);
    assert_eq!(ran.status, Status::Done, "{}", ran.messages);
    let base = &other.address;
    for (line, message) in [
        (11, format!("the page {base}/moved has moved for good")),
        (12, format!("the page {base}/gone is gone")),
        (13, format!("{base}/ill answers with the error 503")),
        (
            14,
            format!("{base}/round does not answer (too many redirects)"),
        ),
        (
            15,
            format!("{base}/slow does not answer (it takes too long)"),
        ),
    ] {
        let message = format!("warning[L20]: {message}\n  --> content/news/a.md:{line}:");
        assert!(
            ran.messages.contains(&message),
            "{message}\n{}",
            ran.messages
        );
    }
    assert!(
        ran.messages.contains(&format!("help: write  {base}/new")),
        "{}",
        ran.messages
    );
    assert_eq!(ran.messages.matches("[L20]").count(), 5, "{}", ran.messages);
    assert!(
        ran.messages
            .contains("9 addresses of other sites, of which 9 are asked now")
    );
    let asked = other.asked();
    for path in ["/good", "/only-get", "/gone"] {
        let all = asked.iter().filter(|line| line.ends_with(path)).count();
        // Of what is not there by its head, the whole is asked for; /for-now leads to /good.
        assert_eq!(all, 2, "{path} {asked:?}");
    }
    assert_eq!(check(&site, &["--strict"]).status, Status::Refused);
}

#[test]
fn what_was_found_is_not_asked_again_for_a_week() {
    let other = OtherSite::open();
    let site = site_with(&format!("[a]({0}/good) [b]({0}/gone)", other.address));
    check(&site, &[]);
    assert_eq!(other.asked(), ["GET /gone", "HEAD /gone", "HEAD /good"]);
    let ran = check(&site, &[]);
    assert_eq!(other.asked(), ["GET /gone", "HEAD /gone"]);
    assert!(ran.messages.contains("is gone"), "{}", ran.messages);
    let after = |days: i64| {
        let now: jiff::Timestamp = crate::site_test::NOW.parse().unwrap();
        (now + jiff::SignedDuration::from_hours(24 * days)).to_string()
    };
    for (days, asked_again) in [(6, false), (8, true)] {
        let ran = site.run_at(&after(days), &["check", "--external", "--pause", "0"]);
        assert_eq!(ran.status, Status::Done);
        assert_eq!(
            other.asked().contains(&"HEAD /good".to_owned()),
            asked_again,
            "{days}"
        );
    }
}

#[test]
fn a_site_that_is_not_there_keeps_nobody_from_publishing_and_without_asking_nobody_is_asked() {
    let other = OtherSite::open();
    let address = other.address.replace("http://", "https://");
    let site = site_with(&format!(
        "[tls]({address}/good) [plain]({}/good)",
        other.address
    ));
    assert_eq!(site.run(&["check"]).status, Status::Done);
    let site = site.build();
    assert!(other.asked().is_empty());
    let ran = check(&site, &["--lang", "bg"]);
    assert_eq!(ran.status, Status::Done);
    assert!(
        ran.messages
            .contains(&format!("{address}/good не отговаря (")),
        "{}",
        ran.messages
    );
    // A memory that is broken is no memory.
    site.change(".cache/links.json", b"{");
    assert_eq!(check(&site, &[]).status, Status::Done);
}
