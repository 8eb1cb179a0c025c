//! Reading changes nothing, and every answer is dressed for the road.

use crate::form_test::{FormTest, OPEN_DAY, REGISTRATION, Reply, person};

/// Every address of the function, for a registration.
fn every_path(receipt: &str) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/forms",
        "/forms/",
        "/forms/health",
        "/forms/nothing",
        "/forms/r",
        "/forms/r/x",
        "/forms/r/x/event.ics",
    ]
    .map(str::to_owned)
    .to_vec();
    for form in [OPEN_DAY, REGISTRATION] {
        paths.extend(
            [
                "",
                "/",
                "/confirm",
                "/availability",
                "?_edit=1&party=4",
                "/confirm?_token=x",
            ]
            .map(|end| format!("/forms/{form}{end}")),
        );
    }
    paths.extend(
        ["", "/", "/cancel", "/cancel?yes=1", "/party", "/event.ics"]
            .map(|end| format!("{receipt}{end}")),
    );
    paths
}

#[test]
fn no_get_of_any_address_changes_anything() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana").with("party", "2"));
    let cancelled = test.sign_up(OPEN_DAY, &person("boris"));
    test.give_back(&cancelled);
    let state = || {
        (
            test.mails().len(),
            test.stored(),
            test.availability(OPEN_DAY),
        )
    };
    let before = state();
    // Mail programs and chats open links with all sorts of heads, and some send bodies.
    let heads: [&[(&str, &str)]; 4] = [
        &[],
        &[("sec-purpose", "prefetch")],
        &[
            ("x-http-method-override", "POST"),
            ("x-method-override", "POST"),
        ],
        &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "https://centre.example"),
        ],
    ];
    for receipt in [&receipt, &cancelled] {
        for path in every_path(receipt) {
            for head in heads {
                for method in ["GET", "HEAD"] {
                    let reply = test.send(method, &path, head, "_method=POST&_edit=&party=4");
                    assert!(reply.status < 500, "{method} {path}");
                }
            }
            assert_eq!(state(), before, "{path}");
        }
    }
    for action in ["cancel", "accept", "decline", "party", "consent"] {
        let reply = test.get(&format!("{receipt}/{action}"));
        assert_eq!(reply.location(), receipt, "a page opened again leads on");
    }
}

#[test]
fn head_says_what_get_says() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    for path in every_path(&receipt) {
        let (get, head) = (test.get(&path), test.send("HEAD", &path, &[], ""));
        assert_eq!(
            (head.status, head.header("content-type")),
            (get.status, get.header("content-type")),
            "{path}"
        );
        assert_eq!(head.body, "", "{path}");
    }
}

/// Looks at the heads that every answer has.
#[track_caller]
fn is_dressed(path: &str, reply: &Reply) {
    assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    let policy = reply.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "style-src 'self'",
    ] {
        assert!(
            policy.split("; ").any(|directive| directive == part),
            "{part} in {policy}"
        );
    }
    assert!(
        !policy.contains("unsafe")
            && !policy.contains("http")
            && !policy.contains('*')
            && !policy.contains("data:")
    );
    assert_eq!(reply.header("set-cookie"), "");
    assert_eq!(reply.header("access-control-allow-origin"), "");
    assert!(
        matches!(
            reply.header("referrer-policy"),
            "no-referrer" | "same-origin"
        ),
        "{:?}",
        reply.headers
    );
}

#[test]
fn every_answer_tells_browsers_and_caches_what_to_leave_alone() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    for path in every_path(&receipt) {
        is_dressed(&path, &test.get(&path));
    }
    let check = test.fill_in(OPEN_DAY, &person("boris"));
    is_dressed("", &check);
    is_dressed("", &test.confirm(&check).must_be(303));
    is_dressed(
        "",
        &test
            .fill_in(OPEN_DAY, &person("boris").without("name"))
            .must_be(422),
    );
    is_dressed("", &test.fill_in("nothing", &person("boris")).must_be(404));
    is_dressed(
        "",
        &test
            .post_with(
                &format!("/forms/{OPEN_DAY}"),
                &[("origin", "https://evil.example")],
                &person("boris"),
            )
            .must_be(403),
    );
    is_dressed(
        "",
        &test
            .fill_in(OPEN_DAY, &person("boris").with("needs", &"ж".repeat(9_000)))
            .must_be(413),
    );
    is_dressed(
        "",
        &test
            .json(OPEN_DAY, "1", &person("vera").as_json())
            .must_be(201),
    );
    is_dressed("", &test.json_with(OPEN_DAY, &[], "{}").must_be(400));
    is_dressed("", &test.send("DELETE", &receipt, &[], "").must_be(405));
    is_dressed("", &test.give_back(&receipt).must_be(303));
}

#[test]
fn a_secret_address_is_not_passed_on() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    for path in ["", "/event.ics"] {
        assert_eq!(
            test.get(&format!("{receipt}{path}"))
                .must_be(200)
                .header("referrer-policy"),
            "no-referrer"
        );
    }
    let page = test.get(&receipt).page();
    assert!(page.has("meta[name=robots][content=noindex]"));
    assert!(!page.has("link[rel=canonical]"));
    assert_eq!(
        test.give_back(&receipt).header("referrer-policy"),
        "no-referrer"
    );
    test.get(&format!("{receipt}/event.ics"));
}

#[test]
fn pages_of_the_function_need_nothing_from_elsewhere() {
    let test = FormTest::new();
    let check = test.fill_in(OPEN_DAY, &person("ana"));
    let receipt = test.get(test.confirm(&check).location());
    let refused = test.fill_in(OPEN_DAY, &person("ana").without("name"));
    let message = test.fill_in("nothing", &person("ana"));
    for reply in [check, receipt, refused, message] {
        let page = reply.page();
        assert!(
            !page.has("script, style, [style], iframe, object, embed, base"),
            "{}",
            reply.body
        );
        let links = [
            page.attributes("[src]", "src"),
            page.attributes("link[href]", "href"),
            page.attributes("form", "action"),
        ];
        for link in links.concat() {
            assert!(link.starts_with('/') && !link.starts_with("//"), "{link}");
        }
        assert!(page.words().len() < reply.body.len());
        assert!(
            page.text("footer").contains("BG05M9OP001-4.003-0020-C01"),
            "every page says who pays"
        );
        assert!(page.has("html[lang]") && page.has("main#main") && page.has("a.skip-link"));
        assert_ne!(page.heading(), "");
    }
}

#[test]
fn the_store_is_well_and_says_so() {
    let test = FormTest::new();
    assert_eq!(
        test.get("/forms/health").must_be(200).json(),
        serde_json::json!({"status": "ok"})
    );
}
