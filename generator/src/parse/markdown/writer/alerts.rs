//! Alerts: quotations that begin with `[!NOTE]` and the like, or with the same word in the language of the page.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::Writer;
use crate::diagnostic::{Text, closest, did_you_mean};

/// What each kind is called in Markdown, in classes, and where its title stands in the strings.
const KINDS: [(&str, &str); 5] = [
    ("note", "content.alert.note"),
    ("tip", "content.alert.tip"),
    ("important", "content.alert.important"),
    ("warning", "content.alert.warning"),
    ("caution", "content.alert.caution"),
];

impl Writer<'_, '_> {
    pub(super) fn alert(&mut self, kind: BlockQuoteKind) {
        self.begin_alert(match kind {
            BlockQuoteKind::Note => KINDS[0],
            BlockQuoteKind::Tip => KINDS[1],
            BlockQuoteKind::Important => KINDS[2],
            BlockQuoteKind::Warning => KINDS[3],
            BlockQuoteKind::Caution => KINDS[4],
        });
    }

    fn begin_alert(&mut self, (name, title): (&str, &'static str)) {
        let title = self.locale.strings.text(title);
        self.html.push_str("<aside class=\"alert alert--");
        self.html.push_str(name);
        self.html
            .push_str("\" role=\"note\">\n<p class=\"alert__title\">");
        self.say(title);
        self.html.push_str("</p>\n");
        self.quotations.push("</aside>\n");
    }

    pub(super) fn quotation(&mut self) {
        self.html.push_str("<blockquote>\n");
        self.quotations.push("</blockquote>\n");
    }

    pub(super) fn quotation_end(&mut self) {
        let end = self.quotations.pop().unwrap_or_default();
        self.html.push_str(end);
    }

    /// Begins an alert if the quotation is one: its first line is one word in `[!…]`.
    pub(super) fn begins_alert(&mut self, range: &Range<usize>) -> bool {
        let quotation = self.text.slice(range);
        let text = quotation
            .strip_prefix('>')
            .unwrap_or(quotation)
            .trim_start_matches(' ');
        let start = range.end - text.len();
        let line = text.lines().next().unwrap_or_default();
        let Some(word) = line
            .trim_end()
            .strip_prefix("[!")
            .and_then(|rest| rest.strip_suffix(']'))
        else {
            return false;
        };
        let typed = word.to_lowercase();
        let titles = KINDS.map(|(_, title)| self.locale.strings.text(title).to_lowercase());
        match titles.iter().position(|title| *title == typed) {
            Some(kind) => self.begin_alert(KINDS[kind]),
            None => {
                let known: Vec<&str> = titles
                    .iter()
                    .map(String::as_str)
                    .chain(KINDS.map(|(name, _)| name))
                    .collect();
                let span = start..start + line.trim_end().len();
                let list = titles.join(", ");
                let hint = closest(&typed, &known).map_or_else(
                    || Text::new(format!("има: {list}"), format!("there are: {list}")),
                    |meant| did_you_mean(&format!("[!{}]", meant.to_uppercase())),
                );
                let message = Text::new(
                    format!("няма каре „{word}“"),
                    format!("there is no box called “{word}”"),
                );
                self.error("B14", &span, message, hint);
                self.begin_alert(KINDS[0]);
            }
        }
        // The line itself is not shown, nor the break behind it.
        let newline =
            text[line.len()..].len() - text[line.len()..].trim_start_matches(['\r', '\n']).len();
        self.passed_until = start + line.len() + newline;
        true
    }
}
