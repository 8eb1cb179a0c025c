//! What people are written: in their language, with all they need, and not a word that a visitor typed.

use jiff::SignedDuration;

use super::an_event;
use crate::form_test::{
    Answers, FormTest, Mail, OPEN_DAY, Page, REGISTRATION, ROUND_TABLE, SITE, person, unfolded,
};

const PROJECT: &str = "BG05M9OP001-4.003-0020-C01";

/// Answers with a word of their own in every box.
fn telling() -> Answers {
    let typed = "https://spam.example/ Натисни-тук <b>Баба-Яга</b>";
    person("ana")
        .with("name", typed)
        .with("needs", typed)
        .with("telephone", "0899 765 432 111")
        .with("party", "2")
}

/// Looks for what every mail has.
#[track_caller]
fn is_whole(test: &FormTest, mail: &Mail, receipt: &str) {
    for part in [&mail.text, &mail.html] {
        assert!(
            part.contains(&format!("{SITE}{receipt}")),
            "the link: {part}"
        );
        assert!(part.contains(PROJECT), "who funds: {part}");
        assert!(
            part.contains("Европейския социален фонд") || part.contains("European Social Fund"),
            "{part}"
        );
        assert!(!part.contains(['{', '}']), "{part}");
    }
    let reference = test.get(receipt).page().text(".panel__number");
    assert!(mail.text.contains(&reference) && mail.html.contains(&reference));
    assert!(!mail.subject.is_empty() && !mail.subject.contains(['{', '\n']));
    assert!(
        mail.head.contains("Auto-Submitted: auto-generated"),
        "{}",
        mail.head
    );
    // What a picture shows came with the mail.
    let of_the_mail = mail.html.matches("<img src=\"cid:").count();
    assert!(
        mail.html.matches("<img").count() == of_the_mail
            && !mail.html.contains("<script")
            && !mail.html.contains("<link"),
        "nothing is fetched"
    );
    assert!(!mail.text.contains('<'), "the text is text: {}", mail.text);
}

#[test]
fn every_mail_has_all_one_needs_and_nothing_that_was_typed() {
    for language in ["bg", "en"] {
        let test = FormTest::new();
        let receipt = test.sign_up(OPEN_DAY, &telling().with("_language", language));
        test.sign_up(OPEN_DAY, &telling().with("_language", language));
        test.work();
        test.give_back(&receipt);
        let title = if language == "bg" {
            "Ден на отворените врати 2027"
        } else {
            "Open day 2027"
        };
        for kind in ["received", "already_registered", "cancelled"] {
            let mail = test.mail(kind, "ana@example.org");
            is_whole(&test, &mail, &receipt);
            assert!(mail.subject.contains(title), "{}", mail.subject);
            assert!(mail.html.contains(&format!("lang=\"{language}\"")));
            for typed in [
                "spam.example",
                "Натисни",
                "Баба",
                "0899765432111",
                "0899 765",
            ] {
                assert!(
                    !mail.everything().contains(typed) && !mail.head.contains(typed),
                    "{typed} in {}",
                    mail.everything()
                );
            }
        }
        let words = test
            .mail("received", "ana@example.org")
            .text
            .replace('\u{a0}', " ");
        let when = if language == "bg" {
            "10 юни 2027 г."
        } else {
            "10 June 2027"
        };
        let place = if language == "bg" {
            "„Дом на учителя“, Пловдив"
        } else {
            "Teacher’s House, Plovdiv"
        };
        assert!(words.contains(when) && words.contains(place), "{words}");
    }
}

#[test]
fn the_receiver_has_no_name_and_the_sender_is_the_centre() {
    let test = FormTest::new();
    test.sign_up(OPEN_DAY, &telling());
    let mail = &test.mails()[0];
    assert_eq!(mail.to, "ana@example.org");
    assert_eq!(
        mail.from,
        "Център за социални иновации <no-reply@example.org>"
    );
    for other in ["\r\nCc:", "\r\nBcc:", "\r\nReply-To:"] {
        assert!(!mail.head.contains(other), "{}", mail.head);
    }
}

#[test]
fn mail_follows_the_language_of_the_form_and_not_of_the_browser() {
    let test = FormTest::new();
    let answers = person("ana").with("_language", "en");
    let check = test
        .post_with(
            &format!("/forms/{OPEN_DAY}"),
            &[("accept-language", "bg")],
            &answers,
        )
        .must_be(200);
    assert_eq!(check.page().language(), "en");
    test.confirm(&check).must_be(303);
    assert_eq!(test.mails()[0].subject, "Place reserved: Open day 2027");

    // Without a word from the form the browser decides, and then the site.
    for (header, language) in [
        ("en-GB,en;q=0.8", "en"),
        ("de,en;q=0.5,bg;q=0.4", "en"),
        ("de", "bg"),
        ("", "bg"),
    ] {
        let answers = person("ana").without("_language");
        let reply = test.post_with(
            &format!("/forms/{OPEN_DAY}"),
            &[("accept-language", header)],
            &answers,
        );
        assert_eq!(reply.page().language(), language, "{header}");
    }
    let unknown = test
        .fill_in(OPEN_DAY, &person("ana").with("_language", "de"))
        .must_be(200);
    assert_eq!(unknown.page().language(), "bg");
}

