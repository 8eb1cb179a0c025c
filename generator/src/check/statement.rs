//! The accessibility statement says what the law wants it to say, and was looked through within a year.
//!
//! Its parts follow the model of Implementing Decision (EU) 2018/1523; which words stand for them in a language is in its
//! strings file under `accessibility.sections`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Place, Placed, Text};
use crate::parse::settings::MenuTarget;
use crate::site::{Site, Version};

/// A statement is looked through once a year (art. 1(2) of the Decision).
const DAYS: i32 = 365;

/// Checks the page that the settings name, in every language it is written in.
pub(crate) fn check(site: &Site, now: Timestamp, diagnostics: &mut Vec<Diagnostic>) {
    let statement = &site.settings.accessibility;
    let Some(Placed {
        value: MenuTarget::Document(id),
        ..
    }) = statement
    else {
        return;
    };
    // That there is no such page was reported.
    let Some(entry) = site.entry(id) else {
        return;
    };
    for (language, version) in &entry.versions {
        let sections = site.strings(language).list("accessibility.sections");
        diagnostics.extend(missing(version, &sections));
    }
    if let Some(original) = entry.versions.get(&entry.original) {
        let updated = site.history(entry).updated;
        diagnostics.extend(too_old(original, updated, now, &site.settings.zone));
    }
}

/// The parts of the model that no heading of the page begins with.
fn missing(version: &Version, sections: &[&str]) -> Option<Diagnostic> {
    let headings: Vec<String> = version
        .body
        .headings
        .iter()
        .map(|heading| heading.text.replace('\u{a0}', " ").to_lowercase())
        .collect();
    let is_missing = |section: &&&str| {
        let section = section.to_lowercase();
        !headings.iter().any(|heading| heading.starts_with(&section))
    };
    let missing: Vec<&str> = sections.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return None;
    }
    let list = missing.join("“, „");
    let message = Text::new(
        format!("в декларацията за достъпност липсва: „{list}“"),
        format!(
            "the accessibility statement lacks: “{}”",
            missing.join("”, “")
        ),
    );
    let hint = Text::new(
        "законът иска всички части от образеца; добавете заглавие със знаци ## пред него и напишете частта",
        "the law wants every part of the model; add a heading with ## in front of it and write the part",
    );
    Some(Diagnostic::warning("R02", Place::file(&version.place.file), message).hint(hint))
}

fn too_old(
    original: &Version,
    updated: Option<Timestamp>,
    now: Timestamp,
    zone: &TimeZone,
) -> Option<Diagnostic> {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let age = updated.map(|updated| (day(now) - day(updated)).get_days());
    if age.is_some_and(|age| age <= DAYS) {
        return None;
    }
    let message = Text::new(
        "декларацията за достъпност не е преглеждана от повече от година",
        "the accessibility statement was not looked through for more than a year",
    );
    let hint = Text::new(
        "прегледайте я и напишете деня:  updated: ГГГГ-ММ-ДД",
        "look through it and write the day:  updated: YYYY-MM-DD",
    );
    Some(Diagnostic::warning("R03", original.place.clone(), message).hint(hint))
}
