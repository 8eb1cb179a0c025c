//! Signing in to the editor's page: with GitHub, from the page itself, in one browser, once.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;

use crate::form_test::{FormTest, Reply, SITE};

const AUTH: &str = "/forms/editor/auth?provider=github&site_id=centre.example&scope=repo%2Cuser";
const COOKIE: &str = "__Host-editor-sign-in";
/// What no log, address or page but one may show.
const TOKEN: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";

/// GitHub, on this machine: gives a token for the code `good` once, and remembers what it was asked.
struct Forge {
    address: String,
    asked: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
}

impl Forge {
    fn open() -> Forge {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<BTreeMap<String, String>>>> = Arc::default();
        let remembered = Arc::clone(&asked);
        // Ends with the test.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while reader.read_line(&mut line).unwrap() > 2 {
                    if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
                        length = said.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let question: BTreeMap<String, String> =
                    form_urlencoded::parse(&body).into_owned().collect();
                let body = answer(&question, &remembered.lock().unwrap());
                remembered.lock().unwrap().push(question);
                let length = body.len();
                write!(
                    stream,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                )
                .unwrap();
            }
        });
        Forge { address, asked }
    }

    fn asked(&self) -> Vec<BTreeMap<String, String>> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(question: &BTreeMap<String, String>, before: &[BTreeMap<String, String>]) -> String {
    if question["client_secret"] != "hush" {
        return r#"{"error":"incorrect_client_credentials"}"#.to_owned();
    }
    match question["code"].as_str() {
        "good" if !before.contains(question) => {
            format!(r#"{{"access_token":"{TOKEN}","token_type":"bearer","scope":"repo,user"}}"#)
        }
        "mad" => "<html>".to_owned(),
        "elsewhere" => r#"{"error":"redirect_uri_mismatch"}"#.to_owned(),
        _ => r#"{"error":"bad_verification_code"}"#.to_owned(),
    }
}

/// A sign-in that has begun: what the browser keeps, and what the forge was given.
struct Begun {
    cookie: String,
    state: String,
}

/// The parts of a query.
fn query(address: &str) -> BTreeMap<String, String> {
    let query = address.split_once('?').unwrap().1;
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn begin(test: &FormTest) -> Begun {
    let reply = test.get(AUTH).must_be(302);
    let cookie = reply.header("set-cookie").split(';').next().unwrap();
    Begun {
        cookie: cookie.to_owned(),
        state: query(reply.header("location"))["state"].clone(),
    }
}

impl Begun {
    /// The browser comes back with this.
    fn back(&self, test: &FormTest, with: &str) -> Reply {
        let path = format!("/forms/editor/callback?{with}&state={}", self.state);
        test.send("GET", &path, &[("cookie", &self.cookie)], "")
    }
}

/// A page that tells in both languages why nobody is signed in, and shows no token.
#[track_caller]
fn tells(reply: &Reply, status: u16, words: &str) {
    let reply = reply.clone().must_be(status);
    assert!(reply.words().contains(words), "{}", reply.words());
    assert!(!reply.body.contains(TOKEN));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("cross-origin-opener-policy"), "unsafe-none");
}

#[test]
fn who_signs_in_at_the_forge_is_handed_the_token_by_a_page_of_the_site() {
    let forge = Forge::open();
    let test = FormTest::new().with_editor(&forge.address);
    let reply = test.get(AUTH).must_be(302);
    let location = reply.header("location");
    assert!(location.starts_with(&format!("{}/login/oauth/authorize?", forge.address)));
    let asked = query(location);
    let callback = format!("{SITE}/forms/editor/callback");
    assert_eq!(asked["client_id"], "client");
    assert_eq!(asked["redirect_uri"], callback);
    assert_eq!(asked["scope"], "repo,user");
    assert!(asked["state"].len() >= 43);
    let cookie = reply.header("set-cookie");
    for part in [
        "__Host-editor-sign-in=",
        "Path=/",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert!(!cookie.contains("Domain"));

    let reply = begin(&test).back(&test, "code=good").must_be(200);
    assert!(reply.body.contains(&format!("data-token=\"{TOKEN}\"")));
    assert!(reply.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("referrer-policy"), "no-referrer");
    assert_eq!(reply.header("cross-origin-opener-policy"), "unsafe-none");
    let policy = reply.header("content-security-policy");
    assert_eq!(
        policy,
        "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    assert!(!reply.body.contains("<script>") && !reply.body.contains("style"));
    let asked = forge.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["client_id"], "client");
    assert_eq!(asked[0]["redirect_uri"], callback);

    let script = test.get("/forms/editor/hand-over.js").must_be(200);
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert!(!script.body.contains("\"*\""), "{}", script.body);
}

#[test]
fn a_state_that_is_not_of_this_browser_gives_no_access_and_asks_nobody() {
    let forge = Forge::open();
    let test = FormTest::new().with_editor(&forge.address);
    let (mine, other) = (begin(&test), begin(&test));
    let words = "Този вход вече не важи";
    let mixed = Begun {
        cookie: other.cookie.clone(),
        state: mine.state.clone(),
    };
    tells(&mixed.back(&test, "code=good"), 400, words);
    for cookie in ["", COOKIE, &format!("{COOKIE}={}", mine.state), "a=b"] {
        let forged = Begun {
            cookie: cookie.to_owned(),
            state: mine.state.clone(),
        };
        tells(&forged.back(&test, "code=good"), 400, words);
    }
    let reply = test.send(
        "GET",
        "/forms/editor/callback?code=good",
        &[("cookie", &mine.cookie)],
        "",
    );
    tells(&reply, 400, words);
    tells(&mine.back(&test, ""), 400, words);
    test.after(SignedDuration::from_secs(601));
    tells(&mine.back(&test, "code=good"), 400, words);
    assert!(forge.asked().is_empty());
}

#[test]
fn an_answer_counts_once() {
    let forge = Forge::open();
    let test = FormTest::new().with_editor(&forge.address);
    let begun = begin(&test);
    let first = begun.back(&test, "code=good").must_be(200);
    // The browser has no cookie any more.
    assert!(
        first
            .header("set-cookie")
            .starts_with(&format!("{COOKIE}=;"))
    );
    let path = format!("/forms/editor/callback?code=good&state={}", begun.state);
    tells(&test.get(&path), 400, "Този вход вече не важи");
    // Whoever kept it is refused by the forge.
    tells(
        &begun.back(&test, "code=good"),
        400,
        "Този вход вече не важи",
    );
}

#[test]
fn another_site_cannot_begin_it() {
    let forge = Forge::open();
    let test = FormTest::new().with_editor(&forge.address);
    for site in ["cross-site", "same-site"] {
        let reply = test.send("GET", AUTH, &[("sec-fetch-site", site)], "");
        tells(&reply, 400, "Влиза се от страницата за редактиране");
        assert_eq!(reply.header("set-cookie"), "");
    }
    for site in ["same-origin", "none"] {
        test.send("GET", AUTH, &[("sec-fetch-site", site)], "")
            .must_be(302);
    }
    let other = test.get("/forms/editor/auth?provider=gitlab");
    tells(&other, 400, "Тук се влиза само с GitHub");
    let wide = test
        .get("/forms/editor/auth?scope=admin%3Aorg")
        .must_be(302);
    assert_eq!(query(wide.header("location"))["scope"], "repo,user");
}

#[test]
fn who_declines_or_meets_a_forge_that_fails_is_told_so_in_their_language() {
    let forge = Forge::open();
    let test = FormTest::new().with_editor(&forge.address);
    for (with, status, words) in [
        ("error=access_denied", 400, "Отказахте входа"),
        (
            "error=redirect_uri_mismatch",
            502,
            "Входът не е настроен докрай",
        ),
        ("code=elsewhere", 502, "Входът не е настроен докрай"),
        ("code=spent", 400, "Този вход вече не важи"),
        ("code=mad", 502, "GitHub не отговаря"),
    ] {
        let reply = begin(&test).back(&test, with);
        tells(&reply, status, words);
        assert!(reply.body.contains("/forms/editor/auth"), "{with}");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let test = FormTest::new().with_editor(&address);
    tells(
        &begin(&test).back(&test, "code=good"),
        502,
        "GitHub не отговаря",
    );
    let begun = begin(&test);
    let path = format!("/forms/editor/callback?code=good&state={}", begun.state);
    let english = [
        ("cookie", begun.cookie.as_str()),
        ("accept-language", "en-GB,en;q=0.9"),
    ];
    let reply = test.send("GET", &path, &english, "");
    tells(&reply, 502, "GitHub does not answer");
    assert!(reply.body.contains("<html lang=\"en\""));
}

#[test]
fn where_nothing_is_set_up_there_is_nothing() {
    let test = FormTest::new();
    for path in [
        AUTH,
        "/forms/editor/callback?code=good&state=a",
        "/forms/editor/hand-over.js",
    ] {
        test.get(path).must_be(404);
    }
}
