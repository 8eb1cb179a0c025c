//! What opens and what closes.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Events, Writer};
use crate::parse::markdown::Piece;

impl Writer<'_, '_> {
    pub(super) fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, following: &Events<'_>) {
        match tag {
            Tag::Paragraph => {
                self.typesetter.begin(range.clone());
                if !self.begins_caption(range, following) {
                    self.html.push_str("<p>");
                }
            }
            Tag::Heading { level, id, .. } => {
                self.typesetter.begin(range.clone());
                self.heading(*level, id.as_ref(), range, following);
            }
            Tag::BlockQuote(Some(kind)) => self.alert(*kind),
            Tag::BlockQuote(None) => {
                if !self.begins_alert(range) {
                    self.quotation();
                }
            }
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.html, r#"<ol start="{first}">"#);
            }
            Tag::Item => {
                self.typesetter.begin(range.clone());
                self.html.push_str(if is_task(following) {
                    "<li class=\"task\">"
                } else {
                    "<li>"
                });
            }
            Tag::FootnoteDefinition(name) => self.footnote(name, range),
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.typesetter.begin(range.clone());
                self.html.push_str("<dt>");
            }
            Tag::DefinitionListDefinition => {
                self.typesetter.begin(range.clone());
                self.html.push_str("<dd>");
            }
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(range),
            Tag::TableCell => {
                self.typesetter.begin(range.clone());
                self.table_cell();
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.in_link = true;
                match link_type {
                    LinkType::Email => self.link(&format!("mailto:{dest_url}"), range, following),
                    _ => self.link(dest_url, range, following),
                }
            }
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        let end = match tag {
            TagEnd::Paragraph if self.ends_caption() => "",
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => {
                let _ = writeln!(self.html, "</{level}>");
                return;
            }
            TagEnd::BlockQuote(_) => return self.quotation_end(),
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => return self.footnote_end(),
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => return self.table_head_end(),
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.table_cell_end(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                self.in_link = false;
                "</a>"
            }
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
        };
        self.html.push_str(end);
    }

    /// Whether something on a list is done: a box for eyes, a word for ears.
    pub(super) fn task(&mut self, done: bool) {
        let (sign, text) = if done {
            ("☑", "content.task_done")
        } else {
            ("☐", "content.task_open")
        };
        let _ = write!(
            self.html,
            "<span class=\"task__box\" aria-hidden=\"true\">{sign}</span> <span class=\"visually-hidden\">"
        );
        self.say(self.locale.strings.text(text));
        self.html.push_str(" </span>");
    }

    /// Begins to write something that will stand elsewhere.
    pub(super) fn begin_capture(&mut self) -> usize {
        self.close_piece();
        self.pieces.len()
    }

    /// What was written since.
    pub(super) fn end_capture(&mut self, from: usize) -> Vec<Piece> {
        self.close_piece();
        self.pieces.split_off(from)
    }

    /// Writes what was captured.
    pub(super) fn append(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html.push_str(&html),
                gap => {
                    self.close_piece();
                    self.pieces.push(gap);
                }
            }
        }
    }
}

fn is_task(following: &Events<'_>) -> bool {
    let mut inside = following[1..].iter().map(|(event, _)| event);
    match inside.next() {
        Some(Event::TaskListMarker(_)) => true,
        Some(Event::Start(Tag::Paragraph)) => {
            matches!(inside.next(), Some(Event::TaskListMarker(_)))
        }
        _ => false,
    }
}
