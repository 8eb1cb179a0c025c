//! Blocks between backticks: components, and code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::{Events, Writer, escape, extent};
use crate::diagnostic::{Place, Text};
use crate::parse::markdown::components::{self, Info};

impl Writer<'_, '_> {
    /// A block between backticks, whole.
    pub(super) fn code_block(
        &mut self,
        kind: &CodeBlockKind<'_>,
        range: &Range<usize>,
        following: &Events<'_>,
    ) {
        let block = &following[..extent(following)];
        let CodeBlockKind::Fenced(language) = kind else {
            return self.code("", block);
        };
        self.check_closed(range);
        let (word, span) = components::info_word(self.text.slice(range), range);
        let span = self.text.span(&span);
        match components::info(word, || Place::span(self.text.file, &span)) {
            Info::Component(_) if self.inside => self.component_inside(range),
            Info::Component(kind) => {
                let part = self.lines_inside(block, range.start);
                components::read(self, kind, &span, self.text.span(&part));
            }
            Info::Misspelt(diagnostic, meant) => self.diagnostics.push(if meant.certain {
                diagnostic.edit(&span, meant.word)
            } else {
                *diagnostic
            }),
            Info::Code if components::seems_component(word, self.text.slice(range)) => {
                let place = Place::span(self.text.file, &span);
                self.diagnostics.push(components::unknown(word, place));
            }
            Info::Code => self.code(language, block),
        }
    }

    /// A block without an end takes all that is below it with it.
    fn check_closed(&mut self, range: &Range<usize>) {
        let source = self.text.slice(range);
        let mut lines = source.trim_end().lines();
        let first = lines
            .next()
            .unwrap_or_default()
            .trim_start_matches([' ', '>']);
        let sign = if first.starts_with('~') { '~' } else { '`' };
        let opened = first.len() - first.trim_start_matches(sign).len();
        let last = lines.next_back().unwrap_or_default();
        let last = last.trim_start_matches([' ', '>']).trim_end();
        if last.len() >= opened && last.chars().all(|closing| closing == sign) {
            return;
        }
        let shown = range.start..range.start + source.lines().next().map_or(0, str::len);
        let fence = sign.to_string().repeat(opened);
        self.error(
            "B23",
            &shown,
            Text::new(
                "това, което започва тук, не е затворено и поглъща всичко до края на текста",
                "what begins here is not closed, and takes everything down to the end of the text",
            ),
            Text::new(
                format!("добавете ред  {fence}  там, където свършва"),
                format!("add a line  {fence}  where it ends"),
            ),
        );
    }

    /// What stands between the backticks, in whole lines; nothing, at the beginning of the block, where there is nothing.
    fn lines_inside(&self, block: &Events<'_>, start: usize) -> Range<usize> {
        let mut lines = block.iter().filter_map(|(event, range)| match event {
            Event::Text(_) => Some(range),
            _ => None,
        });
        let Some(first) = lines.next() else {
            return start..start;
        };
        let line_start = self.text.source[..first.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        line_start..lines.next_back().map_or(first.end, |last| last.end)
    }

    fn component_inside(&mut self, range: &Range<usize>) {
        self.error(
            "B16",
            range,
            Text::new(
                "компонент не може да стои в друг компонент",
                "a component cannot stand inside another one",
            ),
            Text::new(
                "преместете го след него, на отделни редове",
                "move it behind that one, onto lines of its own",
            ),
        );
    }

    fn code(&mut self, language: &str, block: &Events<'_>) {
        self.html.push_str("<pre><code");
        if !language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape(language, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
        for (event, _) in block {
            if let Event::Text(text) = event {
                escape(text, &mut self.html);
            }
        }
        self.html.push_str("</code></pre>\n");
    }
}
