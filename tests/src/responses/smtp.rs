//! Mail over the wire, to a server that writes what it takes into files: `SMTP_URL` and `SMTP_FOLDER` say which.

use std::path::PathBuf;

use crate::form_test::{FormTest, OPEN_DAY, mails_in, person};

#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the test, where the server is found"
)]
fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} names the mail server of the tests; tests/run starts one")
    })
}

#[test]
fn a_reservation_arrives_at_a_real_server() {
    let test = FormTest::mailing(&setting("SMTP_URL"));
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    assert_eq!(test.work().mail.done, 1);
    test.give_back(&receipt);
    assert_eq!(test.work().mail.done, 1);
    assert_eq!(
        test.stored()["outbox"],
        Vec::<String>::new(),
        "all mail has left"
    );
    // Other runs may have left mail there: the link is this registration's alone.
    let mails = mails_in(&PathBuf::from(setting("SMTP_FOLDER")));
    let mut ours: Vec<_> = mails
        .into_iter()
        .filter(|mail| mail.link() == receipt)
        .collect();
    ours.sort_by(|one, other| other.kind.cmp(&one.kind));
    let kinds: Vec<&str> = ours.iter().map(|mail| mail.kind.as_str()).collect();
    assert_eq!(kinds, ["received", "cancelled"]);
    for mail in &ours {
        assert_eq!(mail.to, "ana@example.org");
        assert!(
            mail.subject.contains("Ден на отворените врати 2027"),
            "{}",
            mail.subject
        );
        assert!(
            mail.text.contains("BG05M9OP001-4.003-0020-C01")
                && mail.html.contains("BG05M9OP001-4.003-0020-C01")
        );
        let (media_type, calendar) = mail.calendar.as_ref().unwrap();
        assert!(
            media_type.starts_with("text/calendar") && calendar.ends_with("END:VCALENDAR\r\n"),
            "{calendar}"
        );
    }
}

#[test]
fn a_server_that_is_not_there_loses_no_registration() {
    // Nothing listens on the port of the echo service of old.
    let test = FormTest::mailing("smtp://127.0.0.1:7");
    let receipt = test.sign_up(OPEN_DAY, &person("ana"));
    assert_eq!(test.work().mail.left, 1);
    test.get(&receipt).must_be(200);
    assert_eq!(test.stored()["outbox"].len(), 1);
}
