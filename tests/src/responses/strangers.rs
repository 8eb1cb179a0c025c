//! What does not come from a person in front of our form: other sites, programs that fill in everything, broken bodies.

use super::{is_friendly, nothing_happened};
use crate::form_test::{Answers, FormTest, OPEN_DAY, REGISTRATION, SITE, person};

const FORM: &str = "/forms/den-na-otvorenite-vrati-2027";
const URLENCODED: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn a_form_on_another_site_is_refused() {
    let test = FormTest::new();
    let check = test
        .fill_in(OPEN_DAY, &person("ana"))
        .must_be(200)
        .page()
        .form();
    for from in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("origin", "http://centre.example.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ],
    ] {
        let reply = test.post_with(FORM, from, &person("ana")).must_be(403);
        is_friendly(&test, &reply, "bg", "refused");
        test.post_with(&check.action, from, &check.sent_untouched())
            .must_be(403);
        let headers = [&[("idempotency-key", "1")], from].concat();
        let json = test
            .json_with(OPEN_DAY, &headers, &person("ana").as_json().to_string())
            .must_be(403);
        assert_eq!(json.json()["code"], "refused");
    }
    nothing_happened(&test);
}

#[test]
fn our_own_pages_are_taken_whatever_the_browser_says() {
    let test = FormTest::new();
    for from in [
        &[][..],
        &[("origin", SITE)],
        &[("sec-fetch-site", "same-origin"), ("origin", SITE)],
        // A reader of web pages, and a form that was kept open over a restart of the browser.
        &[("sec-fetch-site", "none")],
        // Behind a proxy that ends TLS, or on another port in preview.
        &[("origin", "http://centre.example")],
    ] {
        test.post_with(FORM, from, &person("ana")).must_be(200);
    }
}

#[test]
fn who_fills_in_what_nobody_sees_gets_the_form_again_and_nothing_is_kept() {
    let test = FormTest::new();
    let honest = test
        .fill_in(OPEN_DAY, &person("ana"))
        .must_be(200)
        .page()
        .form();
    let trap = test.form(OPEN_DAY, "bg").unseen.remove(0);
    let reply = test
        .fill_in(OPEN_DAY, &person("bot").with(&trap, "https://spam.example"))
        .must_be(200);
    let again = reply.page();
    assert_eq!(
        again.heading(),
        "Запази място",
        "a person may send it once more"
    );
    let kept = again.form().sent_untouched();
    assert_eq!((kept.get("name"), kept.get(&trap)), (Some("bot"), None));
    assert!(!again.has(".error-summary"));
    test.fill_in(OPEN_DAY, &kept.with("name", "Ана"))
        .must_be(200);
    let reply = test
        .post(&honest.action, &honest.sent_untouched().with(&trap, "x"))
        .must_be(200);
    assert_eq!(reply.page().heading(), "Запази място");

    let json = test
        .json(OPEN_DAY, "bot", &person("bot").with(&trap, "x").as_json())
        .must_be(201)
        .json();
    assert_eq!(json["state"], "confirmed");
    assert_eq!(json["reference"].as_str().unwrap().len(), 8);
    nothing_happened(&test);

    test.fill_in(REGISTRATION, &Answers::of(&[(&trap, "x")]))
        .must_be(200);
}

/// A post of so many values in all.
fn of_values(count: usize) -> Answers {
    let ana = person("ana");
    let more: Vec<String> = (ana.0.len()..count)
        .map(|number| number.to_string())
        .collect();
    ana.with_all("more", &more)
}

#[test]
fn sixty_values_are_read_and_one_more_is_too_much() {
    let test = FormTest::new();
    for path in [FORM.to_owned(), format!("{FORM}/confirm")] {
        assert_ne!(test.post(&path, &of_values(60)).status, 413, "{path}");
        let reply = test.post(&path, &of_values(61)).must_be(413);
        is_friendly(&test, &reply, "bg", "too_large");
    }
    let json = test
        .json(OPEN_DAY, "1", &of_values(61).as_json())
        .must_be(413);
    assert_eq!(json.json()["code"], "too_large");
    nothing_happened(&test);
    test.json(OPEN_DAY, "2", &of_values(60).as_json())
        .must_be(201);
}

#[test]
fn more_than_a_form_can_hold_is_too_much() {
    let test = FormTest::new();
    let endless = person("ana").with("needs", &"ж".repeat(20_000));
    let reply = test.fill_in(OPEN_DAY, &endless).must_be(413);
    is_friendly(&test, &reply, "bg", "too_large");
    test.post(&format!("{FORM}/confirm"), &endless).must_be(413);
    let json = test
        .json(OPEN_DAY, "1", &endless.as_json())
        .must_be(413)
        .json();
    assert_eq!(json["code"], "too_large");
    nothing_happened(&test);

    // The longest answers that every question allows still fit.
    let form = test.form(REGISTRATION, "bg");
    let longest = form
        .controls()
        .filter(|control| control.kind == "textarea" || control.autocomplete == "name");
    let full = longest.fold(form.sample(), |answers, control| {
        answers.with(&control.name, &"ж".repeat(control.max_length.unwrap()))
    });
    test.sign_up(REGISTRATION, &full);
}

