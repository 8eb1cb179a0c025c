//! What the form function answers when things are not as everybody hopes: a full house, a closed door, a second press
//! of the button, a stranger's page, a program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod admission;
mod approval;
mod consents;
mod retention;
mod services;
mod news;
mod quota;
mod verification;
mod parties;
mod waiting;
mod strangers;
mod limits;
mod confirmations;
mod duplicates;
mod receipts;
mod editions;
mod reading;
mod programs;
mod mail;
mod privacy;
#[cfg(feature = "smtp")]
mod smtp;

use std::sync::Arc;

use crate::form_test::{Built, FormTest, Reply};
use crate::site_test::SiteTest;

/// A small site with one event, of which more fields are given.
pub(crate) fn one_event(fields: &str, registration: &str) -> FormTest {
    an_event("Среща", fields, registration)
}

/// The same with a title.
fn an_event(title: &str, fields: &str, registration: &str) -> FormTest {
    FormTest::of(event(title, fields, registration))
}

/// A small site with one event.
fn event(title: &str, fields: &str, registration: &str) -> Arc<Built> {
    let fields = format!("starts_at: 2027-06-10T09:00\nends_at: 2027-06-10T17:00\n{fields}");
    let registration = format!("  capacity: 2\n{registration}");
    site(&format!(
        "---\ntitle: '{title}'\ndescription: За проба.\nplace: Пловдив\n{fields}\
         registration:\n  form: rsvp\n{registration}---\n"
    ))
}

/// A small site with this event.
fn site(event: &str) -> Arc<Built> {
    Built::from(SiteTest::new().file("content/events/sreshta.md", event))
}

/// The answer is a page for people, in words of the strings file, with a way to go on.
#[track_caller]
fn is_friendly(test: &FormTest, reply: &Reply, language: &str, message: &str) {
    let page = reply.page();
    assert_eq!(
        page.heading(),
        test.text(language, &format!("message.{message}.heading"))
    );
    assert_eq!(page.language(), language);
    assert!(!page.has("main form, .error-summary"), "{}", page.words());
    let links = page.attributes("main a", "href");
    assert!(
        links.iter().any(|link| link.starts_with('/')),
        "there is a way to go on"
    );
    assert!(!page.words().contains(['{', '}']), "{}", page.words());
}

/// Nothing was stored and nobody was written to. What is announced of the activities says nothing of people.
#[track_caller]
fn nothing_happened(test: &FormTest) {
    assert_eq!(test.mails().len(), 0);
    let mut stored = test.stored();
    let counted = stored.remove("activities").unwrap();
    assert!(stored.values().all(Vec::is_empty), "{stored:?}");
    let nobody = |row: &String| row.contains("Integer(0), Integer(0)");
    assert!(counted.iter().all(nobody), "{counted:?}");
}

/// The same page for everybody: with the secret part of its address and its reference taken out.
fn without_identity(reply: &Reply) -> String {
    let reference = reply.page().text(".panel__number");
    assert_eq!(reference.len(), 8);
    let mut parts = reply.body.split("/forms/r/");
    let mut page = parts.next().unwrap().to_owned();
    for part in parts {
        let end = part
            .find(|character: char| !character.is_ascii_alphanumeric() && !"-_".contains(character))
            .unwrap();
        page.push_str("/forms/r/[TOKEN]");
        page.push_str(&part[end..]);
    }
    page.replace(&reference, "[REFERENCE]")
}
