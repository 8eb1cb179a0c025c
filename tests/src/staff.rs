//! The staff area: who gets in, who sees what, and that everything leaves a trace.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::disallowed_methods,
    reason = "SHELL: reads and damages the store's file"
)]

mod exports;
mod figures;
mod cards;
mod data;
mod door;
mod lists;
mod log;
mod may;
mod notes;
mod today;

use axum::http::Method;
use form_function::app::system_random;
use form_function::limits::RateLimits;
use form_function::staff::access::ROUTES;
use form_function::staff::people::{Role, StaffAddress};
use form_function::staff::session::{self, Ticket};
use form_function::staff::{audit, sign_in};
use jiff::SignedDuration;
use may::may;

use crate::form_test::{FormTest, OPEN_DAY, ROUND_TABLE, Reply, dump, person};

const RECEPTION: &str = "rada@example.org";
const COORDINATOR: &str = "koko@example.org";
const DATA_OFFICER: &str = "dida@example.org";

fn address(role: Role) -> &'static str {
    match role {
        Role::Reception => RECEPTION,
        Role::Coordinator => COORDINATOR,
        Role::DataOfficer => DATA_OFFICER,
    }
}

/// The morning of the open day.
const THE_DAY: &str = "2027-06-10T09:30:00+03:00";

/// A browser of staff.
struct Browser<'a> {
    test: &'a FormTest,
    ticket: Ticket,
}

impl FormTest {
    /// Somebody with this address is signed in, whether they are of staff or not.
    fn signed_in(&self, who: &str) -> Browser<'_> {
        let ticket = Ticket::generate(&system_random());
        let who = StaffAddress::parse(who).unwrap();
        let now = (self.app.clock)();
        self.ask(session::open(self.app.store.as_ref(), &ticket, &who, now))
            .unwrap();
        Browser { test: self, ticket }
    }
}

