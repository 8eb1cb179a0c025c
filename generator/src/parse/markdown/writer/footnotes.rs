//! Footnotes: marks in the text, and a list at the end of it with the way back.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use super::Writer;
use crate::diagnostic::Text;
use crate::parse::markdown::Piece;

/// What is known of the footnotes so far.
#[derive(Default)]
pub(super) struct State {
    /// Their names and how often they were mentioned, in the order in which they were mentioned first.
    mentioned: Vec<(String, usize)>,
    numbers: HashMap<String, usize>,
    notes: HashMap<String, Note>,
    /// The note that is being written, and where its pieces begin.
    open: Option<(String, Range<usize>, usize)>,
}

struct Note {
    pieces: Vec<Piece>,
    range: Range<usize>,
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let state = &mut self.footnotes;
        let next = state.mentioned.len() + 1;
        let number = *state.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            state.mentioned.push((name.to_owned(), 0));
        }
        let times = &mut state.mentioned[number - 1].1;
        *times += 1;
        let id = mark_id(number, *times);
        // Writing to a string cannot fail.
        let _ = write!(
            self.html,
            r##"<sup class="footnotes__mark"><a href="#fn_{number}" id="{id}"><span class="visually-hidden">"##
        );
        self.say(self.locale.strings.text("content.footnote"));
        let _ = write!(self.html, " </span>{number}</a></sup>");
        self.typesetter.passed("]");
    }

    pub(super) fn footnote(&mut self, name: &str, range: &Range<usize>) {
        let from = self.begin_capture();
        self.footnotes.open = Some((name.to_owned(), range.clone(), from));
    }

    pub(super) fn footnote_end(&mut self) {
        let Some((name, range, from)) = self.footnotes.open.take() else {
            return;
        };
        let pieces = self.end_capture(from);
        self.footnotes
            .notes
            .entry(name)
            .or_insert(Note { pieces, range });
    }

    /// Writes the notes, numbered in the order in which they are mentioned.
    pub(super) fn write_footnotes(&mut self) {
        let State {
            mentioned,
            mut notes,
            ..
        } = std::mem::take(&mut self.footnotes);
        if !mentioned.is_empty() {
            self.html.push_str(
                "<section class=\"footnotes\" aria-labelledby=\"fn_title\">\n<h2 class=\"footnotes__title\" id=\"fn_title\">",
            );
            self.say(self.locale.strings.text("content.footnotes"));
            self.html.push_str("</h2>\n<ol>\n");
            for (index, (name, times)) in mentioned.into_iter().enumerate() {
                if let Some(note) = notes.remove(&name) {
                    self.write_footnote(index + 1, times, note);
                }
            }
            self.html.push_str("</ol>\n</section>\n");
        }
        let mut unused: Vec<Note> = notes.into_values().collect();
        unused.sort_by_key(|note| note.range.start);
        for note in unused {
            self.warning(
                "B15",
                &note.range,
                Text::new(
                    "никъде в текста няма препратка към тази бележка",
                    "nothing in the text refers to this note",
                ),
                Text::new(
                    "сложете [^име] в текста или изтрийте бележката",
                    "put [^name] into the text, or delete the note",
                ),
            );
        }
    }

    fn write_footnote(&mut self, number: usize, times: usize, note: Note) {
        let _ = write!(self.html, r#"<li id="fn_{number}">"#);
        self.append(note.pieces);
        // The way back stands at the end of the last paragraph.
        let in_paragraph = self.html.ends_with("</p>\n");
        if in_paragraph {
            self.html.truncate(self.html.len() - "</p>\n".len());
        }
        let label = self
            .locale
            .strings
            .fill("content.footnote_back", &[("n", &number.to_string())]);
        for time in 1..=times {
            let id = mark_id(number, time);
            let _ = write!(
                self.html,
                r##" <a class="footnotes__back" href="#{id}" aria-label=""##
            );
            self.say(&label);
            if times > 1 {
                let _ = write!(self.html, " ({time})");
            }
            self.html.push_str("\">↩</a>");
        }
        self.html.push_str(if in_paragraph {
            "</p></li>\n"
        } else {
            "</li>\n"
        });
    }
}

fn mark_id(number: usize, time: usize) -> String {
    if time == 1 {
        format!("fnref_{number}")
    } else {
        format!("fnref_{number}_{time}")
    }
}
