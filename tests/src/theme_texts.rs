//! A theme or a strings file that lacks what visitors will be told is refused when the site is built.

use std::fs;

use generator::cli::Status;

use crate::site_test::SiteTest;

const FILES: [&str; 2] = ["themes/centre/i18n/bg.yaml", "themes/centre/i18n/en.yaml"];

/// A site whose theme says something else, in every language.
fn site_with(from: &str, to: &str) -> SiteTest {
    let site = SiteTest::new();
    for file in FILES {
        let before = fs::read_to_string(site.path(file)).unwrap();
        let changed = before.lines().map(|line| {
            if line.trim_start().starts_with(from) {
                let indent = &line[..line.len() - line.trim_start().len()];
                format!("{indent}{to}\n")
            } else {
                format!("{line}\n")
            }
        });
        let after: String = changed.collect();
        assert_ne!(before, after, "{from} is not in {file}");
        site.change(file, after.as_bytes());
    }
    site
}

#[track_caller]
fn is_refused(site: &SiteTest, messages: &[&str]) {
    let ran = site.run(&["check"]);
    assert_eq!(ran.status, Status::Refused, "{}", ran.messages);
    for message in messages {
        assert!(
            ran.messages.contains(message),
            "{message} in {}",
            ran.messages
        );
    }
}

#[test]
fn a_text_that_the_function_says_is_missed_even_if_every_language_lacks_it() {
    let site = site_with("no_more_places:", "no_more_room: \"-\"");
    let missing = "error[E02]: the text “receipt.no_more_places” is missing";
    is_refused(&site, &[missing, FILES[0], FILES[1]]);
}

#[test]
fn a_text_that_a_template_prints_is_missed_even_if_every_language_lacks_it() {
    let site = site_with("change_party:", "alter_party: \"-\"");
    is_refused(
        &site,
        &["error[E02]: the text “receipt.change_party” is missing"],
    );
}

#[test]
fn a_text_that_the_generator_says_is_missed_even_if_every_language_lacks_it() {
    let site = site_with("expired:", "lapsed:");
    let missing = "error[E02]: the text “notice.expired.heading” is missing";
    is_refused(&site, &[missing, FILES[0], FILES[1]]);
}

#[test]
fn a_number_has_every_form_that_it_has_in_the_language() {
    let site = site_with("one:", "two: \"{n}\"");
    is_refused(
        &site,
        &["error[E05]: “event.capacity” lacks the form “one”, which numbers have in this language"],
    );
}

#[test]
fn a_place_that_nobody_fills_is_found() {
    let site = site_with("verify: \"", "verify: \"{tittle}\"");
    is_refused(
        &site,
        &["error[E06]: nobody fills {tittle} in “mail.verify”"],
    );
}

#[test]
fn a_text_of_another_shape_is_found() {
    let site = site_with("try_again:", "try_again: [\"Again\"]");
    is_refused(&site, &["error[E05]: “message.try_again” must be one text"]);
}

#[test]
fn a_theme_without_a_page_that_the_function_draws_is_refused() {
    let site = SiteTest::new();
    site.remove("themes/centre/templates/verify.html");
    is_refused(
        &site,
        &["error[E07]: the theme lacks templates that the site is drawn with: verify.html"],
    );
}
