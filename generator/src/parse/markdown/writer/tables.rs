//! Tables: in a box that scrolls on a phone, with a name for those who cannot see where they are.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::{Events, Writer};
use crate::diagnostic::Text as Words;
use crate::parse::markdown::Piece;

/// What is known of the tables so far.
#[derive(Default)]
pub(super) struct State {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many there were.
    count: usize,
    /// What stands in the paragraph before a table and names it.
    caption: Option<Vec<Piece>>,
    /// Where the pieces of a caption begin that is being written.
    caption_from: Option<usize>,
}

impl Writer<'_, '_> {
    /// Whether a paragraph is „Таблица: …“ and a table follows. Its text is then written, without the word, as the
    /// caption of the table.
    pub(super) fn begins_caption(&mut self, range: &Range<usize>, following: &Events<'_>) -> bool {
        let word = self.locale.strings.text("content.table_word");
        let Some(rest) = self
            .text
            .slice(range)
            .strip_prefix(word)
            .and_then(|rest| rest.strip_prefix(':'))
        else {
            return false;
        };
        let after = following
            .iter()
            .position(|(event, _)| matches!(event, Event::End(TagEnd::Paragraph)))
            .and_then(|end| following.get(end + 1));
        if !matches!(after, Some((Event::Start(Tag::Table(_)), _))) {
            return false;
        }
        let start = range.end - rest.trim_start().len();
        self.passed_until = start;
        self.table.caption_from = Some(self.begin_capture());
        true
    }

    /// Whether the paragraph that ends here was a caption.
    pub(super) fn ends_caption(&mut self) -> bool {
        let Some(from) = self.table.caption_from.take() else {
            return false;
        };
        self.table.caption = Some(self.end_capture(from));
        true
    }

    pub(super) fn table(&mut self, alignments: &[Alignment]) {
        self.table.alignments = alignments.to_vec();
        self.table.count += 1;
        let number = self.table.count;
        self.html
            .push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
        if let Some(caption) = self.table.caption.take() {
            let _ = writeln!(
                self.html,
                " aria-labelledby=\"table_{number}\"><table>\n<caption id=\"table_{number}\">"
            );
            self.html.truncate(self.html.trim_end().len());
            self.append(caption);
            self.html.push_str("</caption>\n");
            return;
        }
        let number = number.to_string();
        let heading = self
            .body
            .headings
            .last()
            .map(|heading| heading.text.as_str());
        let name = match heading {
            Some(heading) => self
                .locale
                .strings
                .fill("content.table_of", &[("n", &number), ("heading", heading)]),
            None => self.locale.strings.fill("content.table", &[("n", &number)]),
        };
        self.html.push_str(" aria-label=\"");
        self.say(&name);
        self.html.push_str("\"><table>\n");
    }

    pub(super) fn table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.html.push_str("<thead><tr>");
    }

    pub(super) fn table_head_end(&mut self) {
        self.table.in_head = false;
        self.html.push_str("</tr></thead>\n<tbody>\n");
    }

    pub(super) fn table_row(&mut self, row: &Range<usize>) {
        self.check_length(row);
        self.table.column = 0;
        self.html.push_str("<tr>");
    }

    /// What stands right of the last column is in no table: the parser passes it in silence.
    fn check_length(&mut self, row: &Range<usize>) {
        let columns = self.table.alignments.len();
        let Some(lost) = beyond(self.text.slice(row), columns) else {
            return;
        };
        self.error(
            "B17",
            &(row.start + lost.start..row.start + lost.end),
            Words::new(
                format!("редът има повече клетки, отколкото колони има таблицата ({columns}); това няма да се покаже"),
                format!("the row has more cells than the table has columns ({columns}); this would not be shown"),
            ),
            Words::new(
                "добавете колона в реда със заглавията и в реда с тиретата, или, ако | е част от текста, напишете \\|",
                "add a column to the row of headings and to the row of dashes, or, if | is part of the text, write \\|",
            ),
        );
    }

    pub(super) fn table_cell(&mut self) {
        self.html.push_str(if self.table.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        let alignment = self.table.alignments.get(self.table.column);
        self.html.push_str(match alignment {
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            _ => ">",
        });
    }

    pub(super) fn table_cell_end(&mut self) {
        self.table.column += 1;
        self.html
            .push_str(if self.table.in_head { "</th>" } else { "</td>" });
    }
}

/// Where the cells stand in the source of a row that are more than the table has columns, if there is anything in them. A bar
/// stands between cells, also within code, unless a backslash is before it.
fn beyond(row: &str, columns: usize) -> Option<Range<usize>> {
    let start = row.len() - row.trim_start().len();
    let start = start + usize::from(row[start..].starts_with('|'));
    let bars = row[start..].match_indices('|').map(|(at, _)| start + at);
    let mut ends = bars.filter(|at| !row[..*at].ends_with('\\'));
    let last = ends.nth(columns.checked_sub(1)?)?;
    let rest = &row[last + 1..];
    let text = rest.trim_end().trim_end_matches('|').trim_end();
    let before = text.len() - text.trim_start_matches([' ', '\t', '|']).len();
    (before < text.len()).then(|| last + 1 + before..last + 1 + text.len())
}
