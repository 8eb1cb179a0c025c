//! Events to HTML.

mod headings;
mod blocks;
mod tables;
mod footnotes;
mod alerts;
mod inline;
mod raw_html;
mod code;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Place, Reached, Text as Words};
use crate::parse::markdown::leftovers;
use crate::parse::markdown::text::Text;
use crate::parse::markdown::typography::Typesetter;
use crate::parse::markdown::{Body, Locale, Piece};

pub(super) type Events<'e> = [(Event<'e>, Range<usize>)];

use super::links::is_figure;
pub(super) use inline::plain_text;
pub(crate) use inline::{escape, escaped};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// Writes the HTML of a page. Headings, links and components go to `body`; the pieces come back.
pub(super) fn write_page(
    text: Text<'_>,
    locale: &Locale<'_>,
    body: &mut Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Piece> {
    write(text, false, locale, body, diagnostics)
}

/// Writes the HTML of a text inside a component: paragraphs, lists and links, but nothing that a page has once.
pub(super) fn write_inside(
    text: Text<'_>,
    locale: &Locale<'_>,
    body: &mut Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Piece> {
    write(text, true, locale, body, diagnostics)
}

fn write(
    text: Text<'_>,
    inside: bool,
    locale: &Locale<'_>,
    body: &mut Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Piece> {
    let options = if inside {
        OPTIONS.difference(Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES)
    } else {
        OPTIONS
    };
    // What follows is looked at often: the words of a heading, a link, a picture.
    let mut events: Vec<(Event<'_>, Range<usize>)> = Vec::with_capacity(text.source.len() / 32);
    events.extend(Parser::new_ext(text.source, options).into_offset_iter());
    leftovers::check(text, &events, locale, diagnostics);
    let mut writer = Writer {
        text,
        inside,
        locale,
        diagnostics,
        body,
        html: String::with_capacity(text.source.len() + text.source.len() / 4),
        pieces: Vec::new(),
        typesetter: Typesetter::new(&locale.typography, text.source),
        depth: 0,
        in_link: false,
        passed_until: 0,
        headings: headings::State::default(),
        table: tables::State::default(),
        footnotes: footnotes::State::default(),
        raw_html: Vec::new(),
        quotations: Vec::new(),
        reached: Reached::default(),
    };
    let mut next = 0;
    while next < events.len() {
        next += writer.event(&events[next..]);
    }
    writer.write_footnotes();
    writer.close_piece();
    writer.pieces
}

pub(super) struct Writer<'a, 'd> {
    pub(super) text: Text<'a>,
    /// Whether the text stands inside a component.
    inside: bool,
    pub(super) locale: &'a Locale<'a>,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
    pub(super) body: &'d mut Body,
    pub(super) html: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) typesetter: Typesetter<'a>,
    /// How many tags are open.
    depth: usize,
    in_link: bool,
    /// Up to here the source was written already, or is not written at all.
    passed_until: usize,
    headings: headings::State,
    table: tables::State,
    footnotes: footnotes::State,
    raw_html: Vec<raw_html::OpenTag>,
    /// What closes the quotations that are open.
    quotations: Vec<&'static str>,
    /// How far the file was read on the search for places.
    reached: Reached,
}

impl Writer<'_, '_> {
    /// Writes an event, and says how many were passed with it.
    fn event(&mut self, following: &Events<'_>) -> usize {
        let (event, range) = &following[0];
        if self.was_passed(event, range) {
            return 1;
        }
        match event {
            Event::Start(Tag::Paragraph) if is_figure(following) => {
                self.image(&following[1..], true);
                return extent(following);
            }
            Event::Start(Tag::Image { .. }) => {
                self.image(following, false);
                return extent(following);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.code_block(kind, range, following);
                return extent(following);
            }
            Event::Start(tag) => {
                self.depth += 1;
                self.start(tag, range, following);
            }
            Event::End(tag) => {
                self.close_raw_html();
                self.depth = self.depth.saturating_sub(1);
                self.end(*tag);
            }
            Event::Text(_) => return self.run(following),
            Event::Code(code) => {
                self.html.push_str("<code>");
                escape(code, &mut self.html);
                self.html.push_str("</code>");
                self.typesetter.passed(code);
            }
            Event::SoftBreak => self.html.push_str(self.typesetter.line_break(range.end)),
            Event::HardBreak => {
                self.html.push_str("<br>\n");
                self.typesetter.passed(" ");
            }
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(*done),
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::InlineHtml(html) => self.inline_html(html, range),
            Event::Html(html) => self.refuse_html(html, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => escape(text, &mut self.html),
        }
        1
    }

    fn was_passed(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) | Event::Text(_) => {
                range.end <= self.passed_until && range.start < range.end
            }
            // A quotation that is passed as a whole opened already.
            Event::Start(_) | Event::End(_) => false,
            _ => range.start < self.passed_until,
        }
    }

    /// Where a part of the text stands in the file.
    pub(super) fn place(&mut self, range: &Range<usize>) -> Place {
        Place::span_after(self.text.file, &self.text.span(range), &mut self.reached)
    }

    pub(super) fn close_piece(&mut self) {
        if !self.html.is_empty() {
            // A copy of its own size: what was written into has room to spare, and is used again.
            self.pieces.push(Piece::Html(self.html.as_str().to_owned()));
            self.html.clear();
        }
    }

    /// Writes HTML that nobody wrote into the text: texts of the theme's strings.
    fn say(&mut self, text: &str) {
        escape(text, &mut self.html);
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        message: Words,
        hint: Words,
    ) {
        let place = self.place(range);
        self.diagnostics
            .push(Diagnostic::error(code, place, message).hint(hint));
    }

    pub(super) fn warning(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        message: Words,
        hint: Words,
    ) {
        let place = self.place(range);
        self.diagnostics
            .push(Diagnostic::warning(code, place, message).hint(hint));
    }
}

/// How many events there are from the one that opens something to the one that closes it.
pub(super) fn extent(events: &Events<'_>) -> usize {
    let mut depth = 0;
    for (count, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return count + 1;
        }
    }
    events.len()
}