impl Browser<'_> {
    fn cookie(&self) -> String {
        format!("other=1; __Host-staff={}", self.ticket.reveal())
    }

    fn get(&self, path: &str) -> Reply {
        self.test
            .send("GET", path, &[("cookie", &self.cookie())], "")
    }

    fn post(&self, path: &str, body: &str) -> Reply {
        let headers = [
            ("cookie", self.cookie()),
            (
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        self.test.send("POST", path, &headers, body.to_owned())
    }

    /// What its forms carry.
    fn token(&self) -> String {
        token_in(&self.get("/staff/").must_be(200).body)
    }

    fn press(&self, path: &str, body: &str) -> Reply {
        self.post(path, &format!("_token={}&{body}", self.token()))
    }
}

/// What the forms of a page carry.
fn token_in(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"_token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// A test with one registration for the open day and one for the round table, and their identities.
fn two_registrations() -> (FormTest, String, String) {
    let test = FormTest::new();
    let ids = [(OPEN_DAY, "ana"), (ROUND_TABLE, "boris")].map(|(activity, name)| {
        let receipt = test.sign_up(activity, &person(name));
        test.registration(&receipt).id.as_str().to_owned()
    });
    let [ana, boris] = ids;
    test.at(THE_DAY);
    (test, ana, boris)
}

/// An address of the table, with what there is in its gaps.
fn real(route: &str, registration: &str, card: &str) -> String {
    route
        .replace("/staff/registrations/{registration}/card", card)
        .replace("{event}", OPEN_DAY)
        .replace("{registration}", registration)
        .replace("{sheet}", "entry")
        .replace("{link}", &"0".repeat(64))
}

/// What is pressed at an address.
fn pressed(route: &str) -> String {
    if route.ends_with("/walk-ins") {
        format!("do=add&people=1&key={}", "0".repeat(32))
    } else if route == "/staff/data" {
        "do=find&who=ana@example.org".to_owned()
    } else {
        "do=attend&reason=x".to_owned()
    }
}

#[test]
fn no_page_is_open_to_who_may_not_see_it() {
    let (test, ana, _) = two_registrations();
    let (_, card) = cards::participant(&test, "ana");
    let expired = test.signed_in(COORDINATOR);
    test.after(session::LONGEST);
    let stranger = test.signed_in("stranger@example.org");
    let foreign = Browser {
        test: &test,
        ticket: Ticket::generate(&system_random()),
    };
    for (method, route, _) in ROUTES {
        let Some(allowed) = may(method, route) else {
            continue;
        };
        let path = real(route, &ana, &card);
        let pressed = pressed(route);
        let ask = |browser: &Browser<'_>, body: &str| match *method {
            Method::GET => browser.get(&path),
            _ => browser.post(&path, body),
        };
        for browser in [&expired, &stranger, &foreign] {
            let before = dump(&test.store_file());
            let reply = ask(browser, "do=attend&reason=x");
            match *method {
                Method::GET => assert_eq!(reply.location(), "/staff/sign-in", "{path}"),
                _ => assert_eq!(reply.status, 401, "{path}"),
            }
            gives_nothing_away(&reply);
            assert_eq!(dump(&test.store_file()), before, "{path}");
        }
        for role in Role::ALL {
            let browser = test.signed_in(address(role));
            let body = format!("_token={}&{pressed}", browser.token());
            if !allowed.contains(&role) {
                let before = dump(&test.store_file());
                let reply = ask(&browser, &body);
                assert_eq!(reply.status, 403, "{path} as {role:?}");
                gives_nothing_away(&reply);
                assert_eq!(dump(&test.store_file()), before, "{path} as {role:?}");
                continue;
            }
            if *method == Method::GET {
                browser.get(&path).must_be(200);
                continue;
            }
            // A form that no page of ours for this browser made does nothing.
            let other = test.signed_in(address(role)).token();
            for token in ["", "0", &other] {
                let before = dump(&test.store_file());
                let reply = browser.post(&path, &format!("_token={token}&{pressed}"));
                assert_eq!(reply.status, 403, "{path} as {role:?} with `{token}`");
                assert_eq!(dump(&test.store_file()), before, "{path} as {role:?}");
            }
            let reply = ask(&browser, &body);
            assert!(
                reply.status < 400 || reply.status == 409,
                "{path} as {role:?}: {}",
                reply.status
            );
        }
    }
}

/// Neither of the two people who signed up can be found in it.
fn gives_nothing_away(reply: &Reply) {
    let everywhere = format!("{:?}{}", reply.headers, reply.body);
    for word in ["ana", "boris"] {
        let answers = person(word);
        for secret in ["name", "email"].map(|name| answers.get(name).unwrap()) {
            assert!(
                !secret.is_empty() && !everywhere.contains(secret),
                "{secret}"
            );
        }
    }
}

#[test]
fn an_address_that_is_in_no_table_is_nothing_even_to_who_may_everything() {
    let (test, ..) = two_registrations();
    let browser = test.signed_in(COORDINATOR);
    for path in [
        "/staff/secrets",
        "/staff/events/none",
        "/staff/registrations/none",
        "/staff/x/y",
    ] {
        browser.get(path).must_be(404);
    }
    let reply = browser.test.send(
        "DELETE",
        "/staff/events",
        &[("cookie", &browser.cookie())],
        "",
    );
    assert!(matches!(reply.status, 404 | 405), "{}", reply.status);
}

#[test]
fn at_the_door_of_one_event_nobody_of_another_is_noted() {
    let (test, ana, boris) = two_registrations();
    let browser = test.signed_in(RECEPTION);
    let path = |id: &str| format!("/staff/events/{OPEN_DAY}/check-in/{id}");
    browser.press(&path(&boris), "do=attend").must_be(404);
    browser.press(&path(&ana), "do=attend").must_be(303);
    let page = browser
        .get(&format!("/staff/events/{OPEN_DAY}/check-in"))
        .must_be(200);
    assert!(page.body.contains("Дошли: 1 от 1"), "{}", page.body);
    // Twice is once, and a slip is taken back.
    browser.press(&path(&ana), "do=attend").must_be(303);
    browser.press(&path(&ana), "do=undo").must_be(303);
    let page = browser
        .get(&format!("/staff/events/{OPEN_DAY}/check-in"))
        .must_be(200);
    assert!(page.body.contains("Дошли: 0 от 1"), "{}", page.body);
}

#[test]
fn a_session_ends_after_an_hour_of_nothing_and_after_a_working_day() {
    let test = FormTest::new();
    let browser = test.signed_in(RECEPTION);
    test.after(session::IDLE - SignedDuration::from_secs(1));
    browser.get("/staff/").must_be(200);
    test.after(session::IDLE);
    browser.get("/staff/").must_be(303);

    let busy = test.signed_in(RECEPTION);
    for _ in 0..19 {
        test.after(SignedDuration::from_mins(31));
        busy.get("/staff/").must_be(200);
    }
    test.after(SignedDuration::from_mins(11));
    busy.get("/staff/").must_be(303);
}

#[test]
fn a_link_lets_in_once_in_time_and_in_the_browser_that_asked() {
    let test = FormTest::new();
    let store = test.app.store.as_ref();
    let random = system_random();
    let who = StaffAddress::parse(RECEPTION).unwrap();
    let now = || (test.app.clock)();
    let browser = Ticket::generate(&random);
    let redeem = |link: &Ticket, browser: Option<&Ticket>| {
        test.ask(sign_in::redeem(store, link, browser, now()))
            .unwrap()
    };
    let asked = || {
        let link = Ticket::generate(&random);
        test.ask(sign_in::ask(store, &link, &browser, &who, now()))
            .unwrap();
        link
    };
    let link = asked();
    let other = Ticket::generate(&random);
    assert_eq!(redeem(&link, None), Err(sign_in::Refused::OtherBrowser));
    assert_eq!(
        redeem(&link, Some(&other)),
        Err(sign_in::Refused::OtherBrowser)
    );
    assert_eq!(redeem(&link, Some(&browser)), Ok(who.clone()));
    assert_eq!(redeem(&link, Some(&browser)), Err(sign_in::Refused::Over));
    let late = asked();
    test.after(sign_in::LIFETIME);
    assert_eq!(redeem(&late, Some(&browser)), Err(sign_in::Refused::Over));
    assert_eq!(redeem(&other, Some(&browser)), Err(sign_in::Refused::Over));
}

#[test]
fn whoever_is_taken_off_the_list_is_out_from_the_next_start() {
    let mut test = FormTest::new();
    let ticket = test.signed_in(RECEPTION).ticket;
    let still = |test: &FormTest| {
        let cookie = format!("__Host-staff={}", ticket.reveal());
        test.send("GET", "/staff/", &[("cookie", &cookie)], "")
            .status
    };
    assert_eq!(still(&test), 200);
    test.staff_are("koko@example.org:coordinator");
    assert_eq!(still(&test), 303);
}

#[test]
fn the_door_of_another_day_is_closed_to_who_only_stands_at_it() {
    let (test, ..) = two_registrations();
    test.at(crate::site_test::NOW);
    for path in ["check-in", "attendance"] {
        let path = format!("/staff/events/{OPEN_DAY}/{path}");
        test.signed_in(RECEPTION).get(&path).must_be(403);
        test.signed_in(COORDINATOR).get(&path).must_be(200);
    }
}

#[test]
fn a_name_is_found_in_any_order_and_a_number_however_it_is_written() {
    let test = FormTest::new();
    let ana = person("ana").with("name", "Анна-Мария Петрова");
    let receipt = test.sign_up(OPEN_DAY, &ana.with("telephone", "0888 123 456"));
    let reference = test.registration(&receipt).reference.to_string();
    test.at(THE_DAY);
    let browser = test.signed_in(COORDINATOR);
    let path = format!("/staff/events/{OPEN_DAY}/check-in");
    let split = format!("{} {}", &reference[..4], &reference[4..]).to_lowercase();
    for query in [
        "петрова анна",
        "Анна Мария",
        "+359 888 123 456",
        "00359888123456",
        "0888123456",
        "888 123",
        &split,
        &reference[..5],
    ] {
        let query = form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
        let page = browser.press(&path, &format!("q={query}")).must_be(200);
        assert!(page.body.contains("Анна-Мария"), "{query}");
    }
    let page = browser.press(&path, "q=0888123457").must_be(200);
    assert!(!page.body.contains("Анна-Мария"));
}

#[test]
fn a_stranger_cannot_use_up_the_links_of_somebody_of_staff() {
    let mut test = FormTest::new();
    test.limit(RateLimits::DEFAULT);
    let ask = |from: &str| {
        let page = test.send("GET", "/staff/sign-in", &[], "");
        let cookie = page
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-forwarded-for", from),
        ];
        let body = format!("_token={}&email={RECEPTION}", token_in(&page.body));
        test.send("POST", "/staff/sign-in", &headers, body)
            .must_be(200);
        test.finish_what_was_begun();
        test.mails().len()
    };
    for _ in 0..12 {
        ask("192.0.2.1");
    }
    assert_eq!(ask("192.0.2.1"), 10);
    assert_eq!(ask("198.51.100.7"), 11);
}

fn last(test: &FormTest) -> audit::Entry {
    let entries = test.ask(audit::before(test.app.store.as_ref(), None, 1));
    entries.unwrap().remove(0)
}
