//! The report for a person.

use std::fmt::Write;

use jiff::tz::TimeZone;

use super::report::{Change, Outdated, Page, Report, Translations, What};
use crate::diagnostic::{MessageLanguage, Text, in_words};

/// The report, line by line.
pub(crate) fn text(report: &Report, zone: &TimeZone, language: MessageLanguage) -> String {
    let mut text = String::new();
    let mut line = |line: Text| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line.in_language(language));
    };
    line(Text::new("Преводи", "Translations"));
    for translations in &report.translations {
        line(counted(translations));
        translations
            .missing
            .iter()
            .for_each(|page| line(entry("липсва", "missing", page)));
        translations
            .outdated
            .iter()
            .for_each(|outdated| line(out_of_date(outdated)));
        translations
            .unmarked
            .iter()
            .for_each(|page| line(entry("не се знае", "unknown", page)));
    }
    if !report.drafts.is_empty() {
        line(Text::new("Чернови", "Drafts"));
        for page in &report.drafts {
            line(entry("чернова", "draft", page));
        }
    }
    if !report.ahead.is_empty() {
        line(Text::new("Предстои", "Ahead"));
        for change in &report.ahead {
            line(happens(change, zone));
        }
    }
    line(next(report, zone));
    text
}

fn counted(translations: &Translations) -> Text {
    let Translations {
        language,
        pages,
        missing,
        outdated,
        unmarked,
    } = translations;
    let (there, missing) = (pages - missing.len(), missing.len());
    let (outdated, unmarked) = (outdated.len(), unmarked.len());
    Text::new(
        format!(
            "  {language}: преведени {there} от {pages}; липсват {missing}, остарели {outdated}, без отбелязано от какво са преведени {unmarked}"
        ),
        format!(
            "  {language}: {there} of {pages} translated; {missing} missing, {outdated} outdated, {unmarked} that do not say what they were translated from"
        ),
    )
}

fn entry(bg: &str, en: &str, page: &Page) -> Text {
    let Page { file, title, .. } = page;
    Text::new(
        format!("    {bg}: {file} („{title}“)"),
        format!("    {en}: {file} (“{title}”)"),
    )
}

fn out_of_date(outdated: &Outdated) -> Text {
    let Outdated {
        page,
        translated_from,
    } = outdated;
    let entry = entry("остарял", "outdated", page);
    Text::new(
        format!(
            "{}\n      след преглед напишете  translated_from: {translated_from}",
            entry.bg
        ),
        format!(
            "{}\n      once looked through, write  translated_from: {translated_from}",
            entry.en
        ),
    )
}

impl What {
    /// What happens, said of the page.
    pub(crate) fn in_words(self) -> Text {
        match self {
            What::Published => Text::new("публикува се", "is published"),
            What::SignUpOpens => Text::new("записването започва", "sign-up opens"),
            What::SignUpCloses => Text::new("записването приключва", "sign-up closes"),
            What::EventBegins => Text::new("събитието започва", "the event begins"),
            What::EventEnds => Text::new("събитието свършва", "the event ends"),
            What::Expires => Text::new("престава да е актуална", "is no longer up to date"),
        }
    }
}

fn happens(change: &Change, zone: &TimeZone) -> Text {
    let what = change.what.in_words();
    let when = in_words(&change.at.to_zoned(zone.clone()));
    let Page { file, title, .. } = &change.page;
    Text::new(
        format!("    {}: {} – {file} („{title}“)", when.bg, what.bg),
        format!("    {}: {} – {file} (“{title}”)", when.en, what.en),
    )
}

/// When visitors will see the site differ, if nobody changes it.
pub(crate) fn next(report: &Report, zone: &TimeZone) -> Text {
    let Some(at) = report.next_change_at else {
        return Text::new(
            "Сайтът няма да се промени, докато никой не го променя.",
            "The site will not change unless somebody changes it.",
        );
    };
    let when = in_words(&at.to_zoned(zone.clone()));
    Text::new(
        format!("Следваща промяна на сайта: {}", when.bg),
        format!("Next change of the site: {}", when.en),
    )
}