#[test]
fn text_that_is_not_utf_8_is_refused_and_not_patched_up() {
    let test = FormTest::new();
    let broken: [&[u8]; 4] = [
        b"name=%ff%fe&email=a%40b.bg&party=1",
        b"name=\xff&email=a%40b.bg&party=1",
        b"name=%D0&party=1",
        b"%ff=1",
    ];
    for body in broken {
        test.send("POST", FORM, &[URLENCODED], body.to_vec())
            .must_be(400);
        test.send(
            "POST",
            &format!("{FORM}/confirm"),
            &[URLENCODED],
            body.to_vec(),
        )
        .must_be(400);
    }
    let json = [
        ("content-type", "application/json"),
        ("idempotency-key", "1"),
    ];
    let reply = test
        .send("POST", FORM, &json, b"{\"name\": \"\xff\"}".to_vec())
        .must_be(400);
    assert_eq!(reply.json()["code"], "malformed");
    nothing_happened(&test);
}

#[test]
fn what_no_key_types_is_neither_kept_nor_shown() {
    let test = FormTest::new();
    let answers = person("ana")
        .with("name", "А\0на\u{1b}[2J\u{7}")
        .with("needs", "а\0б\r\nв");
    let check = test.fill_in(OPEN_DAY, &answers).must_be(200);
    test.confirm(&check).must_be(303);
    let kept = format!("{:?}", test.stored());
    for invisible in ["\\0", "\0", "\\u{0}", "\\u0000", "\\u{1b}", "\\u001b"] {
        assert!(
            !kept.contains(invisible) && !check.body.contains('\0'),
            "{invisible:?} in {kept}"
        );
    }
}

#[test]
fn of_a_name_that_comes_twice_the_first_counts() {
    let test = FormTest::new();
    let mut answers = person("ana").with("party", "2");
    answers.0.push(("party".to_owned(), "4".to_owned()));
    answers
        .0
        .push(("email".to_owned(), "other@example.org".to_owned()));
    let check = test.fill_in(OPEN_DAY, &answers).must_be(200);
    let sent_on = check.page().form().hidden;
    assert_eq!(
        sent_on.0.iter().filter(|(name, _)| name == "party").count(),
        1
    );
    test.confirm(&check).must_be(303);
    assert_eq!(test.remaining(OPEN_DAY), 38);
    assert_eq!(test.mails()[0].to, "ana@example.org");
}

#[test]
fn a_body_that_is_no_form_is_refused() {
    let test = FormTest::new();
    let body = person("ana").encoded();
    for headers in [
        &[][..],
        &[("content-type", "text/plain")],
        &[("content-type", "multipart/form-data; boundary=x")],
        &[("content-type", "application/x-www-form-urlencodedx")],
        &[("content-type", "")],
    ] {
        test.send("POST", FORM, headers, body.clone()).must_be(415);
        test.send("POST", &format!("{FORM}/confirm"), headers, body.clone())
            .must_be(415);
    }
    test.send(
        "POST",
        &format!("{FORM}/confirm"),
        &[("content-type", "application/json")],
        "{}",
    )
    .must_be(415);
    nothing_happened(&test);

    let charset = [(
        "content-type",
        "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
    )];
    test.send("POST", FORM, &charset, body).must_be(200);
}

#[test]
fn other_methods_are_not_allowed_and_change_nothing() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    let before = test.stored();
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] {
        for path in [
            FORM,
            &format!("{FORM}/confirm"),
            &receipt,
            &format!("{receipt}/cancel"),
            "/forms/health",
        ] {
            let status = test
                .send(method, path, &[URLENCODED], person("boris").encoded())
                .status;
            assert_eq!(status, 405, "{method} {path}");
        }
    }
    assert_eq!(test.stored(), before);
}

#[test]
fn markup_in_an_answer_is_text() {
    let test = FormTest::new();
    let markup = r#""><script>alert(1)</script><img src=x onerror=alert(1)>'&quot;{{ 7 * 7 }}"#;
    let answers = person("ana")
        .with("name", markup)
        .with("needs", markup)
        .with("telephone", markup)
        .with("_language", markup);
    let refused = test.fill_in(OPEN_DAY, &answers).must_be(422);
    let check = test
        .fill_in(OPEN_DAY, &answers.without("telephone"))
        .must_be(200);
    for (reply, kept) in [(&refused, "name"), (&check, "name")] {
        let page = reply.page();
        assert!(
            !page.has("script, img[onerror], [onclick]"),
            "{}",
            reply.body
        );
        let form = page.form().sent_untouched();
        assert_eq!(form.get(kept), Some(markup));
        assert!(page.words().contains(markup) || reply.status == 422);
    }
    let taken = test.confirm(&check);
    let receipt = test.get(taken.location()).must_be(200);
    assert!(!receipt.body.contains("alert(1)"));
    // Nor does a name or a language from outside become a path or a header.
    let header = person("ana")
        .with("name", "A\r\nSet-Cookie: a=b")
        .with("_language", "../../bg");
    let check = test.fill_in(OPEN_DAY, &header).must_be(200);
    assert_eq!(check.header("set-cookie"), "");
}
