//! `/_drafts/` and `/_status/`: what is still to be done, and what happens by itself, with links to the pages.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::inject::document;
use crate::diagnostic::{Diagnostic, MessageLanguage, Text, in_words, summary};
use crate::parse::markdown::escaped;
use crate::status::report::{Page, Report, What};
use crate::status::text::next;

/// What an overview is made of.
pub(super) struct Overview {
    pub(super) report: Report,
    pub(super) zone: TimeZone,
    /// What is wrong in the edition that is shown.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) language: MessageLanguage,
}

impl Overview {
    /// What visitors do not see yet, and what they do not see in their language.
    pub(super) fn drafts(&self) -> String {
        let title = Text::new("Чернови и непреведено", "Drafts and missing translations");
        let drafts = self.report.drafts.iter();
        let drafts = self.table(
            &Text::new("Чернови", "Drafts"),
            &Text::new("Няма чернови.", "There are no drafts."),
            drafts.map(|page| (page, String::new())).collect(),
        );
        let ahead = self.report.ahead.iter();
        let scheduled = ahead.filter(|change| change.what == What::Published);
        let scheduled = self.table(
            &Text::new("Чакат своята дата", "Waiting for their date"),
            &Text::new("Нищо не чака.", "Nothing is waiting."),
            scheduled
                .map(|change| (&change.page, self.when(change.at)))
                .collect(),
        );
        let mut body = drafts + &scheduled;
        for translations in &self.report.translations {
            let missing = translations.missing.iter();
            let missing = missing.map(|page| (page, self.word("липсва", "missing")));
            let outdated = translations.outdated.iter();
            let outdated = outdated.map(|it| (&it.page, self.word("остарял", "outdated")));
            let language = escaped(translations.language.as_str());
            body += &self.table(
                &Text::new(
                    format!("Преводи: {language}"),
                    format!("Translations: {language}"),
                ),
                &Text::new("Всичко е преведено.", "Everything is translated."),
                missing.chain(outdated).collect(),
            );
        }
        self.page(&title, &body)
    }

    /// Where the site stands: problems, translations, what happens when.
    pub(super) fn status(&self) -> String {
        let title = Text::new("Състояние на сайта", "State of the site");
        let ahead = self.report.ahead.iter().map(|change| {
            let what = change.what.in_words();
            let what = what.in_language(self.language);
            (&change.page, format!("{}: {what}", self.when(change.at)))
        });
        let ahead = self.table(
            &Text::new("Предстои", "Ahead"),
            &Text::new("Нищо не предстои.", "Nothing is ahead."),
            ahead.collect(),
        );
        let next = next(&self.report, &self.zone);
        let body = format!(
            "{}<p>{}</p>\n{}{ahead}",
            self.problems(),
            escaped(next.in_language(self.language)),
            self.translations()
        );
        self.page(&title, &body)
    }

    fn problems(&self) -> String {
        if self.diagnostics.is_empty() {
            return format!(
                "<p>{}</p>\n",
                self.word("Няма забележки.", "No problems found.")
            );
        }
        let mut codes: BTreeMap<&str, (usize, &Diagnostic)> = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            codes.entry(diagnostic.code).or_insert((0, diagnostic)).0 += 1;
        }
        let mut rows = String::new();
        for (code, (count, first)) in codes {
            let message = escaped(first.message.in_language(self.language));
            let (file, line) = (escaped(&first.place.file), first.place.line);
            rows += &format!(
                "<tr><th scope=\"row\">{code}</th><td>{count}</td><td>{message}<br><code>{file}:{line}</code></td></tr>\n"
            );
        }
        format!(
            "<h2>{}</h2>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>{rows}</tbody></table>\n",
            escaped(&summary(&self.diagnostics, self.language)),
            self.word("Код", "Code"),
            self.word("Брой", "Count"),
            self.word("Първата", "The first one"),
        )
    }

    fn translations(&self) -> String {
        let mut rows = String::new();
        for translations in &self.report.translations {
            rows += &format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                escaped(translations.language.as_str()),
                translations.pages - translations.missing.len(),
                translations.missing.len(),
                translations.outdated.len(),
            );
        }
        format!(
            "<h2>{}</h2>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>{rows}</tbody></table>\n",
            self.word("Преводи", "Translations"),
            self.word("Език", "Language"),
            self.word("Преведени", "Translated"),
            self.word("Липсват", "Missing"),
            self.word("Остарели", "Outdated"),
        )
    }

    /// Pages under a heading, each with what there is to say of it.
    fn table(&self, heading: &Text, none: &Text, rows: Vec<(&Page, String)>) -> String {
        let heading = escaped(heading.in_language(self.language));
        if rows.is_empty() {
            return format!(
                "<h2>{heading}</h2>\n<p>{}</p>\n",
                none.in_language(self.language)
            );
        }
        let mut cells = String::new();
        for (page, said) in rows {
            let (address, title) = (escaped(&page.address), escaped(&page.title));
            let (file, said) = (escaped(&page.file), escaped(&said));
            cells += &format!(
                "<tr><td><a href=\"{address}\">{title}</a><br><code>{file}</code></td><td>{said}</td></tr>\n"
            );
        }
        format!("<h2>{heading}</h2>\n<table><tbody>\n{cells}</tbody></table>\n")
    }

    fn page(&self, title: &Text, body: &str) -> String {
        let title = title.in_language(self.language);
        let links = [
            ("/", self.word("Сайтът", "The site")),
            ("/_drafts/", self.word("Чернови", "Drafts")),
            ("/_status/", self.word("Състояние", "State")),
            ("/__mail/", self.word("Писма", "Mail")),
        ];
        let links: Vec<String> = links
            .iter()
            .map(|(address, name)| format!("<a href=\"{address}\">{name}</a>"))
            .collect();
        let links = links.join(" · ");
        document(
            title,
            &format!(
                "<main class=\"preview-page\"><p>{links}</p>\n<h1>{title}</h1>\n{body}</main>"
            ),
        )
    }

    fn when(&self, at: jiff::Timestamp) -> String {
        let when = in_words(&at.to_zoned(self.zone.clone()));
        when.in_language(self.language).to_owned()
    }

    fn word(&self, bg: &str, en: &str) -> String {
        Text::new(bg, en).in_language(self.language).to_owned()
    }
}
