//! The pages of the site: how long a browser may keep them, what they may do, and what nobody may read.

use std::fs;

use super::Machine;
use crate::form_test::{OPEN_DAY, Reply, Visitor, person};

/// Asks with a header more.
async fn ask(visitor: &mut Visitor, method: &str, path: &str, header: (&str, &str)) -> Reply {
    visitor.send(method, path, &[header], String::new()).await
}

/// What may not be missing from any answer of the process.
#[track_caller]
fn is_safe(name: &str, reply: &Reply) {
    for (header, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=()"),
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        let value = reply.header(header);
        assert!(value.contains(wanted), "{name}: {header}: {value:?}");
    }
    let policy = reply.header("content-security-policy");
    assert!(!policy.contains("unsafe"), "{name}: {policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_files_forms_and_faults_have_the_headers_they_need() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let home = visitor.get("/").await.must_be(200);
    assert_eq!(home.header("cache-control"), "no-cache");
    assert_eq!(home.header("vary"), "accept-encoding");
    is_safe("the home page", &home);

    let style = home
        .page()
        .attributes("link[rel=stylesheet]", "href")
        .remove(0);
    let style = visitor.get(&style).await.must_be(200);
    assert_eq!(
        style.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    is_safe("the style sheet", &style);

    let check = visitor
        .post(&format!("/forms/{OPEN_DAY}"), &person("ana"))
        .await
        .must_be(200);
    assert_eq!(check.header("cache-control"), "no-store");
    is_safe("check your answers", &check);
    is_safe("nowhere", &visitor.get("/nowhere").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_tls_nobody_is_told_to_insist_on_it() {
    let machine = Machine::with_own_mail().with("PUBLIC_URL", "http://localhost:8080");
    let server = machine.start().await;
    let home = server.visitor().await.get("/").await.must_be(200);
    assert_eq!(home.header("strict-transport-security"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_hears_that_its_page_is_still_the_last_and_may_ask_for_a_part_or_the_head() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let home = visitor.get("/en/").await.must_be(200);
    let modified = home.header("last-modified").to_owned();
    let again = ask(
        &mut visitor,
        "GET",
        "/en/",
        ("if-modified-since", &modified),
    )
    .await;
    assert_eq!(again.must_be(304).body, "");
    let part = ask(&mut visitor, "GET", "/en/", ("range", "bytes=0-14")).await;
    assert_eq!(part.must_be(206).body, home.body[..15]);
    let head = ask(&mut visitor, "HEAD", "/en/", ("accept", "*/*")).await;
    assert_eq!(head.clone().must_be(200).body, "");
    assert_eq!(head.header("content-length"), home.body.len().to_string());
    let head = ask(&mut visitor, "HEAD", "/nowhere", ("accept", "*/*")).await;
    assert_eq!(head.must_be(404).body, "");
    let post = ask(&mut visitor, "POST", "/en/", ("accept", "*/*")).await;
    post.must_be(405);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_there_compressed_goes_out_so() {
    let machine = Machine::with_own_mail();
    let page = machine.path("dist/site/index.html");
    fs::write(page.with_extension("html.br"), "in the way of br").unwrap();
    fs::write(page.with_extension("html.gz"), "in the way of gzip").unwrap();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip")] {
        let reply = ask(&mut visitor, "GET", "/", ("accept-encoding", accepted)).await;
        assert_eq!(reply.header("content-encoding"), encoding);
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(reply.must_be(200).body, format!("in the way of {encoding}"));
    }
    let plain = visitor.get("/").await.must_be(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert!(plain.body.contains("<!doctype html>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_is_answered_in_its_language() {
    let machine = Machine::with_own_mail();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    for (path, language) in [("/nikade/", "bg"), ("/en/nowhere", "en"), ("/enter", "bg")] {
        let reply = visitor.get(path).await.must_be(404);
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.page().language(), language, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_site_can_be_read() {
    let machine = Machine::with_own_mail();
    let site = machine.path("dist/site");
    fs::write(site.join(".env"), "SECRET").unwrap();
    fs::create_dir(site.join(".git")).unwrap();
    fs::write(site.join(".git/config"), "SECRET").unwrap();
    fs::create_dir(site.join(".well-known")).unwrap();
    fs::write(site.join(".well-known/security.txt"), "Contact: us").unwrap();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    for path in [
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/en/../.env",
        "/../forms/manifest.json",
        "/%2e%2e/forms/manifest.json",
        "/..%2fforms/manifest.json",
        "/en/%2e%2e/%2e%2e/data/keys.env",
        "//data/keys.env",
        // A folder without a page is not listed.
        "/assets/",
    ] {
        let reply = visitor.get(path).await;
        assert_eq!(reply.status, 404, "{path}: {}", reply.body);
        assert!(!reply.body.contains("SECRET"), "{path}");
    }
    let agreed = visitor.get("/.well-known/security.txt").await;
    assert_eq!(agreed.must_be(200).body, "Contact: us");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_address_leads_to_the_page_and_files_for_servers_are_not_shown() {
    let machine = Machine::with_own_mail();
    let site = machine.path("dist/site");
    let file = site.join("_redirects");
    fs::write(file, "/staro/ /novini/ 301\n/en/ /novini/ 301\n").unwrap();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    let moved = visitor.get("/staro").await.must_be(301);
    assert_eq!(moved.header("location"), "/novini/");
    // What is there is never hidden by a redirect.
    visitor.get("/en/").await.must_be(200);
    for path in ["/_headers", "/_redirects", "/%5fredirects"] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_what_the_file_for_hosts_says() {
    let machine = Machine::with_own_mail();
    let headers = fs::read_to_string(machine.path("dist/site/_headers")).unwrap();
    let all = headers
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    let all: Vec<(&str, &str)> = all
        .filter_map(|line| line.trim().split_once(": "))
        .collect();
    let server = machine.start().await;
    let mut visitor = server.visitor().await;
    for path in ["/", "/nowhere", "/forms/health", "/forms/none"] {
        let reply = visitor.get(path).await;
        for (name, value) in &all {
            assert_eq!(reply.header(name), *value, "{path}: {name}");
        }
    }
    assert!(all.len() > 5);
}
