//! What was meant as Markdown and is none, and what text brings along that was copied from a document: a visitor would read
//! the signs.
//!
//! A look over the events before they are written. Text in code, and addresses of links, are left alone.

mod abbreviations;
mod brackets;
mod lines;
mod words;

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::locale::Locale;
use super::text::Text;
use super::writer::Events;
use crate::diagnostic::{Diagnostic, Edit, Place, Reached, Severity, Text as Words};
use crate::parse::alphabets;
use abbreviations::Abbreviations;

/// Reports everything of a text that a visitor would read as signs.
pub(super) fn check(
    text: Text<'_>,
    events: &Events<'_>,
    locale: &Locale<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut look = Look {
        text,
        diagnostics,
        reached: Reached::default(),
        level: 1,
    };
    let mut block = Block::default();
    let mut unseen = Vec::new();
    let mut abbreviations = Abbreviations::default();
    let (mut elsewhere, mut in_code) = (0_usize, false);
    for (at, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => in_code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_code = false,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => elsewhere += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => elsewhere = elsewhere.saturating_sub(1),
            Event::Text(_) if !in_code => {
                look.alphabets(range);
                words::unseen(text, range, &mut unseen);
                abbreviations.note(text, range);
                if elsewhere == 0 {
                    block.add(text, range);
                }
            }
            Event::SoftBreak | Event::HardBreak if elsewhere == 0 => block.add(text, range),
            Event::Start(tag) if is_block(tag) => {
                look.judge(&std::mem::take(&mut block));
                if let Tag::Paragraph = tag {
                    block.paragraph = Some(range.clone());
                    words::bold_line(&mut look, &events[at..], range);
                }
                if let Tag::Heading { level, .. } = tag {
                    look.level = *level as u8;
                    block.is_heading = true;
                }
            }
            Event::End(end) if is_block_end(*end) => look.judge(&std::mem::take(&mut block)),
            _ => {}
        }
    }
    look.judge(&block);
    words::report_unseen(&mut look, &unseen);
    abbreviations.report(&mut look, &locale.abbreviations);
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// What stands in one paragraph, heading or cell.
#[derive(Default)]
struct Block {
    /// The text between markup, in parts that stand together in the source.
    runs: Vec<Range<usize>>,
    /// All of it, where it is a paragraph.
    paragraph: Option<Range<usize>>,
    is_heading: bool,
}

impl Block {
    fn add(&mut self, text: Text<'_>, range: &Range<usize>) {
        match self.runs.last_mut() {
            Some(last) if text.slice(&(last.end..range.start)).trim().is_empty() => {
                last.end = range.end;
            }
            _ => self.runs.push(range.clone()),
        }
    }
}

struct Look<'a, 'd> {
    text: Text<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
    reached: Reached,
    /// The level of the last heading; 1 is the title of the page.
    level: u8,
}

impl Look<'_, '_> {
    fn judge(&mut self, block: &Block) {
        for run in &block.runs {
            brackets::check(self, run);
            words::stars(self, run);
        }
        if let Some(paragraph) = &block.paragraph {
            lines::check(self, &block.runs, paragraph);
            words::long_sentences(self, paragraph);
        }
        words::capitals(self, block);
    }

    fn alphabets(&mut self, range: &Range<usize>) {
        let Some(exact) = self.text.exact(range) else {
            return;
        };
        for word in alphabets::mixed(self.text.slice(range)) {
            self.diagnostics
                .push(word.diagnostic(self.text.file, exact.start));
        }
    }

    /// Reports something; `edits` are parts of the text and what comes in their place.
    fn say(
        &mut self,
        (severity, code): (Severity, &'static str),
        range: &Range<usize>,
        [message, hint]: [Words; 2],
        edits: Vec<Edit>,
    ) {
        let span = self.text.span(range);
        let place = Place::span_after(self.text.file, &span, &mut self.reached);
        let exact = |edit: Edit| {
            let part = self.text.exact(&(edit.start..edit.end))?;
            Some(Edit::new(&part, edit.with))
        };
        let edits: Option<Vec<Edit>> = edits.into_iter().map(exact).collect();
        let diagnostic = Diagnostic {
            severity,
            ..Diagnostic::warning(code, place, message)
        };
        self.diagnostics
            .push(diagnostic.hint(hint).edits(edits.unwrap_or_default()));
    }

    fn warn(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        words: [Words; 2],
        edits: Vec<Edit>,
    ) {
        self.say((Severity::Warning, code), range, words, edits);
    }
}