#[test]
fn a_registration_with_the_centre_is_confirmed_without_a_date() {
    let test = FormTest::new();
    let receipt = test.sign_up(REGISTRATION, &test.form(REGISTRATION, "bg").sample());
    let mail = test.mail("received", "ana.maria@example.org");
    is_whole(&test, &mail, &receipt);
    assert_eq!(mail.calendar, None);
    assert!(
        !mail.everything().contains("2005"),
        "the birthday stays where it is"
    );
}

#[test]
fn who_waits_is_told_so() {
    let test = FormTest::new();
    test.take_places(ROUND_TABLE, 30);
    let receipt = test.sign_up(ROUND_TABLE, &person("ana").with("_language", "en"));
    let mail = test.mail("received", "ana@example.org");
    is_whole(&test, &mail, &receipt);
    assert_eq!(mail.subject, "On the waiting list: Round table 2027");
}

#[test]
fn text_and_html_say_the_same() {
    let test = FormTest::new();
    test.sign_up(OPEN_DAY, &person("ana"));
    let mail = &test.mails()[0];
    let words = |text: &str| {
        text.split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let html = Page::read(&mail.html);
    let shown = words(&html.text("body"));
    let missing: Vec<String> = shown.difference(&words(&mail.text)).cloned().collect();
    assert!(missing.is_empty(), "in the HTML only: {missing:?}");
    for link in html.attributes("a[href]", "href") {
        assert!(mail.text.contains(&link), "{link} in {}", mail.text);
    }
}

#[test]
fn mail_that_cannot_leave_now_leaves_later_and_once() {
    let test = FormTest::new();
    let folder = test.mail_folder();
    std::fs::remove_dir(&folder).unwrap();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    assert_eq!(test.work().mail.left, 1);
    test.get(&receipt).must_be(200);
    assert_eq!(
        test.stored()["outbox"].len(),
        1,
        "the registration stands, and its mail waits"
    );
    std::fs::create_dir(&folder).unwrap();
    test.sign_up(OPEN_DAY, &person("boris"));
    assert_eq!(
        receivers(&test),
        ["boris@example.org"],
        "one that waits holds up no other"
    );
    test.after(SignedDuration::from_mins(1));
    assert_eq!(test.work().mail.done, 1);
    assert_eq!(receivers(&test), ["ana@example.org", "boris@example.org"]);
    assert_eq!(test.stored()["outbox"].len(), 0);
}

/// Who has mail, once the worker has done what is due.
fn receivers(test: &FormTest) -> Vec<String> {
    let mut receivers: Vec<String> = test.mails().into_iter().map(|mail| mail.to).collect();
    receivers.sort();
    receivers
}

#[test]
fn the_pauses_between_tries_grow() {
    let test = FormTest::new();
    let folder = test.mail_folder();
    std::fs::remove_dir(&folder).unwrap();
    test.sign_up(OPEN_DAY, &person("ana"));
    assert_eq!(test.work().mail.left, 1);
    for minutes in [1, 4, 16, 64, 240, 240] {
        test.after(SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1));
        assert_eq!(
            test.work().mail.left,
            0,
            "too early after {minutes} minutes"
        );
        test.after(SignedDuration::from_secs(1));
        assert_eq!(test.work().mail.left, 1, "due after {minutes} minutes");
    }
}

#[test]
fn nobody_is_written_a_place_that_they_gave_back_meanwhile() {
    let test = FormTest::new();
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    test.give_back(&receipt);
    let kinds: Vec<String> = test.mails().into_iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds, ["cancelled"]);
}

#[test]
fn mail_that_nobody_takes_for_five_days_is_given_up() {
    let test = FormTest::new();
    test.at("2026-11-23T09:00:00+02:00");
    std::fs::remove_dir(test.mail_folder()).unwrap();
    test.sign_up(OPEN_DAY, &person("ana"));
    test.at("2026-11-28T09:00:05+02:00");
    assert_eq!(test.work().mail.left, 1);
    test.at("2026-11-28T15:00:00+02:00");
    assert_eq!(test.work().mail.done, 1);
    assert_eq!(test.stored()["outbox"].len(), 0);
    assert_eq!(test.registrations(), 1, "the place is held all the same");
}

#[test]
fn a_title_with_markup_is_text_everywhere() {
    let title = r#"Чай & <b>кафе</b>; "разговор", \ край"#;
    let test = an_event(title, "", "");
    let check = test.fill_in("sreshta", &person("ana")).must_be(200);
    let receipt = test.confirm(&check).location().to_owned();
    let mail = test.mail("received", "ana@example.org");
    let (html, page) = (Page::read(&mail.html), test.get(&receipt).page());
    for (where_, words) in [
        ("check", check.words()),
        ("receipt", page.words()),
        ("html", html.text("body")),
        ("text", mail.text.clone()),
        ("subject", mail.subject.clone()),
    ] {
        assert!(words.contains("<b>кафе</b>"), "{where_}: {words}");
        assert!(
            !words.contains("&lt;") && !words.contains("&amp;"),
            "{where_}: {words}"
        );
    }
    assert!(!html.has("b") && !page.has("b") && !check.page().has("b"));
    let (_, calendar) = mail.calendar.unwrap();
    let calendar = unfolded(&calendar);
    let summary = calendar
        .lines()
        .find(|line| line.starts_with("SUMMARY:"))
        .unwrap();
    assert!(
        summary.contains(r"</b>\; ") && summary.contains(r"\, \\ край"),
        "{summary}"
    );
}
